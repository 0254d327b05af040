//! Documents made of files that were sent in conversations.

use super::{LECTURE, just_added, path};
use crate::{
    gallery::png,
    on_both_engines,
    uploads::send,
    world::{Member, World},
};
use http::StatusCode;
use serde_json::{Value, json};

/// Sends a file in a conversation and gives the message.
pub(crate) async fn sent(world: &World, who: &Member, talk: i64, filename: &str, kind: &str, bytes: &[u8]) -> Value {
    let upload = send(world, who, "media", filename, kind, bytes).await;
    let body = json!({ "conversation_id": talk, "upload_id": upload["upload_id"] });
    let answer = world.post("/api/messages").bearer(&who.token).json(&body).send().await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

on_both_engines!(a_file_of_a_message_is_copied_for_whoever_may_see_it, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let talk = world.conversation(&ada, &[&bob], None).await;
    let message = sent(&world, &ada, talk, "lecture.md", "text/markdown", LECTURE.as_bytes()).await;
    let body = json!({ "object_id": message["attachment"]["object_id"] });
    world.name_document(&eve, body.clone()).await.refused(404, "not_found");
    let answer = world.name_document(&bob, body.clone()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let document = answer.json();
    just_added(&document, "lecture.md", "lecture", LECTURE.len());
    assert_eq!(world.name_document(&bob, body.clone()).await.json(), document, "again it is the same");
    let own = world.name_document(&ada, body.clone()).await.json();
    assert_ne!(own["id"], document["id"], "everybody has their own");
    assert_eq!(world.status(&ada, &path(&document)).await, 404);
    assert_eq!(world.status(&ada, document["url"].as_str().unwrap()).await, 404);

    let gone = world.delete(&format!("/api/messages/{}", message["id"])).bearer(&ada.token).send().await;
    assert!(gone.status.is_success(), "{}", gone.text());
    world.backend.run_workers_once().await.unwrap();
    let read = world.see(&bob, &path(&document)).await;
    assert_eq!(read["status"], "ready", "the copy does not need the message");
    let carol = world.member("Carol").await;
    world.name_document(&carol, body).await.refused(404, "not_found");
});

on_both_engines!(a_picture_of_a_message_is_no_document, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let talk = world.conversation(&ada, &[&bob], None).await;
    for (name, kind, bytes) in [
        ("a.png", "image/png", png(1)),
        ("a.bin", "application/octet-stream", vec![1, 2, 3]),
    ] {
        let message = sent(&world, &ada, talk, name, kind, &bytes).await;
        let body = json!({ "object_id": message["attachment"]["object_id"] });
        world.name_document(&bob, body).await.refused(415, "unsupported_media_type");
    }
    let own = send(&world, &ada, "media", "a.txt", "text/plain", b"words").await;
    let body = json!({ "object_id": own["file"]["object_id"] });
    world.name_document(&ada, body).await.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from documents").await, 0);
});
