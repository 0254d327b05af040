//! Refusals as AWS writes them: status 400, `__type` and `message`.

use crate::{
    Refusal,
    error::{Fault, OUTAGE_PAUSE_SECONDS},
    passwords::Weakness,
    tokens::TokenFault,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;

/// A refusal.
#[derive(Debug)]
pub(super) struct Exception {
    status: StatusCode,
    kind: &'static str,
    message: String,
    retry_after: Option<i64>,
}

impl Exception {
    pub(super) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, kind, message: message.into(), retry_after: None }
    }

    pub(super) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterException", message)
    }

    pub(super) fn not_authorized(message: impl Into<String>) -> Self {
        Self::new("NotAuthorizedException", message)
    }

    pub(super) fn too_large() -> Self {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        Self { status, ..Self::new("RequestEntityTooLargeException", "The body is too long.") }
    }

    pub(super) fn unsupported_media_type() -> Self {
        let message = format!("The body must be {}.", super::MEDIA_TYPE);
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        Self { status, ..Self::new("UnsupportedMediaTypeException", message) }
    }

    /// Password attempts, where [`From<Refusal>`] says what codes and mails are told.
    pub(super) fn of_sign_in(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Throttled(seconds) => Self {
                retry_after: Some(seconds),
                ..Self::new("TooManyRequestsException", "Password attempts exceeded, please try after some time.")
            },
            other => other.into(),
        }
    }
}

impl From<Refusal> for Exception {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongCredentials => Self::not_authorized("Incorrect username or password."),
            Refusal::NotConfirmed(_) => Self::new("UserNotConfirmedException", "User is not confirmed."),
            Refusal::Throttled(seconds) => Self {
                retry_after: Some(seconds),
                ..Self::new("LimitExceededException", "Attempt limit exceeded, please try after some time.")
            },
            Refusal::CodeMismatch => {
                Self::new("CodeMismatchException", "Invalid verification code provided, please try again.")
            }
            Refusal::CodeExpired => {
                Self::new("ExpiredCodeException", "Invalid code provided, please request a code again.")
            }
            Refusal::Weak(weakness) => weakness.into(),
            Refusal::Invalid(errors) => {
                let sentences: Vec<_> = errors.into_iter().map(|error| error.msg).collect();
                Self::invalid_parameter(sentences.join(" "))
            }
            Refusal::Busy => {
                Self { retry_after: Some(5), ..Self::new("TooManyRequestsException", "Too many requests at once.") }
            }
            Refusal::Internal(fault) => fault.into(),
        }
    }
}

impl From<Weakness> for Exception {
    fn from(weakness: Weakness) -> Self {
        Self::new("InvalidPasswordException", weakness.as_cognito())
    }
}

impl From<TokenFault> for Exception {
    fn from(fault: TokenFault) -> Self {
        Self::not_authorized(match fault {
            TokenFault::Invalid => "Invalid Access Token",
            TokenFault::Expired => "Access Token has expired",
            TokenFault::Revoked => "Access Token has been revoked",
            TokenFault::Scope => "Access Token does not have required scopes",
        })
    }
}

impl From<Fault> for Exception {
    fn from(fault: Fault) -> Self {
        if matches!(fault, Fault::AccountGone) {
            return Refusal::WrongCredentials.into();
        }
        tracing::error!(error = %fault, "a call of the identity API failed");
        if fault.is_outage() {
            let message = "The service does not answer. Try again in a moment.";
            return Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                retry_after: Some(OUTAGE_PAUSE_SECONDS),
                ..Self::new("ServiceUnavailable", message)
            };
        }
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self { status, ..Self::new("InternalErrorException", "Something went wrong on our side.") }
    }
}

impl From<sqlx::Error> for Exception {
    fn from(error: sqlx::Error) -> Self {
        Fault::from(error).into()
    }
}

impl IntoResponse for Exception {
    fn into_response(self) -> Response {
        let body = json!({ "__type": self.kind, "message": self.message });
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(self.kind));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
