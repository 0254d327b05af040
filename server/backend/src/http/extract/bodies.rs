//! Bodies of requests.

use super::json::parse;
use crate::http::problem::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use domain::{ApiError, ErrorCode};
use http::{StatusCode, header};
use serde::de::DeserializeOwned;

/// A JSON body.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        RepeatableBody::from_request(request, state).await.map(|RepeatableBody { value, .. }| Self(value))
    }
}

/// A JSON body of a call that takes an `Idempotency-Key`, with its bytes to tell a repeat by.
#[derive(Debug)]
pub(crate) struct RepeatableBody<T> {
    pub(crate) value: T,
    pub(crate) bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for RepeatableBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = json(request, state).await?;
        Ok(Self { value: parse(&bytes)?, bytes })
    }
}

/// A JSON body that may be left out, or null.
#[derive(Debug)]
pub(crate) struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let is_json = is_json(request.headers());
        let bytes = body(request, state).await.map_err(|error| if is_json { error } else { judged(error) })?;
        match (bytes.is_empty() || bytes.trim_ascii() == b"null", is_json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => Ok(Self(parse(&bytes)?)),
            (false, false) => Err(unsupported_media_type().into()),
        }
    }
}

/// The whole body of a call that wants JSON.
async fn json<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    if is_json(request.headers()) {
        return body(request, state).await;
    }
    let bytes = body(request, state).await.map_err(judged)?;
    if bytes.is_empty() { Ok(bytes) } else { Err(unsupported_media_type()) }
}

/// What is wrong with a body of another type: the type comes before the length.
fn judged(error: ApiError) -> ApiError {
    if error.code == ErrorCode::PayloadTooLarge { unsupported_media_type() } else { error }
}

/// The whole body, at most as long as the router allows.
///
/// # Errors
/// `payload_too_large`; `invalid_request` when the connection broke.
pub async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::new(ErrorCode::PayloadTooLarge, "The body is over the limit of this call: send less.")
        } else {
            ApiError::new(ErrorCode::InvalidRequest, "The body ended before it was complete: send it again.")
        }
    })
}

pub(crate) fn is_json(headers: &http::HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

pub(crate) fn unsupported_media_type() -> ApiError {
    ApiError::new(ErrorCode::UnsupportedMediaType, "Send the body as application/json.")
}
