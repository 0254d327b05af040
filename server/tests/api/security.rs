//! What must not get through.

use crate::world::{World, assert_problem};
use db::{EngineKind, testing::ENGINES};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

#[tokio::test]
async fn a_page_allows_no_script_but_its_own() {
    let world = World::new(EngineKind::Sqlite).await;
    let page = world.get("/").await;
    assert_eq!(page.status(), StatusCode::OK);
    let headers = page.headers().clone();
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers[header::REFERRER_POLICY], "same-origin");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    let html = page.text().await.unwrap();
    for script in html.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "a script without this page's nonce: {tag}");
    }
    let other = world.get("/").await.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert_ne!(policy, other, "a nonce is used once");
}

#[tokio::test]
async fn a_post_from_another_site_is_refused_before_anything_else() {
    let world = World::new(EngineKind::Sqlite).await;
    let zofia = world.browser("Zofia", "Nowak").await;
    let mut foreign = zofia.browse(Method::PATCH, "/api/me").build().unwrap();
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    foreign.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    assert_problem(zofia.execute(foreign).await, 403, "cross_origin").await;

    let program = zofia.bearer(Method::PATCH, "/api/me").header("origin", "https://tool.example");
    let answer = program.json(&json!({ "display_name": "Z" })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "a bearer token is no cookie: no site can send it by itself");
}

#[tokio::test]
async fn broken_bodies_are_refused_with_a_reason() {
    let world = World::new(EngineKind::Sqlite).await;
    let zofia = world.person("Zofia", "Nowak").await;
    let send = |kind: &'static str, body: Vec<u8>| {
        zofia.bearer(Method::PATCH, "/api/me").header(header::CONTENT_TYPE, kind).body(body).send()
    };
    assert_problem(send("application/json", b"{\"display_name\":".to_vec()).await.unwrap(), 422, "invalid_request")
        .await;
    assert_problem(
        send("application/json", b"{\"display_name\":\"\xff\xfe\"}".to_vec()).await.unwrap(),
        422,
        "invalid_request",
    )
    .await;
    assert_problem(send("text/plain", b"{}".to_vec()).await.unwrap(), 415, "unsupported_media_type").await;
    assert_problem(send("application/json", vec![b' '; 1_100_000]).await.unwrap(), 413, "payload_too_large").await;
    assert_problem(world.get("/api/nowhere").await, 404, "not_found").await;
    assert_problem(world.request(Method::PUT, "/api/me").send().await.unwrap(), 405, "method_not_allowed").await;
    let answer = world.request(Method::GET, "/api/me").header(header::AUTHORIZATION, "Bearer forged.to.ken");
    assert_problem(answer.send().await.unwrap(), 401, "unauthorized").await;
}

#[tokio::test]
async fn a_form_that_is_too_long_or_no_text_is_refused_with_a_reason() {
    let world = World::new(EngineKind::Sqlite).await;
    let zofia = world.browser("Zofia", "Nowak").await;
    let send = async |name: &[u8]| {
        zofia
            .browse(Method::POST, "/fn/accounts/update_profile")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body([b"display_name=", name].concat())
            .send()
            .await
            .unwrap()
    };
    assert_problem(send(&[b'x'; 1_000_000]).await, 413, "payload_too_large").await;
    let within = send(&[b'x'; 900_000]).await;
    assert_eq!(within.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(within.json::<Value>().await.unwrap()["errors"][0]["type"], "too_long");
    let no_text = send(b"\xff").await;
    assert_eq!(no_text.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(no_text.json::<Value>().await.unwrap()["code"], "invalid_request");
}

#[tokio::test]
async fn a_bad_authorization_header_wins_over_a_good_cookie() {
    let world = World::new(EngineKind::Sqlite).await;
    let zofia = world.browser("Zofia", "Nowak").await;
    let answer = zofia.browse(Method::GET, "/api/me").header(header::AUTHORIZATION, "Bearer x").send().await.unwrap();
    assert_problem(answer, 401, "unauthorized").await;
}

#[tokio::test]
async fn a_flood_by_one_person_is_slowed_and_another_is_not() {
    let world = World::with(EngineKind::Sqlite, &[("LYCEUM_RATE_PER_SECOND", "1"), ("LYCEUM_RATE_BURST", "5")]).await;
    let zofia = world.person("Zofia", "Nowak").await;
    let bob = world.person("Bob", "Builder").await;
    let mut refused = None;
    for _ in 0..20 {
        let answer = zofia.bearer(Method::GET, "/api/me").send().await.unwrap();
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    let wait: u64 = refused.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!(wait >= 1);
    assert_problem(refused, 429, "too_many_requests").await;
    assert_eq!(bob.bearer(Method::GET, "/api/me").send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn behind_two_proxies_guesses_are_counted_against_the_address_that_the_outer_one_saw() {
    for kind in ENGINES {
        let world = World::with(kind, &[("LYCEUM_TRUSTED_PROXIES", "2")]).await;
        let zofia = world.newcomer("Zofia", "Nowak").await;
        let sign_in = async |forwarded: &str, password: &str| {
            let call = json!({
                "ClientId": "lyceum", "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": { "USERNAME": zofia.email, "PASSWORD": password },
            });
            let answer = world.identity_call("InitiateAuth", &call).header("x-forwarded-for", forwarded);
            answer.send().await.unwrap().json::<Value>().await.unwrap()["__type"].as_str().map(str::to_owned)
        };
        // Each guess comes with another invented address to the left of those that the proxies wrote. The waits get
        // so long that the blocked attempt cannot come too late on a slow machine.
        for (guess, wait) in [0, 0, 0, 0, 0, 1, 2, 4, 8].into_iter().enumerate() {
            world.advance(wait).await;
            let refused = sign_in(&format!("198.51.100.{guess}, 203.0.113.7, 10.0.0.1"), "Wrong-Password-1!").await;
            assert_eq!(refused.as_deref(), Some("NotAuthorizedException"), "guess {guess}");
        }
        let blocked = sign_in("198.51.100.99, 203.0.113.7, 10.0.0.1", &zofia.password).await;
        assert_eq!(blocked.as_deref(), Some("TooManyRequestsException"));
        let elsewhere = sign_in("203.0.113.8, 10.0.0.1", &zofia.password).await;
        assert_eq!(elsewhere, None, "another address behind the same proxy does not wait");
    }
}
