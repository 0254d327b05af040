//! Cognito's JSON API.

use crate::world::{CONFIDENTIAL, PASSWORD, PUBLIC, SECRET, World, call, claims, password_auth, send, sign_up};
use axum::body::Body;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::testing::ENGINES;
use http::{Request, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn an_account_that_goes_while_its_password_is_checked_is_not_signed_in() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("a@example.org").await;
        let tokens = world.native_tokens("a@example.org").await;
        let leaving = world.call("DeleteUser", json!({"AccessToken": tokens["AccessToken"]}));
        let (signed_in, left) = tokio::join!(world.password_auth("a@example.org", PASSWORD), leaving);
        assert_eq!(left.status, StatusCode::OK, "{}", left.body);
        // Whoever was signed in before the account went is not any more.
        let refused = match signed_in.status {
            StatusCode::OK => {
                let tokens = signed_in.json()["AuthenticationResult"].clone();
                world.call("GetUser", json!({"AccessToken": tokens["AccessToken"]})).await
            }
            _ => signed_in,
        };
        assert_eq!(refused.exception(), "NotAuthorizedException");
    }
}

#[tokio::test]
async fn a_person_signs_up_confirms_and_signs_in() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let answer = world.call("SignUp", sign_up("Grace@Example.org")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "application/x-amz-json-1.1");
        let answer = answer.json();
        assert_eq!(answer["UserConfirmed"], false);
        assert_eq!(answer["CodeDeliveryDetails"]["Destination"], "g***@e***");
        assert_eq!(world.password_auth("grace@example.org", PASSWORD).await.exception(), "UserNotConfirmedException");
        let wrong = world.password_auth("grace@example.org", "Wrong-password-1").await;
        assert_eq!(wrong.exception(), "NotAuthorizedException");
        let confirm =
            |code: &str| json!({"ClientId": PUBLIC, "Username": "grace@example.org", "ConfirmationCode": code});
        assert_eq!(world.call("ConfirmSignUp", confirm("12345")).await.exception(), "CodeMismatchException");
        let code = world.code("grace@example.org").await;
        let done = world.call("ConfirmSignUp", confirm(&code)).await;
        assert_eq!((done.status, done.json()), (StatusCode::OK, json!({})));
        assert_eq!(world.call("ConfirmSignUp", confirm(&code)).await.exception(), "CodeMismatchException");

        let answer = world.password_auth(" GRACE@example.org", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let result = answer.json()["AuthenticationResult"].clone();
        assert_eq!((&result["TokenType"], &result["ExpiresIn"]), (&json!("Bearer"), &json!(3600)));
        let access = claims(result["AccessToken"].as_str().unwrap());
        assert_eq!(access["scope"], "aws.cognito.signin.user.admin");
        let id = claims(result["IdToken"].as_str().unwrap());
        assert_eq!((&id["email"], &id["given_name"]), (&json!("grace@example.org"), &json!("Grace")));
        assert_eq!(id["sub"].as_str().unwrap().len(), 36);
        let refused = world.user_info(result["AccessToken"].as_str().unwrap()).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "no openid scope");
        let by_sub = world.password_auth(id["sub"].as_str().unwrap(), PASSWORD).await;
        assert_eq!(by_sub.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_later_sign_up_with_the_address_displaces_nobody() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let mut strangers = sign_up("owner@example.org");
        strangers["Password"] = json!("Strangers-1-password");
        assert_eq!(world.call("SignUp", sign_up("owner@example.org")).await.status, StatusCode::OK);
        let owners_code = world.code("owner@example.org").await;
        world.clock.advance_seconds(1);
        assert_eq!(world.call("SignUp", strangers).await.status, StatusCode::OK);
        let early = world.password_auth("owner@example.org", PASSWORD).await;
        assert_eq!(early.exception(), "UserNotConfirmedException");
        let owner = json!({"ClientId": PUBLIC, "Username": "owner@example.org"});
        let mut confirm = owner.clone();
        confirm["ConfirmationCode"] = json!(owners_code);
        assert_eq!(world.call("ResendConfirmationCode", owner).await.status, StatusCode::OK);
        assert_eq!(world.call("ConfirmSignUp", confirm).await.status, StatusCode::OK);
        assert_eq!(world.password_auth("owner@example.org", PASSWORD).await.status, StatusCode::OK);
        let stranger = world.password_auth("owner@example.org", "Strangers-1-password").await;
        assert_eq!(stranger.exception(), "NotAuthorizedException");
    }
}

