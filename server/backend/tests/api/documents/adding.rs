//! How documents come: in a form, from an upload.

use super::{LECTURE, form, just_added, path};
use crate::{
    gallery::{id, png},
    on_both_engines,
    uploads::{announced, send, start},
    world::Options,
};
use backend::UploadSettings;
use domain::uploads::UploadPurpose;
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

fn small() -> Options {
    let limits = UploadPurpose::ALL.map(|purpose| if purpose == UploadPurpose::Document { 500 } else { 10_000 });
    Options { uploads: UploadSettings { limits, quota: 1_200, ..UploadSettings::default() }, ..Options::default() }
}

on_both_engines!(a_file_in_a_form_becomes_a_document, world => {
    let ada = world.member("Ada").await;
    let answer = world.form(&ada, "Zażółć 1.md", "text/markdown", LECTURE.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let document = answer.json();
    just_added(&document, "Zażółć 1.md", "Zażółć 1", LECTURE.len());
    assert_eq!(document["content_type"], "text/markdown");
    assert_eq!(world.see(&ada, &path(&document)).await, document);
    assert_eq!(world.see(&ada, "/api/documents").await, json!([document]));
    assert_eq!(world.status(&ada, document["url"].as_str().unwrap()).await, 302);
});

on_both_engines!(a_form_says_what_is_wrong_with_it, small(), world => {
    let ada = world.member("Ada").await;
    let send = |fields: Vec<u8>| {
        let call = world.post("/api/documents/upload").bearer(&ada.token);
        call.body("multipart/form-data; boundary=limit", &fields).send()
    };
    send(form(&[])).await.broke(&["body", "file"], "missing");
    send(form(&[("file", None, b"text")])).await.broke(&["body", "file"], "missing");
    send(form(&[("title", None, b"x")])).await.broke(&["body", "title"], "unknown_field");
    let file = ("file", Some(("a.txt", "text/plain")), b"text".as_slice());
    send(form(&[file, file])).await.broke(&["body", "file"], "repeated");
    send(form(&[("file", Some(("a.txt", "text/plain")), b"")])).await.broke(&["body", "file"], "range");
    send(form(&[("file", Some(("..", "text/plain")), b"x")])).await.broke(&["body", "file"], "blank");
    send(form(&[("file", Some(("a.txt", "text/plain")), &[b'x'; 501])])).await.refused(413, "payload_too_large");
    for (name, kind, bytes) in [
        ("a.png", "image/png", png(1)),
        ("a.pdf", "application/pdf", png(2)),
        ("a.zip", "application/zip", b"PK\x03\x04\x14\0readme.txt".to_vec()),
        ("a.bin", "application/octet-stream", vec![1, 2, 3]),
        ("a.svg", "image/svg+xml", b"<svg onload=alert(1)></svg>".to_vec()),
    ] {
        let answer = world.form(&ada, name, kind, &bytes).await;
        answer.refused(415, "unsupported_media_type");
        assert!(answer.text().contains("PDF, DOCX"), "{}", answer.text());
    }
    let cut = form(&[file]);
    let call = world.post("/api/documents/upload").bearer(&ada.token);
    call.body("multipart/form-data; boundary=limit", &cut[..cut.len() - 20]).send().await.refused(422, "invalid_request");
    let call = world.post("/api/documents/upload").bearer(&ada.token);
    call.body("multipart/form-data", &cut).send().await.refused(415, "unsupported_media_type");
    for _ in 0..2 {
        let answer = world.form(&ada, "a.txt", "text/plain", &[b'x'; 500]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    }
    let full = world.form(&ada, "a.txt", "text/plain", &[b'x'; 300]).await;
    full.refused(413, "payload_too_large");
    assert!(full.text().contains("1200 bytes"), "{}", full.text());
    assert_eq!(world.count("select count(*) from documents").await, 2);
});

on_both_engines!(a_body_that_is_no_form_names_one_file, world => {
    let ada = world.member("Ada").await;
    let (one, other) = (Uuid::new_v4(), Uuid::new_v4());
    world.name_document(&ada, json!({})).await.broke(&["body", "upload_id"], "missing");
    let both = json!({ "upload_id": one, "object_id": other });
    world.name_document(&ada, both).await.broke(&["body", "upload_id"], "ambiguous");
    world.name_document(&ada, json!({ "upload_id": "x" })).await.broke(&["body", "upload_id"], "type");
    world.name_document(&ada, json!({ "upload_id": null })).await.broke(&["body", "upload_id"], "type");
    world.name_document(&ada, json!({ "file": "x" })).await.broke(&["body", "file"], "unknown_field");
    let call = || world.post("/api/documents/upload").bearer(&ada.token);
    call().send().await.broke(&["body"], "missing");
    call().body("text/plain", b"text").send().await.refused(415, "unsupported_media_type");
    call().body("application/pdf", &vec![b' '; 2_000_000]).send().await.refused(415, "unsupported_media_type");
    call().body("application/json", b"{").send().await.refused(422, "invalid_request");
    world.name_document(&ada, json!({ "upload_id": one })).await.refused(404, "not_found");
    world.name_document(&ada, json!({ "object_id": other })).await.refused(404, "not_found");
});

on_both_engines!(an_upload_becomes_one_document_of_its_senders, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let open = start(&world, &ada, &announced("document", "a.txt", "text/plain", b"text")).await;
    world.name_document(&ada, json!({ "upload_id": open["upload_id"] })).await.refused(409, "conflict");
    let media = send(&world, &ada, "media", "a.txt", "text/plain", b"text").await;
    world.name_document(&ada, json!({ "upload_id": media["upload_id"] })).await.refused(404, "not_found");
    let upload = send(&world, &ada, "document", "notes.txt", "text/plain", b"A cell divides.").await;
    let body = json!({ "upload_id": upload["upload_id"] });
    world.name_document(&bob, body.clone()).await.refused(404, "not_found");
    let first = world.name_document(&ada, body.clone()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    just_added(&first.json(), "notes.txt", "notes", 15);
    let again = world.name_document(&ada, body.clone()).await;
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    assert_eq!(world.count("select count(*) from documents").await, 1);
    world.delete(&path(&first.json())).bearer(&ada.token).send().await;
    world.name_document(&ada, body).await.refused(404, "not_found");
});

on_both_engines!(a_repeat_under_the_same_key_makes_no_second_document, world => {
    let ada = world.member("Ada").await;
    let send = |name: &'static str, text: &'static [u8]| {
        let call = world.post("/api/documents/upload").bearer(&ada.token).header("idempotency-key", "k");
        let body = form(&[("file", Some((name, "text/plain")), text)]);
        async move { call.body("multipart/form-data; boundary=limit", &body).send().await }
    };
    let (first, again) = (send("a.txt", b"one").await, send("a.txt", b"one").await);
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    send("a.txt", b"two").await.refused(422, "idempotency_key_reused");
    send("b.txt", b"one").await.refused(422, "idempotency_key_reused");
    assert_eq!(world.count("select count(*) from documents").await, 1);
    assert_ne!(world.document(&ada, "a.txt", "one").await["id"], id(&first.json()), "without a key it is another");
});

on_both_engines!(names_that_would_break_something_are_shown_as_text, world => {
    let ada = world.member("Ada").await;
    for (sent, filename, title) in [
        ("../../etc/passwd.txt", "passwd.txt", "passwd"),
        ("C:\\Users\\ada\\plan.txt", "plan.txt", "plan"),
        ("<script>alert(1)<!-- .txt", "<script>alert(1)<!-- .txt", "<script>alert(1)<!--"),
        ("photo\u{202e}txt.md", "phototxt.md", "phototxt"),
        (".txt", ".txt", ".txt"),
        ("%00%0d%0aSet-Cookie: x.txt", "%00%0d%0aSet-Cookie: x.txt", "%00%0d%0aSet-Cookie: x"),
    ] {
        let answer = world.form(&ada, sent, "text/plain", b"Plain words.").await;
        assert_eq!(answer.status, StatusCode::CREATED, "{sent}: {}", answer.text());
        let document: Value = answer.json();
        assert_eq!((&document["filename"], &document["title"]), (&json!(filename), &json!(title)), "{sent}");
    }
});

on_both_engines!(one_document_does_not_wait_for_twenty_of_somebody_else, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    for number in 0..20 {
        world.document(&ada, &format!("lecture {number}.md"), LECTURE).await;
    }
    let only = world.document(&bob, "lecture.md", LECTURE).await;
    world.backend.run_workers_once().await.unwrap();
    let only = world.see(&bob, &path(&only)).await;
    assert_eq!(only["notes_status"], "ready");
    let all = world.see(&ada, "/api/documents").await;
    let done = |document: &Value| document["updated_at"].as_str().unwrap().to_owned();
    let before = all.as_array().unwrap().iter().filter(|document| done(document) < done(&only)).count();
    assert!(before <= 1, "{before} documents of another were read and noted first");
});
