//! `GET /api/events`.

use super::stream::{self, Bearer};
use crate::{
    Backend,
    http::{
        authenticate::VerifiedToken,
        extract::{self, CurrentViewer},
        openapi,
        problem::Refusal,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{ApiError, FieldError};
use http::{HeaderName, header, request::Parts};
use utoipa_axum::{router::OpenApiRouter, routes};

const LAST_EVENT_ID: &str = "last-event-id";
/// Seconds after which somebody with too many streams may try again.
const TOO_MANY_SECONDS: u64 = 15;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(events))
}

/// What happens
///
/// Server-sent events of all that concerns the caller. Each has JSON with a `type` (`message.created`,
/// `message.updated`, `message.deleted`, `reaction.changed`, `conversation.read`, `conversation.updated`,
/// `conversation.removed`, `album.updated`, `album.removed`, `document.updated`, `document.deleted`, `quiz.updated`,
/// `typing`) and the whole changed thing.
/// The `id` is a cursor: with `Last-Event-ID`, or `after`, the stream goes on behind it; lists tell the cursor at which
/// they were read in `Lyceum-Cursor`. A cursor that is too old gets one `reset` event, after which everything is to be
/// loaded anew. `typing` has no `id`. A comment comes every 15 seconds; the stream ends with the session or the token.
#[utoipa::path(
    get,
    path = "/api/events",
    operation_id = "events",
    tag = "Events",
    params(
        ("after" = Option<i64>, Query, nullable = false, minimum = 0, description = "Go on after this cursor."),
        ("Last-Event-ID" = Option<i64>, Header, nullable = false, minimum = 0, description = "The same; wins over `after`.")
    ),
    responses(
        (status = OK, description = "The stream.", body = String, content_type = "text/event-stream"),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn events(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let cursor = cursor(&parts)?;
    let token = parts.extensions.get::<VerifiedToken>();
    let bearer = Bearer { expires_at: token.map(|VerifiedToken(claims)| claims.expires_at) };
    let body = stream::open(backend, viewer, bearer, cursor).await?;
    let body = body.ok_or_else(|| ApiError::too_many_requests(TOO_MANY_SECONDS))?;
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // nginx and its like would keep events back until a buffer is full.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, body).into_response())
}

/// A client that comes back by itself sends `Last-Event-ID`, while the address still has the `after` of the beginning.
fn cursor(parts: &Parts) -> Result<Option<i64>, ApiError> {
    let after = extract::optional_query(parts, "after")?;
    let read = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok())?;
    let wrong = |place: &str, name: &str| {
        let msg = "This is not a cursor of the event stream: begin without one.".to_owned();
        ApiError::validation(vec![FieldError { loc: vec![place.into(), name.into()], msg, rule: "cursor".into() }])
    };
    let after = after.map(|text| read(&text).ok_or_else(|| wrong("query", "after"))).transpose()?;
    let Some(last) = parts.headers.get(LAST_EVENT_ID).filter(|value| !value.is_empty()) else { return Ok(after) };
    let last = last.to_str().ok().and_then(read);
    last.map(Some).ok_or_else(|| wrong("header", "Last-Event-ID"))
}
