//! What people type to break pages, and requests that no browser sends.

use crate::world::{PASSWORD, World, authorize, call, encode, send, sign_up};
use axum::body::Body;
use db::testing::ENGINES;
use http::{Method, Request, StatusCode};
use serde_json::json;

const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus=alert(1) autofocus='",
];

/// The pages themselves have no script, image or handler, whatever stands around a value.
fn assert_tame(page: &str, place: &str) {
    for sign in ["<script", "<img", "</textarea", "' onfocus", "\" onfocus"] {
        assert!(!page.contains(sign), "{place} has {sign}: {page}");
    }
    let pages = page.matches("<html").count();
    assert_eq!(page.matches("</title>").count(), pages, "{place}: {page}");
}

#[tokio::test]
async fn hostile_text_is_escaped_on_every_page() {
    let world = World::new(ENGINES[0]).await;
    for hostile in HOSTILE {
        let mut browser = world.browser();
        let login = browser
            .get(&authorize(&[("state", hostile), ("login_hint", hostile), ("nonce", hostile)]))
            .await
            .location();
        assert_tame(&browser.get(&login).await.body, "login");
        let form = [
            ("given_name", hostile),
            ("family_name", hostile),
            ("email", hostile),
            ("password", hostile),
            ("code", hostile),
        ];
        for page in ["login", "signup", "confirm", "confirm/resend", "forgot-password", "reset-password", "demo"] {
            let path = login.replace("/identity/login", &format!("/identity/{page}"));
            let answer = browser.post(&path, &form).await;
            assert!(answer.status.is_client_error() || answer.status.is_success(), "{page} {}", answer.status);
            assert_tame(&answer.body, page);
        }
        for path in
            ["/identity/error", "/identity/outbox", "/identity/signed-out", "/identity/logout", "/identity/login"]
        {
            let query = [
                ("error", hostile),
                ("error_description", hostile),
                ("client_id", hostile),
                ("to", hostile),
                ("logout_uri", hostile),
            ];
            let answer = browser.get(&format!("{path}?{}", encode(&query))).await;
            assert_tame(&answer.body, path);
            assert!(!answer.location().contains('<'), "{}", answer.location());
        }
    }
}

#[tokio::test]
async fn hostile_names_are_kept_as_text_and_never_mailed() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut input = sign_up("h@example.org");
        input["UserAttributes"] = json!([{"Name": "given_name", "Value": HOSTILE[1]}]);
        assert_eq!(world.call("SignUp", input).await.status, StatusCode::OK);
        let mail = world.mails("h@example.org").await[0].to_string();
        assert!(!mail.contains("script"), "{mail}");
        assert_tame(&world.browser().get("/identity/outbox").await.body, "outbox");
        let code = world.code("h@example.org").await;
        let confirm = json!({"ClientId": "lyceum", "Username": "h@example.org", "ConfirmationCode": code});
        world.call("ConfirmSignUp", confirm).await;
        let tokens = world.native_tokens("h@example.org").await;
        let user = world.call("GetUser", json!({"AccessToken": tokens["AccessToken"]})).await;
        assert!(user.body.contains("</title><script>"), "{}", user.body);
        assert_eq!(user.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_and_never_stored() {
    let world = World::new(ENGINES[0]).await;
    let mut browser = world.browser();
    browser.get("/identity/signup").await;
    let token = browser.form_token.clone();
    for bad in ["given_name=%FF", "given_name=%00", "given_name=%C0%AF", "given_name=%ED%A0%80", "given_name=%zz"] {
        let body = format!("{bad}&family_name=x&email=b@example.org&password={PASSWORD}&form_token={token}");
        let form = "application/x-www-form-urlencoded";
        let answer = browser.send(Method::POST, "/identity/signup", Body::from(body), Some(form)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(answer.header("content-type").starts_with("text/html"), "{bad}");
    }
    assert!(world.mails("b@example.org").await.is_empty());
    for path in ["/identity/login?client_id=%FF", "/identity/oauth2/authorize?state=%00", "/identity/outbox?to=%FF"] {
        assert_eq!(world.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let long = format!("/identity/oauth2/authorize?state={}", "x".repeat(20_000));
    assert_eq!(world.get(&long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for path in [
        "/identity/login",
        "/identity/signup",
        "/identity/oauth2/token",
        "/identity/oauth2/revoke",
        "/identity/test-clock",
    ] {
        let body = format!("a={}", "x".repeat(70_000));
        let request =
            Request::post(path).header("content-type", "application/x-www-form-urlencoded").body(Body::from(body));
        assert_eq!(send(&world.router, request.unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let request = Request::put(path).body(Body::empty()).unwrap();
        assert_eq!(send(&world.router, request).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    for path in ["/identity/oauth2/token", "/identity/oauth2/revoke"] {
        for content_type in ["application/json", "text/plain", ""] {
            let request = Request::post(path).header("content-type", content_type).body(Body::from("{}")).unwrap();
            let answer = send(&world.router, request).await;
            assert_eq!(
                (answer.status, answer.json()["error"].as_str()),
                (StatusCode::BAD_REQUEST, Some("invalid_request"))
            );
        }
    }
    for header in ["Basic", "Basic %%%", "Basic /////w==", "Bearer x", "Basic bm9jb2xvbg=="] {
        let request = Request::post("/identity/oauth2/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", header)
            .body(Body::from("grant_type=refresh_token"))
            .unwrap();
        assert_eq!(send(&world.router, request).await.json()["error"], "invalid_client", "{header}");
    }
    let deep = "[".repeat(60_000);
    assert_eq!(call(&world.router, "SignUp", deep).await.exception(), "SerializationException");
}
