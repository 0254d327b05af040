//! The one error type that crosses feature boundaries.
//!
//! A service returns [`ApiError`]; REST turns it into `application/problem+json` (RFC 9457) and the pages
//! turn its code into words. The cause of an internal error never travels in it: it is logged where it
//! happened, and the person sees a fixed sentence and the request id.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a request was refused; a closed set that programs may match on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The body or the parameters do not say what the call needs.
    InvalidRequest,
    /// A field is missing or breaks its rule; `errors` names each.
    ValidationFailed,
    /// An `Idempotency-Key` came again with another body.
    IdempotencyKeyReused,
    /// The ID token lacks an attribute that registration needs.
    MissingAttributes,
    /// No valid credentials.
    Unauthorized,
    /// The sign-in is too old for this action.
    ReauthenticationRequired,
    /// The token is valid, its person has never been registered here.
    NotRegistered,
    /// Known and seen, but not allowed.
    Forbidden,
    /// An unsafe request came from another site.
    CrossOrigin,
    /// There is no such thing, or it may not be seen.
    NotFound,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The state of the resource does not allow it.
    Conflict,
    /// The body is over the limit.
    PayloadTooLarge,
    /// The body has a media type that is not taken here.
    UnsupportedMediaType,
    /// Too many requests in a short time, or over a quota.
    TooManyRequests,
    /// Something failed on our side; the log has the cause.
    Internal,
    /// A service that we need does not answer at the moment.
    Unavailable,
    /// The browser could not reach the server at all.
    Offline,
}

impl ErrorCode {
    /// The HTTP status that goes with the code.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidRequest | Self::ValidationFailed | Self::IdempotencyKeyReused => 422,
            Self::MissingAttributes => 400,
            Self::Unauthorized | Self::ReauthenticationRequired => 401,
            Self::NotRegistered | Self::Forbidden | Self::CrossOrigin => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable | Self::Offline => 503,
        }
    }

    /// The same short title for every occurrence of the code, as RFC 9457 asks.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InvalidRequest => "Invalid request",
            Self::ValidationFailed => "Validation failed",
            Self::IdempotencyKeyReused => "Idempotency key reused",
            Self::MissingAttributes => "Missing attributes",
            Self::Unauthorized => "Unauthorized",
            Self::ReauthenticationRequired => "Sign-in required again",
            Self::NotRegistered => "Not registered",
            Self::Forbidden => "Forbidden",
            Self::CrossOrigin => "Cross-origin request refused",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::Conflict => "Conflict",
            Self::PayloadTooLarge => "Payload too large",
            Self::UnsupportedMediaType => "Unsupported media type",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Internal server error",
            Self::Unavailable => "Service unavailable",
            Self::Offline => "Offline",
        }
    }

    /// The code as it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::ValidationFailed => "validation_failed",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::MissingAttributes => "missing_attributes",
            Self::Unauthorized => "unauthorized",
            Self::ReauthenticationRequired => "reauthentication_required",
            Self::NotRegistered => "not_registered",
            Self::Forbidden => "forbidden",
            Self::CrossOrigin => "cross_origin",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Conflict => "conflict",
            Self::PayloadTooLarge => "payload_too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::TooManyRequests => "too_many_requests",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
            Self::Offline => "offline",
        }
    }
}

/// One broken rule of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Where it is: `["body", "display_name"]`, `["query", "limit"]`, `["path", "id"]`.
    pub loc: Vec<String>,
    /// What to do about it, in one sentence.
    pub msg: String,
    /// The rule that was broken, as a word for programs: `missing`, `too_long`, `blank` …
    #[serde(rename = "type")]
    pub rule: String,
}

impl FieldError {
    /// A broken rule of a field of the body.
    #[must_use]
    pub fn body(field: &str, rule: &str, msg: impl Into<String>) -> Self {
        Self::at("body", field, rule, msg)
    }

    /// A broken rule of a query parameter.
    #[must_use]
    pub fn query(field: &str, rule: &str, msg: impl Into<String>) -> Self {
        Self::at("query", field, rule, msg)
    }

    fn at(place: &str, field: &str, rule: &str, msg: impl Into<String>) -> Self {
        Self { loc: vec![place.into(), field.into()], msg: msg.into(), rule: rule.into() }
    }
}

/// A refusal or failure that a person or a program can act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// Why.
    pub code: ErrorCode,
    /// One sentence about this occurrence that says what to do. Never an internal cause.
    pub detail: String,
    /// The broken rules, for a 422.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The request's id, to find the cause in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Seconds to wait before the next try, for a 429 or 503.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

impl ApiError {
    /// An error with its sentence.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), request_id: None, retry_after_seconds: None }
    }

    /// Missing, expired or wrong credentials. Says the same for each, so that nothing can be learned from it.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::new(ErrorCode::Unauthorized, "Sign in, or send a valid ID or access token as a bearer token.")
    }

    /// The action wants a sign-in of the last minutes.
    #[must_use]
    pub fn reauthentication_required() -> Self {
        Self::new(ErrorCode::ReauthenticationRequired, "Sign in again to confirm this action, then repeat it.")
    }

    /// A valid token of a person who has not been registered.
    #[must_use]
    pub fn not_registered() -> Self {
        Self::new(ErrorCode::NotRegistered, "Register first: POST /api/register-user with your ID token.")
    }

    /// Seen, but not allowed.
    #[must_use]
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(ErrorCode::Forbidden, detail)
    }

    /// There is no such thing, or it may not be seen.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotFound, detail)
    }

    /// Fields that break their rules.
    #[must_use]
    pub fn validation(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [only] => only.msg.clone(),
            several => format!("{} fields need a correction.", several.len()),
        };
        Self { errors, ..Self::new(ErrorCode::ValidationFailed, detail) }
    }

    /// Something failed on our side. The caller has logged the cause.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            ErrorCode::Internal,
            "Something went wrong on our side. Try again; if it stays, report the request id.",
        )
    }

    /// A service that we need does not answer.
    #[must_use]
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self { retry_after_seconds: Some(5), ..Self::new(ErrorCode::Unavailable, detail) }
    }

    /// Too many requests; `seconds` is the time to wait, at least 1.
    #[must_use]
    pub fn too_many_requests(seconds: u64) -> Self {
        let seconds = seconds.max(1);
        Self {
            retry_after_seconds: Some(seconds),
            ..Self::new(ErrorCode::TooManyRequests, format!("Too many requests. Try again in {seconds} s."))
        }
    }

    /// The same, where a call knows a field of the body under another name.
    #[must_use]
    pub fn about_field(mut self, name: &str, shown: &str) -> Self {
        for last in self.errors.iter_mut().filter_map(|error| error.loc.last_mut()).filter(|last| *last == name) {
            shown.clone_into(last);
        }
        self
    }

    /// The message for a field of the body, if there is one.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.loc.last().is_some_and(|last| last == name))
            .map(|error| error.msg.as_str())
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.detail)
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_in_json_as_as_str_says() {
        for code in [ErrorCode::ValidationFailed, ErrorCode::NotRegistered, ErrorCode::TooManyRequests] {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }

    #[test]
    fn a_single_broken_rule_is_the_detail() {
        let error = ApiError::validation(vec![FieldError::body("confirm", "mismatch", "Type DELETE.")]);
        assert_eq!(error.detail, "Type DELETE.");
        assert_eq!(error.field("confirm"), Some("Type DELETE."));
        assert_eq!(error.code.status(), 422);
    }
}
