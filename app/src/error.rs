//! What a server function answers with when it cannot do as asked.

use crate::json_text::JsonTextEncoding;
use domain::{ApiError, ErrorCode};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Deref};

/// The domain's error on its way between server and page. It has the same JSON as REST's problem documents, so an
/// answer of a layer in front of the server functions (a rate limit, an origin check) is understood as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(ApiError);

impl Failure {
    /// The broken rule of a field, as a sentence.
    #[must_use]
    pub fn field_message(&self, name: &str) -> Option<String> {
        self.0.field(name).map(ToOwned::to_owned)
    }

    /// Whether the person has to sign in before anything else.
    #[must_use]
    pub fn needs_sign_in(&self) -> bool {
        self.0.code == ErrorCode::Unauthorized
    }
}

impl Deref for Failure {
    type Target = ApiError;

    fn deref(&self) -> &ApiError {
        &self.0
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        #[cfg(feature = "ssr")]
        let error = ApiError { request_id: error.request_id.or_else(crate::ssr::request_id), ..error };
        Self(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl FromServerFnError for Failure {
    type Encoder = JsonTextEncoding;

    /// The framework's own words name types and parsers: they go to the log, not to the person.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        tracing::debug!(error = %error, "a server function was refused by the framework");
        Self::from(match error {
            ServerFnErrorErr::Request(_) => {
                ApiError::new(ErrorCode::Offline, "The server cannot be reached. Check your connection and try again.")
            }
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Serialization(_) => {
                ApiError::new(ErrorCode::InvalidRequest, "A field is missing or has a form that cannot be read.")
            }
            ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                ApiError::new(ErrorCode::MethodNotAllowed, "This cannot be asked for in this way.")
            }
            // On the server it is the request that could not be read.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => {
                ApiError::new(ErrorCode::InvalidRequest, "The form is not text in UTF-8.")
            }
            ServerFnErrorErr::Deserialization(_) => {
                ApiError::new(ErrorCode::Unavailable, "The answer could not be read. Reload the page and try again.")
            }
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_) => ApiError::internal(),
        })
    }

    fn status_code(&self) -> http::StatusCode {
        http::StatusCode::from_u16(self.0.code.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::FieldError;

    #[test]
    fn the_status_is_that_of_the_code() {
        assert_eq!(Failure::from(ApiError::unauthorized()).status_code(), 401);
        assert_eq!(Failure::from(ApiError::not_found("gone")).status_code(), 404);
        assert_eq!(Failure::from_server_fn_error(ServerFnErrorErr::Args("serde says x".into())).status_code(), 422);
    }

    #[test]
    fn what_the_framework_says_stays_out_of_the_answer() {
        let failure = Failure::from_server_fn_error(ServerFnErrorErr::ServerError("thread panicked at".into()));
        assert!(!String::from_utf8_lossy(&failure.ser().body).contains("panicked"));
    }

    #[test]
    fn it_travels_as_json_and_reads_a_problem_document() {
        let sent = Failure::from(ApiError::validation(vec![FieldError::body("confirm", "mismatch", "Type DELETE.")]));
        assert_eq!(Failure::de(sent.ser().body), sent);
        let problem = r#"{"type":"about:blank","title":"Too many requests","status":429,
            "detail":"Slow down.","code":"too_many_requests","request_id":"r1","retry_after_seconds":2}"#;
        let read = Failure::de(problem.as_bytes().to_vec().into());
        assert_eq!((read.code, read.request_id.as_deref()), (ErrorCode::TooManyRequests, Some("r1")));
        assert_eq!(read.retry_after_seconds, Some(2));
    }
}
