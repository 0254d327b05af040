//! Attempts that come too often.

use crate::world::{Browser, PASSWORD, PUBLIC, World, authorize, settings, sign_up};
use db::testing::ENGINES;
use http::StatusCode;
use identity::Limits;
use serde_json::json;

/// A world in which no time passes by itself: the first waits are of a second, and checking a password may take that long.
fn still(world: World) -> World {
    world.clock.stop();
    world
}

#[tokio::test]
async fn wrong_passwords_have_to_wait_longer_and_longer() {
    for engine in ENGINES {
        let world = still(World::new(engine).await);
        world.person("t@example.org").await;
        for email in ["t@example.org", "nobody@example.org"] {
            for _ in 0..5 {
                let wrong = world.password_auth(email, "Wrong-password-1").await;
                assert_eq!(wrong.exception(), "NotAuthorizedException");
            }
            let blocked = world.password_auth(email, PASSWORD).await;
            assert_eq!(blocked.exception(), "TooManyRequestsException", "{email}");
            assert_eq!(blocked.header("retry-after"), "1");
        }
        world.clock.advance_seconds(1);
        assert_eq!(
            world.password_auth("t@example.org", "Wrong-password-1").await.exception(),
            "NotAuthorizedException"
        );
        assert_eq!(world.password_auth("t@example.org", PASSWORD).await.header("retry-after"), "2");
        world.clock.advance_seconds(2);
        assert_eq!(world.password_auth("t@example.org", PASSWORD).await.status, StatusCode::OK, "never for good");
        assert_eq!(
            world.password_auth("t@example.org", "Wrong-password-1").await.exception(),
            "NotAuthorizedException"
        );
        assert_eq!(world.password_auth("t@example.org", PASSWORD).await.status, StatusCode::OK, "and then forgotten");
    }
}

#[tokio::test]
async fn whoever_tries_by_another_name_of_an_account_has_no_more_attempts() {
    for engine in ENGINES {
        let world = still(World::new(engine).await);
        let sub = world.person("n@example.org").await;
        let (upper, plain) = (sub.to_uppercase(), sub.replace('-', ""));
        let names = ["n@example.org", &sub, &upper, &plain, " N@Example.org "];
        for name in names {
            assert_eq!(world.password_auth(name, "Wrong-password-1").await.exception(), "NotAuthorizedException");
        }
        for name in names {
            assert_eq!(world.password_auth(name, PASSWORD).await.exception(), "TooManyRequestsException", "{name}");
        }
    }
}

#[tokio::test]
async fn a_block_holds_in_every_process() {
    for engine in ENGINES {
        let world = still(World::new(engine).await);
        world.person("m@example.org").await;
        let (other, db) = world.another().await;
        for router in [&world.router, &other, &world.router, &other, &world.router] {
            let input = crate::world::password_auth("m@example.org", "Wrong-password-1");
            crate::world::call(router, "InitiateAuth", input.to_string()).await;
        }
        let input = crate::world::password_auth("m@example.org", PASSWORD).to_string();
        let blocked = crate::world::call(&other, "InitiateAuth", input).await;
        assert_eq!(blocked.exception(), "TooManyRequestsException");
        db.close().await;
    }
}

#[tokio::test]
async fn a_burst_counts_every_attempt() {
    for engine in ENGINES {
        let world = still(World::new(engine).await);
        world.person("b@example.org").await;
        let attempts = (0..12).map(|_| {
            let router = world.router.clone();
            tokio::spawn(async move {
                let input = crate::world::password_auth("b@example.org", "Wrong-password-1").to_string();
                crate::world::call(&router, "InitiateAuth", input).await.exception()
            })
        });
        let mut tried = 0;
        for attempt in attempts.collect::<Vec<_>>() {
            tried += usize::from(attempt.await.unwrap() == "NotAuthorizedException");
        }
        assert!((5..=7).contains(&tried), "{tried} passwords were tried at once");
    }
}

