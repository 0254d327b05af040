//! `GET /identity/oauth2/userInfo`: what an access token's scopes show of its person.

use crate::{
    Identity,
    scopes::{EMAIL, OPENID, PROFILE, Scopes},
    tokens::TokenFault,
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value, json};

const GONE: &str = "Access token is expired, disabled, or deleted, or the user has globally signed out.";

/// Answers with the claims, or with Cognito's refusals.
pub(crate) async fn user_info(State(identity): State<Identity>, headers: HeaderMap) -> Response {
    let provider = identity.provider();
    let Some(token) = bearer(&headers) else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
    };
    let (claims, account) = match provider.authenticate(token, OPENID).await {
        Ok(Ok(known)) => known,
        Ok(Err(TokenFault::Scope)) => {
            let description = "Access token does not contain openid scope";
            return refusal(StatusCode::UNAUTHORIZED, "invalid_token", description);
        }
        Ok(Err(TokenFault::Invalid | TokenFault::Expired | TokenFault::Revoked)) => {
            return refusal(StatusCode::UNAUTHORIZED, "invalid_token", GONE);
        }
        Err(fault) => return super::OAuthError::from(fault).into_response(),
    };
    let scopes = Scopes::parse(&claims.scope);
    let mut shown = Map::new();
    shown.insert("sub".into(), json!(account.sub));
    if scopes.contains(EMAIL) {
        shown.insert("email".into(), account.email.into());
        // A text, as Cognito has it here.
        shown.insert("email_verified".into(), "true".into());
    }
    if scopes.contains(PROFILE) {
        let names = [("given_name", account.given_name), ("family_name", account.family_name), ("name", account.name)];
        shown.extend(names.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    }
    shown.insert("username".into(), json!(account.sub));
    ([(header::CACHE_CONTROL, "no-store")], Json(Value::Object(shown))).into_response()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn refusal(status: StatusCode, error: &str, description: &str) -> Response {
    let challenge = format!(r#"Bearer error="{error}", error_description="{description}""#);
    let body = json!({ "error": error, "error_description": description });
    let headers = [(header::WWW_AUTHENTICATE, challenge), (header::CACHE_CONTROL, "no-store".to_owned())];
    (status, headers, Json(body)).into_response()
}
