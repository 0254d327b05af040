//! The browser's way in and out.

use crate::world::{World, assert_problem};
use db::testing::ENGINES;
use reqwest::{Method, StatusCode, header};
use serde_json::Value;

#[tokio::test]
async fn a_browser_signs_in_comes_back_where_it_was_and_holds_no_token() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;

        let me = zofia.browse(Method::GET, "/api/me").send().await.unwrap();
        assert_eq!(me.status(), StatusCode::OK, "signing in registers by itself");
        assert_eq!(me.json::<Value>().await.unwrap()["email"], zofia.email);

        let page = zofia.browse(Method::GET, "/settings").send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let html = page.text().await.unwrap();
        assert!(html.contains("Zofia Nowak"));
        // A nonce may have three letters of a token, but no dot after them.
        let mut words = html.split(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c));
        let is_token = |word: &str| word.split_once("eyJ").is_some_and(|(_, rest)| rest.contains('.'));
        assert!(!words.any(is_token), "no token is in a page");
    }
}

#[tokio::test]
async fn the_session_cookie_follows_the_rules() {
    let world = World::new(db::EngineKind::Sqlite).await;
    let zofia = world.newcomer("Zofia", "Nowak").await;
    zofia.sign_in("/").await;
    let answer = zofia.browse(Method::POST, "/auth/sign-out").send().await.unwrap();
    let cookie = answer.headers().get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
    let cleared = cookie.into_iter().find(|cookie| cookie.starts_with("lyceum_session=")).unwrap().to_owned();
    for rule in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=0"] {
        assert!(cleared.contains(rule), "{rule} is missing in {cleared}");
    }
    assert!(!cleared.contains("Domain"));
}

#[tokio::test]
async fn an_expired_session_leads_to_sign_in_and_back() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        world.advance(6 * 24 * 3_600).await;
        assert_problem(zofia.browse(Method::GET, "/api/me").send().await.unwrap(), 401, "unauthorized").await;
        let page = zofia.browse(Method::GET, "/settings?tab=a%20b").send().await.unwrap();
        assert_eq!(page.status(), StatusCode::FOUND);
        let location = page.headers()[header::LOCATION].to_str().unwrap().to_owned();
        assert!(location.starts_with("/auth/sign-in?return_to=%2Fsettings"), "{location}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_the_provider_asks_again() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        let out = zofia.browse(Method::POST, "/auth/sign-out").send().await.unwrap();
        assert!(out.status().is_redirection());
        let end = zofia.follow(out).await;
        assert_eq!(end.url().as_str(), format!("{}/", world.url), "the way out ends on the start page");
        assert_problem(zofia.browse(Method::GET, "/api/me").send().await.unwrap(), 401, "unauthorized").await;
        let form = zofia.browse(Method::GET, "/auth/sign-in").send().await.unwrap();
        let form = zofia.follow(form).await;
        assert!(form.url().path().starts_with("/identity/login"), "no silent way back in: {}", form.url());
    }
}

#[tokio::test]
async fn a_session_is_listed_and_ended_by_its_owner_only() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        let bob = world.browser("Bob", "Builder").await;
        let list = async |actor: &crate::world::Actor| -> Vec<Value> {
            actor.browse(Method::GET, "/api/me/sessions").send().await.unwrap().json().await.unwrap()
        };
        let mine = list(&zofia).await;
        assert_eq!(mine.len(), 1);
        assert_eq!(mine[0]["current"], true);
        let path = format!("/api/me/sessions/{}", mine[0]["id"].as_str().unwrap());
        assert_problem(bob.browse(Method::DELETE, &path).send().await.unwrap(), 404, "not_found").await;
        assert_eq!(list(&zofia).await.len(), 1, "a stranger's attempt ends nothing");

        let by_program = zofia.bearer(Method::DELETE, &path).send().await.unwrap();
        assert_eq!(by_program.status(), StatusCode::NO_CONTENT);
        assert_problem(zofia.browse(Method::GET, "/api/me").send().await.unwrap(), 401, "unauthorized").await;
        assert_eq!(list(&bob).await.len(), 1);
    }
}

#[tokio::test]
async fn return_to_never_leads_elsewhere() {
    let world = World::new(db::EngineKind::Sqlite).await;
    for hostile in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%5Cevil",
        "javascript:alert(1)",
        "\t//evil.example",
        "/a\nb",
    ] {
        let zofia = world.newcomer("Zofia", "Nowak").await;
        let end = zofia.sign_in(hostile).await;
        assert!(end.starts_with(&world.url), "{hostile} led to {end}");
    }
}

#[tokio::test]
async fn servers_on_one_database_know_each_others_tokens_and_sessions() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let other = world.another_server().await;
        let zofia = world.browser("Zofia", "Nowak").await;

        let by_token = other.request(Method::GET, "/api/me").bearer_auth(&zofia.id_token).send().await.unwrap();
        assert_eq!(by_token.status(), StatusCode::OK, "the keys are kept in the database");
        // A cookie belongs to the host whatever the port (RFC 6265 §8.5), as behind a load balancer.
        let by_cookie = zofia.visit(&other.url, "/api/me/sessions").await;
        let sessions: Vec<Value> = by_cookie.json().await.unwrap();
        let path = format!("/api/me/sessions/{}", sessions[0]["id"].as_str().unwrap());
        let ended = other.request(Method::DELETE, &path).bearer_auth(&zofia.id_token).send().await.unwrap();
        assert_eq!(ended.status(), StatusCode::NO_CONTENT);
        assert_problem(zofia.browse(Method::GET, "/api/me").send().await.unwrap(), 401, "unauthorized").await;
    }
}
