//! Restarts, several processes, settings, and the end of what is old.

use crate::world::{PASSWORD, World, authorize, claims, count_panics, form, redeem, send, settings};
use axum::body::Body;
use db::testing::{ENGINES, TestDb};
use domain::clock::Clock;
use http::{Request, StatusCode};
use identity::{Identity, MailSettings, Settings};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn keys_sessions_and_people_survive_a_restart() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let before = world.get("/identity/us-east-1_embedded0/.well-known/jwks.json").await.body;
        world.person("d@example.org").await;
        let mut browser = world.browser();
        world.code_for(&mut browser, "d@example.org", "openid").await;
        let (router, db) = world.another().await;
        let request = Request::get("/identity/us-east-1_embedded0/.well-known/jwks.json").body(Body::empty()).unwrap();
        assert_eq!(send(&router, request).await.body, before);
        // The session that one process made signs in at the other, whose code the first redeems.
        let cookies: Vec<_> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get(authorize(&[])).header("cookie", cookies.join("; ")).body(Body::empty()).unwrap();
        let silent = send(&router, request).await;
        let code = silent.query()["code"].clone();
        let tokens = form(&world.router, "/identity/oauth2/token", &redeem(&code), None).await;
        assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.body);
        let access = tokens.json()["access_token"].as_str().unwrap().to_owned();
        assert_eq!(world.user_info(&access).await.status, StatusCode::OK);
        db.close().await;
    }
}

#[tokio::test]
async fn processes_that_start_together_share_their_keys() {
    for engine in ENGINES {
        let database = TestDb::new(engine).await;
        let start = || Identity::new(settings(), database.db.clone(), Clock::system());
        let (one, other, third) = tokio::join!(start(), start(), start());
        let mut sets = Vec::new();
        for identity in [one.unwrap(), other.unwrap(), third.unwrap()] {
            let path = "/identity/us-east-1_embedded0/.well-known/jwks.json";
            sets.push(send(&identity.router(), Request::get(path).body(Body::empty()).unwrap()).await.body);
        }
        assert!(sets.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

#[tokio::test]
async fn while_the_database_is_away_everybody_is_asked_to_come_back() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("o@example.org").await;
        let mut browser = world.browser();
        let code = world.code_for(&mut browser, "o@example.org", "openid").await;
        world.database.db.close().await;
        let program = world.password_auth("o@example.org", PASSWORD).await;
        assert_eq!(program.json()["__type"], "ServiceUnavailable");
        let client = world.redeem(&code).await;
        assert_eq!(client.json()["error"], "temporarily_unavailable", "the code is not called invalid");
        let mut other = world.browser();
        let login = other.get(&authorize(&[])).await.location();
        other.get(&login).await;
        let page = other.post(&login, &[("email", "o@example.org"), ("password", PASSWORD)]).await;
        assert!(page.body.contains("Try again in a moment."), "{}", page.body);
        for answer in [program, client, page] {
            assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
        }
        assert_eq!(browser.get(&authorize(&[])).await.query()["error"], "temporarily_unavailable");
    }
}

#[tokio::test]
async fn production_refuses_what_is_for_development() {
    let database = TestDb::new(ENGINES[0]).await;
    let production = || Settings { production: true, ..settings() };
    let error = Identity::new(production(), database.db.clone(), Clock::system()).await.unwrap_err().to_string();
    for reason in ["test clock", "demo people", "mail server"] {
        assert!(error.contains(reason), "{error}");
    }
    let good = Settings {
        test_clock: false,
        demo_people: Vec::new(),
        mail: MailSettings::Smtp { url: "smtp://127.0.0.1:1".into(), from: "Lyceum <no-reply@lyceum.test>".into() },
        ..production()
    };
    let identity = Identity::new(good, database.db.clone(), Clock::system()).await.unwrap();
    for (method, path) in [("GET", "/identity/outbox"), ("POST", "/identity/test-clock"), ("POST", "/identity/demo")] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        assert_eq!(send(&identity.router(), request).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_test_clock_moves_every_expiry() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let tokens = world.tokens("c@example.org", "openid").await;
        let access = tokens["access_token"].as_str().unwrap();
        let post = async |body: &str| {
            let request = Request::post("/identity/test-clock").header("content-type", "application/json");
            send(&world.router, request.body(Body::from(body.to_owned())).unwrap()).await
        };
        let answer = post(r#"{"advance_seconds": 3601}"#).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.json()["now"].as_str().unwrap().ends_with('Z'));
        assert_eq!(world.user_info(access).await.status, StatusCode::UNAUTHORIZED);
        assert!(claims(access)["exp"].as_i64().unwrap() <= world.clock.now().seconds());
        for bad in [
            "",
            "{}",
            "[]",
            r#"{"advance_seconds": "1"}"#,
            r#"{"advance_seconds": 1.5}"#,
            r#"{"advance_seconds": 9e18}"#,
            r#"{"advance_seconds": 1, "x": 1}"#,
            r#"{"advance_seconds": 9223372036854775807}"#,
        ] {
            assert_eq!(post(bad).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
    }
}

#[tokio::test]
async fn workers_stop_when_told_and_remove_what_is_old() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.tokens("w@example.org", "openid").await;
        world.clock.advance_seconds(30 * 86_400);
        let panics = count_panics();
        let stop = CancellationToken::new();
        let workers = world.identity.spawn_workers(&stop);
        let removed = async { while !world.mails("w@example.org").await.is_empty() {} };
        timeout(PATIENCE, removed).await.expect("old mails are removed");
        stop.cancel();
        timeout(PATIENCE, workers.wait()).await.expect("stops");
        assert_eq!(panics.load(Ordering::Relaxed), 0, "workers end without a panic");
        assert_eq!(world.password_auth("w@example.org", crate::world::PASSWORD).await.status, StatusCode::OK);
    }
}
