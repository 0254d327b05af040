//! What one door does, the other shows.

use super::{Shared, TEXT, generate, ok};
use crate::{
    agreement::{answer, compare, form},
    documents::processed,
    functions,
};
use db::testing::ENGINES;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn what_one_door_made_the_other_shows_shares_and_deletes() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        let ada = &shared.ada;
        let fields = [
            ("form[source]", "text"),
            ("form[text]", TEXT),
            ("form[question_count]", "3"),
            ("form[types][]", "mcq"),
            ("form[title]", "By form"),
        ];
        let by_form = ok(form(ada, "/fn/quizzes/make", &fields)).await;
        let shown = ok(ada.browse(Method::GET, &format!("/api/quiz/{}", by_form["quiz_id"]))).await;
        assert_eq!((&shown, shown["title"].as_str()), (&by_form, Some("By form")));
        let body = json!({ "notes_text": TEXT, "question_count": 3, "types": ["mcq"], "title": "By call" });
        let by_call = ok(generate(ada, &body)).await;
        let shown = ok(ada.browse(Method::GET, &format!("/fn/quizzes/quiz?id={}", by_call["quiz_id"]))).await;
        assert_eq!((&shown["quiz"], &shown["title"]), (&by_call["quiz"], &json!("By call")));

        let card = ok(shared.rest(ada, Method::POST, "/share", &json!({ "conversation_id": shared.talk }))).await;
        let address = ok(shared.function(ada, "share", &[("conversation_id", &shared.talk.to_string())])).await;
        let message = &card["message_id"];
        assert_eq!(address, json!(format!("/conversations/{}?message={message}#m{message}", shared.talk)));

        let (first, second) = (by_form["quiz_id"].to_string(), by_call["quiz_id"].to_string());
        ok(ada.browse(Method::DELETE, &format!("/api/quiz/{first}"))).await;
        ok(form(ada, "/fn/quizzes/delete", &[("id", &second)])).await;
        for id in [first, second] {
            let rest = ada.browse(Method::GET, &format!("/api/quiz/{id}"));
            let gone = compare(rest, ada.browse(Method::GET, &format!("/fn/quizzes/quiz?id={id}")), "deleted").await;
            assert_eq!(gone.status, 404);
        }
    }
}

#[tokio::test]
async fn a_form_may_leave_the_last_page_open() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let ada = world.browser("Ada", "Lovelace").await;
        let document = processed(&world.url, &ada.id_token, "cells.md", "text/markdown", TEXT.as_bytes()).await;
        let from_page = |first: &str| {
            let fields = [
                ("form[source]", "documents"),
                ("form[documents][]", document["id"].as_str().unwrap()),
                ("form[first_page]", first),
                ("form[question_count]", "3"),
            ];
            form(&ada, "/fn/quizzes/make", &fields)
        };
        let made = ok(from_page("1")).await;
        assert!(!made["quiz"].as_array().unwrap().is_empty(), "{made}");
        for (first, rule) in [("2", "empty"), ("2001", "range")] {
            let refused = answer(from_page(first)).await;
            assert_eq!((refused.status, &refused.body[0]["type"]), (422, &json!(rule)), "{refused:?}");
        }
    }
}

#[tokio::test]
async fn answers_are_kept_checked_and_graded_alike() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        let bob = &shared.bob;
        let [choice, truth, short] = shared.fields();
        ok(shared.function(bob, "save", &[(&choice, "nucleus"), (&short, "Isaac Newton")])).await;
        let saved = ok(shared.rest(bob, Method::GET, "/answers", &Value::Null)).await;
        assert_eq!(saved["answers"][shared.questions[0].to_string()], "nucleus");
        let change = json!({ "answers": shared.answers(["mitochondrion", "false", "Isaac Newton"]) });
        ok(shared.rest(bob, Method::PUT, "/answers", &change)).await;
        let sheet = ok(shared.read(bob, "sheet")).await;
        assert_eq!(sheet["answers"], change["answers"]);

        let question = shared.questions[1].to_string();
        let rest = shared.rest(bob, Method::POST, &format!("/answers/{question}/check"), &json!({}));
        let function = shared.function(bob, "check", &[("question_id", &question), (&truth, "true")]);
        let checked = compare(rest, function, "an answer that was checked stays").await;
        assert_eq!((&checked.body["user_answer"], &checked.body["is_correct"]), (&json!("false"), &json!(false)));

        let answers = ["mitochondrion", "false", "Isaac Newton"];
        let body = json!({ "quiz_id": shared.quiz, "answers": shared.answers(answers) });
        let by_call = ok(bob.browse(Method::POST, "/api/quiz/submit").json(&body)).await;
        let fields = [(&*choice, answers[0]), (&*truth, answers[1]), (&*short, answers[2])];
        let by_form = ok(shared.function(bob, "submit", &fields)).await;
        assert_eq!((&by_call["score"], &by_call["details"]), (&by_form["score"], &by_form["details"]));
        assert_eq!((by_call["score"].as_i64(), by_call["total_questions"].as_i64()), (Some(1), Some(3)));
        let result = compare(
            shared.rest(bob, Method::GET, "/results", &Value::Null),
            shared.read(bob, "result"),
            "the last result",
        );
        assert_eq!(result.await.body, by_form);
    }
}

#[tokio::test]
async fn an_edit_through_either_door_grades_anew() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        let (ada, bob) = (&shared.ada, &shared.bob);
        let answers = shared.answers(["mitochondrion", "true", "Isaac Newton"]);
        let body = json!({ "quiz_id": shared.quiz, "answers": answers });
        ok(bob.browse(Method::POST, "/api/quiz/submit").json(&body)).await;
        let score = async || {
            let rest = shared.rest(bob, Method::GET, "/results", &Value::Null);
            let result = compare(rest, shared.read(bob, "result"), "graded anew").await;
            result.body["score"].as_i64().unwrap()
        };
        assert_eq!(score().await, 2);

        let (version, question) = (shared.version.to_string(), shared.questions[2].to_string());
        let fields = [
            ("version", version.as_str()),
            ("form[question_id]", question.as_str()),
            ("form[type]", "short"),
            ("form[question]", "Who described cells in 1665?"),
            ("form[correct_answer]", "Robert Hooke"),
            ("form[accepted_answers]", "Isaac Newton"),
        ];
        let by_form = ok(shared.function(ada, "change_question", &fields)).await;
        assert_eq!(ok(shared.rest(ada, Method::GET, "/key", &Value::Null)).await, by_form);
        assert_eq!(score().await, 3);

        let mut questions = by_form["questions"].clone();
        questions[2]["accepted_answers"] = json!([]);
        let edit = json!({ "version": by_form["version"], "questions": questions });
        let by_call = ok(shared.rest(ada, Method::PATCH, "/key", &edit)).await;
        assert_eq!(ok(shared.read(ada, "key")).await, by_call);
        assert_eq!(score().await, 2);

        let version = by_call["version"].to_string();
        let renamed = ok(shared.function(ada, "rename", &[("version", &version), ("title", "All about cells")])).await;
        let again = json!({ "version": renamed["version"], "title": "All about cells" });
        let mut again = ok(shared.rest(ada, Method::PATCH, "/key", &again)).await;
        again["version"] = renamed["version"].clone();
        assert_eq!(again, renamed, "the same change through both");
    }
}
