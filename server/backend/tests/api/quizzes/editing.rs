//! The author changes a quiz, and everybody's results follow.

use super::{RIGHT, WRONG, leaks::edits, questions};
use crate::{
    on_both_engines,
    world::{Answer, Member},
};
use http::StatusCode;
use serde_json::{Value, json};

on_both_engines!(an_edit_grades_every_result_anew, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    let edit = async |body: Value| world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    assert_eq!(world.submit(&bob, &quiz, &["nucleus", "true", "Newton"]).await["score"], 1);
    let key = world.got(&ada, &quiz.path("/key")).await;
    // Another answer is right, one question goes, one comes.
    let mut questions = edits(&key);
    questions[0]["correct_answer"] = json!("nucleus");
    questions.as_array_mut().unwrap().remove(1);
    let new = json!({ "type": "short", "question": "Who said it in 1839?", "correct_answer": "Schwann" });
    questions.as_array_mut().unwrap().push(new);
    let changed = edit(json!({ "version": key["version"], "title": "All cells", "questions": questions })).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    let changed = changed.json();
    assert_eq!((&changed["title"], changed["questions"].as_array().unwrap().len()), (&json!("All cells"), 3));
    assert_eq!(changed["version"].as_i64().unwrap(), key["version"].as_i64().unwrap() + 1);
    assert_eq!(changed["questions"][0]["id"], key["questions"][0]["id"]);
    let result = world.got(&bob, &quiz.path("/results")).await;
    assert_eq!((&result["score"], &result["total_questions"]), (&json!(1), &json!(2)));
    let ids: Vec<&Value> = result["details"].as_array().unwrap().iter().map(|detail| &detail["question_id"]).collect();
    assert_eq!(ids, [&json!(quiz.questions[0]), &json!(quiz.questions[2])], "what was added counts from now on");
    assert_eq!(world.got(&bob, "/api/quiz/history/all").await["history"][0]["score"], 1);
    let added = format!("/api/review/{}", changed["questions"][2]["id"]);
    world.put(&added).bearer(&bob.token).send().await.refused(403, "forbidden");
    let messages = world.got(&bob, &format!("/api/conversations/{talk}/messages")).await;
    assert_eq!((&messages[0]["quiz"]["title"], &messages[0]["quiz"]["total_questions"]), (&json!("All cells"), &json!(3)));
    edit(json!({ "version": key["version"], "title": "Late" })).await.refused(409, "conflict");
    let unknown = json!([{ "id": 999_999, "type": "tf", "question": "?", "correct_answer": "true" }]);
    let refused = edit(json!({ "version": changed["version"], "questions": unknown })).await;
    refused.broke(&["body", "questions", "0", "id"], "unknown");
    assert_eq!(world.got(&ada, &quiz.path("/key")).await, changed);
});

on_both_engines!(a_question_that_cannot_be_is_refused_where_it_stands, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    for (place, field, value, rule) in [
        (0, "options", json!(["mitochondrion"]), "range"),
        (0, "options", json!(["mitochondrion", "Mitochondrion"]), "repeated"),
        (0, "correct_answer", json!("cell wall"), "not_an_option"),
        (0, "accepted_answers", json!(["x"]), "not_written"),
        (1, "correct_answer", json!("yes"), "not_an_option"),
        (2, "options", json!(["a", "b"]), "not_chosen"),
        (2, "question", json!(" "), "blank"),
        (2, "question", json!("x".repeat(1_001)), "too_long"),
    ] {
        let mut questions = questions();
        questions[place][field] = value;
        let body = json!({ "version": quiz.version, "questions": questions });
        let answer = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
        answer.broke(&["body", "questions", &place.to_string(), field], rule);
    }
    let many: Vec<Value> = (0..51).map(|_| questions()[1].clone()).collect();
    let body = json!({ "version": quiz.version, "questions": many });
    let answer = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    answer.broke(&["body", "questions"], "too_many");
});

