//! Every server function that there is, against those who may call none. One that is added is among them.

use crate::world::{World, assert_problem};
use db::testing::ENGINES;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::{Method, RequestBuilder, StatusCode, header};
use serde_json::json;

/// Asks nobody who they are: a theme is the browser's.
const PUBLIC: &str = "/fn/accounts/set_theme";

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
        for attempt in attempts(world, path, &method, token) {
            let answer = attempt.send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{method} {path}");
            assert_problem(answer, status, code).await;
        }
    }
}

/// The call without a field, with fields that are not the function's, and with what is no text at all: whoever may not
/// call it is not told what it wants.
fn attempts(world: &World, path: &str, method: &Method, token: Option<&str>) -> [RequestBuilder; 4] {
    let request = |path: &str| {
        let request = world.request(method.clone(), path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::ACCEPT, "application/json");
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    };
    [
        request(path),
        request(&format!("{path}?id=x")),
        request(path).json(&json!([[1]])),
        request(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body("id=%FF"),
    ]
}

#[tokio::test]
async fn a_plain_form_of_nobody_leads_on_to_a_page_where_one_can_sign_in() {
    let world = world(db::EngineKind::Sqlite).await;
    let nobody = world.newcomer("No", "Session").await;
    let page = format!("{}/settings", world.url);
    for fields in [vec![("display_name", "x")], vec![]] {
        let sent = nobody.browse(Method::POST, "/fn/accounts/update_profile").form(&fields);
        let answer = sent.header(header::ACCEPT, "text/html").header(header::REFERER, &page).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FOUND, "{fields:?}");
        let back = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
        assert!(back.starts_with(&page), "{back}");
        let shown = nobody.browse(Method::GET, "/settings").send().await.unwrap();
        assert_eq!(shown.headers()[header::LOCATION], "/auth/sign-in?return_to=%2Fsettings");
    }
}

#[tokio::test]
async fn nobody_needs_to_sign_in_for_a_theme() {
    let world = world(db::EngineKind::Sqlite).await;
    let nobody = world.newcomer("No", "Session").await;
    let theme = nobody.browse(Method::POST, PUBLIC).form(&[("theme", "dark")]);
    let answer = theme.header(header::ACCEPT, "application/json").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}
