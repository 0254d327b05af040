//! The OAuth 2.0 and OpenID Connect endpoints.

use crate::world::{
    ALL_SCOPES, CONFIDENTIAL, ISSUER, ORIGIN, PASSWORD, PUBLIC, REDIRECT, SECRET, World, authorize, claims, redeem,
};
use db::testing::ENGINES;
use http::StatusCode;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde_json::{Value, json};

#[tokio::test]
async fn discovery_and_keys_are_absolute_public_and_cacheable() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let document = world.get("/identity/us-east-1_embedded0/.well-known/openid-configuration").await;
        assert_eq!(document.status, StatusCode::OK);
        assert_eq!(document.header("content-type"), "application/json");
        assert_eq!(document.header("access-control-allow-origin"), "*");
        let document = document.json();
        assert_eq!(document["issuer"], ISSUER);
        for (name, path) in [
            ("authorization_endpoint", "/identity/oauth2/authorize"),
            ("token_endpoint", "/identity/oauth2/token"),
            ("userinfo_endpoint", "/identity/oauth2/userInfo"),
            ("revocation_endpoint", "/identity/oauth2/revoke"),
            ("end_session_endpoint", "/identity/logout"),
            ("jwks_uri", "/identity/us-east-1_embedded0/.well-known/jwks.json"),
        ] {
            assert_eq!(document[name], format!("{ORIGIN}{path}"), "{name}");
        }
        assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
        let keys = world.get("/identity/us-east-1_embedded0/.well-known/jwks.json").await.json();
        let keys = keys["keys"].as_array().unwrap();
        assert_eq!(keys.len(), 2);
        assert_ne!(keys[0]["kid"], keys[1]["kid"]);
        for key in keys {
            assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("RSA"), &json!("RS256"), &json!("sig")));
            assert!(key.get("d").is_none() && key.get("p").is_none(), "nothing private");
            assert_eq!(key["n"].as_str().unwrap().len(), 342, "2048 bits");
        }
        assert_eq!(world.get("/identity/us-east-1_other/.well-known/jwks.json").await.status, StatusCode::NOT_FOUND);
    }
}

/// Verifies with the published keys, as clients do.
async fn verified(world: &World, token: &str) -> Value {
    let keys = world.get("/identity/us-east-1_embedded0/.well-known/jwks.json").await.json();
    let keys: JwkSet = serde_json::from_value(keys).unwrap();
    let kid = decode_header(token).unwrap().kid.unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[ISSUER]);
    validation.validate_aud = false;
    decode(token, &DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap(), &validation).unwrap().claims
}

#[tokio::test]
async fn tokens_have_cognitos_claims() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let sub = world.person("grace@example.org").await;
        let code = world.code_for(&mut world.browser(), "grace@example.org", ALL_SCOPES).await;
        let answer = world.redeem(&code).await;
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        let tokens = answer.json();
        assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(3600)));
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();

        let id = verified(&world, &text("id_token")).await;
        assert_eq!(id["token_use"], "id");
        assert_eq!(id["aud"], PUBLIC);
        assert_eq!((&id["sub"], &id["cognito:username"]), (&json!(sub), &json!(sub)));
        assert_eq!(id["email"], "grace@example.org");
        assert_eq!(id["email_verified"], true);
        assert_eq!((&id["given_name"], &id["family_name"]), (&json!("Grace"), &json!("Hopper")));
        assert_eq!(id["nonce"], "nonce-1");
        assert!(id.get("client_id").is_none() && id.get("scope").is_none());
        let access = verified(&world, &text("access_token")).await;
        assert_eq!(access["token_use"], "access");
        assert_eq!(access["client_id"], PUBLIC);
        assert_eq!((&access["sub"], &access["username"]), (&json!(sub), &json!(sub)));
        assert!(access.get("aud").is_none() && access.get("email").is_none());
        let mut scopes: Vec<_> = access["scope"].as_str().unwrap().split(' ').collect();
        scopes.sort_unstable();
        assert_eq!(scopes, ["aws.cognito.signin.user.admin", "email", "openid", "profile"]);
        for claims in [&id, &access] {
            assert!(["exp", "iat", "auth_time"].iter().all(|name| claims[name].is_i64()), "{claims}");
            assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3_600);
        }
        assert!(["origin_jti", "event_id"].iter().all(|name| id[name].is_string() && id[name] == access[name]));
        assert_ne!(id["jti"], access["jti"]);
        let header = decode_header(text("id_token")).unwrap();
        assert_ne!(header.kid, decode_header(text("access_token")).unwrap().kid);
        assert_eq!(header.typ, None, "kid and alg only");
    }
}