#[tokio::test]
async fn refreshing_and_revoking() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("r@example.org").await;
        let tokens = world.native_tokens("r@example.org").await;
        let refresh = async |flow: &str, token: &Value| {
            let input = json!({"AuthFlow": flow, "ClientId": PUBLIC, "AuthParameters": {"REFRESH_TOKEN": token}});
            world.call("InitiateAuth", input).await
        };
        for flow in ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"] {
            let answer = refresh(flow, &tokens["RefreshToken"]).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            let result = answer.json()["AuthenticationResult"].clone();
            assert!(result.get("RefreshToken").is_none());
            let (before, after) =
                (claims(tokens["IdToken"].as_str().unwrap()), claims(result["IdToken"].as_str().unwrap()));
            assert_eq!((&before["origin_jti"], &before["auth_time"]), (&after["origin_jti"], &after["auth_time"]));
        }
        assert_eq!(refresh("REFRESH_TOKEN_AUTH", &json!("unknown")).await.exception(), "NotAuthorizedException");
        let revoke = async |token: &Value| world.call("RevokeToken", json!({"ClientId": PUBLIC, "Token": token})).await;
        assert_eq!(revoke(&tokens["AccessToken"]).await.exception(), "UnsupportedTokenTypeException");
        let other = json!({"ClientId": CONFIDENTIAL, "Token": tokens["RefreshToken"]});
        assert_eq!(world.call("RevokeToken", other).await.exception(), "UnauthorizedException");
        assert_eq!(revoke(&tokens["RefreshToken"]).await.status, StatusCode::OK);
        let revoked = refresh("REFRESH_TOKEN_AUTH", &tokens["RefreshToken"]).await;
        assert_eq!(revoked.json()["message"], "Refresh Token has been revoked");
        let user = world.call("GetUser", json!({"AccessToken": tokens["AccessToken"]})).await;
        assert_eq!(user.exception(), "NotAuthorizedException");

        let tokens = world.native_tokens("r@example.org").await;
        world.clock.advance_seconds(5 * 86_400 + 1);
        let expired = refresh("REFRESH_TOKEN_AUTH", &tokens["RefreshToken"]).await;
        assert_eq!(expired.json()["message"], "Refresh Token has expired");
    }
}

#[tokio::test]
async fn a_person_reads_changes_signs_out_and_leaves() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let sub = world.person("g@example.org").await;
        let tokens = world.native_tokens("g@example.org").await;
        let access = tokens["AccessToken"].clone();
        let user = world.call("GetUser", json!({"AccessToken": access})).await.json();
        assert_eq!(user["Username"], sub);
        for (name, value) in
            [("email", "g@example.org"), ("email_verified", "true"), ("given_name", "Grace"), ("sub", &sub)]
        {
            let attributes = user["UserAttributes"].as_array().unwrap();
            assert!(attributes.contains(&json!({"Name": name, "Value": value})), "{name}: {user}");
        }
        let change =
            |old: &str, new: &str| json!({"AccessToken": access, "PreviousPassword": old, "ProposedPassword": new});
        let weak = world.call("ChangePassword", change(PASSWORD, "weakpassword")).await;
        assert_eq!(weak.exception(), "InvalidPasswordException");
        assert_eq!(
            weak.json()["message"],
            "Password did not conform with policy: Password must have uppercase characters"
        );
        let wrong = world.call("ChangePassword", change("Wrong-password-1", "Another-1-password")).await;
        assert_eq!(wrong.exception(), "NotAuthorizedException");
        assert_eq!(world.call("ChangePassword", change(PASSWORD, "Another-1-password")).await.status, StatusCode::OK);
        assert_eq!(world.password_auth("g@example.org", PASSWORD).await.exception(), "NotAuthorizedException");
        let other =
            world.password_auth("g@example.org", "Another-1-password").await.json()["AuthenticationResult"].clone();
        assert_eq!(world.call("GetUser", json!({"AccessToken": access})).await.status, StatusCode::OK);

        assert_eq!(world.call("GlobalSignOut", json!({"AccessToken": access})).await.status, StatusCode::OK);
        for access in [&access, &other["AccessToken"]] {
            assert_eq!(
                world.call("GetUser", json!({"AccessToken": access})).await.exception(),
                "NotAuthorizedException"
            );
        }
        let tokens =
            world.password_auth("g@example.org", "Another-1-password").await.json()["AuthenticationResult"].clone();
        let access = json!({"AccessToken": tokens["AccessToken"]});
        assert_eq!(world.call("DeleteUser", access.clone()).await.status, StatusCode::OK);
        assert_eq!(world.call("GetUser", access).await.exception(), "NotAuthorizedException");
        let gone = world.password_auth("g@example.org", "Another-1-password").await;
        assert_eq!(gone.json()["message"], "Incorrect username or password.");
        world.person("g@example.org").await;
    }
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_code() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.person("f@example.org").await;
        let forgot = |email: &str| json!({"ClientId": PUBLIC, "Username": email});
        let known = world.call("ForgotPassword", forgot("f@example.org")).await;
        let unknown = world.call("ForgotPassword", forgot("fa@elsewhere.test")).await;
        assert_eq!(known.body, unknown.body);
        let confirm = |email: &str, code: &str, password: &str| json!({"ClientId": PUBLIC, "Username": email, "ConfirmationCode": code, "Password": password});
        let code = world.code("f@example.org").await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for email in ["f@example.org", "fa@elsewhere.test", "never@asked.test"] {
            let refused = world.call("ConfirmForgotPassword", confirm(email, wrong, "Another-1-password")).await;
            assert_eq!(refused.exception(), "CodeMismatchException", "{email}");
        }
        let weak = world.call("ConfirmForgotPassword", confirm("f@example.org", &code, "weak")).await;
        assert_eq!(weak.exception(), "InvalidPasswordException");
        let done = world.call("ConfirmForgotPassword", confirm("f@example.org", &code, "Another-1-password")).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(world.password_auth("f@example.org", "Another-1-password").await.status, StatusCode::OK);

        world.call("ForgotPassword", forgot("f@example.org")).await;
        let code = world.code("f@example.org").await;
        world.clock.advance_seconds(3_601);
        let late = world.call("ConfirmForgotPassword", confirm("f@example.org", &code, "Another-2-password")).await;
        assert_eq!(late.exception(), "ExpiredCodeException");
    }
}

