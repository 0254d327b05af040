//! The hosted pages: signing up, confirming, signing in, new passwords.

use crate::world::{ORIGIN, PASSWORD, PUBLIC, REDIRECT, World, authorize, sign_up};
use db::testing::ENGINES;
use http::StatusCode;
use serde_json::json;

const NAMES: [(&str, &str); 2] = [("given_name", "Grace"), ("family_name", "Hopper")];

fn sign_up_form(email: &str) -> Vec<(&str, &str)> {
    NAMES.into_iter().chain([("email", email), ("password", PASSWORD)]).collect()
}

#[tokio::test]
async fn a_person_signs_up_confirms_and_comes_back_to_the_client() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut browser = world.browser();
        let login = browser.get(&authorize(&[])).await.location();
        assert!(login.starts_with("/identity/login?"), "{login}");
        let page = browser.get(&login).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.body.contains("<h1>Sign in</h1>"), "{}", page.body);

        let signup = login.replace("/identity/login", "/identity/signup");
        browser.get(&signup).await;
        let sent = browser.post(&signup, &sign_up_form(" Grace@Example.org ")).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
        assert!(sent.body.contains("We have sent you a mail"), "{}", sent.body);

        browser.get(&login).await;
        let early = browser.post(&login, &[("email", "grace@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(early.status, StatusCode::FORBIDDEN);
        assert!(early.body.contains("not confirmed"), "{}", early.body);

        let link = world.link("grace@example.org").await;
        let confirmed = browser.get(&link).await;
        assert_eq!(confirmed.status, StatusCode::OK);
        assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
        // In the same browser it leads on with the client's request, in another one to the application.
        assert!(confirmed.body.contains("/identity/login?response_type=code"), "{}", confirmed.body);
        let again = world.browser().get(&link).await;
        assert!(again.body.contains("Already confirmed"), "{}", again.body);
        assert!(again.body.contains(&format!("href=\"{ORIGIN}/auth/sign-in\"")), "{}", again.body);

        browser.get(&login).await;
        let done = browser.post(&login, &[("email", "GRACE@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(done.location().starts_with(&format!("{REDIRECT}?code=")), "{}", done.location());
        assert_eq!(done.query()["state"], "state-1");
        assert_eq!(world.redeem(&done.query()["code"]).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_code_confirms_as_well_as_the_link() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut browser = world.browser();
        browser.get("/identity/signup").await;
        browser.post("/identity/signup", &sign_up_form("a@example.org")).await;
        let wrong = browser.post("/identity/confirm", &[("email", "a@example.org"), ("code", "x")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.body.contains(r#"role="alert""#) && wrong.body.contains("aria-describedby=\"code-hint alert\""));
        let code = world.code("a@example.org").await;
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        let right = browser.post("/identity/confirm", &[("email", "a@example.org"), ("code", &spaced)]).await;
        assert_eq!(right.status, StatusCode::OK);
        assert!(right.body.contains("Email address confirmed"), "{}", right.body);
        assert!(right.body.contains(&format!("href=\"{ORIGIN}/auth/sign-in\"")), "{}", right.body);
    }
}

#[tokio::test]
async fn links_and_codes_end_after_ten_minutes_and_a_new_mail_helps() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.call("SignUp", sign_up("late@example.org")).await;
        let (link, code) = (world.link("late@example.org").await, world.code("late@example.org").await);
        world.clock.advance_seconds(601);
        let mut browser = world.browser();
        let expired = browser.get(&link).await;
        assert_eq!(expired.status, StatusCode::BAD_REQUEST);
        assert!(expired.body.contains("older than 10 minutes"), "{}", expired.body);
        let form = [("email", "late@example.org"), ("code", &*code)];
        let expired = browser.post("/identity/confirm", &form).await;
        assert_eq!(expired.status, StatusCode::BAD_REQUEST);
        assert!(expired.body.contains("older than 10 minutes"), "{}", expired.body);
        let resent = browser.post("/identity/confirm/resend", &form).await;
        assert_eq!(resent.status, StatusCode::OK);
        assert_eq!(world.mails("late@example.org").await.len(), 2);
        let confirmed = browser.get(&world.link("late@example.org").await).await;
        assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
        assert!(browser.get(&link).await.body.contains("Already confirmed"));
    }
}

#[tokio::test]
async fn a_changed_link_confirms_nobody() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.call("SignUp", sign_up("x@example.org")).await;
        let link = world.link("x@example.org").await;
        let (path, token) = link.rsplit_once('/').unwrap();
        for index in [0, 10, 25, 40, token.len() - 2] {
            let mut bytes = token.as_bytes().to_vec();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let forged = format!("{path}/{}", String::from_utf8(bytes).unwrap());
            let answer = world.get(&forged).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{index}");
            assert!(answer.body.contains("not valid"), "{}", answer.body);
        }
        for other in ["x", "%00", "%FF", "a%2Fb", "."] {
            assert_eq!(world.get(&format!("{path}/{other}")).await.status, StatusCode::BAD_REQUEST, "{other}");
        }
    }
}

const STRANGERS: &str = "Strangers-1-password";

/// Signs up with the owner's address: the owner, and a stranger before or after.
async fn sign_up_beside_a_stranger(world: &World, email: &str, stranger_first: bool) {
    let mut strangers = sign_up(email);
    strangers["Password"] = json!(STRANGERS);
    let owners = sign_up(email);
    for input in if stranger_first { [strangers, owners] } else { [owners, strangers] } {
        assert_eq!(world.call("SignUp", input).await.status, StatusCode::OK);
        world.clock.advance_seconds(60);
    }
}

#[tokio::test]
async fn of_several_sign_ups_of_an_address_the_password_tells_which_is_confirmed() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        for (email, stranger_first) in [("first@example.org", false), ("second@example.org", true)] {
            sign_up_beside_a_stranger(&world, email, stranger_first).await;
            let mut browser = world.browser();
            for mail in world.mails(email).await {
                let text = mail["text"].as_str().unwrap();
                assert!(text.contains("It belongs to the sign-up of 2") && text.contains(" UTC."), "{text}");
                let link = text.lines().find(|line| line.starts_with(ORIGIN)).unwrap();
                let asked = browser.get(link).await;
                assert_eq!(asked.status, StatusCode::OK);
                assert!(asked.body.contains("Which sign-up is yours?"), "{}", asked.body);
                for password in [PASSWORD, STRANGERS] {
                    let early = world.password_auth(email, password).await;
                    assert_eq!(early.exception(), "UserNotConfirmedException", "{password}");
                }
            }
            let link = world.link(email).await;
            let wrong = browser.post(&link, &[("password", "Wrong-password-1")]).await;
            assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
            assert!(wrong.body.contains(r#"role="alert""#), "{}", wrong.body);
            let confirmed = browser.post(&link, &[("password", PASSWORD)]).await;
            assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
            assert_eq!(world.password_auth(email, PASSWORD).await.status, StatusCode::OK);
            assert_eq!(world.password_auth(email, STRANGERS).await.exception(), "NotAuthorizedException");
            let again = browser.post(&link, &[("password", STRANGERS)]).await;
            assert!(!again.body.contains("Email address confirmed"), "{}", again.body);
        }
    }
}

#[tokio::test]
async fn a_code_typed_beside_several_sign_ups_asks_for_the_password_too() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        sign_up_beside_a_stranger(&world, "owner@example.org", false).await;
        let code = world.code("owner@example.org").await;
        let mut browser = world.browser();
        browser.get("/identity/confirm").await;
        let asked = browser.post("/identity/confirm", &[("email", "owner@example.org"), ("code", &code)]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let link = asked.location();
        assert!(browser.get(&link).await.body.contains("Which sign-up is yours?"));
        let confirmed = browser.post(&link, &[("password", PASSWORD)]).await;
        assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
        assert_eq!(world.password_auth("owner@example.org", PASSWORD).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn who_signs_in_unconfirmed_gets_a_mail_for_their_own_sign_up() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        sign_up_beside_a_stranger(&world, "owner@example.org", true).await;
        let mut browser = world.browser();
        let login = browser.get(&authorize(&[])).await.location();
        browser.get(&login).await;
        let early = browser.post(&login, &[("email", "owner@example.org"), ("password", PASSWORD)]).await;
        assert_eq!(early.status, StatusCode::FORBIDDEN);
        let code = world.code("owner@example.org").await;
        let confirm = json!({"ClientId": PUBLIC, "Username": "owner@example.org", "ConfirmationCode": code});
        assert_eq!(world.call("ConfirmSignUp", confirm).await.status, StatusCode::OK);
        assert_eq!(world.password_auth("owner@example.org", PASSWORD).await.status, StatusCode::OK);
        let stranger = world.password_auth("owner@example.org", STRANGERS).await;
        assert_eq!(stranger.exception(), "NotAuthorizedException");
    }
}

#[tokio::test]
async fn who_signs_up_twice_with_one_password_only_follows_a_link() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        for _ in 0..2 {
            world.call("SignUp", sign_up("twice@example.org")).await;
            world.clock.advance_seconds(1);
        }
        let confirmed = world.get(&world.link("twice@example.org").await).await;
        assert!(confirmed.body.contains("Email address confirmed"), "{}", confirmed.body);
        assert_eq!(world.password_auth("twice@example.org", PASSWORD).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn signing_up_tells_nobody_who_has_an_account() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("known@example.org").await;
        let mut pages = Vec::new();
        for email in ["known@example.org", "newer@example.org"] {
            let mut browser = world.browser();
            browser.get("/identity/signup").await;
            let page = browser.post("/identity/signup", &sign_up_form(email)).await;
            assert_eq!(page.status, StatusCode::OK);
            pages.push(page.body.replace(email, "").replace(&browser.form_token, ""));
        }
        assert_eq!(pages[0], pages[1]);
        let mails = world.mails("known@example.org").await;
        assert_eq!(mails[0]["subject"], "You already have an account at Lyceum");
        assert!(!mails[0]["text"].as_str().unwrap().contains("/confirm/"));

        for path in ["/identity/forgot-password", "/identity/confirm/resend"] {
            let mut pages = Vec::new();
            for email in ["known@example.org", "nobody@example.org"] {
                let mut browser = world.browser();
                browser.get("/identity/forgot-password").await;
                let page = browser.post(path, &[("email", email)]).await;
                assert_eq!(page.status, StatusCode::OK);
                pages.push(page.body.replace(email, "").replace(&browser.form_token, ""));
            }
            assert_eq!(pages[0], pages[1], "{path}");
        }
        assert!(world.mails("nobody@example.org").await.is_empty());

        let mut pages = Vec::new();
        for email in ["known@example.org", "nobody@example.org"] {
            let mut browser = world.browser();
            let login = browser.get(&authorize(&[])).await.location();
            browser.get(&login).await;
            let page = browser.post(&login, &[("email", email), ("password", "Wrong-password-1")]).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST);
            assert!(page.body.contains("The email address or the password is wrong."), "{}", page.body);
            pages.push(page.body.replace(email, "").replace(&browser.form_token, ""));
        }
        assert_eq!(pages[0], pages[1]);
    }
}

#[tokio::test]
async fn wrong_fields_are_marked_and_nothing_is_stored() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut browser = world.browser();
        browser.get("/identity/signup").await;
        let long = "x".repeat(101);
        let form = [("given_name", " "), ("family_name", &long), ("email", "nobody"), ("password", "weak")];
        let page = browser.post("/identity/signup", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["given_name", "family_name", "email", "password"] {
            assert!(page.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", page.body);
        }
        assert!(page.body.contains(r#"aria-describedby="password-hint password-error""#), "{}", page.body);
        assert!(!page.body.contains("value=\"weak\""), "a password is never shown again");
        assert!(page.body.contains("<title>Error: "), "{}", page.body);
        assert!(world.mails("nobody").await.is_empty());
    }
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_and_every_device_signed_out() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("f@example.org").await;
        let old = world.native_tokens("f@example.org").await;
        let mut signed_in = world.browser();
        world.code_for(&mut signed_in, "f@example.org", "openid").await;

        let mut browser = world.browser();
        let login = browser.get(&authorize(&[])).await.location();
        let forgot = login.replace("/identity/login", "/identity/forgot-password");
        browser.get(&forgot).await;
        browser.post(&forgot, &[("email", "f@example.org")]).await;
        let code = world.code("f@example.org").await;
        let reset = forgot.replace("forgot-password", "reset-password");
        let weak = [("email", "f@example.org"), ("code", &*code), ("password", "weak")];
        assert_eq!(browser.post(&reset, &weak).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = [("email", "f@example.org"), ("code", "000000x"), ("password", "Another-1-password")];
        assert_eq!(browser.post(&reset, &wrong).await.status, StatusCode::BAD_REQUEST);
        let right = [("email", "f@example.org"), ("code", &*code), ("password", "Another-1-password")];
        let done = browser.post(&reset, &right).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert!(done.body.contains("Password changed") && done.body.contains("/identity/login?response_type=code"));
        assert_eq!(browser.post(&reset, &right).await.status, StatusCode::BAD_REQUEST, "a code works once");

        assert_eq!(world.password_auth("f@example.org", PASSWORD).await.exception(), "NotAuthorizedException");
        assert_eq!(world.password_auth("f@example.org", "Another-1-password").await.status, StatusCode::OK);
        let revoked = world.call("GetUser", json!({"AccessToken": old["AccessToken"]})).await;
        assert_eq!(revoked.exception(), "NotAuthorizedException");
        let form = signed_in.get(&authorize(&[])).await;
        assert!(form.location().starts_with("/identity/login"), "{}", form.location());
        assert_eq!(world.mails("f@example.org").await[0]["subject"], "Your Lyceum password was changed");
    }
}

#[tokio::test]
async fn a_reset_code_ends_after_an_hour() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("r@example.org").await;
        world.call("ForgotPassword", json!({"ClientId": PUBLIC, "Username": "r@example.org"})).await;
        let code = world.code("r@example.org").await;
        world.clock.advance_seconds(3_601);
        let mut browser = world.browser();
        browser.get("/identity/reset-password").await;
        let form = [("email", "r@example.org"), ("code", &*code), ("password", "Another-1-password")];
        let late = browser.post("/identity/reset-password", &form).await;
        assert_eq!(late.status, StatusCode::BAD_REQUEST);
        assert!(late.body.contains("older than one hour"), "{}", late.body);
    }
}

#[tokio::test]
async fn one_click_signs_in_as_a_demo_person_in_development_only() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut browser = world.browser();
        let login = browser.get(&authorize(&[])).await.location();
        let page = browser.get(&login).await;
        assert!(page.body.contains("Continue as") && page.body.contains("Ada Lovelace"), "{}", page.body);
        let demo = login.replace("/identity/login", "/identity/demo");
        let done = browser.post(&demo, &[("email", "ada@demo.test")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(done.location().starts_with(REDIRECT), "{}", done.location());

        world.person("real@example.org").await;
        let mut other = world.browser();
        other.get(&login).await;
        let refused = other.post(&demo, &[("email", "real@example.org")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "only demo people have no need of a password");
        assert_eq!(world.password_auth("ada@demo.test", "").await.exception(), "InvalidParameterException");
        assert_eq!(world.password_auth("ada@demo.test", PASSWORD).await.exception(), "NotAuthorizedException");
    }
}

#[tokio::test]
async fn pages_carry_strict_headers_and_no_script() {
    let world = World::new(ENGINES[0]).await;
    let mut browser = world.browser();
    let login = browser.get(&authorize(&[])).await.location();
    let signup = login.replace("login", "signup");
    for path in [
        &*login,
        &signup,
        "/identity/confirm",
        "/identity/forgot-password",
        "/identity/reset-password",
        "/identity/error?error=redirect_mismatch",
        "/identity/signed-out",
        "/identity/outbox",
    ] {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'; "), "{path}: {policy}");
        assert!(policy.contains(&format!("form-action 'self' {ORIGIN};")), "{path}: {policy}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
        assert!(!page.body.contains("<script") && !page.body.contains("style="), "{path}: {}", page.body);
        assert!(page.body.contains("<html lang=\"en\">") && page.body.contains("width=device-width"), "{path}");
    }
    let style = browser.get("/identity/style.css").await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(world.get("/identity/login").await.location(), format!("{ORIGIN}/auth/sign-in"));
}
