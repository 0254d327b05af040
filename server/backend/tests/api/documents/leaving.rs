//! What is left when a document or its owner goes, and what their owner takes along.

use super::{LECTURE, path};
use crate::{
    on_both_engines,
    world::{Member, World},
};
use http::StatusCode;
use serde_json::json;

/// Nothing of any document is left, in the database or in the store.
async fn nothing_is_left(world: &World) {
    for query in [
        "select count(*) from documents",
        "select count(*) from document_pages",
        "select count(*) from document_notes",
        "select count(*) from objects",
        "select count(*) from outbox",
    ] {
        assert_eq!(world.count(query).await, 0, "{query}");
    }
    assert_eq!(world.store.kept(), Vec::<String>::new());
}

on_both_engines!(a_deleted_document_takes_everything_along, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let (path, url) = (path(&document), document["url"].as_str().unwrap());
    assert!(!world.store.kept().is_empty());
    let delete = || world.delete(&path).bearer(&ada.token).send();
    assert_eq!(delete().await.status, StatusCode::NO_CONTENT);
    for gone in [path.as_str(), url, &format!("{path}/notes"), &format!("{path}/text")] {
        assert_eq!(world.status(&ada, gone).await, 404, "{gone}");
    }
    delete().await.refused(404, "not_found");
    world.backend.run_workers_once().await.unwrap();
    nothing_is_left(&world).await;
});

on_both_engines!(a_document_that_is_deleted_before_it_is_read_is_gone, world => {
    let ada = world.member("Ada").await;
    let document = world.document(&ada, "lecture.md", LECTURE).await;
    assert_eq!(world.delete(&path(&document)).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    world.backend.run_workers_once().await.unwrap();
    nothing_is_left(&world).await;
    assert_eq!(world.count("select count(*) from jobs").await, 0);
});

on_both_engines!(cancelling_an_account_takes_its_documents, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    world.lecture(&ada).await;
    world.document(&ada, "unread.txt", "words").await;
    let kept = world.document(&bob, "kept.txt", "words").await;
    let answer = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.see(&bob, &path(&kept)).await["status"], "ready");
    assert_eq!(world.delete(&path(&kept)).bearer(&bob.token).send().await.status, StatusCode::NO_CONTENT);
    world.backend.run_workers_once().await.unwrap();
    nothing_is_left(&world).await;
});

on_both_engines!(an_export_has_the_originals_and_the_notes, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let body = json!({ "markdown": "# My own words" });
    world.put(&format!("{}/notes", path(&document))).bearer(&ada.token).json(&body).send().await;
    let answer = world.get("/api/me/export").bearer(&ada.token).send().await;
    assert_eq!(answer.status, StatusCode::OK);
    let holds = |text: &str| answer.body.windows(text.len()).any(|window| window == text.as_bytes());
    let folder = "documents/Zażółć gęślą jaźń";
    for name in ["document.json", "notes.md", "older notes/1.md", "lecture.md"] {
        assert!(holds(&format!("{folder}/{name}")), "{name}");
    }
});

/// The types of the events that somebody has got, in their order.
async fn told(world: &World, who: &Member, count: usize) -> Vec<serde_json::Value> {
    let answer = world.get("/api/events?after=0").bearer(&who.token).open().await;
    let mut body = answer.into_body();
    let (mut text, mut events) = (String::new(), Vec::new());
    while events.len() < count {
        let frame = http_body_util::BodyExt::frame(&mut body);
        let frame = tokio::time::timeout(std::time::Duration::from_secs(10), frame).await.unwrap().unwrap().unwrap();
        text += std::str::from_utf8(&frame.into_data().unwrap()).unwrap();
        events = text
            .lines()
            .filter_map(|line| line.strip_prefix("data: "))
            .map(|json| serde_json::from_str(json).unwrap())
            .collect();
    }
    events
}

on_both_engines!(the_owners_browsers_hear_how_far_a_document_has_come, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let document = world.lecture(&ada).await;
    // Each is shown as it is now, whenever it was written.
    let events = told(&world, &ada, 3).await;
    for event in &events {
        assert_eq!(event["type"], "document.updated");
        assert_eq!(event["document"], document);
    }
    world.delete(&path(&document)).bearer(&ada.token).send().await;
    let events = told(&world, &ada, 1).await;
    assert_eq!(events, [json!({ "type": "document.deleted", "document_id": document["id"] })], "and nothing of it before");
    assert_eq!(world.count("select count(*) from event_deliveries d join accounts a on a.id = d.account_id \
        where a.given_name = 'Bob'").await, 0, "{}", bob.sub);
});
