//! Anybody can sign up with anybody's address: only its owner's own sign-up may become the account.

use crate::world::{PASSWORD, PUBLIC, World, sign_up};
use db::testing::ENGINES;
use http::StatusCode;
use serde_json::{Value, json};

const OWNER: &str = "owner@example.org";
const STRANGERS: [&str; 4] = ["Attack-1-password", "Attack-2-password", "Attack-3-password", "Attack-4-password"];

async fn sign_up_with(world: &World, password: &str) {
    let mut input = sign_up(OWNER);
    input["Password"] = json!(password);
    assert_eq!(world.call("SignUp", input).await.status, StatusCode::OK);
    world.clock.advance_seconds(1);
}

async fn strangers_sign_up(world: &World) {
    for password in STRANGERS {
        sign_up_with(world, password).await;
    }
}

fn confirm(code: &str) -> Value {
    json!({"ClientId": PUBLIC, "Username": OWNER, "ConfirmationCode": code})
}

async fn newest_text(world: &World) -> String {
    world.mails(OWNER).await[0]["text"].as_str().unwrap().to_owned()
}

fn holds_a_code(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .any(|word| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

async fn only_the_owner_signs_in(world: &World) {
    assert_eq!(world.password_auth(OWNER, PASSWORD).await.status, StatusCode::OK);
    // Fewer than what a wrong password may be tried before it has to wait.
    for password in STRANGERS {
        assert_eq!(world.password_auth(OWNER, password).await.exception(), "NotAuthorizedException", "{password}");
    }
}

#[tokio::test]
async fn a_code_confirms_the_sign_up_that_it_was_mailed_for_and_no_other() {
    for engine in ENGINES {
        for owner_first in [true, false] {
            let world = World::new(engine).await;
            if !owner_first {
                strangers_sign_up(&world).await;
            }
            sign_up_with(&world, PASSWORD).await;
            let code = world.code(OWNER).await;
            if owner_first {
                strangers_sign_up(&world).await;
            }
            let confirmed = world.call("ConfirmSignUp", confirm(&code)).await;
            assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
            only_the_owner_signs_in(&world).await;
        }
    }
}

#[tokio::test]
async fn beside_strangers_a_new_mail_has_no_code_but_asks_for_the_password() {
    for engine in ENGINES {
        for operation in ["ResendConfirmationCode", "ForgotPassword"] {
            let world = World::new(engine).await;
            strangers_sign_up(&world).await;
            sign_up_with(&world, PASSWORD).await;
            let before = world.mails(OWNER).await.len();
            let input = |email: &str| json!({"ClientId": PUBLIC, "Username": email});
            let known = world.call(operation, input(OWNER)).await;
            let unknown = world.call(operation, input("others@elsewhere.test")).await;
            assert_eq!((known.status, &known.body), (StatusCode::OK, &unknown.body));
            assert_eq!(world.mails(OWNER).await.len(), before + 1);
            let text = newest_text(&world).await;
            assert!(!holds_a_code(&text), "{operation}: {text}");

            let (link, mut browser) = (world.link(OWNER).await, world.browser());
            assert!(browser.get(&link).await.body.contains("Which sign-up is yours?"));
            let confirmed = browser.post(&link, &[("password", PASSWORD)]).await;
            assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
            only_the_owner_signs_in(&world).await;
        }
    }
}

#[tokio::test]
async fn a_new_mail_has_no_code_also_when_only_the_strangers_sign_up_can_still_be_confirmed() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        sign_up_with(&world, PASSWORD).await;
        world.clock.advance_seconds(601);
        sign_up_with(&world, STRANGERS[0]).await;
        let input = json!({"ClientId": PUBLIC, "Username": OWNER});
        assert_eq!(world.call("ResendConfirmationCode", input).await.status, StatusCode::OK);
        let text = newest_text(&world).await;
        assert!(!holds_a_code(&text), "{text}");
    }
}

#[tokio::test]
async fn a_mail_says_when_other_sign_ups_wait() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let warning = "Other sign-ups wait for this address too";
        for _ in 0..2 {
            sign_up_with(&world, PASSWORD).await;
            assert!(!newest_text(&world).await.contains(warning), "one person's own do not count");
        }
        sign_up_with(&world, STRANGERS[0]).await;
        assert!(newest_text(&world).await.contains(warning));
    }
}

#[tokio::test]
async fn a_code_typed_beside_many_sign_ups_asks_for_the_password() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        strangers_sign_up(&world).await;
        sign_up_with(&world, PASSWORD).await;
        let (code, mut browser) = (world.code(OWNER).await, world.browser());
        browser.get("/identity/confirm").await;
        let asked = browser.post("/identity/confirm", &[("email", OWNER), ("code", &code)]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let link = asked.location();
        assert!(browser.get(&link).await.body.contains("Which sign-up is yours?"));
        let confirmed = browser.post(&link, &[("password", PASSWORD)]).await;
        assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
        only_the_owner_signs_in(&world).await;
    }
}
