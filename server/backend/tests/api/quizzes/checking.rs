//! Feedback after each question: an answer is checked, told, and stays.

use super::{Known, RIGHT, leaks::edits};
use crate::{
    on_both_engines,
    world::{Answer, Member, World},
};
use http::StatusCode;
use serde_json::{Value, json};

impl World {
    /// Asks to check the answer to a question, by its place.
    pub(super) async fn checking(&self, who: &Member, quiz: &Known, place: usize, body: Value) -> Answer {
        let path = quiz.path(&format!("/answers/{}/check", quiz.questions[place]));
        self.post(&path).bearer(&who.token).json(&body).send().await
    }

    /// Checks an answer.
    pub(super) async fn check(&self, who: &Member, quiz: &Known, place: usize, answer: &str) -> Value {
        let checked = self.checking(who, quiz, place, json!({ "answer": answer })).await;
        assert_eq!(checked.status, StatusCode::OK, "{}", checked.text());
        checked.json()
    }

    async fn sheet(&self, who: &Member, quiz: &Known) -> Value {
        self.got(who, &quiz.path("/answers")).await
    }

    async fn saving(&self, who: &Member, quiz: &Known, body: Value) -> Answer {
        self.put(&quiz.path("/answers")).bearer(&who.token).json(&body).send().await
    }
}

on_both_engines!(a_checked_answer_is_told_and_stays_until_it_is_submitted, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    let [one, two, three] = [0, 1, 2].map(|at| quiz.questions[at].to_string());
    let empty = json!({ "quiz_id": quiz.id, "attempt": 0, "answers": {}, "checked": [] });
    assert_eq!(world.sheet(&bob, &quiz).await, empty);
    let saved = world.saving(&bob, &quiz, json!({ "answers": { &one: "nucleus" } })).await;
    assert_eq!(saved.status, StatusCode::NO_CONTENT, "{}", saved.text());
    let checked = world.checking(&bob, &quiz, 0, json!({})).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text());
    let checked = checked.json();
    let expected = json!({
        "question_id": quiz.questions[0],
        "type": "mcq",
        "question": "What produces most of a cell's energy?",
        "options": world.got(&bob, &quiz.path("")).await["quiz"][0]["options"],
        "correct_answer": "mitochondrion",
        "user_answer": "nucleus",
        "is_correct": false,
        "almost": false,
        "claimed": false,
        "citation": null
    });
    assert_eq!(checked, expected);
    assert_eq!(world.check(&bob, &quiz, 0, "mitochondrion").await, checked, "the first answer stays");
    for changed in [json!({ &one: "mitochondrion", &two: "true" }), json!({ &one: "" })] {
        let saved = world.saving(&bob, &quiz, json!({ "answers": changed })).await;
        assert_eq!(saved.status, StatusCode::NO_CONTENT, "{}", saved.text());
    }
    let sheet = world.sheet(&bob, &quiz).await;
    assert_eq!(sheet["answers"], json!({ &one: "nucleus", &two: "true" }));
    assert_eq!(sheet["checked"], json!([checked]));
    assert_eq!(world.got(&bob, &quiz.path("")).await["answers"], sheet["answers"]);
    let result = world.submit(&bob, &quiz, &RIGHT).await;
    assert_eq!((&result["score"], &result["details"][0]), (&json!(2), &checked), "it counts as it was checked");
    let next = json!({ "quiz_id": quiz.id, "attempt": result["submission_id"], "answers": {}, "checked": [] });
    assert_eq!(world.sheet(&bob, &quiz).await, next);
    assert_eq!(world.check(&bob, &quiz, 0, "mitochondrion").await["is_correct"], true, "on the next sheet");
    assert_eq!(world.sheet(&bob, &quiz).await["answers"].get(&three), None);
});

on_both_engines!(a_check_grades_as_a_submission_does, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    for (answer, is_correct, almost) in
        [("Hooke", true, false), ("  ROBERT  HOOKE ", true, false), ("Roberth Hooke", true, true), ("Newton", false, false)]
    {
        let checked = world.check(&ada, &quiz, 2, answer).await;
        assert_eq!((&checked["is_correct"], &checked["almost"]), (&json!(is_correct), &json!(almost)), "{answer}");
        let result = world.submit(&ada, &quiz, &[]).await;
        assert_eq!(result["details"][2], checked);
    }
    let made = world.generated(&ada).await;
    let path = format!("/api/quiz/{}", made["quiz_id"]);
    let key = world.got(&ada, &format!("{path}/key")).await;
    for question in key["questions"].as_array().unwrap() {
        let check = world.post(&format!("{path}/answers/{}/check", question["id"])).bearer(&ada.token);
        let checked = check.json(&json!({ "answer": question["correct_answer"] })).send().await.json();
        for field in ["type", "question", "correct_answer", "citation"] {
            assert_eq!(checked[field], question[field], "{field}");
        }
        assert_eq!(checked["is_correct"], true, "{checked}");
    }
    let sheet = world.got(&ada, &format!("{path}/answers")).await;
    let order: Vec<&Value> = sheet["checked"].as_array().unwrap().iter().map(|one| &one["question_id"]).collect();
    let expected: Vec<&Value> = key["questions"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(order, expected);
});

