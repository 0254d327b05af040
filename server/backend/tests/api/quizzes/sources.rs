//! Quizzes of documents and of what was sent in a conversation.

use super::TEXT;
use crate::{
    documents::attachments::sent,
    on_both_engines,
    world::{Answer, Member, World},
};
use domain::Timestamp;
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
    generate(&world, &bob, json!({ "document_id": id })).await.refused(404, "not_found");
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

on_both_engines!(a_quiz_of_documents_waits_until_they_are_read, world => {
    let ada = world.member("Ada").await;
    let id = world.document(&ada, "cells.md", TEXT).await["id"].clone();
    let scan = world.form(&ada, "scan.pdf", "application/pdf", b"%PDF-1.7 and nothing more").await.json()["id"].clone();
    let asked = async |body: Value| {
        let asked = generate(&world, &ada, body).await;
        assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
        assert_eq!(asked.json()["status"], "processing");
        format!("/api/quiz/{}", asked.json()["quiz_id"])
    };
    let pages = |first: u32, last: u32| json!({ "document_id": id, "pages": { "first": first, "last": last } });
    let makeable = [
        asked(json!({ "document_id": id })).await,
        asked(json!({ "document_ids": [scan, id] })).await,
        asked(pages(1, 1)).await,
    ];
    let beyond = asked(pages(7, 9)).await;
    let hopeless = asked(json!({ "document_id": scan })).await;
    assert_eq!(world.got(&ada, &makeable[1]).await["title"], "scan, cells");

    hold_readers(&world, world.clock.now().plus_seconds(3_600)).await;
    for _ in 0..10 {
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(60);
    }
    for path in &makeable {
        let quiz = world.got(&ada, path).await;
        assert_eq!((&quiz["status"], quiz.get("remark")), (&json!("processing"), None), "waiting is no failed try");
    }
    hold_readers(&world, world.clock.now()).await;
    for _ in 0..3 {
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(60);
    }
    for path in &makeable {
        let made = world.got(&ada, path).await;
        assert_eq!(made["status"], "ready", "{made}");
        for question in world.got(&ada, &format!("{path}/key")).await["questions"].as_array().unwrap() {
            assert_eq!(question["citation"]["document_id"], id);
        }
    }
    for (path, why) in [(beyond, "no such pages"), (hopeless, "could be read")] {
        let failed = world.got(&ada, &path).await;
        assert_eq!(failed["status"], "failed", "{failed}");
        assert!(failed["remark"].as_str().unwrap().contains(why), "{failed}");
    }
    generate(&world, &ada, json!({ "document_id": scan })).await.broke(&["body", "document_id"], "unreadable");
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

on_both_engines!(a_quiz_of_a_conversation_waits_for_its_files_and_passes_over_what_cannot_be_read, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let talk = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let body = json!({ "conversation_id": talk, "question_count": 3 });
    generate(&world, &bob, body.clone()).await.broke(&["body", "conversation_id"], "no_documents");
    let cells = sent(&world, &ada, talk, "cells.md", "text/markdown", TEXT.as_bytes()).await;
    sent(&world, &ada, talk, "scan.pdf", "application/pdf", b"%PDF-1.7 and nothing more").await;
    generate(&world, &eve, body.clone()).await.refused(403, "forbidden");
    let own = world.name_document(&bob, json!({ "object_id": cells["attachment"]["object_id"] })).await.json();
    let asked = generate(&world, &bob, body.clone()).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
    let path = format!("/api/quiz/{}", asked.json()["quiz_id"]);
    assert_eq!(world.got(&bob, &path).await["title"], "scan, cells");
    assert_eq!(world.got(&bob, "/api/documents").await, json!([own]), "nobody waits for the scan to be copied");

    hold_readers(&world, world.clock.now().plus_seconds(3_600)).await;
    for _ in 0..20 {
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(60);
    }
    assert_eq!(world.got(&bob, &path).await["status"], "processing", "waiting is no failed try");
    hold_readers(&world, world.clock.now()).await;
    for _ in 0..3 {
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(60);
    }
    let made = world.got(&bob, &path).await;
    assert_eq!((&made["status"], made["quiz"].as_array().unwrap().len()), (&json!("ready"), 3), "{made}");
    let documents = world.got(&bob, "/api/documents").await;
    let read = documents.as_array().unwrap().iter().find(|document| document["status"] == "ready").unwrap();
    for question in world.got(&bob, &format!("{path}/key")).await["questions"].as_array().unwrap() {
        assert_eq!(question["citation"]["document_id"], read["id"], "his own copy");
    }
    assert_eq!(world.got(&ada, "/api/documents").await, json!([]), "nobody else gets one");
    let again = generate(&world, &bob, body).await;
    assert_eq!(again.status, StatusCode::OK, "all are read now: {}", again.text());
});

on_both_engines!(a_quiz_of_a_conversation_is_made_of_copies_that_its_job_makes, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let talk = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let cells = sent(&world, &ada, talk, "cells.md", "text/markdown", TEXT.as_bytes()).await;
    let body = json!({ "conversation_id": talk, "question_count": 3 });
    let asked = generate(&world, &bob, body.clone()).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
    let path = format!("/api/quiz/{}", asked.json()["quiz_id"]);
    for _ in 0..3 {
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(60);
    }
    let made = world.got(&bob, &path).await;
    assert_eq!((&made["status"], made["quiz"].as_array().unwrap().len()), (&json!("ready"), 3), "{made}");
    assert_eq!(world.count("select count(*) from documents").await, 1, "one copy, however often the job looked");
    let gone = world.delete(&format!("/api/messages/{}", cells["id"])).bearer(&ada.token).send().await;
    assert!(gone.status.is_success(), "{}", gone.text());
    generate(&world, &bob, body).await.broke(&["body", "conversation_id"], "no_documents");
});

