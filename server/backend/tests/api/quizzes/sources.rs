//! Quizzes of documents and of what was sent in a conversation.

use super::TEXT;
use crate::{
    on_both_engines,
    world::{Answer, Member, World},
};
use http::StatusCode;
use serde_json::{Value, json};

async fn generate(world: &World, who: &Member, body: Value) -> Answer {
    world.post("/api/quiz/generate").bearer(&who.token).json(&body).send().await
}

/// A document that was read.
async fn read_document(world: &World, who: &Member, text: &str) -> Value {
    let document = world.document(who, "cells.md", text).await;
    world.backend.run_workers_once().await.unwrap();
    document["id"].clone()
}

on_both_engines!(a_quiz_of_a_document_cites_its_pages_and_outlives_it, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.document(&ada, "cells.md", TEXT).await["id"].clone();
    generate(&world, &ada, json!({ "document_id": id })).await.broke(&["body", "document_ids"], "not_ready");
    world.backend.run_workers_once().await.unwrap();
    generate(&world, &bob, json!({ "document_id": id })).await.refused(404, "not_found");
    let beyond = json!({ "document_id": id, "pages": { "first": 7, "last": 9 } });
    generate(&world, &ada, beyond).await.broke(&["body", "pages"], "empty");
    let made = generate(&world, &ada, json!({ "document_ids": [id, id], "question_count": 3 })).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let made = made.json();
    assert_eq!((&made["notes_received"], &made["status"]), (&Value::Null, &json!("ready")));
    let path = format!("/api/quiz/{}", made["quiz_id"]);
    let key = world.got(&ada, &format!("{path}/key")).await;
    let page = world.got(&ada, &format!("/api/documents/{}/text", id.as_str().unwrap())).await;
    for question in key["questions"].as_array().unwrap() {
        let citation = &question["citation"];
        assert_eq!((&citation["document_id"], &citation["page"]), (&id, &json!(1)));
        let [start, end] = ["start", "end"].map(|name| citation[name].as_u64().unwrap() as usize);
        let text = page[0]["text"].as_str().unwrap();
        let passage: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(citation["quote"], passage);
    }
    let delete = world.delete(&format!("/api/documents/{}", id.as_str().unwrap())).bearer(&ada.token).send().await;
    assert_eq!(delete.status, StatusCode::NO_CONTENT);
    assert_eq!(world.got(&ada, &format!("{path}/key")).await, key, "quizzes keep their passages");
    assert_eq!(world.got(&ada, &path).await["notes_text"], Value::Null);
});

on_both_engines!(a_long_source_is_worked_on_after_the_answer, world => {
    let ada = world.member("Ada").await;
    let long: String = TEXT.chars().chain(['\n', '\n']).cycle().take(210_000).collect();
    let id = read_document(&world, &ada, &long).await;
    let body = json!({ "document_id": id, "question_count": 2 });
    let asked = generate(&world, &ada, body).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
    let asked = asked.json();
    assert_eq!((&asked["status"], asked.get("quiz")), (&json!("processing"), None));
    let quiz = asked["quiz_id"].as_i64().unwrap();
    let path = format!("/api/quiz/{quiz}");
    assert_eq!(world.got(&ada, &path).await["status"], "processing");
    let submit = json!({ "quiz_id": quiz, "answers": {} });
    world.post("/api/quiz/submit").bearer(&ada.token).json(&submit).send().await.refused(409, "conflict");
    let edit = json!({ "version": 1, "title": "Later" });
    world.patch(&format!("{path}/key")).bearer(&ada.token).json(&edit).send().await.refused(409, "conflict");
    world.backend.run_workers_once().await.unwrap();
    let made = world.got(&ada, &path).await;
    assert_eq!((&made["status"], made["quiz"].as_array().unwrap().len()), (&json!("ready"), 2));
    let told = "select count(*) from events where kind = 'quiz.updated' and payload like '%\"status\":\"ready\"%'";
    assert_eq!(world.count(told).await, 1);
    assert_eq!(world.count("select count(*) from jobs where kind = 'quiz.generate'").await, 0);
});

on_both_engines!(a_killed_worker_leaves_the_quiz_to_the_next, world => {
    let ada = world.member("Ada").await;
    let long: String = TEXT.chars().chain(['\n', '\n']).cycle().take(210_000).collect();
    let id = read_document(&world, &ada, &long).await;
    let asked = generate(&world, &ada, json!({ "document_id": id, "question_count": 2 })).await.json();
    let until = world.clock.now().plus_seconds(120).micros();
    let mut connection = world.database.db.write().await.unwrap();
    db::on!(&mut connection, c => {
        let taken = db::sqlx::query("update jobs set lease_until = $1, attempts = 1 where kind = 'quiz.generate'");
        taken.bind(until).execute(&mut *c).await.unwrap();
    });
    drop(connection);
    world.backend.run_workers_once().await.unwrap();
    let path = format!("/api/quiz/{}", asked["quiz_id"]);
    assert_eq!(world.got(&ada, &path).await["status"], "processing");
    world.clock.advance_seconds(121);
    world.backend.run_workers_once().await.unwrap();
    let made = world.got(&ada, &path).await;
    assert_eq!((&made["status"], made["quiz"].as_array().unwrap().len()), (&json!("ready"), 2));
});

on_both_engines!(a_document_that_goes_before_its_quiz_is_made_is_told, world => {
    let ada = world.member("Ada").await;
    let long: String = TEXT.chars().chain(['\n', '\n']).cycle().take(210_000).collect();
    let id = read_document(&world, &ada, &long).await;
    let asked = generate(&world, &ada, json!({ "document_id": id })).await.json();
    world.delete(&format!("/api/documents/{}", id.as_str().unwrap())).bearer(&ada.token).send().await;
    world.backend.run_workers_once().await.unwrap();
    let quiz = world.got(&ada, &format!("/api/quiz/{}", asked["quiz_id"])).await;
    assert_eq!((&quiz["status"], &quiz["quiz"]), (&json!("failed"), &json!([])));
    assert!(quiz["remark"].as_str().unwrap().contains("could be read"), "{quiz}");
});
