//! Who may do what: the author, a member of a group that has the quiz, somebody else, and nobody.

use super::RIGHT;
use crate::on_both_engines;
use http::Method;
use serde_json::{Value, json};

on_both_engines!(everybody_may_do_what_is_theirs, world => {
    let (author, member, outsider) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, talk) = world.shared_quiz(&author, &[&member]).await;
    let other_talk = world.conversation(&outsider, &[&world.member("Mallory").await], None).await;
    let (get, post, put, patch, delete) = (Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE);
    let (path, short) = (|rest: &str| quiz.path(rest), quiz.questions[2]);
    let check = path(&format!("/answers/{}/check", quiz.questions[0]));
    let (answers, newton) = (quiz.answers(&RIGHT), quiz.answers(&["", "", "Newton"]));
    let table = [
        (&get, path(""), Value::Null, [200, 200, 404]),
        (&get, path("/key"), Value::Null, [200, 403, 404]),
        (&patch, path("/key"), json!({ "version": 0 }), [409, 403, 404]),
        (&put, path("/answers"), json!({ "answers": answers }), [204, 204, 404]),
        (&get, path("/answers"), Value::Null, [200, 200, 404]),
        (&post, check, json!({ "answer": "nucleus" }), [200, 200, 404]),
        (&get, path("/results"), Value::Null, [404, 404, 404]),
        (&get, path("/group-results"), Value::Null, [200, 403, 404]),
        (&get, path("/export?format=markdown"), Value::Null, [200, 403, 404]),
        (&post, path("/claims"), json!({ "question_id": short }), [404, 404, 404]),
        (&post, path("/accept"), json!({ "question_id": short, "answer": "Hooke" }), [200, 403, 404]),
        (&post, path("/share"), json!({ "conversation_id": talk }), [200, 403, 404]),
        (&post, path("/share"), json!({ "conversation_id": other_talk }), [403, 403, 404]),
        (&post, path("/share"), json!({ "conversation_id": 999_999 }), [404, 404, 404]),
        (&put, format!("/api/review/{short}"), Value::Null, [403, 403, 404]),
        (&delete, format!("/api/review/{short}"), Value::Null, [204, 204, 404]),
        (&post, format!("/api/review/{short}"), json!({ "rating": "good" }), [404, 404, 404]),
        (&post, "/api/quiz/submit".into(), json!({ "quiz_id": quiz.id, "answers": newton }), [200, 200, 404]),
        (&get, path("/results"), Value::Null, [200, 200, 404]),
        (&get, path("/group-results"), Value::Null, [200, 200, 404]),
        (&get, path("/export?format=gift"), Value::Null, [200, 200, 404]),
        (&post, path("/claims"), json!({ "question_id": short }), [200, 200, 404]),
        (&put, format!("/api/review/{short}"), Value::Null, [204, 204, 404]),
        (&delete, path(""), Value::Null, [204, 403, 404]),
    ];
    for (method, path, body, expected) in table {
        world.call(method.clone(), &path).json(&body).send().await.refused(401, "unauthorized");
        // The author last: what they may do may leave nothing for the others.
        for (who, status) in [&author, &member, &outsider].into_iter().zip(expected).rev() {
            let call = world.call(method.clone(), &path).bearer(&who.token);
            let answer = if body.is_null() { call.send().await } else { call.json(&body).send().await };
            assert_eq!(answer.status.as_u16(), status, "{} {method} {path}: {}", who.sub, answer.text());
        }
    }
});

on_both_engines!(a_wrong_form_is_told_before_a_missing_quiz, world => {
    let ada = world.member("Ada").await;
    let call = |method: Method, path: &str| world.call(method, path).bearer(&ada.token);
    for path in ["/api/quiz/0", "/api/quiz/x", "/api/quiz/-1/key", "/api/quiz/x/results"] {
        call(Method::GET, path).send().await.broke(&["path", "id"], "integer");
    }
    let check = call(Method::POST, "/api/quiz/999999/answers/x/check").json(&json!({ "answer": " " }));
    check.send().await.broke(&["path", "question_id"], "integer");
    call(Method::GET, "/api/quiz/999999").send().await.refused(404, "not_found");
    call(Method::GET, "/api/quiz/999999/export").send().await.broke(&["query", "format"], "missing");
    call(Method::GET, "/api/quiz/999999/export?format=pdf").send().await.broke(&["query", "format"], "unknown");
    call(Method::GET, "/api/quiz/999999/export?format=anki").send().await.refused(404, "not_found");
    for (method, path, body, field, rule) in [
        (Method::PATCH, "/api/quiz/999999/key", json!({}), "title", "missing"),
        (Method::PATCH, "/api/quiz/999999/key", json!({ "version": 1, "questions": [] }), "questions", "missing"),
        (Method::PATCH, "/api/quiz/999999/key", json!({ "version": 1, "title": " " }), "title", "blank"),
        (Method::PUT, "/api/quiz/999999/answers", json!({}), "answers", "missing"),
        (Method::POST, "/api/quiz/999999/answers/1/check", json!({ "answer": " " }), "answer", "blank"),
        (Method::POST, "/api/quiz/999999/share", json!({ "conversation_id": -1 }), "conversation_id", "integer"),
        (Method::POST, "/api/quiz/999999/claims", json!({ "question_id": 0 }), "question_id", "integer"),
        (Method::POST, "/api/quiz/999999/accept", json!({ "question_id": 1, "answer": " " }), "answer", "blank"),
        (Method::POST, "/api/review/999999", json!({}), "answer", "missing"),
        (Method::POST, "/api/review/999999", json!({ "rating": "so so" }), "rating", "type"),
        (Method::POST, "/api/review/999999", json!({ "answer": "x".repeat(1_001) }), "answer", "too_long"),
    ] {
        call(method, path).json(&body).send().await.broke(&["body", field], rule);
    }
    call(Method::POST, "/api/quiz/submit").body("text/plain", b"x").send().await.refused(415, "unsupported_media_type");
    call(Method::POST, "/api/quiz/submit").body("application/json", b"{").send().await.refused(422, "invalid_request");
});