#[tokio::test]
async fn scopes_decide_what_tokens_show() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let tokens = world.tokens("s@example.org", "openid email").await;
        let id = claims(tokens["id_token"].as_str().unwrap());
        assert_eq!(id["email"], "s@example.org");
        assert!(id.get("given_name").is_none());
        let info = world.user_info(tokens["access_token"].as_str().unwrap()).await.json();
        assert_eq!((&info["email"], &info["email_verified"]), (&json!("s@example.org"), &json!("true")));
        assert!(info.get("given_name").is_none());
        let refused = world.call("GetUser", json!({"AccessToken": tokens["access_token"]})).await;
        assert_eq!(refused.exception(), "NotAuthorizedException");
        assert_eq!(refused.json()["message"], "Access Token does not have required scopes");

        let only_admin = world.tokens("t@example.org", "aws.cognito.signin.user.admin").await;
        assert!(only_admin.get("id_token").is_none());
        let refused = world.user_info(only_admin["access_token"].as_str().unwrap()).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert!(refused.header("www-authenticate").contains(r#"error="invalid_token""#));
    }
}

#[tokio::test]
async fn a_refresh_token_gives_new_tokens_of_the_same_sign_in() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let tokens = world.tokens("r@example.org", ALL_SCOPES).await;
        let refresh_token = tokens["refresh_token"].as_str().unwrap();
        world.clock.advance_seconds(1_000);
        let form = [("grant_type", "refresh_token"), ("client_id", PUBLIC), ("refresh_token", refresh_token)];
        let answer = world.form("/identity/oauth2/token", &form, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let new = answer.json();
        assert!(new.get("refresh_token").is_none(), "no rotation");
        let (before, after) = (claims(tokens["id_token"].as_str().unwrap()), claims(new["id_token"].as_str().unwrap()));
        for same in ["auth_time", "origin_jti", "event_id", "sub", "email"] {
            assert_eq!(before[same], after[same], "{same}");
        }
        assert_ne!(before["jti"], after["jti"]);
        assert!(after["iat"].as_i64().unwrap() >= before["iat"].as_i64().unwrap() + 1_000);

        let other = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        let answer = world.form("/identity/oauth2/token", &other, Some((CONFIDENTIAL, SECRET))).await;
        assert_eq!((answer.status, answer.json()["error"].clone()), (StatusCode::BAD_REQUEST, json!("invalid_grant")));
        world.clock.advance_seconds(5 * 86_400);
        let late = world.form("/identity/oauth2/token", &form, None).await;
        assert_eq!((late.status, late.json()["error"].clone()), (StatusCode::BAD_REQUEST, json!("invalid_grant")));
    }
}

#[tokio::test]
async fn a_code_works_once_and_its_reuse_ends_what_it_gave() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("c@example.org").await;
        let mut browser = world.browser();
        let code = world.code_for(&mut browser, "c@example.org", ALL_SCOPES).await;
        let tokens = world.redeem(&code).await.json();
        let access = tokens["access_token"].as_str().unwrap();
        assert_eq!(world.user_info(access).await.status, StatusCode::OK);
        let again = world.redeem(&code).await;
        assert_eq!((again.status, again.json()["error"].clone()), (StatusCode::BAD_REQUEST, json!("invalid_grant")));
        let info = world.user_info(access).await;
        assert_eq!(info.status, StatusCode::UNAUTHORIZED);
        assert!(
            info.header("www-authenticate")
                .starts_with(r#"Bearer error="invalid_token", error_description="Access token is expired"#)
        );
        let refresh = tokens["refresh_token"].as_str().unwrap();
        let form = [("grant_type", "refresh_token"), ("client_id", PUBLIC), ("refresh_token", refresh)];
        assert_eq!(world.form("/identity/oauth2/token", &form, None).await.json()["error"], "invalid_grant");

        // Two at once: one gets tokens.
        let code = world.code_for(&mut browser, "c@example.org", ALL_SCOPES).await;
        let (one, other) = tokio::join!(world.redeem(&code), world.redeem(&code));
        let statuses = [one.status, other.status];
        assert!(statuses.contains(&StatusCode::OK) && statuses.contains(&StatusCode::BAD_REQUEST), "{statuses:?}");
    }
}

