//! What has arrived is checked before it can be used.

use super::{NOTES, announced, complete, get, id, put, send, start};
use crate::on_both_engines;
use futures_util::future::join_all;
use http::StatusCode;
use serde_json::json;

on_both_engines!(an_upload_is_complete_when_its_bytes_are_there, world => {
    let ada = world.member("Ada").await;
    let upload = start(&world, &ada, &announced("document", "notes.md", "text/markdown", NOTES)).await;
    complete(&world, &ada, &upload, None).await.refused(409, "conflict");
    assert_eq!(get(&world, &ada, &upload).await["status"], "open", "nothing is lost");
    assert_eq!(put(&upload, NOTES).await.status(), StatusCode::OK);
    let first = complete(&world, &ada, &upload, Some(json!({}))).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let done = first.json();
    assert_eq!(done["status"], "complete");
    let file = &done["file"];
    assert_eq!((&file["filename"], &file["content_type"]), (&json!("notes.md"), &json!("text/markdown")));
    assert_eq!(file["size"], NOTES.len());
    assert_eq!(file["url"], format!("/media/{}", file["object_id"].as_str().unwrap()));
    assert_eq!(complete(&world, &ada, &upload, None).await.json(), done);
    assert_eq!(get(&world, &ada, &upload).await, done);
    world.delete(&format!("/api/uploads/{}", id(&upload))).bearer(&ada.token).send().await.refused(409, "conflict");
});

on_both_engines!(completing_at_once_from_everywhere_makes_one_file, world => {
    let ada = world.member("Ada").await;
    let upload = start(&world, &ada, &announced("media", "a.txt", "", NOTES)).await;
    assert_eq!(put(&upload, NOTES).await.status(), StatusCode::OK);
    let second = world.second().await;
    let path = format!("/api/uploads/{}/complete", id(&upload));
    let calls = (0..8).map(|number| {
        let call = match number % 2 {
            0 => world.post(&path),
            _ => crate::world::call(second.clone(), http::Method::POST, &path),
        };
        call.bearer(&ada.token).send()
    });
    let answers = join_all(calls).await;
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.json(), answers[0].json());
    }
    assert_eq!(world.count("select count(*) from objects").await, 1);
});

on_both_engines!(a_file_that_is_not_what_it_was_said_to_be_is_refused_for_good, world => {
    let (ada, mut uploads) = (world.member("Ada").await, Vec::new());
    for (purpose, declared, bytes) in [
        ("document", "application/pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice()),
        ("photo", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("photo", "image/jpeg", b"\xff\xd8\xff nothing of a picture follows"),
        ("avatar", "image/png", b"<!doctype html><script>alert(1)</script>"),
        ("audio", "audio/mpeg", b"just a text"),
        ("media", "image/jpeg", b"<!doctype html><script>alert(1)</script>"),
        ("media", "video/mp4", b"<!doctype html><script>alert(1)</script>"),
        ("media", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("media", "image/png", b"%PDF-1.7\n<script>alert(1)</script>"),
        ("photo", "", b"\0\x01\x02"),
    ] {
        let upload = start(&world, &ada, &announced(purpose, "file", declared, bytes)).await;
        assert_eq!(put(&upload, bytes).await.status(), StatusCode::OK);
        let refused = complete(&world, &ada, &upload, None).await;
        assert_eq!(refused.json()["errors"][0]["loc"], json!(["body", "content_type"]), "{}", refused.text());
        refused.refused(422, "validation_failed");
        let again = complete(&world, &ada, &upload, None).await;
        assert_eq!(again.json(), refused.json());
        let failed = get(&world, &ada, &upload).await;
        assert!(failed["status"] == "failed" && failed.get("file").is_none() && failed.get("url").is_none(), "{failed}");
        world.backend.run_workers_once().await.unwrap();
        assert_eq!(world.store.kept(), Vec::<String>::new(), "{purpose}");
        uploads.push((upload, bytes));
    }
    // The signed requests still hold; what they bring back goes when they no longer do.
    for (upload, bytes) in &uploads {
        assert_eq!(put(upload, bytes).await.status(), StatusCode::OK);
        complete(&world, &ada, upload, None).await.refused(422, "validation_failed");
    }
    assert_eq!(world.store.kept().len(), uploads.len());
    world.clock.advance_seconds(4_300);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    assert_eq!(world.count("select count(*) from jobs").await, 0);
    assert_eq!(world.count("select count(*) from objects").await, 0);
});

on_both_engines!(a_store_that_does_not_answer_costs_nothing, world => {
    let ada = world.member("Ada").await;
    let file = send(&world, &ada, "media", "a.txt", "", NOTES).await;
    let upload = start(&world, &ada, &announced("media", "b.txt", "", NOTES)).await;
    assert_eq!(put(&upload, NOTES).await.status(), StatusCode::OK);
    assert!(world.backend.objects_ready().await);
    let folder = world.store.folder.join("test-media");
    let hidden = world.store.folder.join("hidden");
    std::fs::rename(&folder, &hidden).unwrap();
    assert!(!world.backend.objects_ready().await);
    let refused = complete(&world, &ada, &upload, None).await;
    assert!(refused.status == StatusCode::SERVICE_UNAVAILABLE || refused.status == StatusCode::CONFLICT, "{}", refused.text());
    std::fs::rename(&hidden, &folder).unwrap();
    assert_eq!(complete(&world, &ada, &upload, None).await.status, StatusCode::OK);
    assert_eq!(file["status"], "complete");
});
