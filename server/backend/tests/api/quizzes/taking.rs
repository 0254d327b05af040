//! Taking quizzes: the sheet, submissions and results.

use super::{RIGHT, WRONG};
use crate::on_both_engines;
use http::StatusCode;
use serde_json::{Value, json};

on_both_engines!(answers_wait_on_every_device_until_they_are_submitted, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    let [one, two, three] = [quiz.questions[0], quiz.questions[1], quiz.questions[2]];
    let save = async |answers: Value| {
        let call = world.put(&quiz.path("/answers")).bearer(&bob.token);
        call.json(&json!({ "answers": answers })).send().await
    };
    let phone = json!({ one.to_string(): "nucleus" });
    assert_eq!(save(phone).await.status, StatusCode::NO_CONTENT);
    let desk = json!({ two.to_string(): "false", three.to_string(): "Pasteur" });
    assert_eq!(save(desk).await.status, StatusCode::NO_CONTENT);
    assert_eq!(save(json!({ one.to_string(): "ribosome", two.to_string(): "" })).await.status, StatusCode::NO_CONTENT);
    let sheet = json!({ one.to_string(): "ribosome", three.to_string(): "Pasteur" });
    assert_eq!(world.got(&bob, &quiz.path("")).await["answers"], sheet);
    assert_eq!(world.got(&bob, "/api/quiz").await[0]["answered"], 2);
    assert_eq!(world.got(&ada, &quiz.path("")).await["answers"], json!({}), "everybody has a sheet of their own");
    let body = json!({ "quiz_id": quiz.id, "answers": { one.to_string(): "mitochondrion" } });
    let result = world.post("/api/quiz/submit").bearer(&bob.token).json(&body).send().await.json();
    assert_eq!((&result["score"], &result["total_questions"]), (&json!(1), &json!(3)));
    let answered: Vec<&Value> = result["details"].as_array().unwrap().iter().map(|one| &one["user_answer"]).collect();
    assert_eq!(answered, [&json!("mitochondrion"), &json!(""), &json!("Pasteur")]);
    let after = world.got(&bob, &quiz.path("")).await;
    assert_eq!((&after["answers"], &after["submissions"]), (&json!({}), &json!(1)));
});

on_both_engines!(a_submission_is_graded_with_every_right_answer_and_passage, world => {
    let ada = world.member("Ada").await;
    let made = world.generated(&ada).await;
    let id = made["quiz_id"].as_i64().unwrap();
    let path = format!("/api/quiz/{id}/results");
    world.asked(&ada, &path).await.refused(404, "not_found");
    let key = world.got(&ada, &format!("/api/quiz/{id}/key")).await;
    let answers: serde_json::Map<String, Value> = key["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| (question["id"].to_string(), question["correct_answer"].clone()))
        .collect();
    let total = answers.len();
    let body = json!({ "quiz_id": id, "answers": answers });
    let result = world.post("/api/quiz/submit").bearer(&ada.token).json(&body).send().await.json();
    assert_eq!((&result["score"], &result["total_questions"]), (&json!(total), &json!(total)));
    for (detail, question) in result["details"].as_array().unwrap().iter().zip(key["questions"].as_array().unwrap()) {
        assert_eq!(detail["question_id"], question["id"]);
        for field in ["type", "question", "correct_answer", "citation"] {
            assert_eq!(detail[field], question[field], "{field}");
        }
        assert_eq!((&detail["is_correct"], &detail["claimed"]), (&json!(true), &json!(false)));
    }
    assert_eq!(world.got(&ada, &path).await, result);
    assert_eq!(world.got(&ada, "/api/quiz").await[0]["last_score"], total);
});

on_both_engines!(a_quiz_is_taken_again_and_the_history_knows_each_time, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    assert_eq!(world.got(&ada, "/api/quiz/history/all").await, json!({ "history": [] }));
    let first = world.submit(&ada, &quiz, &WRONG).await;
    world.clock.advance_seconds(60);
    let second = world.submit(&ada, &quiz, &RIGHT).await;
    assert_eq!((&first["score"], &second["score"]), (&json!(0), &json!(3)));
    let history = world.got(&ada, "/api/quiz/history/all").await;
    let shown: Vec<_> = history["history"].as_array().unwrap().iter().map(|entry| &entry["submission_id"]).collect();
    assert_eq!(shown, [&second["submission_id"], &first["submission_id"]]);
    assert_eq!((&history["history"][0]["title"], &history["history"][0]["score"]), (&json!("Cells"), &json!(3)));
    assert_eq!(world.got(&ada, &quiz.path("/results")).await["submission_id"], second["submission_id"]);
});