#[tokio::test]
async fn nothing_tells_who_has_an_account() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let sub = world.person("known@example.org").await;
        let again = world.call("SignUp", sign_up("known@example.org")).await;
        let new = world.call("SignUp", sign_up("kept@elsewhere.test")).await;
        assert_eq!((again.status, new.status), (StatusCode::OK, StatusCode::OK));
        let without_sub = |answer: &str| {
            let mut answer: Value = serde_json::from_str(answer).unwrap();
            let sub = answer.as_object_mut().unwrap().remove("UserSub").unwrap();
            assert_eq!(sub.as_str().unwrap().len(), 36);
            answer
        };
        assert_eq!(without_sub(&again.body), without_sub(&new.body));
        assert_ne!(again.json()["UserSub"], sub);
        assert_eq!(world.password_auth("known@example.org", PASSWORD).await.status, StatusCode::OK, "nothing changed");
        for operation in ["ResendConfirmationCode", "ConfirmSignUp"] {
            let input = |email: &str| json!({"ClientId": PUBLIC, "Username": email, "ConfirmationCode": "x"});
            let known = world.call(operation, input("known@example.org")).await;
            let unknown = world.call(operation, input("kz@elsewhere.test")).await;
            assert_eq!(known.body, unknown.body, "{operation}");
        }
        let known = world.password_auth("known@example.org", "Wrong-password-1").await;
        let unknown = world.password_auth("nobody@example.org", "Wrong-password-1").await;
        assert_eq!((known.body, known.status), (unknown.body, unknown.status));
    }
}

