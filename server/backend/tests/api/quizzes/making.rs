//! Making quizzes, listing and deleting them.

use super::TEXT;
use crate::{
    model::{answering, away},
    on_both_engines,
    world::{Member, Options, World},
};
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

on_both_engines!(a_quiz_is_made_of_pasted_text, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let made = world.generated(&ada).await;
    let id = made["quiz_id"].as_i64().unwrap();
    let questions = made["quiz"].as_array().unwrap();
    assert!((1..=5).contains(&questions.len()), "{made}");
    assert_eq!((&made["status"], &made["title"]), (&json!("ready"), &json!("The cell")));
    assert_eq!(made["notes_received"], TEXT);
    assert!(made["message"].as_str().unwrap().contains(&questions.len().to_string()));
    for question in questions {
        let kind = question["type"].as_str().unwrap();
        assert!(["mcq", "tf", "short"].contains(&kind));
        assert_eq!(question["options"].is_array(), kind != "short", "{question}");
    }
    let quiz = world.got(&ada, &format!("/api/quiz/{id}")).await;
    assert_eq!((&quiz["quiz"], &quiz["notes_text"]), (&made["quiz"], &json!(TEXT)));
    assert_eq!((&quiz["mine"], &quiz["answers"], &quiz["submissions"]), (&json!(true), &json!({}), &json!(0)));
    assert_eq!(quiz["author"]["sub"], ada.sub);
    let key = world.got(&ada, &format!("/api/quiz/{id}/key")).await;
    assert_eq!(key["questions"].as_array().unwrap().len(), questions.len());
    for question in key["questions"].as_array().unwrap() {
        let (start, end) = (question["citation"]["start"].as_u64().unwrap(), question["citation"]["end"].as_u64().unwrap());
        let passage: String = TEXT.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(question["citation"]["quote"], passage, "the evidence stands where the key says");
    }
    world.asked(&bob, &format!("/api/quiz/{id}")).await.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from quizzes where language = 'en'").await, 1, "answers are graded by its language");
    assert_eq!(world.count("select count(*) from outbox where topic = 'quiz.requested'").await, 1);
    assert_eq!(world.count("select count(*) from outbox where topic = 'quiz.generated'").await, 1);
    let delete = world.delete(&format!("/api/quiz/{id}")).bearer(&ada.token).send().await;
    assert_eq!(delete.status, StatusCode::NO_CONTENT);
    world.asked(&ada, &format!("/api/quiz/{id}")).await.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from quiz_questions").await, 0);
});

on_both_engines!(what_cannot_be_made_is_refused_by_its_field, world => {
    let ada = world.member("Ada").await;
    let talk = world.conversation(&ada, &[&world.member("Bob").await], None).await;
    let (foreign, text) = (Uuid::new_v4(), TEXT);
    for (body, field, rule) in [
        (json!({}), "notes_text", "missing"),
        (json!({ "notes_text": text, "conversation_id": talk }), "notes_text", "ambiguous"),
        (json!({ "document_id": foreign, "document_ids": [foreign] }), "notes_text", "ambiguous"),
        (json!({ "notes_text": text, "pages": { "first": 1, "last": 2 } }), "pages", "ambiguous"),
        (json!({ "notes_text": " \n" }), "notes_text", "blank"),
        (json!({ "notes_text": "x".repeat(200_001) }), "notes_text", "too_long"),
        (json!({ "notes_text": "a\0b" }), "notes_text", "control_character"),
        (json!({ "notes_text": 7 }), "notes_text", "type"),
        (json!({ "notes_text": null }), "notes_text", "type"),
        (json!({ "notes_text": "Hm." }), "notes_text", "no_questions"),
        (json!({ "notes_text": text, "question_count": 0 }), "question_count", "range"),
        (json!({ "notes_text": text, "question_count": 51 }), "question_count", "range"),
        (json!({ "notes_text": text, "question_count": -1 }), "question_count", "type"),
        (json!({ "notes_text": text, "title": " " }), "title", "blank"),
        (json!({ "notes_text": text, "title": "x".repeat(201) }), "title", "too_long"),
        (json!({ "notes_text": text, "difficulty": "lethal" }), "difficulty", "type"),
        (json!({ "notes_text": text, "colour": "red" }), "colour", "unknown_field"),
        (json!({ "conversation_id": 0 }), "conversation_id", "integer"),
        (json!({ "conversation_id": talk }), "conversation_id", "no_documents"),
        (json!({ "document_ids": [] }), "document_ids", "missing"),
        (json!({ "document_id": foreign, "pages": { "first": 2, "last": 1 } }), "pages", "range"),
        (json!({ "document_id": foreign, "pages": { "first": 0, "last": 1 } }), "pages", "range"),
        (json!({ "document_id": "x" }), "document_id", "type"),
    ] {
        let answer = world.post("/api/quiz/generate").bearer(&ada.token).json(&body).send().await;
        answer.broke(&["body", field], rule);
    }
    let post = |body: Value| world.post("/api/quiz/generate").bearer(&ada.token).json(&body).send();
    post(json!({ "notes_text": TEXT, "types": ["essay"] })).await.broke(&["body", "types", "0"], "type");
    post(json!({ "document_id": foreign })).await.refused(404, "not_found");
    post(json!({ "conversation_id": talk + 1_000 })).await.refused(404, "not_found");
    let stranger = world.member("Eve").await;
    let body = json!({ "conversation_id": talk });
    world.post("/api/quiz/generate").bearer(&stranger.token).json(&body).send().await.refused(403, "forbidden");
    world.post("/api/quiz/generate").json(&json!({})).send().await.refused(401, "unauthorized");
    assert_eq!(world.count("select count(*) from quizzes").await, 0);
});

