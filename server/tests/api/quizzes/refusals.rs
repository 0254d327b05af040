//! What is refused, and that it changes nothing.

use super::{Shared, generate};
use crate::{
    agreement::{answer, compare, form},
    functions,
};
use db::testing::ENGINES;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn refused_changes_agree_and_change_nothing() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        let before = answer(shared.read(&shared.ada, "key")).await;
        let (version, talk) = (shared.version.to_string(), shared.talk.to_string());
        let short = shared.questions[2].to_string();
        let [.., short_field] = shared.fields();
        for (actor, authors, takers) in
            [(&shared.bob, 403, None), (&shared.eve, 404, Some(404)), (&shared.nobody, 401, Some(401))]
        {
            let rest = |method, path: &str, body: Value| shared.rest(actor, method, path, &body);
            let function = |name: &str, fields: &[(&str, &str)]| shared.function(actor, name, fields);
            let question = json!({ "type": "tf", "question": "Is it?", "correct_answer": "true" });
            let edited = [
                ("version", version.as_str()),
                ("form[type]", "tf"),
                ("form[question]", "Is it?"),
                ("form[correct_answer]", "true"),
            ];
            for (rest, function, what) in [
                (
                    rest(Method::PATCH, "/key", json!({ "version": shared.version, "title": "x" })),
                    function("rename", &[("version", &version), ("title", "x")]),
                    "rename",
                ),
                (
                    rest(Method::PATCH, "/key", json!({ "version": shared.version, "questions": [question] })),
                    function("change_question", &edited),
                    "edit",
                ),
                (
                    rest(Method::POST, "/accept", json!({ "question_id": shared.questions[2], "answer": "x" })),
                    function("accept", &[("question_id", &short), ("answer", "x")]),
                    "accept",
                ),
                (
                    rest(Method::POST, "/share", json!({ "conversation_id": shared.talk })),
                    function("share", &[("conversation_id", &talk)]),
                    "share",
                ),
                (rest(Method::DELETE, "", Value::Null), function("delete", &[]), "delete"),
            ] {
                assert_eq!(compare(rest, function, what).await.status, authors, "{what}");
            }
            let Some(takers) = takers else { continue };
            let answers = shared.answers(["", "", "Hooke"]);
            let submit = json!({ "quiz_id": shared.quiz, "answers": answers });
            for (rest, function, what) in [
                (
                    rest(Method::PUT, "/answers", json!({ "answers": answers })),
                    function("save", &[(&short_field, "Hooke")]),
                    "save",
                ),
                (
                    rest(Method::POST, &format!("/answers/{short}/check"), json!({ "answer": "Hooke" })),
                    function("check", &[("question_id", &short), (&short_field, "Hooke")]),
                    "check",
                ),
                (
                    actor.browse(Method::POST, "/api/quiz/submit").json(&submit),
                    function("submit", &[(&short_field, "Hooke")]),
                    "submit",
                ),
            ] {
                assert_eq!(compare(rest, function, what).await.status, takers, "{what}");
            }
        }
        assert_eq!(answer(shared.rest(&shared.ada, Method::GET, "/key", &Value::Null)).await, before);
    }
}

#[tokio::test]
async fn broken_rules_are_told_alike() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        let (ada, short) = (&shared.ada, shared.questions[2].to_string());
        let rest = |method, path: &str, body: Value| shared.rest(ada, method, path, &body);
        let function = |name: &str, fields: &[(&str, &str)]| shared.function(ada, name, fields);
        let version = shared.version.to_string();
        for (rest, function, status) in [
            (
                rest(Method::PATCH, "/key", json!({ "version": 0, "title": "x" })),
                function("rename", &[("version", "0"), ("title", "x")]),
                409,
            ),
            (
                rest(Method::PATCH, "/key", json!({ "version": shared.version, "title": " " })),
                function("rename", &[("version", &version), ("title", " ")]),
                422,
            ),
            (
                rest(Method::POST, "/accept", json!({ "question_id": shared.questions[2], "answer": " " })),
                function("accept", &[("question_id", &short), ("answer", " ")]),
                422,
            ),
            (
                rest(Method::POST, "/share", json!({ "conversation_id": 999_999 })),
                function("share", &[("conversation_id", "999999")]),
                404,
            ),
            (
                rest(Method::PUT, "/answers", json!({ "answers": { "999999": "x" } })),
                function("save", &[("answers[q999999]", "x")]),
                422,
            ),
            (
                rest(Method::POST, "/answers/999999/check", json!({ "answer": "x" })),
                function("check", &[("question_id", "999999"), ("answers[q999999]", "x")]),
                404,
            ),
            (
                rest(Method::POST, &format!("/answers/{short}/check"), json!({})),
                function("check", &[("question_id", &short)]),
                422,
            ),
        ] {
            assert_eq!(compare(rest, function, "a broken rule").await.status, status);
        }
        for (body, fields, status) in [
            (json!({ "notes_text": " " }), vec![("form[source]", "text"), ("form[text]", " ")], 422),
            (
                json!({ "conversation_id": 999_999 }),
                vec![("form[source]", "conversation"), ("form[conversation_id]", "999999")],
                404,
            ),
        ] {
            let fields: Vec<_> = fields.into_iter().chain([("form[question_count]", "10")]).collect();
            let (rest, function) = (generate(ada, &body), form(ada, "/fn/quizzes/make", &fields));
            assert_eq!(compare(rest, function, "create").await.status, status);
            let nobody = &shared.nobody;
            let (rest, function) = (generate(nobody, &body), form(nobody, "/fn/quizzes/make", &fields));
            assert_eq!(compare(rest, function, "create").await.status, 401);
        }
    }
}
