//! The OAuth 2.0 and OpenID Connect endpoints, with Cognito's paths, answers and refusals.

pub(crate) mod authorize;
pub(crate) mod client;
pub(crate) mod discovery;
pub(crate) mod logout;
pub(crate) mod request;
pub(crate) mod revoke;
pub(crate) mod token;
pub(crate) mod user_info;

use crate::error::{Fault, OUTAGE_PAUSE_SECONDS};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use serde_json::json;

/// A refusal of the token and revocation endpoints (RFC 6749 §5.2).
#[derive(Debug)]
pub(crate) struct OAuthError {
    status: StatusCode,
    code: &'static str,
    description: Option<&'static str>,
}

impl OAuthError {
    /// Status 400.
    pub(crate) const fn new(code: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, description: None }
    }

    pub(crate) const fn because(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    pub(crate) const fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl From<Fault> for OAuthError {
    fn from(fault: Fault) -> Self {
        if matches!(fault, Fault::AccountGone) {
            return Self::new("invalid_grant");
        }
        tracing::error!(error = %fault, "an OAuth endpoint failed");
        if fault.is_outage() {
            return Self::new("temporarily_unavailable").with_status(StatusCode::SERVICE_UNAVAILABLE);
        }
        Self::new("server_error").with_status(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<sqlx::Error> for OAuthError {
    fn from(error: sqlx::Error) -> Self {
        Fault::from(error).into()
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.code });
        if let Some(description) = self.description {
            body["error_description"] = description.into();
        }
        let mut response = (self.status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = http::HeaderValue::from_static("Basic realm=\"identity\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, OUTAGE_PAUSE_SECONDS.into());
        }
        response
    }
}