on_both_engines!(a_claim_counts_once_the_author_accepts_it, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob, &eve]).await;
    let short = quiz.questions[2];
    let claim = async |who: &Member, question: i64| -> Answer {
        let call = world.post(&quiz.path("/claims")).bearer(&who.token);
        call.json(&json!({ "question_id": question })).send().await
    };
    let accept = async |question: i64, answer: &str| -> Answer {
        let call = world.post(&quiz.path("/accept")).bearer(&ada.token);
        call.json(&json!({ "question_id": question, "answer": answer })).send().await
    };
    world.submit(&eve, &quiz, &["nucleus", "true", "a microscopist"]).await;
    for who in [&bob, &eve] {
        world.submit(who, &quiz, &["nucleus", "true", "the curator of the Royal Society"]).await;
    }
    claim(&bob, 999_999).await.broke(&["body", "question_id"], "unknown");
    claim(&bob, quiz.questions[0]).await.broke(&["body", "question_id"], "not_written");
    for who in [&bob, &eve] {
        let claimed = claim(who, short).await;
        assert_eq!(claimed.status, StatusCode::OK, "{}", claimed.text());
        let detail = &claimed.json()["details"][2];
        assert_eq!((&detail["claimed"], &detail["is_correct"]), (&json!(true), &json!(false)));
    }
    let key = world.got(&ada, &quiz.path("/key")).await;
    let claims = json!([{ "answer": "the curator of the Royal Society", "people": 2 }]);
    assert_eq!((&key["questions"][2]["claims"], &key["questions"][0]["claims"]), (&claims, &json!([])));
    accept(quiz.questions[0], "nucleus").await.broke(&["body", "question_id"], "not_written");
    accept(999_999, "x").await.broke(&["body", "question_id"], "unknown");
    let accepted = accept(short, "the curator of the Royal Society").await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.text());
    let question = &accepted.json()["questions"][2];
    assert_eq!(question["accepted_answers"], json!(["Hooke", "the curator of the Royal Society"]));
    assert_eq!(question["claims"], json!([]));
    for who in [&bob, &eve] {
        let result = world.got(who, &quiz.path("/results")).await;
        let detail = &result["details"][2];
        assert_eq!((&result["score"], &detail["is_correct"], &detail["claimed"]), (&json!(2), &json!(true), &json!(false)));
    }
    for (who, reviewed) in [(&bob, 1), (&eve, 2)] {
        let statistics = world.got(who, "/api/review/statistics").await;
        assert_eq!(statistics["questions"], reviewed, "what was right all along is not reviewed: {statistics}");
    }
    // Of their own quiz, an author decides at once.
    world.submit(&ada, &quiz, &["", "", "a microscopist"]).await;
    let own = claim(&ada, short).await.json();
    assert_eq!((&own["score"], &own["details"][2]["is_correct"]), (&json!(1), &json!(true)));
    world.submit(&ada, &quiz, &["", "", ""]).await;
    claim(&ada, short).await.broke(&["body", "question_id"], "unanswered");
});

on_both_engines!(a_dropped_question_leaves_the_sheet_and_the_review, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    world.submit(&ada, &quiz, &WRONG).await;
    let body = json!({ "answers": quiz.answers(&RIGHT) });
    world.put(&quiz.path("/answers")).bearer(&ada.token).json(&body).send().await;
    let mut questions = edits(&world.got(&ada, &quiz.path("/key")).await);
    questions.as_array_mut().unwrap().truncate(1);
    let body = json!({ "version": quiz.version, "questions": questions });
    let changed = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    assert_eq!(world.got(&ada, &quiz.path("")).await["answers"].as_object().unwrap().len(), 1);
    assert_eq!(world.count("select count(*) from review_cards").await, 1);
    assert_eq!(world.got(&ada, &quiz.path("/results")).await["total_questions"], 1);
});

on_both_engines!(a_key_can_be_sent_back_as_it_came, world => {
    let ada = world.member("Ada").await;
    let id = world.generated(&ada).await["quiz_id"].clone();
    let path = format!("/api/quiz/{id}/key");
    let key = world.got(&ada, &path).await;
    let sent = world.patch(&path).bearer(&ada.token).json(&key).send().await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    assert_eq!(sent.json()["questions"], key["questions"]);
    let renamed = world.patch(&path).bearer(&ada.token).json(&json!({ "title": "Without a version" })).send().await;
    assert_eq!((renamed.status, &renamed.json()["title"]), (StatusCode::OK, &json!("Without a version")));
});

on_both_engines!(further_right_answers_are_few_enough_to_compare_with, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let mut questions = questions();
    let long: Vec<String> = (0..6).map(|at| format!("{at}{}", "x".repeat(999))).collect();
    questions[2]["accepted_answers"] = json!(long);
    let body = json!({ "questions": questions });
    let refused = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    refused.broke(&["body", "questions", "2", "accepted_answers"], "too_many");
    questions[2]["accepted_answers"] = json!(long[..5]);
    let body = json!({ "questions": questions });
    let kept = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    let accept = json!({ "question_id": kept.json()["questions"][2]["id"], "answer": "Hooke" });
    let full = world.post(&quiz.path("/accept")).bearer(&ada.token).json(&accept).send().await;
    full.broke(&["body", "answer"], "too_many");
});