on_both_engines!(a_repeated_submission_counts_once, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let body = json!({ "quiz_id": quiz.id, "answers": quiz.answers(&RIGHT) });
    let post = || world.post("/api/quiz/submit").bearer(&ada.token).header("idempotency-key", "k").json(&body).send();
    let (first, again) = (post().await, post().await);
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    assert_eq!(first.json(), again.json());
    assert_eq!(world.count("select count(*) from quiz_submissions").await, 1);
});

on_both_engines!(short_answers_are_graded_as_a_fair_teacher_would, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    for (answer, is_correct) in
        [("robert hooke", true), ("  ROBERT  HOOKE ", true), ("Hooke", true), ("Roberth Hooke", true), ("Newton", false), ("", false)]
    {
        let result = world.submit(&ada, &quiz, &["", "", answer]).await;
        assert_eq!(result["details"][2]["is_correct"], is_correct, "{answer}");
    }
});

on_both_engines!(answers_that_cannot_be_are_refused_by_their_question, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let known = quiz.questions[0].to_string();
    let put = |answers: Value| world.put(&quiz.path("/answers")).bearer(&ada.token).json(&json!({ "answers": answers })).send();
    let post = |answers: Value| {
        let body = json!({ "quiz_id": quiz.id, "answers": answers });
        world.post("/api/quiz/submit").bearer(&ada.token).json(&body).send()
    };
    for (answers, name, rule) in [
        (json!({ "999999": "x" }), "999999", "unknown"),
        (json!({ "x": "x" }), "x", "integer"),
        (json!({ "-1": "x" }), "-1", "integer"),
        (json!({ "01": "x" }), "01", "integer"),
        (json!({ &known: "x".repeat(1_001) }), known.as_str(), "too_long"),
        (json!({ &known: "a\0b" }), known.as_str(), "control_character"),
        (json!({ &known: 1 }), known.as_str(), "type"),
    ] {
        put(answers.clone()).await.broke(&["body", "answers", name], rule);
        post(answers).await.broke(&["body", "answers", name], rule);
    }
    let submit = |body: Value| world.post("/api/quiz/submit").bearer(&ada.token).json(&body).send();
    submit(json!({ "answers": {} })).await.broke(&["body", "quiz_id"], "missing");
    submit(json!({ "quiz_id": 0, "answers": {} })).await.broke(&["body", "quiz_id"], "integer");
    submit(json!({ "quiz_id": "1", "answers": {} })).await.broke(&["body", "quiz_id"], "type");
    submit(json!({ "quiz_id": 999_999 })).await.broke(&["body", "answers"], "missing");
    submit(json!({ "quiz_id": 999_999, "answers": {} })).await.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from quiz_submissions").await, 0);
    assert_eq!(world.count("select count(*) from quiz_answers").await, 0);
});

on_both_engines!(the_history_leads_to_older_ones_and_forgets_the_hundred_and_first, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let mut ids = Vec::new();
    for _ in 0..101 {
        ids.insert(0, world.submit(&ada, &quiz, &RIGHT).await["submission_id"].as_i64().unwrap());
    }
    let page = async |path: &str| {
        let answer = world.asked(&ada, path).await;
        let history = answer.json()["history"].clone();
        let shown = history.as_array().unwrap().iter().map(|entry| entry["submission_id"].as_i64().unwrap());
        (shown.collect::<Vec<_>>(), answer.header("link").to_owned())
    };
    let address = |link: &str| link[1..link.find('>').unwrap()].to_owned();
    let (first, link) = page("/api/quiz/history/all").await;
    assert_eq!(first, ids[..50]);
    let (second, link) = page(&address(&link)).await;
    assert_eq!(second, ids[50..100]);
    assert!(!link.contains("rel=\"next\"") && link.contains("rel=\"prev\""), "{link}");
    assert_eq!(page(&address(&link)).await.0, first);
    let quizzes = world.asked(&ada, "/api/quiz?limit=1").await;
    assert_eq!(quizzes.status, StatusCode::OK);
    for bad in ["before=x", "limit=0", "limit=101"] {
        let refused = world.asked(&ada, &format!("/api/quiz/history/all?{bad}")).await;
        refused.refused(422, "validation_failed");
    }
});
