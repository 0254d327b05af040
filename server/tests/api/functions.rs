//! Every server function that there is, against those who may call none. One that is added is among them.

use crate::world::World;
use db::testing::ENGINES;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::{Method, RequestBuilder, header};
use serde_json::json;

/// Asks nobody who they are: a theme is the browser's.
const PUBLIC: &str = "/fn/accounts/set_theme";

const UUID: &str = "00000000-0000-0000-0000-000000000001";

/// Something that fits for every field of every function; each takes its own and leaves the others alone. An `id` is
/// a number for some and a UUID for others.
const FIELDS: [(&str, &str); 38] = [
    ("add_tags", "x"),
    ("album_id", UUID),
    ("all", "true"),
    ("answer", "x"),
    ("beginning", "x"),
    ("confirm", "DELETE"),
    ("content", "x"),
    ("content_type", "text/plain"),
    ("conversation_id", "1"),
    ("description", "x"),
    ("display_name", "x"),
    ("emoji", "👍"),
    ("filename", "x"),
    ("markdown", "x"),
    ("message_id", "1"),
    ("muted", "true"),
    ("object_id", UUID),
    ("on", "true"),
    ("page", "1"),
    ("purpose", "media"),
    ("query", "x"),
    ("question_id", "1"),
    ("quiz_id", "1"),
    ("rating", "good"),
    ("read_receipts", "true"),
    ("remove_tags", "x"),
    ("role", "viewer"),
    ("size", "1"),
    ("sort", "taken"),
    ("sub", "x"),
    ("tags", "x"),
    ("title", "x"),
    ("to", UUID),
    ("upload_id", UUID),
    ("version", "1"),
    ("wish", "notes"),
    ("form[type]", "short"),
    ("answers[1]", "x"),
];
const LISTS: [(&str, &str); 3] = [("ids[0]", UUID), ("participant_subs[0]", "x"), ("conversation_ids[0]", "1")];

#[tokio::test]
async fn nobody_gets_in_without_a_session_or_a_token() {
    for kind in ENGINES {
        let world = world(kind).await;
        all_refuse(&world, None, 401, "unauthorized").await;
    }
}

#[tokio::test]
async fn a_token_alone_makes_nobody_known() {
    for kind in ENGINES {
        let world = world(kind).await;
        let newcomer = world.newcomer("Zofia", "Nowak").await;
        all_refuse(&world, Some(&newcomer.id_token), 403, "not_registered").await;
    }
}

/// One that does not mind being asked often.
pub(crate) async fn world(kind: db::EngineKind) -> World {
    World::with(kind, &[("LYCEUM_RATE_PER_SECOND", "100000"), ("LYCEUM_RATE_BURST", "100000")]).await
}

async fn all_refuse(world: &World, token: Option<&str>, status: u16, code: &str) {
    assert!(server_fn_paths().any(|(path, _)| path == PUBLIC), "{PUBLIC} is gone: nothing takes its place");
    for (path, method) in server_fn_paths().filter(|(path, _)| *path != PUBLIC) {
        let mut refused = 0;
        for attempt in attempts(world, path, &method, token) {
            let answer = attempt.send().await.unwrap();
            let got = answer.status().as_u16();
            let body = answer.text().await.unwrap();
            // The fields were not those of the function.
            if got == 422 && body.contains("\"code\":\"invalid_request\"") {
                continue;
            }
            assert_eq!(got, status, "{path}: {body}");
            assert!(body.contains(&format!("\"code\":\"{code}\"")), "{path}: {body}");
            refused += 1;
        }
        assert!(refused > 0, "{path} wants a field that is not in the list here");
    }
}

/// The call with each kind of id, and as JSON.
fn attempts(world: &World, path: &str, method: &Method, token: Option<&str>) -> [RequestBuilder; 3] {
    let request = || {
        let request = world.request(method.clone(), path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::ACCEPT, "application/json");
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    };
    let with_fields = |id: &'static str| {
        let fields: Vec<(&str, &str)> = [("id", id)].into_iter().chain(FIELDS).chain(LISTS).collect();
        if *method == Method::GET { request().query(&fields) } else { request().form(&fields) }
    };
    [with_fields("1"), with_fields(UUID), request().json(&json!({ "upload_id": UUID, "parts": [] }))]
}
