//! Refusals as RFC 9457 problem documents.

use crate::failure::Failure;
use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{ApiError, ErrorCode, FieldError, accounts::CANCEL_AUTHENTICATION_AGE};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use tower_http::request_id::RequestId;
use utoipa::ToSchema;

/// The media type of refusals.
pub const MEDIA_TYPE: &str = "application/problem+json";
/// Names a request in answers and in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Why a call was refused (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem; the same for every occurrence.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/problems/not_found")]
    kind: String,
    /// The kind in words.
    #[schema(example = "Not found")]
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599, example = 404)]
    status: u16,
    /// This occurrence in one sentence that says what to do.
    detail: String,
    /// The kind as a word for programs.
    #[schema(value_type = Code)]
    code: ErrorCode,
    /// With status 422: each broken rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<FieldProblem>, required = false)]
    errors: Vec<FieldError>,
    /// Names the request in our log.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// Where trying again may help: seconds to wait, as in `Retry-After`.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u64>,
}

/// One broken rule of one field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// Where it is.
    #[schema(example = json!(["body", "display_name"]))]
    loc: Vec<String>,
    /// What to do about it.
    #[schema(example = "Display name is blank: write something.")]
    msg: String,
    /// The rule, as a word for programs.
    #[serde(rename = "type")]
    #[schema(example = "blank")]
    rule: String,
}

/// The closed set of problem codes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "documents `domain::ErrorCode`")]
pub(crate) enum Code {
    InvalidRequest,
    ValidationFailed,
    IdempotencyKeyReused,
    MissingAttributes,
    Unauthorized,
    ReauthenticationRequired,
    NotRegistered,
    Forbidden,
    CrossOrigin,
    NotFound,
    MethodNotAllowed,
    Conflict,
    PayloadTooLarge,
    UnsupportedMediaType,
    TooManyRequests,
    Internal,
    Unavailable,
    Offline,
}

/// A refusal on its way out. [`name_request`] completes it.
#[derive(Clone, Debug)]
pub struct Refusal(pub ApiError);

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self(failure.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = self.0;
        let mut response = Response::new(Body::from(document(&error)));
        *response.status_mut() = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = error.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        match error.code {
            ErrorCode::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            // RFC 9470: which sign-in would do.
            ErrorCode::ReauthenticationRequired => {
                let challenge =
                    format!("Bearer error=\"insufficient_user_authentication\", max_age={CANCEL_AUTHENTICATION_AGE}");
                headers.extend(HeaderValue::try_from(challenge).ok().map(|value| (header::WWW_AUTHENTICATE, value)));
            }
            _ => {}
        }
        response.extensions_mut().insert(Unnamed(error));
        response
    }
}

/// Marks a response whose body does not tell the request id yet.
#[derive(Clone)]
struct Unnamed(ApiError);

/// Middleware, outermost but for the one that makes request ids: writes the request's id into refusals.
pub async fn name_request(request: Request, next: Next) -> Response {
    let from_extension = request.extensions().get::<RequestId>().map(|id| id.header_value().clone());
    let id = from_extension.or_else(|| request.headers().get(REQUEST_ID).cloned());
    let mut response = next.run(request).await;
    if let Some(Unnamed(mut error)) = response.extensions_mut().remove::<Unnamed>() {
        error.request_id = id.and_then(|id| id.to_str().map(str::to_owned).ok());
        *response.body_mut() = Body::from(document(&error));
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

fn document(error: &ApiError) -> Vec<u8> {
    let problem = Problem {
        kind: format!("/problems/{}", error.code.as_str()),
        title: error.code.title(),
        status: error.code.status(),
        detail: error.detail.clone(),
        code: error.code,
        errors: error.errors.clone(),
        request_id: error.request_id.clone(),
        retry_after_seconds: error.retry_after_seconds,
    };
    serde_json::to_vec(&problem).unwrap_or_default()
}