on_both_engines!(the_longest_text_in_any_writing_is_taken, world => {
    let ada = world.member("Ada").await;
    let sentence = "Żółw błotny jest jedynym gatunkiem żółwia, który żyje w Polsce na wolności. ";
    let text: String = sentence.chars().cycle().take(200_000).collect();
    let ascii: String = json!({ "notes_text": text, "question_count": 1 })
        .to_string()
        .chars()
        .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("\\u{:04x}", letter as u32) })
        .collect();
    let call = world.post("/api/quiz/generate").bearer(&ada.token).header("idempotency-key", "k");
    let answer = call.body("application/json", ascii.as_bytes()).send().await;
    assert!([200, 422].contains(&answer.status.as_u16()), "{}", answer.status);
    let too_long = vec![b' '; 2_700_000];
    let call = world.post("/api/quiz/generate").bearer(&ada.token);
    call.body("application/json", &too_long).send().await.refused(413, "payload_too_large");
});

/// Asks for a quiz that cannot be made at once, and gives its path.
async fn asked(world: &World, who: &Member) -> String {
    let body = json!({ "notes_text": TEXT, "question_count": 5 });
    let asked = world.post("/api/quiz/generate").bearer(&who.token).json(&body).send().await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{}", asked.text());
    assert_eq!(asked.json()["status"], "processing");
    format!("/api/quiz/{}", asked.json()["quiz_id"])
}

/// The next try, and how the quiz is then.
async fn tried(world: &World, who: &Member, path: &str) -> Value {
    world.backend.run_workers_once().await.unwrap();
    world.clock.advance_seconds(400);
    world.got(who, path).await
}

on_both_engines!(a_quiz_of_pasted_text_waits_for_a_provider_that_is_away, away(), world => {
    let ada = world.member("Ada").await;
    let path = asked(&world, &ada).await;
    assert_eq!(world.got(&ada, &path).await["status"], "processing");
    world.backend_with(&Options::default()).await.run_workers_once().await.unwrap();
    let made = world.got(&ada, &path).await;
    assert_eq!((&made["status"], &made["notes_text"]), (&json!("ready"), &json!(TEXT)));
    assert!(!made["quiz"].as_array().unwrap().is_empty(), "{made}");
    assert_eq!(made.get("remark"), None, "{made}");
});

on_both_engines!(a_model_that_is_away_is_waited_for_with_words_for_the_author, away(), world => {
    let ada = world.member("Ada").await;
    let path = asked(&world, &ada).await;
    for _ in 0..7 {
        let quiz = tried(&world, &ada, &path).await;
        assert_eq!(quiz["status"], "processing", "{quiz}");
        assert!(quiz["remark"].as_str().unwrap().contains("trying again"), "{quiz}");
    }
    let told = "select count(*) from events where kind = 'quiz.updated'";
    assert_eq!(world.count(told).await, 1, "once for all tries");
    let quiz = tried(&world, &ada, &path).await;
    assert_eq!(quiz["status"], "failed", "{quiz}");
    assert!(quiz["remark"].as_str().unwrap().contains("several times"), "{quiz}");
});

on_both_engines!(a_model_that_refuses_is_asked_no_further, answering(StatusCode::UNAUTHORIZED, "{}").await, world => {
    let ada = world.member("Ada").await;
    let path = asked(&world, &ada).await;
    let quiz = tried(&world, &ada, &path).await;
    assert_eq!((&quiz["status"], &quiz["quiz"]), (&json!("failed"), &json!([])), "{quiz}");
    let remark = quiz["remark"].as_str().unwrap();
    assert!(remark.contains("refuses") && remark.contains("settings"), "{remark}");
    assert_eq!(world.count("select count(*) from jobs where kind = 'quiz.generate'").await, 0);
});

