//! A document is its owner's alone.

use super::path;
use crate::{gallery::id, on_both_engines};
use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

on_both_engines!(a_document_is_there_for_its_owner_and_nobody_else, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    // Being in a conversation together shares no documents.
    world.conversation(&ada, &[&bob], None).await;
    let document = world.lecture(&ada).await;
    let (path, unknown) = (path(&document), format!("/api/documents/{}", Uuid::new_v4()));
    let (get, post, patch, put) = (Method::GET, Method::POST, Method::PATCH, Method::PUT);
    let table = [
        (&get, "", Value::Null, 200),
        (&get, "/text", Value::Null, 200),
        (&get, "/text?page=1", Value::Null, 200),
        (&get, "/contents", Value::Null, 200),
        (&get, "/find?query=cell", Value::Null, 200),
        (&get, "/notes", Value::Null, 200),
        (&get, "/notes/versions", Value::Null, 200),
        (&patch, "", json!({ "title": "Cells" }), 200),
        (&put, "/notes", json!({ "markdown": "mine" }), 200),
        (&post, "/regenerate-notes", Value::Null, 202),
        (&Method::DELETE, "", Value::Null, 204),
    ];
    for (method, rest, body, status) in table {
        let ask = |path: &str, token: Option<&str>| {
            let call = world.call(method.clone(), &format!("{path}{rest}"));
            let call = token.into_iter().fold(call, |call, token| call.bearer(token));
            if body.is_null() { call.send() } else { call.json(&body).send() }
        };
        ask(&path, None).await.refused(401, "unauthorized");
        ask("/api/documents/7", None).await.refused(401, "unauthorized");
        ask("/api/documents/7", Some(&ada.token)).await.broke(&["path", "id"], "uuid");
        ask(&unknown, Some(&ada.token)).await.refused(404, "not_found");
        let (foreign, none) = (ask(&path, Some(&bob.token)).await, ask(&unknown, Some(&bob.token)).await);
        foreign.refused(404, "not_found");
        assert_eq!(foreign.json(), none.json(), "as if it were not there");
        let own = ask(&path, Some(&ada.token)).await;
        assert_eq!(own.status.as_u16(), status, "{method} {rest}: {}", own.text());
    }
    assert_eq!(world.see(&bob, "/api/documents").await, json!([]));
    world.get("/api/documents").send().await.refused(401, "unauthorized");
    world.post("/api/documents/upload").send().await.refused(401, "unauthorized");
    world.post("/api/documents/upload").json(&json!({ "file": 1 })).send().await.refused(401, "unauthorized");
});

on_both_engines!(what_is_wrong_with_a_request_is_said_before_whose_the_document_is, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let document = world.lecture(&ada).await;
    let path = path(&document);
    assert_eq!(id(&document).len(), 36);
    world.patch(&path).bearer(&bob.token).json(&json!({})).send().await.broke(&["body", "title"], "missing");
    world.patch(&path).bearer(&bob.token).json(&json!({ "title": " " })).send().await.broke(&["body", "title"], "blank");
    let long = json!({ "markdown": "x".repeat(200_001) });
    world.put(&format!("{path}/notes")).bearer(&bob.token).json(&long).send().await.broke(&["body", "markdown"], "too_long");
    world.get(&format!("{path}/find")).bearer(&bob.token).send().await.broke(&["query", "query"], "missing");
    world.get(&format!("{path}/text?page=x")).bearer(&bob.token).send().await.broke(&["query", "page"], "integer");
    let both = world.put(&path).bearer(&ada.token).json(&json!({})).send().await;
    both.refused(405, "method_not_allowed");
});