#[tokio::test]
async fn a_code_is_bound_to_client_address_verifier_and_five_minutes() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("b@example.org").await;
        let mut browser = world.browser();
        let wrong = [
            ("redirect_uri", "http://127.0.0.1:3000/other"),
            ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"),
            ("code", "unknown"),
        ];
        for (name, value) in wrong {
            let code = world.code_for(&mut browser, "b@example.org", "openid").await;
            let form = redeem(&code).map(|(key, kept)| (key, if key == name { value } else { kept }));
            let answer = world.form("/identity/oauth2/token", &form, None).await;
            assert_eq!(
                (answer.status, answer.json()["error"].clone()),
                (StatusCode::BAD_REQUEST, json!("invalid_grant")),
                "{name}"
            );
        }
        let code = world.code_for(&mut browser, "b@example.org", "openid").await;
        let form: Vec<_> = redeem(&code).into_iter().filter(|(name, _)| *name != "client_id").collect();
        let other = world.form("/identity/oauth2/token", &form, Some((CONFIDENTIAL, SECRET))).await;
        assert_eq!(other.json()["error"], "invalid_grant");
        assert_eq!(world.redeem(&code).await.status, StatusCode::OK, "another client's try does not use it up");
        for missing in ["code", "redirect_uri", "code_verifier", "grant_type"] {
            let form: Vec<_> = redeem("x").into_iter().filter(|(name, _)| *name != missing).collect();
            assert_eq!(world.form("/identity/oauth2/token", &form, None).await.json()["error"], "invalid_request");
        }
        let code = world.code_for(&mut browser, "b@example.org", "openid").await;
        world.clock.advance_seconds(301);
        assert_eq!(world.redeem(&code).await.json()["error"], "invalid_grant");
    }
}

#[tokio::test]
async fn a_confidential_client_proves_its_secret() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("w@example.org").await;
        let mut browser = world.browser();
        let login = browser.get(&authorize(&[("client_id", CONFIDENTIAL)])).await.location();
        browser.get(&login).await;
        let done = browser.post(&login, &[("email", "w@example.org"), ("password", PASSWORD)]).await;
        let code = done.query()["code"].clone();
        let bare: Vec<_> = redeem(&code).into_iter().filter(|(name, _)| *name != "client_id").collect();
        let with = |extra: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
            bare.iter().copied().chain(extra.iter().copied()).collect()
        };
        let refused = [
            (with(&[]), None),
            (with(&[("client_id", CONFIDENTIAL)]), None),
            (with(&[("client_id", CONFIDENTIAL), ("client_secret", "wrong")]), None),
            (with(&[("client_id", PUBLIC), ("client_secret", SECRET)]), None),
            (with(&[]), Some((CONFIDENTIAL, "wrong"))),
            (with(&[]), Some(("unknown", SECRET))),
        ];
        for (form, basic) in refused {
            let answer = world.form("/identity/oauth2/token", &form, basic).await;
            assert_eq!((answer.status, answer.json()), (StatusCode::BAD_REQUEST, json!({"error": "invalid_client"})));
        }
        let both = with(&[("client_secret", SECRET)]);
        let answer = world.form("/identity/oauth2/token", &both, Some((CONFIDENTIAL, SECRET))).await;
        assert_eq!(answer.json()["error"], "invalid_request");
        let encoded: String = url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
        let answer = world.form("/identity/oauth2/token", &bare, Some((CONFIDENTIAL, &encoded))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let refresh = answer.json()["refresh_token"].as_str().unwrap().to_owned();
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", &*refresh),
            ("client_id", CONFIDENTIAL),
            ("client_secret", SECRET),
        ];
        assert_eq!(world.form("/identity/oauth2/token", &form, None).await.status, StatusCode::OK);
        let raw = [("grant_type", "refresh_token"), ("refresh_token", &*refresh)];
        assert_eq!(
            world.form("/identity/oauth2/token", &raw, Some((CONFIDENTIAL, SECRET))).await.status,
            StatusCode::OK
        );
    }
}