#[tokio::test]
async fn an_attacker_elsewhere_does_not_lock_the_owner_out() {
    for engine in ENGINES {
        let world = still(World::new(engine).await);
        world.person("v@example.org").await;
        let at = async |address: &str, password: &str| {
            let mut browser: Browser = world.browser();
            browser.address = Some(address.parse().unwrap());
            let login = browser.get(&authorize(&[])).await.location();
            browser.get(&login).await;
            browser.post(&login, &[("email", "v@example.org"), ("password", password)]).await
        };
        for _ in 0..5 {
            assert_eq!(at("192.0.2.1", "Wrong-password-1").await.status, StatusCode::BAD_REQUEST);
        }
        let blocked = at("192.0.2.1", PASSWORD).await;
        assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(blocked.header("retry-after"), "1");
        assert!(blocked.body.contains("Too many attempts. Try again in a second."), "{}", blocked.body);
        assert_eq!(at("198.51.100.7", PASSWORD).await.status, StatusCode::SEE_OTHER);
        // From many addresses at once the account itself slows down, by a minute at most.
        for host in 1..=20 {
            at(&format!("203.0.113.{host}"), "Wrong-password-1").await;
        }
        assert_eq!(at("198.51.100.8", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
        world.clock.advance_seconds(60);
        assert_eq!(at("198.51.100.8", PASSWORD).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn one_address_cannot_try_many_accounts_or_sign_up_forever() {
    for engine in ENGINES {
        let mut settings = settings();
        settings.limits = Limits { sign_ups_per_hour: 3, failed_sign_ins: 8 };
        let world = still(World::with(engine, settings).await);
        let mut browser = world.browser();
        browser.address = Some("192.0.2.9".parse().unwrap());
        let login = browser.get(&authorize(&[])).await.location();
        browser.get(&login).await;
        for person in 0..8 {
            let email = format!("p{person}@example.org");
            let wrong = browser.post(&login, &[("email", &email), ("password", "Wrong-password-1")]).await;
            assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{person}");
        }
        let blocked = browser.post(&login, &[("email", "p9@example.org"), ("password", "x")]).await;
        assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
        for person in 0..4 {
            let email = format!("new{person}@example.org");
            let form = [("given_name", "N"), ("family_name", "N"), ("email", &*email), ("password", PASSWORD)];
            let page = browser.post("/identity/signup", &form).await;
            let expected = if person < 3 { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(page.status, expected, "{person}");
            assert_eq!(page.header("retry-after").is_empty(), person < 3);
        }
    }
}

#[tokio::test]
async fn codes_and_mails_are_limited_alike_for_known_and_unknown() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("k@example.org").await;
        for email in ["k@example.org", "unknown@example.org"] {
            let confirm = json!({"ClientId": PUBLIC, "Username": email, "ConfirmationCode": "x", "Password": PASSWORD});
            for _ in 0..5 {
                let wrong = world.call("ConfirmForgotPassword", confirm.clone()).await;
                assert_eq!(wrong.exception(), "CodeMismatchException");
            }
            let blocked = world.call("ConfirmForgotPassword", confirm).await;
            assert_eq!(blocked.exception(), "LimitExceededException");
            assert!(!blocked.header("retry-after").is_empty());
        }
        world.clock.advance_seconds(3_601);
        let mut counts = Vec::new();
        for email in ["k@example.org", "unknown@example.org"] {
            let forgot = json!({"ClientId": PUBLIC, "Username": email});
            let mut count = 0;
            while world.call("ForgotPassword", forgot.clone()).await.status == StatusCode::OK {
                count += 1;
            }
            let blocked = world.call("ForgotPassword", forgot).await;
            assert_eq!(blocked.exception(), "LimitExceededException");
            counts.push(count);
        }
        assert_eq!(counts, [10, 10]);
        assert_eq!(world.call("SignUp", sign_up("k@example.org")).await.exception(), "LimitExceededException");
        world.clock.advance_seconds(3_601);
        assert_eq!(world.call("SignUp", sign_up("k@example.org")).await.status, StatusCode::OK);
    }
}
