//! `AdminDeleteUser`, signed as AWS signs.

use crate::world::{Answer, PASSWORD, World, send, settings};
use aws_lc_rs::{digest, hmac};
use axum::body::Body;
use db::testing::ENGINES;
use domain::Timestamp;
use http::{Request, StatusCode};
use serde_json::json;

const HOST: &str = "127.0.0.1:3000";

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Signs as the AWS documentation describes, written independently of the code under test.
async fn signed(world: &World, key: (&str, &str), at: Timestamp, body: &str, sent_body: &str) -> Answer {
    let target = "AWSCognitoIdentityProviderService.AdminDeleteUser";
    let compact: String = at.to_string().chars().filter(|c| c.is_ascii_digit() || *c == 'T').take(15).collect();
    let (time, date) = (format!("{compact}Z"), &compact[..8]);
    let names = "content-type;host;x-amz-date;x-amz-target";
    let canonical = format!(
        "POST\n/identity/\n\ncontent-type:application/x-amz-json-1.1\nhost:{HOST}\nx-amz-date:{time}\n\
         x-amz-target:{target}\n\n{names}\n{}",
        hex(digest::digest(&digest::SHA256, body.as_bytes()))
    );
    let scope = format!("{date}/us-east-1/cognito-idp/aws4_request");
    let hash = hex(digest::digest(&digest::SHA256, canonical.as_bytes()));
    let mac =
        |key: &[u8], text: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec();
    let secret = scope.split('/').fold(format!("AWS4{}", key.1).into_bytes(), |key, part| mac(&key, part));
    let signature = hex(mac(&secret, &format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{hash}")));
    let request = Request::post("/identity/")
        .header("host", HOST)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-date", time)
        .header("x-amz-target", target)
        .header(
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}", key.0),
        )
        .body(Body::from(sent_body.to_owned()))
        .unwrap();
    send(&world.router, request).await
}

const KEY: (&str, &str) = ("AKIDLYCEUM", "administration-secret");

#[tokio::test]
async fn the_administration_key_deletes_a_person() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let sub = world.person("a@example.org").await;
        let tokens = world.native_tokens("a@example.org").await;
        let now = world.clock.now();
        let body = |pool: &str, user: &str| json!({"UserPoolId": pool, "Username": user}).to_string();
        let good = body("us-east-1_embedded0", &sub);
        for (key, at, signed_body, kind) in [
            (("AKIDOTHER", KEY.1), now, &good, "UnrecognizedClientException"),
            ((KEY.0, "wrong"), now, &good, "InvalidSignatureException"),
            (KEY, now.plus_seconds(-400), &good, "InvalidSignatureException"),
            (KEY, now.plus_seconds(400), &good, "InvalidSignatureException"),
            (KEY, now, &"{}".to_owned(), "InvalidSignatureException"),
        ] {
            assert_eq!(signed(&world, key, at, signed_body, &good).await.exception(), kind);
        }
        let bare = world.call("AdminDeleteUser", serde_json::from_str(&good).unwrap()).await;
        assert_eq!(bare.exception(), "MissingAuthenticationTokenException");
        let other = body("us-east-1_other", &sub);
        assert_eq!(signed(&world, KEY, now, &other, &other).await.exception(), "ResourceNotFoundException");
        assert_eq!(world.password_auth("a@example.org", PASSWORD).await.status, StatusCode::OK);

        let done = signed(&world, KEY, now, &good, &good).await;
        assert_eq!((done.status, done.json()), (StatusCode::OK, json!({})), "{}", done.body);
        assert_eq!(signed(&world, KEY, now, &good, &good).await.exception(), "UserNotFoundException");
        assert_eq!(world.password_auth("a@example.org", PASSWORD).await.exception(), "NotAuthorizedException");
        let user = world.call("GetUser", json!({"AccessToken": tokens["AccessToken"]})).await;
        assert_eq!(user.exception(), "NotAuthorizedException");
        world.person("b@example.org").await;
        let by_email = body("us-east-1_embedded0", "B@example.org");
        assert_eq!(signed(&world, KEY, now, &by_email, &by_email).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn without_a_key_nobody_may() {
    let world = World::with(ENGINES[0], identity::Settings { administration: None, ..settings() }).await;
    let now = world.clock.now();
    assert_eq!(signed(&world, KEY, now, "{}", "{}").await.exception(), "AccessDeniedException");
}
