//! What clients need to know about us, and the public keys.

use crate::{Identity, scopes};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::header;
use serde_json::{Value, json};

/// Anybody may read both, from any origin. They change so rarely that an hour is short.
const PUBLIC: [(header::HeaderName, &str); 2] =
    [(header::CACHE_CONTROL, "public, max-age=3600"), (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];

/// `GET /identity/{pool}/.well-known/openid-configuration`.
pub(crate) async fn configuration(State(identity): State<Identity>) -> Response {
    let provider = identity.provider();
    let address = |path: &str| provider.settings.address(path);
    let document: Value = json!({
        "issuer": provider.issuer,
        "authorization_endpoint": address("/identity/oauth2/authorize"),
        "token_endpoint": address("/identity/oauth2/token"),
        "userinfo_endpoint": address("/identity/oauth2/userInfo"),
        "revocation_endpoint": address("/identity/oauth2/revoke"),
        "end_session_endpoint": address("/identity/logout"),
        "jwks_uri": format!("{}/.well-known/jwks.json", provider.issuer),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": [scopes::OPENID, scopes::EMAIL, scopes::PROFILE, scopes::ADMIN],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "email", "email_verified",
            "given_name", "family_name", "name"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "select_account", "consent", "create"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    });
    (PUBLIC, Json(document)).into_response()
}

/// `GET /identity/{pool}/.well-known/jwks.json`.
pub(crate) async fn jwks(State(identity): State<Identity>) -> Response {
    (PUBLIC, Json(identity.provider().keys.jwks())).into_response()
}
