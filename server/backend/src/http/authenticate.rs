//! Works out, once per request, who is asking.

use super::problem::Refusal;
use crate::{
    Backend,
    clients::identity::{Claims, VerifyError},
    failure::Failure,
    sessions::cookie::{Kind, Presented},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::{ApiError, ErrorCode, Viewer, viewer::Authentication};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::sync::Arc;

/// Nobody is looked up for these: they are the same for all, or look after themselves.
const OPEN: [&str; 9] =
    ["/pkg/", "/fonts/", "/identity/", "/auth/", "/health", "/ready", "/metrics", "/openapi.json", "/docs"];

/// The claims of a valid bearer token, whether or not its person is registered. In the request's extensions.
#[derive(Clone, Debug)]
pub(crate) struct VerifiedToken(pub(crate) Arc<Claims>);

/// Middleware: puts [`Authentication`] into the request's extensions, for REST and pages alike, and makes a 401 tell
/// what was wrong.
pub(crate) async fn authenticate(State(backend): State<Backend>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if OPEN.iter().any(|open| path.starts_with(open)) {
        return next.run(request).await;
    }
    let (authentication, token, is_bad_token) = backend.examine(request.headers()).await;
    request.extensions_mut().insert(authentication);
    if let Some(token) = token {
        request.extensions_mut().insert(token);
    }
    let mut response = next.run(request).await;
    if is_bad_token && response.status() == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

impl Backend {
    /// An `Authorization` header wins over the cookie, also when it is bad; the last value tells whether it was.
    async fn examine(&self, headers: &HeaderMap) -> (Authentication, Option<VerifiedToken>, bool) {
        let mut lines = headers.get_all(header::AUTHORIZATION).iter();
        match (lines.next(), lines.next()) {
            (None, _) => (self.examine_cookie(headers).await, None, false),
            (Some(line), None) => self.examine_token(line).await,
            (Some(_), Some(_)) => (Authentication::Refused(ApiError::unauthorized()), None, true),
        }
    }

    /// A cookie that opens nothing stays in the browser: at the next sign-in it tells that a session was ended.
    async fn examine_cookie(&self, headers: &HeaderMap) -> Authentication {
        let secret = match self.cookies().read(Kind::Session, headers) {
            Presented::Nothing => return Authentication::Anonymous,
            Presented::Malformed => return Authentication::Refused(ApiError::unauthorized()),
            Presented::Secret(secret) => secret,
        };
        match self.session_service().viewer(secret).await {
            Ok(Some(viewer)) => Authentication::Registered(viewer),
            Ok(None) => Authentication::Refused(ApiError::unauthorized()),
            Err(failure) => Authentication::Refused(failure.into()),
        }
    }

    async fn examine_token(&self, line: &HeaderValue) -> (Authentication, Option<VerifiedToken>, bool) {
        let refused = |error: ApiError| {
            let is_bad_token = error.code == ErrorCode::Unauthorized;
            (Authentication::Refused(error), None, is_bad_token)
        };
        let Some(token) = bearer(line) else { return refused(ApiError::unauthorized()) };
        let claims = match self.identity().verify_bearer(token).await {
            Ok(claims) => Arc::new(claims),
            Err(VerifyError::Invalid(reason)) => {
                tracing::debug!(?reason, "a bearer token was refused");
                return refused(ApiError::unauthorized());
            }
            Err(VerifyError::Unavailable(_)) => {
                let detail = "Your token cannot be checked: the identity provider does not answer. Try again.";
                return refused(ApiError::unavailable(detail));
            }
        };
        match self.account_of(&claims).await {
            Ok(authentication) => (authentication, Some(VerifiedToken(claims)), false),
            Err(failure) => refused(failure.into()),
        }
    }

    async fn account_of(&self, claims: &Claims) -> Result<Authentication, Failure> {
        let account = self.account_service().known_account_id(&claims.sub).await?;
        Ok(account.map_or_else(
            || Authentication::Refused(ApiError::not_registered()),
            |account_id| {
                Authentication::Registered(Viewer {
                    account_id,
                    sub: claims.sub.clone(),
                    authenticated_at: claims.authenticated_at,
                    session_id: None,
                })
            },
        ))
    }
}

/// RFC 6750 §2.1; the scheme's name ignores case.
fn bearer(line: &HeaderValue) -> Option<&str> {
    let (scheme, token) = line.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}

/// What no route answers, under `/api`.
pub(crate) async fn unknown_path() -> Refusal {
    Refusal(ApiError::not_found("There is no such call. The calls are listed at /openapi.json."))
}

/// What a route answers to a method that it does not have.
pub(crate) async fn unknown_method() -> Refusal {
    let detail = "This call does not have that method; the Allow header names those it has.";
    Refusal(ApiError::new(ErrorCode::MethodNotAllowed, detail))
}
