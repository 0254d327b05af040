//! What the addresses of the provider answer to whoever opens them in another way than their forms do.

use crate::world::{World, authorize};
use axum::body::Body;
use db::{EngineKind, testing::ENGINES};
use http::{Method, StatusCode};

#[tokio::test]
async fn what_stays_in_the_address_bar_can_be_opened_again() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut browser = world.browser();
        let login = browser.get(&authorize(&[])).await.location();
        let resend = login.replace("/identity/login", "/identity/confirm/resend");
        browser.get(&login.replace("/identity/login", "/identity/confirm")).await;
        let sent = browser.post(&resend, &[("email", "a@example.org")]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
        for address in [&*resend, "/identity/confirm/resend"] {
            let again = browser.get(address).await;
            assert_eq!(again.status, StatusCode::OK, "{address}");
            assert!(again.body.contains("<h1>Confirm your email address</h1>"), "{}", again.body);
        }
        let demo = login.replace("/identity/login", "/identity/demo");
        browser.get(&login).await;
        let refused = browser.post(&demo, &[("email", "nobody@example.org")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
        let again = browser.get(&demo).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(again.body.contains("<h1>Sign in</h1>"), "{}", again.body);
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_have_is_answered_with_a_page() {
    let world = World::new(EngineKind::Sqlite).await;
    for (method, path, allowed) in [
        (Method::GET, "/identity/", "POST"),
        (Method::GET, "/identity/oauth2/token", "POST"),
        (Method::DELETE, "/identity/login", "GET,HEAD,POST"),
        (Method::PUT, "/identity/confirm/resend", "GET,HEAD,POST"),
        (Method::POST, "/identity/signed-out", "GET,HEAD"),
    ] {
        let answer = world.browser().send(method.clone(), path, Body::empty(), None).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        let mut methods: Vec<&str> = answer.header("allow").split(',').collect();
        methods.sort_unstable();
        assert_eq!(methods.join(","), allowed, "{method} {path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{method} {path}");
        assert!(answer.body.contains("<h1>There is no page here</h1>"), "{method} {path}: {}", answer.body);
    }
}