#[tokio::test]
async fn other_grants_and_forms_are_refused() {
    let world = World::new(ENGINES[0]).await;
    for (grant, error) in [
        ("client_credentials", "unauthorized_client"),
        ("password", "unsupported_grant_type"),
        ("urn:ietf:params:oauth:grant-type:device_code", "unsupported_grant_type"),
    ] {
        let answer = world.form("/identity/oauth2/token", &[("grant_type", grant), ("client_id", PUBLIC)], None).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::BAD_REQUEST, json!({"error": error})));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let twice = [("grant_type", "refresh_token"), ("grant_type", "refresh_token"), ("client_id", PUBLIC)];
    assert_eq!(world.form("/identity/oauth2/token", &twice, None).await.json()["error"], "invalid_request");
}

#[tokio::test]
async fn revoking_ends_refresh_and_access_tokens() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let tokens = world.tokens("v@example.org", ALL_SCOPES).await;
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let (access, refresh) = (text("access_token"), text("refresh_token"));
        let revoke = async |token: &str| {
            world.form("/identity/oauth2/revoke", &[("token", token), ("client_id", PUBLIC)], None).await
        };
        let wrong_type = revoke(&access).await;
        assert_eq!(
            (wrong_type.status, wrong_type.json()["error"].clone()),
            (StatusCode::BAD_REQUEST, json!("unsupported_token_type"))
        );
        let missing = world.form("/identity/oauth2/revoke", &[("client_id", PUBLIC)], None).await;
        assert_eq!(
            (missing.status, missing.json()["error"].clone()),
            (StatusCode::BAD_REQUEST, json!("invalid_request"))
        );
        let stranger =
            world.form("/identity/oauth2/revoke", &[("token", &refresh)], Some((CONFIDENTIAL, "wrong"))).await;
        assert_eq!(
            (stranger.status, stranger.json()["error"].clone()),
            (StatusCode::UNAUTHORIZED, json!("invalid_client"))
        );
        let other = world.form("/identity/oauth2/revoke", &[("token", &refresh)], Some((CONFIDENTIAL, SECRET))).await;
        assert_eq!(other.status, StatusCode::BAD_REQUEST);
        assert_eq!(world.user_info(&access).await.status, StatusCode::OK, "nothing was revoked so far");

        for _ in 0..2 {
            let done = revoke(&refresh).await;
            assert_eq!((done.status, &*done.body), (StatusCode::OK, ""));
        }
        assert_eq!(revoke("unknown").await.status, StatusCode::OK);
        assert_eq!(world.user_info(&access).await.status, StatusCode::UNAUTHORIZED);
        let refused = world.call("GetUser", json!({"AccessToken": access})).await;
        assert_eq!(refused.json()["message"], "Access Token has been revoked");
        let form = [("grant_type", "refresh_token"), ("client_id", PUBLIC), ("refresh_token", &*refresh)];
        assert_eq!(world.form("/identity/oauth2/token", &form, None).await.json()["error"], "invalid_grant");
    }
}

#[tokio::test]
async fn user_info_refuses_everything_else() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let tokens = world.tokens("u@example.org", ALL_SCOPES).await;
        let access = tokens["access_token"].as_str().unwrap();
        let info = world.user_info(access).await;
        assert_eq!(info.header("content-type"), "application/json");
        assert_eq!((&info.json()["given_name"], &info.json()["sub"]), (&json!("Grace"), &info.json()["username"]));
        let id = tokens["id_token"].as_str().unwrap();
        let (head, signature) = access.rsplit_once('.').unwrap();
        let unsigned = format!("{}.{}.", "eyJhbGciOiJub25lIn0", access.split('.').nth(1).unwrap());
        let flipped = format!("{head}.{}{}", if signature.starts_with('A') { "B" } else { "A" }, &signature[1..]);
        for forged in [id, &unsigned, &flipped, "x", "x.y.z"] {
            let refused = world.user_info(forged).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{forged}");
            assert_eq!(refused.json()["error"], "invalid_token");
        }
        let bare = world.get("/identity/oauth2/userInfo").await;
        assert_eq!(bare.status, StatusCode::BAD_REQUEST);
        assert_eq!(
            bare.header("www-authenticate"),
            r#"Bearer error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint""#
        );
        world.clock.advance_seconds(3_601);
        assert_eq!(world.user_info(access).await.status, StatusCode::UNAUTHORIZED, "expired");
    }
}

