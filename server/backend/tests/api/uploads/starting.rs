//! Saying what is about to be sent, and sending it.

use super::{NOTES, announced, complete, get, id, put, put_as, renewed, start};
use crate::{on_both_engines, world::Options};
use backend::UploadSettings;
use http::StatusCode;
use serde_json::json;

fn narrow() -> Options {
    let uploads = UploadSettings { limits: [100, 200, 300, 400, 50], quota: 250, open_max: 3 };
    Options { uploads, ..Options::default() }
}

fn sha256(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

on_both_engines!(what_is_announced_keeps_the_rules, narrow(), world => {
    let ada = world.member("Ada").await;
    let start = async |body| world.post("/api/uploads").bearer(&ada.token).json(&body).send().await;
    let good = json!({ "purpose": "media", "filename": "a.txt", "content_type": "text/plain", "size": 5 });
    for (field, value, loc, rule) in [
        ("filename", json!(" "), "filename", "blank"),
        ("filename", json!("../.."), "filename", "blank"),
        ("filename", json!("x".repeat(256)), "filename", "too_long"),
        ("content_type", json!("text"), "content_type", "format"),
        ("content_type", json!("a/b\r\nx: y"), "content_type", "format"),
        ("size", json!(0), "size", "range"),
        ("size", json!(-1), "size", "type"),
        ("size", json!(1.5), "size", "type"),
        ("sha256", json!("abc"), "sha256", "format"),
        ("sha256", json!(null), "sha256", "type"),
        ("purpose", json!("Media"), "purpose", "type"),
        ("more", json!(1), "more", "unknown_field"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        start(body).await.broke(&["body", loc], rule);
    }
    start(json!({ "purpose": "media", "filename": "a", "content_type": "" })).await.broke(&["body", "size"], "missing");
    world.post("/api/uploads").json(&good).send().await.refused(401, "unauthorized");
    world.post("/api/uploads").bearer(&ada.token).body("text/plain", b"x").send().await.refused(415, "unsupported_media_type");

    let of = |purpose: &str, content_type: &str, size: u64| {
        json!({ "purpose": purpose, "filename": "a", "content_type": content_type, "size": size })
    };
    let too_large = start(of("media", "text/plain", 101)).await;
    too_large.refused(413, "payload_too_large");
    assert_eq!(too_large.json()["errors"][0]["loc"], json!(["body", "size"]));
    start(of("avatar", "image/png", 51)).await.refused(413, "payload_too_large");
    // The larger trouble is told first.
    start(of("photo", "image/svg+xml", 201)).await.refused(413, "payload_too_large");
    for (purpose, content_type) in
        [("photo", "image/svg+xml"), ("photo", "text/html"), ("avatar", "image/heic"), ("document", "image/png"), ("audio", "text/plain")]
    {
        start(of(purpose, content_type, 10)).await.refused(415, "unsupported_media_type");
    }
    assert_eq!(world.count("select count(*) from uploads").await, 0);

    // 100 + 100 of 250 bytes are spoken for, then too many are open.
    assert_eq!(start(of("media", "", 100)).await.status, StatusCode::CREATED);
    assert_eq!(start(of("media", "", 100)).await.status, StatusCode::CREATED);
    let over_quota = start(of("media", "", 51)).await;
    over_quota.refused(413, "payload_too_large");
    assert_eq!(over_quota.json().get("errors"), None, "the file itself may be taken another time");
    assert_eq!(start(of("media", "", 50)).await.status, StatusCode::CREATED);
    start(of("media", "", 1)).await.refused(409, "conflict");
    let ben = world.member("Ben").await;
    let answer = world.post("/api/uploads").bearer(&ben.token).json(&of("media", "", 100)).send().await;
    assert_eq!(answer.status, StatusCode::CREATED, "the quota is a person's own: {}", answer.text());
});

on_both_engines!(the_store_takes_only_what_was_announced, world => {
    let ada = world.member("Ada").await;
    let mut new = announced("document", "notes.txt", "text/plain; charset=utf-8", NOTES);
    new["sha256"] = json!(sha256(NOTES));
    let upload = start(&world, &ada, &new).await;
    assert_eq!(upload["status"], "open");
    assert_eq!(upload["content_type"], "text/plain");
    assert!(upload.get("file").is_none() && upload.get("parts").is_none());
    let longer = [NOTES, b"x"].concat();
    let other: Vec<u8> = NOTES.iter().rev().copied().collect();
    assert_eq!(put(&upload, &longer).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(put(&upload, &NOTES[1..]).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(put_as(&upload, NOTES, &[("content-type", "text/html")]).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(put(&upload, &other).await.status(), StatusCode::BAD_REQUEST, "another checksum");
    let unsigned = reqwest::Client::new().put(upload["url"].as_str().unwrap().split('?').next().unwrap());
    assert_eq!(unsigned.body(NOTES).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(world.store.kept(), Vec::<String>::new());

    world.clock.advance_seconds(3_601);
    let late = put(&upload, NOTES).await;
    assert_eq!(late.status(), StatusCode::FORBIDDEN);
    assert!(late.text().await.unwrap().contains("expired"));
    let ada = renewed(&world, ada);
    let again = get(&world, &ada, &upload).await;
    assert_ne!(again["url"], upload["url"]);
    let sent = put(&again, NOTES).await;
    assert_eq!(sent.status(), StatusCode::OK, "{}", sent.text().await.unwrap());
    assert_eq!(put(&again, NOTES).await.status(), StatusCode::PRECONDITION_FAILED, "written once");
    let arrived = get(&world, &ada, &upload).await;
    assert!(arrived["status"] == "open" && arrived.get("url").is_none(), "{arrived}");
    assert_eq!(complete(&world, &ada, &upload, None).await.status, StatusCode::OK);
    assert_eq!(put(&again, NOTES).await.status(), StatusCode::PRECONDITION_FAILED, "also when it is complete");
});

on_both_engines!(a_start_that_is_repeated_is_one_upload_and_no_signature_is_kept, world => {
    let ada = world.member("Ada").await;
    let new = announced("media", "../../etc/passwd", "text/plain", NOTES);
    let start = async || {
        let call = world.post("/api/uploads").bearer(&ada.token).header("idempotency-key", "one").json(&new);
        let answer = call.send().await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    };
    let (first, second) = (start().await, start().await);
    assert_eq!(id(&first), id(&second));
    assert_eq!(first["filename"], "passwd");
    assert_eq!(put(&second, NOTES).await.status(), StatusCode::OK);
    assert_eq!(world.count("select count(*) from uploads").await, 1);
    assert_eq!(world.count("select count(*) from idempotency_keys where length(body) > 100").await, 0);
    let mut other = new.clone();
    other["size"] = json!(1);
    let call = world.post("/api/uploads").bearer(&ada.token).header("idempotency-key", "one").json(&other);
    call.send().await.refused(422, "idempotency_key_reused");
});

on_both_engines!(an_upload_is_its_senders_alone, world => {
    let (ada, ben) = (world.member("Ada").await, world.member("Ben").await);
    let upload = start(&world, &ada, &announced("media", "a", "", NOTES)).await;
    let path = format!("/api/uploads/{}", id(&upload));
    let parts = json!({ "parts": [{ "part_number": 1, "sha256": sha256(b"x") }] });
    world.get(&path).bearer(&ben.token).send().await.refused(404, "not_found");
    world.delete(&path).bearer(&ben.token).send().await.refused(404, "not_found");
    world.post(&format!("{path}/complete")).bearer(&ben.token).send().await.refused(404, "not_found");
    world.post(&format!("{path}/parts")).bearer(&ben.token).json(&parts).send().await.refused(404, "not_found");
    for path in ["/api/uploads/7", "/media/7"] {
        world.get(path).send().await.refused(401, "unauthorized");
        world.get(path).bearer(&ben.token).send().await.broke(&["path", "id"], "uuid");
    }
    world.post(&format!("{path}/complete")).bearer(&ada.token).body("text/plain", b"x").send().await.refused(415, "unsupported_media_type");
    world.post(&format!("{path}/complete")).bearer(&ada.token).json(&json!({ "x": 1 })).send().await.broke(&["body", "x"], "unknown_field");
    assert_eq!(get(&world, &ada, &upload).await["status"], "open");
});