on_both_engines!(a_model_that_makes_no_sense_is_tried_thrice, answering(StatusCode::OK, "<html>").await, world => {
    let ada = world.member("Ada").await;
    let path = asked(&world, &ada).await;
    for _ in 0..2 {
        let quiz = tried(&world, &ada, &path).await;
        assert_eq!(quiz["status"], "processing", "{quiz}");
    }
    let quiz = tried(&world, &ada, &path).await;
    assert_eq!(quiz["status"], "failed", "{quiz}");
    assert!(quiz["remark"].as_str().unwrap().contains("no answer that can be used"), "{quiz}");
});

on_both_engines!(tries_that_never_reached_the_model_do_not_count_as_useless_answers, away(), world => {
    let ada = world.member("Ada").await;
    let path = asked(&world, &ada).await;
    for _ in 0..2 {
        tried(&world, &ada, &path).await;
    }
    let confused = world.backend_with(&answering(StatusCode::OK, "<html>").await).await;
    confused.run_workers_once().await.unwrap();
    let quiz = world.got(&ada, &path).await;
    assert_eq!(quiz["status"], "processing", "its first useless answer: {quiz}");
    assert!(quiz["remark"].as_str().unwrap().contains("trying again"), "{quiz}");
    world.clock.advance_seconds(400);
    confused.run_workers_once().await.unwrap();
    let quiz = world.got(&ada, &path).await;
    assert_eq!(quiz["status"], "failed", "{quiz}");
    assert!(quiz["remark"].as_str().unwrap().contains("no answer that can be used"), "{quiz}");
});

on_both_engines!(no_sentence_of_the_text_becomes_the_title, world => {
    let ada = world.member("Ada").await;
    let text = TEXT.split_once("\n\n").unwrap().1;
    let body = json!({ "notes_text": text });
    let made = world.post("/api/quiz/generate").bearer(&ada.token).json(&body).send().await;
    assert_eq!((made.status, &made.json()["title"]), (StatusCode::OK, &json!("Quiz")));
});

on_both_engines!(a_repeated_request_makes_one_quiz, world => {
    let ada = world.member("Ada").await;
    let body = json!({ "notes_text": TEXT, "title": "Mine" });
    let post = || world.post("/api/quiz/generate").bearer(&ada.token).header("idempotency-key", "k").json(&body).send();
    let (first, again) = (post().await, post().await);
    assert_eq!((first.status, first.json()), (again.status, again.json()));
    assert_eq!(first.json()["title"], "Mine");
    assert_eq!(world.count("select count(*) from quizzes").await, 1);
});

on_both_engines!(the_list_leads_to_older_and_newer_ones, world => {
    let ada = world.member("Ada").await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.insert(0, world.quiz(&ada).await.id);
    }
    let page = async |path: &str| {
        let answer = world.asked(&ada, path).await;
        let shown: Vec<i64> =
            answer.json().as_array().unwrap().iter().map(|quiz| quiz["quiz_id"].as_i64().unwrap()).collect();
        let link = |rel: &str| {
            let found = answer.header("link").split(", ").find(|link| link.ends_with(&format!("rel=\"{rel}\"")));
            found.map(|link| link[1..link.find('>').unwrap()].to_owned())
        };
        (shown, link("next"), link("prev"))
    };
    let (all, next, newer) = page("/api/quiz").await;
    assert_eq!((all, next, newer), (ids.clone(), None, None));
    let (first, next, newer) = page("/api/quiz?limit=2").await;
    assert_eq!((first.as_slice(), newer), (&ids[..2], None));
    let (second, next, newer) = page(&next.unwrap()).await;
    assert_eq!(second, ids[2..4]);
    let (third, last, _) = page(&next.unwrap()).await;
    assert_eq!((third.as_slice(), last), (&ids[4..], None));
    assert_eq!(page(&newer.unwrap()).await.0, ids[..2]);
    for bad in ["before=x", "after=1", "limit=0", "limit=101", "before=a&after=b"] {
        assert_eq!(world.asked(&ada, &format!("/api/quiz?{bad}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
});

on_both_engines!(a_form_that_is_named_often_counts_once, world => {
    let ada = world.member("Ada").await;
    let types = vec!["tf"; 50_000];
    let body = json!({ "notes_text": TEXT, "question_count": 3, "types": types });
    let made = world.post("/api/quiz/generate").bearer(&ada.token).json(&body).send().await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    assert!(made.json()["quiz"].as_array().unwrap().iter().all(|question| question["type"] == "tf"));
    assert_eq!(world.count("select count(*) from quizzes where wanted like '%\"forms\":[\"tf\"]%'").await, 1);
});