#[tokio::test]
async fn a_bad_request_goes_back_to_the_client_only_when_its_address_is_known() {
    let world = World::new(ENGINES[0]).await;
    for (changes, error) in [
        (vec![("redirect_uri", "http://127.0.0.1:3000/auth/callback/")], "redirect_mismatch"),
        (vec![("redirect_uri", "http://127.0.0.1:3000/auth/callback?x=1")], "redirect_mismatch"),
        (vec![("redirect_uri", "HTTP://127.0.0.1:3000/auth/callback")], "redirect_mismatch"),
        (vec![("redirect_uri", "https://evil.example/")], "redirect_mismatch"),
        (vec![("redirect_uri", "javascript:alert(1)")], "redirect_mismatch"),
        (vec![("redirect_uri", "")], "invalid_request"),
        (vec![("client_id", "unknown")], "invalid_client"),
        (vec![("client_id", "")], "invalid_request"),
    ] {
        let answer = world.get(&authorize(&changes)).await;
        assert_eq!(answer.status, StatusCode::FOUND);
        assert!(answer.location().starts_with("/identity/error?"), "{changes:?}: {}", answer.location());
        assert_eq!(answer.query()["error"], error, "{changes:?}");
        let page = world.get(&answer.location()).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(!page.body.contains("evil"), "{}", page.body);
    }
    for (changes, error) in [
        (vec![("response_type", "")], "invalid_request"),
        (vec![("response_type", "token")], "unauthorized_client"),
        (vec![("response_type", "banana")], "invalid_request"),
        (vec![("scope", "openid admin")], "invalid_scope"),
        (vec![("scope", "email")], "invalid_scope"),
        (vec![("code_challenge", ""), ("code_challenge_method", "")], "invalid_request"),
        (vec![("code_challenge", "")], "invalid_request"),
        (vec![("code_challenge_method", "")], "invalid_request"),
        (vec![("code_challenge_method", "plain")], "invalid_request"),
        (vec![("code_challenge", "short")], "invalid_request"),
        (vec![("prompt", "banana")], "invalid_request"),
        (vec![("prompt", "none login")], "invalid_request"),
        (vec![("prompt", "none")], "login_required"),
        (vec![("max_age", "-1")], "invalid_request"),
        (vec![("max_age", "soon")], "invalid_request"),
        (vec![("request", "eyJ")], "request_not_supported"),
        (vec![("request_uri", "https://x.test/")], "request_uri_not_supported"),
    ] {
        let answer = world.get(&authorize(&changes)).await;
        assert_eq!(answer.status, StatusCode::FOUND);
        assert!(answer.location().starts_with(&format!("{REDIRECT}?error=")), "{changes:?}: {}", answer.location());
        assert_eq!((&*answer.query()["error"], &*answer.query()["state"]), (error, "state-1"), "{changes:?}");
    }
    let twice = format!("{}&client_id=x", authorize(&[]));
    assert_eq!(world.get(&twice).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_empty_scope_means_all_and_state_is_returned_as_it_came() {
    let world = World::new(ENGINES[0]).await;
    let mut browser = world.browser();
    let state = "ż \"<>&=%/?#";
    let login = browser.get(&authorize(&[("scope", ""), ("state", state)])).await.location();
    browser.get(&login).await;
    let demo = login.replace("/identity/login", "/identity/demo");
    let done = browser.post(&demo, &[("email", "ada@demo.test")]).await;
    assert_eq!(done.query()["state"], state);
    let tokens = world.redeem(&done.query()["code"]).await.json();
    let access = claims(tokens["access_token"].as_str().unwrap());
    assert_eq!(access["scope"].as_str().unwrap().split(' ').count(), 4);
}