#[tokio::test]
async fn wrong_input_is_named() {
    let world = World::new(ENGINES[0]).await;
    let changed = |changes: Value| {
        let mut input = sign_up("i@example.org");
        for (name, value) in changes.as_object().unwrap() {
            input[name] = value.clone();
        }
        input
    };
    let attribute = |name: &str, value: Value| json!({"UserAttributes": [{"Name": name, "Value": value}]});
    for (operation, input, kind) in [
        ("SignUp", changed(json!({"ClientId": "unknown"})), "ResourceNotFoundException"),
        ("SignUp", changed(json!({"ClientId": null})), "InvalidParameterException"),
        ("SignUp", changed(json!({"Username": "nobody"})), "InvalidParameterException"),
        ("SignUp", changed(json!({"Username": "a\0@example.org"})), "InvalidParameterException"),
        ("SignUp", changed(json!({"Username": 7})), "SerializationException"),
        ("SignUp", changed(json!({"Password": "short"})), "InvalidPasswordException"),
        ("SignUp", changed(json!({"Password": "A1!a".repeat(65)})), "InvalidPasswordException"),
        ("SignUp", changed(attribute("email", json!("other@example.org"))), "InvalidParameterException"),
        ("SignUp", changed(attribute("given_name", json!(" "))), "InvalidParameterException"),
        ("SignUp", changed(attribute("given_name", json!("a\nb"))), "InvalidParameterException"),
        ("SignUp", changed(attribute("given_name", json!("\u{200b}"))), "InvalidParameterException"),
        ("SignUp", changed(attribute("family_name", json!("\u{202e}evil"))), "InvalidParameterException"),
        ("SignUp", changed(attribute("family_name", json!("x".repeat(101)))), "InvalidParameterException"),
        ("SignUp", changed(attribute("shoe_size", json!("42"))), "InvalidParameterException"),
        ("SignUp", changed(attribute("email_verified", json!("true"))), "NotAuthorizedException"),
        ("SignUp", changed(json!({"SecretHash": "x"})), "NotAuthorizedException"),
        ("InitiateAuth", json!({"AuthFlow": "USER_SRP_AUTH", "ClientId": PUBLIC}), "InvalidParameterException"),
        ("InitiateAuth", json!({"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": PUBLIC}), "InvalidParameterException"),
        ("InitiateAuth", password_auth("a\0b", "x"), "NotAuthorizedException"),
        ("InitiateAuth", password_auth("i@example.org", &"x".repeat(5_000)), "NotAuthorizedException"),
        ("GetUser", json!({}), "InvalidParameterException"),
        ("GetUser", json!({"AccessToken": "x"}), "NotAuthorizedException"),
        ("ListUsers", json!({}), "UnknownOperationException"),
        ("signup", json!({}), "UnknownOperationException"),
    ] {
        let answer = world.call(operation, input.clone()).await;
        assert_eq!(answer.exception(), kind, "{operation} {input}");
    }
    for body in ["", "{", "[]", "null", "\"x\"", "{\"Username\": \"\\ud800\"}"] {
        assert_eq!(
            call(&world.router, "SignUp", body.to_owned()).await.exception(),
            "SerializationException",
            "{body}"
        );
    }
    assert_eq!(call(&world.router, "SignUp", vec![b'{', 0xff]).await.exception(), "SerializationException");
    let long = format!("{{\"x\": \"{}\"}}", "x".repeat(70_000));
    let too_large = call(&world.router, "SignUp", long).await;
    assert_eq!(too_large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let other = Request::post("/identity/").header("content-type", "text/plain").body(Body::from("{}")).unwrap();
    assert_eq!(send(&world.router, other).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn names_may_be_left_out() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let input = json!({"ClientId": PUBLIC, "Username": "n@example.org", "Password": PASSWORD});
        assert_eq!(world.call("SignUp", input).await.status, StatusCode::OK);
        let code = world.code("n@example.org").await;
        let confirm = json!({"ClientId": PUBLIC, "Username": "n@example.org", "ConfirmationCode": code});
        assert_eq!(world.call("ConfirmSignUp", confirm).await.status, StatusCode::OK);
        let tokens = world.native_tokens("n@example.org").await;
        let id = claims(tokens["IdToken"].as_str().unwrap());
        assert!(id.get("given_name").is_none() && id.get("name").is_none());
    }
}

#[tokio::test]
async fn a_client_with_a_secret_sends_its_hash() {
    let world = World::new(ENGINES[0]).await;
    let hash = |username: &str| {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET.as_bytes());
        STANDARD.encode(aws_lc_rs::hmac::sign(&key, format!("{username}{CONFIDENTIAL}").as_bytes()))
    };
    let input = |secret_hash: Value| json!({"ClientId": CONFIDENTIAL, "Username": "h@example.org", "Password": PASSWORD, "SecretHash": secret_hash});
    assert_eq!(world.call("SignUp", input(Value::Null)).await.exception(), "NotAuthorizedException");
    assert_eq!(world.call("SignUp", input(json!(hash("other")))).await.exception(), "NotAuthorizedException");
    assert_eq!(world.call("SignUp", input(json!(hash("h@example.org")))).await.status, StatusCode::OK);
    let auth = json!({
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": CONFIDENTIAL,
        "AuthParameters": {"USERNAME": "h@example.org", "PASSWORD": PASSWORD, "SECRET_HASH": hash("h@example.org")},
    });
    let refused = world.call("InitiateAuth", auth).await;
    assert_eq!(refused.exception(), "InvalidParameterException", "the flow is closed to this client");
}
