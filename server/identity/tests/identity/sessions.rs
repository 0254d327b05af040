//! The provider's own sign-in: silent sign-in, prompts, sign-out, and forms that are not ours.

use crate::world::{ORIGIN, PASSWORD, PUBLIC, REDIRECT, World, authorize, claims, encode};
use axum::body::Body;
use db::testing::ENGINES;
use http::{Method, StatusCode};

#[tokio::test]
async fn a_second_request_signs_in_silently_for_an_hour() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("s@example.org").await;
        let mut browser = world.browser();
        let code = world.code_for(&mut browser, "s@example.org", "openid").await;
        let first = claims(world.redeem(&code).await.json()["id_token"].as_str().unwrap());
        world.clock.advance_seconds(100);
        for prompt in ["", "none", "consent"] {
            let silent = browser.get(&authorize(&[("prompt", prompt)])).await;
            assert!(silent.location().starts_with(&format!("{REDIRECT}?code=")), "{}", silent.location());
            let tokens = world.redeem(&silent.query()["code"]).await.json();
            let second = claims(tokens["id_token"].as_str().unwrap());
            assert_eq!(second["auth_time"], first["auth_time"], "the original sign-in");
            assert_ne!(second["origin_jti"], first["origin_jti"]);
        }
        for forced in [("prompt", "login"), ("prompt", "select_account"), ("max_age", "60"), ("max_age", "0")] {
            let answer = browser.get(&authorize(&[forced])).await;
            assert!(answer.location().starts_with("/identity/login"), "{forced:?}: {}", answer.location());
        }
        let fresh = browser.get(&authorize(&[("max_age", "200")])).await;
        assert!(fresh.location().starts_with(REDIRECT), "{}", fresh.location());
        let both = browser.get(&authorize(&[("max_age", "60"), ("prompt", "none")])).await;
        assert_eq!(both.query()["error"], "login_required");
        world.clock.advance_seconds(3_501);
        assert!(browser.get(&authorize(&[])).await.location().starts_with("/identity/login"), "an hour is over");
    }
}

#[tokio::test]
async fn prompt_login_gives_a_new_sign_in_time() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("p@example.org").await;
        let mut browser = world.browser();
        world.code_for(&mut browser, "p@example.org", "openid").await;
        world.clock.advance_seconds(1_000);
        let before = world.clock.now().seconds();
        let login = browser.get(&authorize(&[("prompt", "login"), ("login_hint", "p@example.org")])).await.location();
        let page = browser.get(&login).await;
        assert!(page.body.contains(r#"value="p@example.org""#), "the hint is filled in: {}", page.body);
        let done = browser.post(&login, &[("email", "p@example.org"), ("password", PASSWORD)]).await;
        let tokens = world.redeem(&done.query()["code"]).await.json();
        let id = claims(tokens["id_token"].as_str().unwrap());
        assert!(id["auth_time"].as_i64().unwrap() >= before);
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_leads_to_registered_addresses_only() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("o@example.org").await;
        let mut browser = world.browser();
        world.code_for(&mut browser, "o@example.org", "openid").await;
        let out = |pairs: &[(&str, &str)]| format!("/identity/logout?{}", encode(pairs));
        let refused = [
            out(&[]),
            out(&[("client_id", "unknown"), ("logout_uri", &format!("{ORIGIN}/"))]),
            out(&[("client_id", PUBLIC)]),
            out(&[("client_id", PUBLIC), ("logout_uri", "https://evil.example/")]),
            out(&[("client_id", PUBLIC), ("logout_uri", ORIGIN)]),
            out(&[("client_id", PUBLIC), ("logout_uri", "//evil.example")]),
            out(&[("client_id", PUBLIC), ("redirect_uri", "https://evil.example/"), ("response_type", "code")]),
            out(&[("client_id", PUBLIC), ("logout_uri", &format!("{ORIGIN}/")), ("redirect_uri", REDIRECT)]),
        ];
        for path in refused {
            let answer = browser.get(&path).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::BAD_REQUEST, String::new()), "{path}");
        }
        let still = browser.get(&authorize(&[])).await;
        assert!(still.location().starts_with(REDIRECT), "a refused sign-out signs nobody out");
        let stolen = browser.clone();

        let done = browser.get(&out(&[("client_id", PUBLIC), ("logout_uri", &format!("{ORIGIN}/"))])).await;
        assert_eq!((done.status, done.location()), (StatusCode::FOUND, format!("{ORIGIN}/")));
        assert!(browser.get(&authorize(&[])).await.location().starts_with("/identity/login"));
        let mut stolen = stolen;
        assert!(stolen.get(&authorize(&[])).await.location().starts_with("/identity/login"), "ended on our side too");

        world.code_for(&mut browser, "o@example.org", "openid").await;
        let again = authorize(&[]).replace("/identity/oauth2/authorize", "/identity/logout");
        let done = browser.get(&again).await;
        assert!(done.location().starts_with("/identity/login?response_type=code"), "{}", done.location());
        assert_eq!(browser.get("/identity/signed-out").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let world = World::new(ENGINES[0]).await;
    world.person("c@example.org").await;
    let mut browser = world.browser();
    let login = browser.get(&authorize(&[])).await.location();
    browser.get(&login).await;
    let form = [("email", "c@example.org"), ("password", PASSWORD)];

    let mut other = browser.clone();
    other.form_token = "forged".into();
    assert_eq!(other.post(&login, &form).await.status, StatusCode::FORBIDDEN, "a forged token");
    let mut other = browser.clone();
    other.cookies.clear();
    assert_eq!(other.post(&login, &form).await.status, StatusCode::FORBIDDEN, "no cookie");
    let mut stranger = world.browser();
    stranger.get(&login).await;
    let mut other = browser.clone();
    other.form_token = stranger.form_token.clone();
    assert_eq!(other.post(&login, &form).await.status, StatusCode::FORBIDDEN, "another browser's token");
    for extra in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let mut other = browser.clone();
        other.extra = vec![extra];
        assert_eq!(other.post(&login, &form).await.status, StatusCode::FORBIDDEN, "{extra:?}");
    }
    for extra in [("sec-fetch-site", "same-origin"), ("origin", ORIGIN)] {
        let mut other = browser.clone();
        other.extra = vec![extra];
        assert_eq!(other.post(&login, &form).await.status, StatusCode::SEE_OTHER, "{extra:?}");
    }
    let json = browser.send(Method::POST, &login, Body::from("{}"), Some("application/json")).await;
    assert_eq!(json.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let mut settings = crate::world::settings();
    settings.public_url = "https://lyceum.example".parse().unwrap();
    for (world, prefix, secure) in [
        (World::new(ENGINES[0]).await, "identity-", false),
        (World::with(ENGINES[0], settings).await, "__Host-identity-", true),
    ] {
        let login = world.get(&authorize(&[])).await.location();
        let page = world.get(&login.replace("/login", "/signup")).await;
        let cookies: Vec<_> = page.headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
        assert_eq!(cookies.len(), 2);
        for cookie in cookies {
            assert!(cookie.starts_with(prefix), "{cookie}");
            assert!(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
                "{cookie}"
            );
            assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
            assert!(!cookie.contains("Domain"), "{cookie}");
        }
    }
}