/// Whether the quoted words stand in a text where the citation says.
fn stands_in(citation: &Value, text: &Value) -> bool {
    let [start, end] = ["start", "end"].map(|name| citation[name].as_u64().unwrap() as usize);
    let words: String = text.as_str().unwrap().chars().skip(start).take(end - start).collect();
    citation["quote"] == words
}

on_both_engines!(a_quiz_of_notes_cites_what_the_notes_cite_and_else_the_notes, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.document(&ada, "cells.md", TEXT).await["id"].clone();
    let body = json!({ "document_id": id, "from": "notes", "question_count": 3 });
    generate(&world, &ada, body.clone()).await.broke(&["body", "document_id"], "not_ready");
    world.backend.run_workers_once().await.unwrap();
    generate(&world, &bob, body.clone()).await.refused(404, "not_found");
    generate(&world, &ada, json!({ "document_id": id, "from": "pictures" })).await.broke(&["body", "from"], "type");
    generate(&world, &ada, json!({ "document_ids": [id], "from": "notes" })).await.broke(&["body", "from"], "ambiguous");
    let pages = json!({ "document_id": id, "from": "notes", "pages": { "first": 1, "last": 1 } });
    generate(&world, &ada, pages).await.broke(&["body", "pages"], "ambiguous");

    let made = generate(&world, &ada, body.clone()).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    assert_eq!(made.json()["notes_received"], Value::Null);
    let document = format!("/api/documents/{}", id.as_str().unwrap());
    let page = world.got(&ada, &format!("{document}/text")).await[0]["text"].clone();
    let key = world.got(&ada, &format!("/api/quiz/{}/key", made.json()["quiz_id"])).await;
    for question in key["questions"].as_array().unwrap() {
        let citation = &question["citation"];
        assert_eq!((&citation["source"], &citation["document_id"]), (&json!("document"), &id), "{question}");
        assert!(stands_in(citation, &page), "{question}");
    }

    let edit = json!({ "markdown": TEXT.replace("Robert Hooke", "Barbara McClintock") });
    let edited = world.put(&format!("{document}/notes")).bearer(&ada.token).json(&edit).send().await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
    let made = generate(&world, &ada, body.clone()).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    let path = format!("/api/quiz/{}", made.json()["quiz_id"]);
    let own = world.got(&ada, &path).await["notes_text"].clone();
    assert!(own.as_str().unwrap().contains("Barbara McClintock"), "{own}");
    for question in world.got(&ada, &format!("{path}/key")).await["questions"].as_array().unwrap() {
        let citation = &question["citation"];
        assert_eq!(citation["source"], "text", "nothing says that the document has it: {question}");
        assert!(stands_in(citation, &own), "{question}");
    }

    let empty = world.put(&format!("{document}/notes")).bearer(&ada.token).json(&json!({ "markdown": " " })).send().await;
    assert_eq!(empty.status, StatusCode::OK, "{}", empty.text());
    generate(&world, &ada, body).await.broke(&["body", "document_id"], "empty");
});

/// Until then somebody else has the jobs that read documents.
async fn hold_readers(world: &World, until: Timestamp) {
    let mut connection = world.database.db.write().await.unwrap();
    db::on!(&mut connection, c => {
        let held = db::sqlx::query("update jobs set lease_until = $1 where kind = 'document.extract'");
        held.bind(until.micros()).execute(&mut *c).await.unwrap();
    });
}

on_both_engines!(of_very_long_documents_questions_come_from_all_over_them, world => {
    let ada = world.member("Ada").await;
    let sentences: Vec<String> =
        (0..34_000).map(|at| format!("The village number {at} was founded in the year {} by its people. ", 1000 + at % 900)).collect();
    let id = read_document(&world, &ada, &sentences.chunks(20).map(|part| part.concat()).collect::<Vec<_>>().join("\n\n")).await;
    let words = world.got(&ada, &format!("/api/documents/{}", id.as_str().unwrap())).await;
    let asked = generate(&world, &ada, json!({ "document_id": id, "question_count": 5 })).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{} {words}", asked.text());
    world.backend.run_workers_once().await.unwrap();
    let made = world.got(&ada, &format!("/api/quiz/{}", asked.json()["quiz_id"])).await;
    assert_eq!(made["status"], "ready", "{made}");
    assert!(made["remark"].as_str().unwrap_or_default().contains("from all over them"), "{}", made["remark"]);
});
