//! `/auth/*`, which browsers visit, and `/api/me/sessions`, which programs and pages call.

use super::{
    cookie::{Kind, Presented, Secret},
    flow::{Answer, Failed, Reason},
};
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, PathId},
        openapi,
        problem::Refusal,
    },
};
use axum::{
    Json, Router,
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use domain::{Timestamp, sessions::Session, sessions::Sessions as _};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// How long a browser keeps what binds its sign-ins to it. Longer than any of them takes: tabs that begin one at the same
/// time would otherwise each be given their own, and only the last could come back.
const BROWSER_SECONDS: i64 = 30 * 24 * 3_600;

/// For browsers, not for programs: not part of the OpenAPI document.
pub(crate) fn browser_router() -> Router<Backend> {
    Router::new()
        .route("/auth/sign-in", get(sign_in))
        .route("/auth/callback", get(callback))
        .route("/auth/sign-out", post(sign_out))
}

pub(crate) fn api_router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(list_sessions)).routes(routes!(end_session))
}

#[derive(Debug, Default, Deserialize)]
struct SignInQuery {
    return_to: Option<String>,
    prompt: Option<String>,
}

async fn sign_in(
    State(backend): State<Backend>,
    headers: HeaderMap,
    query: Result<Query<SignInQuery>, QueryRejection>,
) -> Response {
    let Query(query) = query.unwrap_or_default();
    let cookies = backend.cookies();
    let browser = match cookies.read(Kind::SignIn, &headers) {
        Presented::Secret(secret) => secret,
        Presented::Nothing | Presented::Malformed => Secret::random(),
    };
    let return_to = query.return_to.unwrap_or_default();
    let prompt = match query.prompt {
        None if has_dead_session(&backend, &headers).await => Some("login".to_owned()),
        prompt => prompt,
    };
    match backend.sign_in().begin(browser, &return_to, prompt.as_deref()).await {
        Ok(location) => {
            let mut response = redirect(StatusCode::FOUND, location.as_str());
            let cookie = cookies.set(Kind::SignIn, browser, BROWSER_SECONDS);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            response
        }
        Err(reason) => failed(&Failed { reason, return_to: None }),
    }
}

/// A browser whose session was ended, here or elsewhere, must not come back silently on the provider's own memory.
async fn has_dead_session(backend: &Backend, headers: &HeaderMap) -> bool {
    match backend.cookies().read(Kind::Session, headers) {
        Presented::Nothing => false,
        Presented::Malformed => true,
        Presented::Secret(secret) => matches!(backend.session_service().viewer(secret).await, Ok(None)),
    }
}

async fn callback(
    State(backend): State<Backend>,
    headers: HeaderMap,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Response {
    let cookies = backend.cookies();
    let browser = match cookies.read(Kind::SignIn, &headers) {
        Presented::Secret(secret) => Some(secret),
        Presented::Nothing | Presented::Malformed => None,
    };
    let Query(answer) = answer.unwrap_or_default();
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match backend.sign_in().finish(browser, answer, user_agent).await {
        Ok(signed_in) => {
            replace_session(&backend, &headers);
            let mut response = redirect(StatusCode::SEE_OTHER, &signed_in.return_to);
            let cookie = cookies.set(Kind::Session, signed_in.session.secret, signed_in.session.seconds);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            response
        }
        Err(failure) => failed(&failure),
    }
}

/// The session that this browser had before ends; nobody waits for the provider to hear of it.
fn replace_session(backend: &Backend, headers: &HeaderMap) {
    if let Presented::Secret(old) = backend.cookies().read(Kind::Session, headers) {
        let sign_in = backend.sign_in().clone();
        tokio::spawn(async move {
            if let Err(failure) = sign_in.end(old).await {
                tracing::error!(cause = %failure, "a replaced session could not be ended");
            }
        });
    }
}

async fn sign_out(State(backend): State<Backend>, headers: HeaderMap) -> Result<Response, Refusal> {
    let cookies = backend.cookies();
    if let Presented::Secret(session) = cookies.read(Kind::Session, &headers) {
        backend.sign_in().end(session).await?;
    }
    let mut response = redirect(StatusCode::SEE_OTHER, &backend.sign_in().after_sign_out().await);
    response.headers_mut().append(header::SET_COOKIE, cookies.clear(Kind::Session));
    // Another one, not none: tabs that sign in after this at the same time share it.
    let browser = cookies.set(Kind::SignIn, Secret::random(), BROWSER_SECONDS);
    response.headers_mut().append(header::SET_COOKIE, browser);
    let (name, value) = clear_storage();
    response.headers_mut().insert(name, value);
    Ok(response)
}

/// Takes drafts, messages that wait and files to be sent out of the browser: they are the person's own, and the next one
/// there gets none.
pub(crate) fn clear_storage() -> (HeaderName, HeaderValue) {
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"storage\""))
}

/// To the page that says what happened and offers another try.
fn failed(failed: &Failed) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("reason", failed.reason.as_str());
    if let Some(return_to) = failed.return_to.as_deref().filter(|path| *path != "/") {
        query.append_pair("return_to", return_to);
    }
    if failed.reason == Reason::Refused {
        tracing::warn!("a sign-in was refused");
    }
    redirect(StatusCode::SEE_OTHER, &format!("/sign-in-failed?{}", query.finish()))
}

fn redirect(status: StatusCode, location: &str) -> Response {
    let location = HeaderValue::try_from(location).unwrap_or_else(|_| HeaderValue::from_static("/"));
    let no_store = HeaderValue::from_static("no-store");
    (status, [(header::LOCATION, location), (header::CACHE_CONTROL, no_store)]).into_response()
}

/// A signed-in browser.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
struct SessionBody {
    /// Names the session; it opens nothing.
    id: Uuid,
    /// Browser and system, as far as they can be told.
    #[schema(example = "Firefox on Linux")]
    device: String,
    /// When the person signed in.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last used, to the minute.
    #[schema(value_type = String, format = DateTime)]
    last_used_at: Timestamp,
    /// When it ends at the latest.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Whether this request came with it.
    current: bool,
}

impl From<Session> for SessionBody {
    fn from(session: Session) -> Self {
        let Session { id, device, created_at, last_used_at, expires_at, current } = session;
        Self { id, device, created_at, last_used_at, expires_at, current }
    }
}

/// My signed-in browsers
///
/// All live sessions of the caller, the one used last first.
#[utoipa::path(
    get,
    path = "/api/me/sessions",
    operation_id = "list_sessions",
    tag = "Accounts",
    responses((status = OK, description = "The sessions.", body = Vec<SessionBody>), openapi::Always, openapi::SignedIn)
)]
async fn list_sessions(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
) -> Result<Json<Vec<SessionBody>>, Refusal> {
    let sessions = backend.session_service().list(&viewer).await?;
    Ok(Json(sessions.into_iter().map(SessionBody::from).collect()))
}

/// End one of my sessions
///
/// That browser is signed out at once. It keeps its cookie, which opens nothing any more: whoever comes with it has to
/// sign in by password again.
#[utoipa::path(
    delete,
    path = "/api/me/sessions/{id}",
    operation_id = "end_session",
    tag = "Accounts",
    params(("id" = Uuid, Path, description = "The session's id.")),
    responses(
        (status = NO_CONTENT, description = "The session has ended."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn end_session(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.session_service().end(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