on_both_engines!(what_was_checked_follows_the_key, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    assert_eq!(world.check(&bob, &quiz, 2, "the curator").await["is_correct"], false);
    let accept = json!({ "question_id": quiz.questions[2], "answer": "the curator" });
    let accepted = world.post(&quiz.path("/accept")).bearer(&ada.token).json(&accept).send().await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.text());
    let sheet = world.sheet(&bob, &quiz).await;
    assert_eq!((&sheet["checked"][0]["is_correct"], &sheet["checked"][0]["user_answer"]), (&json!(true), &json!("the curator")));
    assert_eq!(world.check(&bob, &quiz, 2, "Hooke").await, sheet["checked"][0], "it is not open again");
    let mut questions = edits(&accepted.json());
    questions.as_array_mut().unwrap().truncate(2);
    let changed = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&json!({ "questions": questions })).send().await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    let sheet = world.sheet(&bob, &quiz).await;
    assert_eq!((&sheet["checked"], &sheet["answers"]), (&json!([]), &json!({})), "a dropped question is gone");
    world.checking(&bob, &quiz, 2, json!({ "answer": "Hooke" })).await.refused(404, "not_found");
});

on_both_engines!(what_is_for_a_sheet_that_was_submitted_is_refused, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let submit = |attempt: &Value| {
        let body = json!({ "quiz_id": quiz.id, "answers": quiz.answers(&RIGHT), "attempt": attempt });
        world.post("/api/quiz/submit").bearer(&ada.token).json(&body).send()
    };
    let first = world.sheet(&ada, &quiz).await["attempt"].clone();
    let save = json!({ "answers": quiz.answers(&RIGHT), "attempt": first });
    assert_eq!(world.saving(&ada, &quiz, save.clone()).await.status, StatusCode::NO_CONTENT);
    let check = json!({ "answer": "nucleus", "attempt": first });
    assert_eq!(world.checking(&ada, &quiz, 0, check.clone()).await.status, StatusCode::OK);
    assert_eq!(submit(&first).await.status, StatusCode::OK);
    world.saving(&ada, &quiz, save).await.refused(409, "conflict");
    world.checking(&ada, &quiz, 0, check).await.refused(409, "conflict");
    submit(&first).await.refused(409, "conflict");
    assert_eq!(world.count("select count(*) from quiz_submissions").await, 1);
    assert_eq!(world.count("select count(*) from quiz_answers").await, 0);
    let second = world.sheet(&ada, &quiz).await["attempt"].clone();
    assert_eq!(submit(&second).await.status, StatusCode::OK);
});

on_both_engines!(nothing_is_checked_that_is_no_answer, world => {
    let ada = world.member("Ada").await;
    let (quiz, other) = (world.quiz(&ada).await, world.quiz(&ada).await);
    for (body, field, rule) in [
        (json!({}), "answer", "unanswered"),
        (json!({ "answer": " " }), "answer", "blank"),
        (json!({ "answer": "x".repeat(1_001) }), "answer", "too_long"),
        (json!({ "answer": 1 }), "answer", "type"),
        (json!({ "answer": null }), "answer", "type"),
        (json!({ "answer": "x", "attempt": "1" }), "attempt", "type"),
        (json!({ "answers": {} }), "answers", "unknown_field"),
    ] {
        world.checking(&ada, &quiz, 0, body).await.broke(&["body", field], rule);
    }
    let path = quiz.path(&format!("/answers/{}/check", other.questions[0]));
    let foreign = world.post(&path).bearer(&ada.token).json(&json!({ "answer": "nucleus" })).send().await;
    foreign.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from quiz_answers").await, 0);
});

on_both_engines!(the_group_sees_nothing_of_a_check_and_a_deleted_quiz_takes_it_along, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    let before = world.got(&ada, &quiz.path("/group-results")).await;
    for (place, answer) in RIGHT.into_iter().enumerate() {
        world.check(&bob, &quiz, place, answer).await;
    }
    assert_eq!(world.got(&ada, &quiz.path("/group-results")).await, before);
    assert_eq!(world.sheet(&ada, &quiz).await["checked"], json!([]), "everybody has a sheet of their own");
    assert_eq!(world.count("select count(*) from quiz_answers where checked_at is not null").await, 3);
    let deleted = world.delete(&quiz.path("")).bearer(&ada.token).send().await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text());
    assert_eq!(world.count("select count(*) from quiz_answers").await, 0);
});
