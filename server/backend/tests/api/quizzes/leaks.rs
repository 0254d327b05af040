//! Before the submission nothing tells an answer: every response about an untaken quiz is walked.

use super::{RIGHT, WRONG, questions};
use crate::{
    on_both_engines,
    world::{Member, World},
};
use http::StatusCode;
use serde_json::{Value, json};

/// Fields that belong to answers.
const TELLING: [&str; 11] = [
    "correct_answer",
    "correct",
    "is_correct",
    "accepted_answers",
    "citation",
    "citations",
    "quote",
    "statistics",
    "positions",
    "claims",
    "right_by_question",
];

/// The names of all fields, wherever they are.
fn fields(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, field) in object {
                found.push(name.clone());
                fields(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
        // What is in a text is told as well.
        Value::String(text) => {
            if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(text) {
                fields(&inner, found);
            }
        }
        _ => {}
    }
}

#[track_caller]
fn tells_nothing(what: &str, value: &Value) {
    let mut found = Vec::new();
    fields(value, &mut found);
    for name in found {
        assert!(!TELLING.contains(&name.as_str()), "{what} has {name}: {value}");
    }
}

async fn walk(world: &World, who: &Member, quiz: i64, talk: i64) {
    for path in [
        "/api/quiz".to_owned(),
        format!("/api/quiz/{quiz}"),
        "/api/quiz/history/all".to_owned(),
        format!("/api/conversations/{talk}/messages"),
        "/api/conversations".to_owned(),
        "/api/messages?query=cell".to_owned(),
        "/api/review/due".to_owned(),
    ] {
        let answer = world.asked(who, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        tells_nothing(&path, &answer.json());
        assert!(!answer.text().contains("Hooke"), "{path}: {}", answer.text());
    }
}

on_both_engines!(an_untaken_quiz_tells_no_answer_anywhere, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let made = world.generated(&ada).await;
    tells_nothing("generate", &made["quiz"]);
    let mut rest = made.clone();
    rest["notes_received"] = Value::Null;
    tells_nothing("generate", &rest);
    let id = made["quiz_id"].as_i64().unwrap();
    let shown = world.got(&ada, &format!("/api/quiz/{id}")).await;
    tells_nothing("the author's view", &shown);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    walk(&world, &bob, quiz.id, talk).await;
    tells_nothing("the sheet", &world.got(&bob, &quiz.path("/answers")).await);
    let shown = world.got(&bob, &quiz.path("")).await;
    assert!(shown.get("notes_text").is_none(), "the text is the author's: {shown}");
    for rest in ["/key", "/group-results", "/export?format=markdown", "/export?format=gift", "/export?format=anki"] {
        world.asked(&bob, &quiz.path(rest)).await.refused(403, "forbidden");
    }
    world.asked(&bob, &quiz.path("/results")).await.refused(404, "not_found");
    let put = world.put(&format!("/api/review/{}", quiz.questions[2])).bearer(&bob.token).send().await;
    put.refused(403, "forbidden");
    let body = json!({ "answer": "x" });
    let review = world.post(&format!("/api/review/{}", quiz.questions[2])).bearer(&bob.token).json(&body).send().await;
    review.refused(404, "not_found");
    let claim = json!({ "question_id": quiz.questions[2] });
    world.post(&quiz.path("/claims")).bearer(&bob.token).json(&claim).send().await.refused(404, "not_found");
    let save = json!({ "answers": quiz.answers(&RIGHT) });
    let saved = world.put(&quiz.path("/answers")).bearer(&bob.token).json(&save).send().await;
    assert_eq!((saved.status, saved.text()), (StatusCode::NO_CONTENT, String::new()));
    assert_eq!(world.count("select count(*) from events where payload like '%Hooke%'").await, 0);
    assert_eq!(world.count("select count(*) from outbox where payload like '%Hooke%'").await, 0);
    let result = world.submit(&bob, &quiz, &RIGHT).await;
    assert_eq!(result["details"][2]["correct_answer"], "Robert Hooke", "then it is told");
    assert_eq!(world.asked(&bob, &quiz.path("/export?format=markdown")).await.status, StatusCode::OK);
});

on_both_engines!(a_checked_answer_is_told_to_its_giver_and_nothing_else_is, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob, &eve]).await;
    let checked = world.check(&bob, &quiz, 1, "false").await;
    assert_eq!(checked["correct_answer"], "true");
    let saved = world.put(&quiz.path("/answers")).bearer(&bob.token).json(&json!({ "answers": quiz.answers(&WRONG) }));
    assert_eq!(saved.send().await.status, StatusCode::NO_CONTENT);
    for who in [&bob, &eve] {
        walk(&world, who, quiz.id, talk).await;
        for rest in ["/key", "/group-results", "/export?format=markdown", "/export?format=gift", "/export?format=anki"] {
            world.asked(who, &quiz.path(rest)).await.refused(403, "forbidden");
        }
        world.asked(who, &quiz.path("/results")).await.refused(404, "not_found");
        for question in &quiz.questions {
            let put = world.put(&format!("/api/review/{question}")).bearer(&who.token).send().await;
            put.refused(403, "forbidden");
        }
    }
    let mut sheet = world.got(&bob, &quiz.path("/answers")).await;
    assert_eq!(sheet["checked"], json!([checked]), "of the others nothing is told");
    sheet["checked"] = Value::Null;
    tells_nothing("the rest of the sheet", &sheet);
    for who in [&ada, &eve] {
        tells_nothing("the sheet of another", &world.got(who, &quiz.path("/answers")).await);
    }
});

on_both_engines!(the_order_of_an_authors_options_does_not_tell_which_is_right, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let same: Vec<Value> = (0..50).map(|_| questions()[0].clone()).collect();
    let body = json!({ "version": quiz.version, "questions": same });
    let key = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await.json();
    let mut places = [0; 4];
    for question in key["questions"].as_array().unwrap() {
        let options = question["options"].as_array().unwrap();
        assert_eq!(options.len(), 4);
        places[options.iter().position(|option| option == "mitochondrion").unwrap()] += 1;
    }
    assert!(places.iter().all(|count| *count > 0), "written first by the author each time: {places:?}");
    // What is sent back as it came stays where it is.
    let body = json!({ "version": key["version"], "questions": edits(&key) });
    let again = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await.json();
    for (before, after) in key["questions"].as_array().unwrap().iter().zip(again["questions"].as_array().unwrap()) {
        assert_eq!(before["options"], after["options"]);
    }
});

/// The questions of a key as they are sent back.
pub(super) fn edits(key: &Value) -> Value {
    let mut questions = key["questions"].clone();
    for question in questions.as_array_mut().unwrap() {
        let fields = question.as_object_mut().unwrap();
        fields.remove("citation");
        fields.remove("claims");
    }
    questions
}

on_both_engines!(a_file_has_no_question_that_came_after_the_submission, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    world.submit(&bob, &quiz, &RIGHT).await;
    let mut questions = edits(&world.got(&ada, &quiz.path("/key")).await);
    let new = json!({ "type": "short", "question": "Who said it in 1839?", "correct_answer": "Schwann" });
    questions.as_array_mut().unwrap().push(new);
    let body = json!({ "questions": questions });
    let changed = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    for format in ["markdown", "gift"] {
        let path = quiz.path(&format!("/export?format={format}"));
        let (his, hers) = (world.asked(&bob, &path).await.text(), world.asked(&ada, &path).await.text());
        assert!(his.contains("Robert Hooke") && !his.contains("Schwann"), "{his}");
        assert!(hers.contains("Schwann"), "{hers}");
    }
});
