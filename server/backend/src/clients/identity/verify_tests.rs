//! The cases of aws-jwt-verify that apply, and some of our own.

#[path = "../../../tests/api/provider.rs"]
#[expect(dead_code, reason = "shared with the tests of the REST calls")]
mod provider;

use super::{super::Identity, *};
use crate::settings::{
    Buckets, IdentitySettings, ObjectCredentials, ObjectSettings, RateLimitSettings, SessionSettings, Settings,
    UploadSettings,
};
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::EncodingKey;
use provider::{ACCESS_KEY, BFF, BFF_SECRET, ID_KEY, PUBLIC, Person, Provider, SigningKey};
use serde_json::json;
use std::sync::Arc;

struct World {
    clock: Clock,
    provider: Provider,
    identity: Identity,
    ada: Person,
}

impl World {
    async fn new() -> Self {
        let clock = Clock::system();
        let provider = Provider::start(clock.clone()).await;
        let settings = Settings {
            public_url: "http://127.0.0.1:3000".parse().unwrap(),
            identity: IdentitySettings {
                issuer: provider.issuer().to_owned(),
                internal_url: None,
                hosted_url: None,
                api_url: None,
                region: "us-east-1".into(),
                user_pool_id: "us-east-1_test0".into(),
                client_id: BFF.into(),
                client_secret: BFF_SECRET.into(),
                public_client_id: PUBLIC.into(),
                public_redirect_uri: String::new(),
                accepted_client_ids: vec!["further".into()],
                scopes: IdentitySettings::SCOPES.into(),
                logout_url: None,
                administration: None,
            },
            sessions: SessionSettings::default(),
            rate_limit: RateLimitSettings::default(),
            objects: ObjectSettings {
                endpoint: None,
                public_url: None,
                region: "us-east-1".into(),
                buckets: Buckets::named(|purpose| purpose.as_str().into()),
                credentials: ObjectCredentials::Chain,
            },
            uploads: UploadSettings::default(),
            reading: crate::settings::ReadingSettings::InProcess,
            text: crate::settings::TextSettings::Embedded,
            trusted_proxies: 0,
            heartbeat: Settings::HEARTBEAT,
        };
        let identity = Identity::new(Arc::new(settings), clock.clone()).unwrap();
        Self { clock, provider, identity, ada: Person::new("Ada", "Lovelace") }
    }

    fn id(&self, changes: &Value) -> String {
        self.provider.id_key().sign(ID_KEY, &self.changed(self.provider.id_claims(&self.ada, PUBLIC), changes))
    }

    fn access(&self, changes: &Value) -> String {
        let claims = self.provider.access_claims(&self.ada, PUBLIC);
        self.provider.access_key().sign(ACCESS_KEY, &self.changed(claims, changes))
    }

    /// Null takes a claim out.
    fn changed(&self, mut claims: Value, changes: &Value) -> Value {
        provider::merge(&mut claims, changes);
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        claims
    }

    async fn bearer(&self, token: &str) -> Result<Claims, VerifyError> {
        self.identity.verify_bearer(token).await
    }

    async fn refuses(&self, case: &str, token: &str, expected: Reason) {
        match self.bearer(token).await {
            Err(VerifyError::Invalid(reason)) => assert_eq!(reason, expected, "{case}"),
            other => panic!("{case}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn takes_id_and_access_tokens_of_every_accepted_client() {
    let world = World::new().await;
    let now = world.provider.now();
    for (case, token) in [
        ("id", world.id(&json!({}))),
        ("access", world.access(&json!({}))),
        ("id of our own client", world.id(&json!({ "aud": BFF }))),
        ("access of a further client", world.access(&json!({ "client_id": "further" }))),
        ("audience as a list of one", world.id(&json!({ "aud": [PUBLIC] }))),
        ("nbf now", world.id(&json!({ "nbf": now }))),
        ("fractional times", world.id(&json!({ "exp": 4_000_000_000.5 }))),
        ("groups", world.access(&json!({ "cognito:groups": ["a", "b"] }))),
        ("unicode in claims", world.id(&json!({ "given_name": "Żółw 🐢", "custom:x": "ł" }))),
        ("a lifetime of a second", world.id(&json!({ "exp": now + 2 }))),
        ("no iat", world.id(&json!({ "iat": null }))),
    ] {
        let claims = world.bearer(&token).await;
        assert!(claims.is_ok(), "{case}: {claims:?}");
    }
    let claims = world.bearer(&world.id(&json!({ "auth_time": 1_000 }))).await.unwrap();
    assert_eq!(claims.authenticated_at, Timestamp::from_seconds(1_000));
    assert_eq!(claims.email.as_deref(), Some("ada@example.org"));
    assert_eq!(claims.sub.as_str(), world.ada.sub);
    let claims = world.bearer(&world.id(&json!({ "auth_time": null }))).await.unwrap();
    assert_eq!(claims.authenticated_at, Timestamp::default(), "an unknown sign-in time is never recent");
}

#[tokio::test]
async fn refuses_claims_that_do_not_hold() {
    let world = World::new().await;
    let now = world.provider.now();
    let other_pool = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other";
    for (case, changes, expected) in [
        ("expired", json!({ "exp": now - 1 }), Reason::Expired),
        ("expires this very moment", json!({ "exp": now }), Reason::Expired),
        ("expired a fraction ago", json!({ "exp": now as f64 - 0.5 }), Reason::Expired),
        ("no exp", json!({ "exp": null }), Reason::Missing("exp")),
        ("exp as text", json!({ "exp": "4000000000" }), Reason::ClaimType("exp")),
        // The crate itself stumbles over this one.
        ("exp as list", json!({ "exp": [4_000_000_000_i64] }), Reason::Form),
        ("not yet", json!({ "nbf": now + 60 }), Reason::NotYet),
        ("nbf as text", json!({ "nbf": "0" }), Reason::ClaimType("nbf")),
        ("iat as text", json!({ "iat": "0" }), Reason::ClaimType("iat")),
        ("other pool", json!({ "iss": other_pool }), Reason::Issuer),
        ("issuer with a slash more", json!({ "iss": format!("{}/", world.provider.issuer()) }), Reason::Issuer),
        (
            "issuer that only begins like ours",
            json!({ "iss": format!("{}.evil", world.provider.issuer()) }),
            Reason::Issuer,
        ),
        ("no iss", json!({ "iss": null }), Reason::Issuer),
        ("iss as list", json!({ "iss": [world.provider.issuer()] }), Reason::ClaimType("iss")),
        ("other client", json!({ "aud": "other" }), Reason::Client),
        ("no aud", json!({ "aud": null }), Reason::Client),
        ("aud with a client_id beside", json!({ "aud": null, "client_id": PUBLIC }), Reason::Client),
        ("ours among several audiences", json!({ "aud": [PUBLIC, "other"] }), Reason::Client),
        ("empty audience", json!({ "aud": [] }), Reason::Client),
        ("aud as number", json!({ "aud": 1 }), Reason::ClaimType("aud")),
        ("aud as list of numbers", json!({ "aud": [1] }), Reason::ClaimType("aud")),
        ("wrong token_use", json!({ "token_use": "refresh" }), Reason::Use),
        ("token_use in capitals", json!({ "token_use": "ID" }), Reason::Use),
        ("an ID token called access", json!({ "token_use": "access" }), Reason::Client),
        ("no token_use", json!({ "token_use": null }), Reason::Missing("token_use")),
        ("token_use as number", json!({ "token_use": 1 }), Reason::ClaimType("token_use")),
        ("no sub", json!({ "sub": null }), Reason::Missing("sub")),
        ("sub as number", json!({ "sub": 1 }), Reason::ClaimType("sub")),
        ("empty sub", json!({ "sub": "" }), Reason::ClaimType("sub")),
        ("sub with NUL", json!({ "sub": "a\u{0}b" }), Reason::ClaimType("sub")),
        ("scope as list", json!({ "scope": ["openid"] }), Reason::ClaimType("scope")),
        ("groups as number", json!({ "cognito:groups": 1 }), Reason::ClaimType("cognito:groups")),
        ("groups of numbers", json!({ "cognito:groups": [1] }), Reason::ClaimType("cognito:groups")),
        ("auth_time as text", json!({ "auth_time": "0" }), Reason::ClaimType("auth_time")),
        ("email as list", json!({ "email": ["a@b"] }), Reason::ClaimType("email")),
    ] {
        world.refuses(case, &world.id(&changes), expected).await;
    }
    for (case, changes, expected) in [
        ("access of another client", json!({ "client_id": "other" }), Reason::Client),
        ("access without client_id", json!({ "client_id": null }), Reason::Client),
        ("access with aud only", json!({ "client_id": null, "aud": PUBLIC }), Reason::Client),
        ("client_id as list", json!({ "client_id": [PUBLIC] }), Reason::ClaimType("client_id")),
        ("an access token called id", json!({ "token_use": "id" }), Reason::Client),
        ("access expired", json!({ "exp": now - 1 }), Reason::Expired),
    ] {
        world.refuses(case, &world.access(&changes), expected).await;
    }
}

#[tokio::test]
async fn refuses_forms_headers_and_signatures() {
    let world = World::new().await;
    let good = world.id(&json!({}));
    let parts: Vec<&str> = good.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { panic!("three parts") };
    let claims = world.provider.id_claims(&world.ada, PUBLIC).to_string();
    let key = world.provider.id_key();
    let stranger = SigningKey::generate();
    let with_header = |header: Value| key.sign_text(&header.to_string(), &claims);
    let b64 = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let tampered = claims.replace(&world.ada.sub, "somebody-else");
    let symmetric = {
        let header = b64(&json!({ "alg": "HS256", "kid": ID_KEY }).to_string());
        let message = format!("{header}.{}", b64(&claims));
        let secret = EncodingKey::from_secret(key.jwk(ID_KEY)["n"].as_str().unwrap().as_bytes());
        let mac = jsonwebtoken::crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).unwrap();
        format!("{message}.{mac}")
    };
    let flipped = format!("{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
    for (case, token, expected) in [
        ("empty", String::new(), Reason::Form),
        ("one part", (*header).to_owned(), Reason::Form),
        ("two parts", format!("{header}.{payload}"), Reason::Form),
        ("more than three parts", format!("{good}.x"), Reason::Form),
        ("a dot at the end", format!("{good}."), Reason::Form),
        ("no signature", format!("{header}.{payload}."), Reason::Form),
        ("no header", format!(".{payload}.{signature}"), Reason::Form),
        ("padding", format!("{header}=.{payload}.{signature}"), Reason::Form),
        ("standard base64", format!("{}.{payload}.{signature}", STANDARD.encode("{\"a\":\"???>>>\"}")), Reason::Form),
        ("blank space", format!("{header}. {payload}.{signature}"), Reason::Form),
        ("letters outside of ASCII", format!("{header}.ż.{signature}"), Reason::Form),
        ("too long", format!("{header}.{}.{signature}", "A".repeat(TOKEN_BYTES)), Reason::Form),
        ("header not JSON", format!("{}.{payload}.{signature}", b64("nonsense")), Reason::Header),
        ("header not an object", key.sign_text("[]", &claims), Reason::Header),
        ("header null", key.sign_text("null", &claims), Reason::Header),
        (
            "payload not an object",
            key.sign_text(&json!({ "alg": "RS256", "kid": ID_KEY }).to_string(), "[1]"),
            Reason::Form,
        ),
        ("payload a text", key.sign_text(&json!({ "alg": "RS256", "kid": ID_KEY }).to_string(), "\"x\""), Reason::Form),
        (
            "payload not UTF-8",
            {
                let message = format!("{header}.{}", URL_SAFE_NO_PAD.encode(b"{\"sub\":\"\xff\"}"));
                let signed = jsonwebtoken::crypto::sign(message.as_bytes(), &key.encoding, Algorithm::RS256).unwrap();
                format!("{message}.{signed}")
            },
            Reason::Form,
        ),
        ("no kid", with_header(json!({ "alg": "RS256" })), Reason::KeyId),
        ("kid as number", with_header(json!({ "alg": "RS256", "kid": 1 })), Reason::KeyId),
        ("no alg", with_header(json!({ "kid": ID_KEY })), Reason::Algorithm),
        ("alg as list", with_header(json!({ "alg": ["RS256"], "kid": ID_KEY })), Reason::Algorithm),
        (
            "alg none",
            format!("{}.{}.{signature}", b64(&json!({ "alg": "none", "kid": ID_KEY }).to_string()), payload),
            Reason::Algorithm,
        ),
        ("alg None", with_header(json!({ "alg": "None", "kid": ID_KEY })), Reason::Algorithm),
        ("alg RS512", with_header(json!({ "alg": "RS512", "kid": ID_KEY })), Reason::Algorithm),
        ("alg PS256", with_header(json!({ "alg": "PS256", "kid": ID_KEY })), Reason::Algorithm),
        ("alg rs256", with_header(json!({ "alg": "rs256", "kid": ID_KEY })), Reason::Algorithm),
        ("HS256 with the public key", symmetric, Reason::Algorithm),
        (
            "critical header",
            with_header(json!({ "alg": "RS256", "kid": ID_KEY, "crit": ["x"], "x": 1 })),
            Reason::Header,
        ),
        ("typ as number", with_header(json!({ "alg": "RS256", "kid": ID_KEY, "typ": 1 })), Reason::Header),
        (
            "signed by a stranger",
            stranger.sign(ID_KEY, &world.provider.id_claims(&world.ada, PUBLIC)),
            Reason::Signature,
        ),
        (
            "signed with the pool's other key",
            world.provider.access_key().sign(ID_KEY, &world.provider.id_claims(&world.ada, PUBLIC)),
            Reason::Signature,
        ),
        ("payload changed", format!("{header}.{}.{signature}", b64(&tampered)), Reason::Signature),
        ("signature changed", format!("{header}.{payload}.{flipped}"), Reason::Signature),
        ("signature short", format!("{header}.{payload}.AAAA"), Reason::Signature),
        (
            "signed but unknown kid",
            key.sign("unknown", &world.provider.id_claims(&world.ada, PUBLIC)),
            Reason::UnknownKey,
        ),
    ] {
        world.refuses(case, &token, expected).await;
    }
}

#[tokio::test]
async fn a_key_that_the_sender_brings_along_does_not_count() {
    let world = World::new().await;
    let stranger = SigningKey::generate();
    let claims = world.provider.id_claims(&world.ada, PUBLIC).to_string();
    for name in ["jwk", "jku", "x5u", "x5c"] {
        let value = match name {
            "jwk" => stranger.jwk(ID_KEY),
            "x5c" => json!(["AAAA"]),
            _ => json!("http://127.0.0.1:1/jwks"),
        };
        let header = json!({ "alg": "RS256", "kid": ID_KEY, name: value }).to_string();
        assert!(world.bearer(&stranger.sign_text(&header, &claims)).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn keys_that_are_not_for_signing_are_not_used() {
    let world = World::new().await;
    let mut keys: Vec<Value> =
        ["use", "alg", "kty", "short", "broken", "good"].iter().map(|kid| world.provider.id_key().jwk(kid)).collect();
    keys[0]["use"] = json!("enc");
    keys[1]["alg"] = json!("RS512");
    keys[2]["kty"] = json!("EC");
    keys[3]["n"] = json!(URL_SAFE_NO_PAD.encode([1; 128]));
    keys[4]["n"] = json!(5);
    keys.push(json!("not an object"));
    keys.push(json!({ "kty": "RSA" }));
    world.provider.behaviour().keys = Some(json!(keys));
    let token = |kid| world.provider.id_key().sign(kid, &world.provider.id_claims(&world.ada, PUBLIC));
    world.refuses("use", &token("use"), Reason::Key(UnusableKey::Use)).await;
    world.refuses("alg", &token("alg"), Reason::Key(UnusableKey::Algorithm)).await;
    for kid in ["kty", "short", "broken"] {
        world.refuses(kid, &token(kid), Reason::Key(UnusableKey::Kind)).await;
    }
    assert!(world.bearer(&token("good")).await.is_ok(), "one bad key does not spoil the set");
}

#[tokio::test]
async fn an_unknown_key_is_fetched_once_and_then_not_for_ten_seconds() {
    let world = World::new().await;
    let claims = world.provider.id_claims(&world.ada, PUBLIC);
    let unknown = world.provider.id_key().sign("rotated", &claims);
    let many = (0..20).map(|_| world.bearer(&unknown));
    for outcome in futures_util::future::join_all(many).await {
        assert!(matches!(outcome, Err(VerifyError::Invalid(Reason::UnknownKey))), "{outcome:?}");
    }
    assert_eq!(world.provider.behaviour().key_fetches, 1, "one fetch for all who wait");
    let own = json!([world.provider.id_key().jwk("rotated"), world.provider.id_key().jwk(ID_KEY)]);
    world.provider.behaviour().keys = Some(own);
    world.refuses("in the penalty box", &unknown, Reason::UnknownKey).await;
    assert!(world.bearer(&world.id(&json!({}))).await.is_ok(), "known keys go on");
    assert_eq!(world.provider.behaviour().key_fetches, 1);
    world.clock.advance_seconds(11);
    assert!(world.bearer(&unknown).await.is_ok());
    assert_eq!(world.provider.behaviour().key_fetches, 2);
}

#[tokio::test]
async fn a_withdrawn_key_stops_counting_and_an_outage_does_not_stop_known_ones() {
    let world = World::new().await;
    let later = json!({ "exp": world.provider.now() + 1_000_000 });
    let token = world.id(&later);
    assert!(world.bearer(&token).await.is_ok());
    world.provider.behaviour().down = true;
    world.clock.advance_seconds(4_000);
    assert!(world.bearer(&token).await.is_ok(), "the provider is away, the key is still known");
    world.provider.behaviour().down = false;
    world.provider.behaviour().keys = Some(json!([]));
    world.clock.advance_seconds(4_000);
    world.refuses("withdrawn", &token, Reason::UnknownKey).await;
}

#[tokio::test]
async fn without_any_keys_nothing_can_be_said_of_a_token() {
    let world = World::new().await;
    world.provider.behaviour().down = true;
    let token = world.id(&json!({}));
    assert!(matches!(world.bearer(&token).await, Err(VerifyError::Unavailable(_))));
    world.provider.behaviour().down = false;
    assert!(matches!(world.bearer(&token).await, Err(VerifyError::Unavailable(_))), "not asked again at once");
    world.clock.advance_seconds(3);
    assert!(world.bearer(&token).await.is_ok());
}

#[tokio::test]
async fn the_callback_takes_only_id_tokens_of_our_own_client_with_the_nonce() {
    let world = World::new().await;
    let own = |changes: Value| {
        let mut all = json!({ "aud": BFF, "nonce": "n" });
        provider::merge(&mut all, &changes);
        world.id(&all)
    };
    for (case, token, nonce, expected) in [
        ("as Cognito", own(json!({})), Some("n"), None),
        ("unmarked, as others", own(json!({ "token_use": null })), Some("n"), None),
        ("ours among several, named as the party", own(json!({ "aud": [BFF, "x"], "azp": BFF })), Some("n"), None),
        ("after a refresh", own(json!({ "nonce": null })), None, None),
        ("another nonce", own(json!({})), Some("other"), Some(Reason::Nonce)),
        ("no nonce", own(json!({ "nonce": null })), Some("n"), Some(Reason::Nonce)),
        ("nonce as number", own(json!({ "nonce": 1 })), Some("n"), Some(Reason::ClaimType("nonce"))),
        ("the public client's", own(json!({ "aud": PUBLIC })), Some("n"), Some(Reason::Client)),
        ("ours among several", own(json!({ "aud": [BFF, "x"] })), Some("n"), Some(Reason::Client)),
        ("another party", own(json!({ "azp": "x" })), Some("n"), Some(Reason::Client)),
        ("an access token", own(json!({ "token_use": "access" })), Some("n"), Some(Reason::Use)),
        ("another issuer", own(json!({ "iss": "https://evil" })), Some("n"), Some(Reason::Issuer)),
    ] {
        let outcome = world.identity.verify_own(&token, nonce).await;
        let reason = match outcome {
            Ok(_) => None,
            Err(VerifyError::Invalid(reason)) => Some(reason),
            Err(other) => panic!("{case}: {other}"),
        };
        assert_eq!(reason, expected, "{case}");
    }
}
