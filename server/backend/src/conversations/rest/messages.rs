//! Messages: the thread, sending, changing, finding.

use super::{CURSOR, schemas};
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, JsonBody, PathNumber, RepeatableBody, present},
        idempotency::IdempotencyKey,
        openapi,
        paging::{self, Lead},
        problem::Refusal,
    },
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError, FieldError,
    conversations::{Conversations as _, FoundMessages, Message, MessageList, MessagePlace, MessageSearch, NewMessage},
};
use http::{StatusCode, request::Parts};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(list_messages))
        .routes(routes!(search_messages, send_message))
        .routes(routes!(edit_message, delete_message))
}

/// A message to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewMessage)]
#[serde(deny_unknown_fields)]
struct NewMessageBody {
    /// Where to.
    #[serde(deserialize_with = "conversation_id")]
    #[schema(minimum = 1)]
    conversation_id: i64,
    /// Markdown: 1 to 4,000 characters, not blank. Beside a file it is the caption and may be left out.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 4000)]
    content: Option<String>,
    /// The sender's own name for the message: sent again, it answers with the first one.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 64, pattern = "^[\\x21-\\x7e]+$")]
    client_id: Option<String>,
    /// The message of the same conversation that it answers.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 1)]
    reply_to: Option<i64>,
    /// A completed upload of the sender's for the purpose `media`, to send along.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    upload_id: Option<Uuid>,
}

/// Ids are positive: another number is no id of a conversation that does not exist.
fn conversation_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let id = i64::deserialize(deserializer)?;
    if id > 0 { Ok(id) } else { Err(serde::de::Error::custom("the conversation's id is not positive")) }
}

/// What a message is to say instead.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = MessageChange)]
#[serde(deny_unknown_fields)]
struct MessageChangeBody {
    /// Markdown: 1 to 4,000 characters, not blank; the caption of a file may be.
    #[schema(max_length = 4000)]
    content: String,
}

/// The messages of a conversation
///
/// Oldest first; without a place, the newest. `Link: rel="prev"` leads to older, `rel="next"` to newer ones;
/// `Lyceum-Cursor` is where the event stream goes on from this page.
#[utoipa::path(
    get,
    path = "/api/conversations/{id}/messages",
    operation_id = "list_messages",
    tag = "Conversations",
    params(
        ("id" = i64, Path, minimum = 1, description = "The conversation's id."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<i64>, Query, nullable = false, minimum = 1, description = "Those before this message."),
        ("after" = Option<i64>, Query, nullable = false, minimum = 1, description = "Those after this message."),
        ("around" = Option<i64>, Query, nullable = false, minimum = 1, description = "This message and those around it.")
    ),
    responses(
        (status = OK, description = "The messages.", body = Vec<schemas::Message>,
            headers(("Lyceum-Cursor" = i64, description = "Cursor of the event stream."))),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn list_messages(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let (place, limit) = (place(&parts)?, extract::limit(&parts)?);
    let list = backend.conversation_service().messages(&viewer, id, place, limit).await?;
    let MessageList { messages, has_older, has_newer, cursor } = list;
    let older = messages.first().filter(|_| has_older).map(|first| first.id.to_string());
    let newer = messages.last().filter(|_| has_newer).map(|last| last.id.to_string());
    let leads = [
        Lead { relation: "prev", parameter: "before", cursor: older },
        Lead { relation: "next", parameter: "after", cursor: newer },
    ];
    let links = paging::links(&parts, limit, leads);
    Ok(([(CURSOR, cursor.to_string())], links, Json(messages)).into_response())
}

fn place(parts: &Parts) -> Result<MessagePlace, ApiError> {
    let number = |name| extract::optional_number(parts, name);
    match (number("before")?, number("after")?, number("around")?) {
        (None, None, None) => Ok(MessagePlace::Latest),
        (Some(id), None, None) => Ok(MessagePlace::Before(id)),
        (None, Some(id), None) => Ok(MessagePlace::After(id)),
        (None, None, Some(id)) => Ok(MessagePlace::Around(id)),
        _ => {
            let msg = "Name one of before, after and around.";
            Err(ApiError::validation(vec![FieldError::query("before", "conflict", msg)]))
        }
    }
}

/// Find messages
///
/// Those that have every word of the query, or parts of them, in any language; newest first, in all of the caller's
/// conversations or in one. `Link: rel="prev"` leads to older ones.
#[utoipa::path(
    get,
    path = "/api/messages",
    operation_id = "search_messages",
    tag = "Conversations",
    params(
        ("query" = String, Query, description = "Words or parts of words, without regard to case and accents: 1 to 200 characters in one line.", min_length = 1, max_length = 200),
        ("conversation_id" = Option<i64>, Query, nullable = false, minimum = 1, description = "Only in this conversation."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<i64>, Query, nullable = false, minimum = 1, description = "Only messages before this one.")
    ),
    responses(
        (status = OK, description = "The messages.", body = Vec<schemas::Message>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn search_messages(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let query = extract::required_query(&parts, "query")?;
    let conversation_id = extract::optional_number(&parts, "conversation_id")?;
    let (before, limit) = (extract::optional_number(&parts, "before")?, extract::limit(&parts)?);
    extract::no_cursors(&parts, &["after", "around"])?;
    let search = MessageSearch { query, conversation_id, before, limit };
    let FoundMessages { messages, has_older } = backend.conversation_service().search(&viewer, search).await?;
    let cursor = messages.last().filter(|_| has_older).map(|last| last.id.to_string());
    let older = Lead { relation: "prev", parameter: "before", cursor };
    Ok((paging::links(&parts, limit, [older]), Json(messages)).into_response())
}

/// Send a message
///
/// Where everybody else has cancelled their account it is refused with `forbidden`.
#[utoipa::path(
    post,
    path = "/api/messages",
    operation_id = "send_message",
    tag = "Conversations",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = NewMessageBody,
    responses(
        (status = CREATED, description = "It is sent.", body = schemas::Message),
        (status = OK, description = "It was sent before, under the same client id.", body = schemas::Message),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Repeatable,
        openapi::Missing
    )
)]
async fn send_message(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<NewMessageBody>,
) -> Result<Response, Refusal> {
    let NewMessageBody { conversation_id, content, client_id, reply_to, upload_id } = value;
    let content = match (content, upload_id) {
        (None, None) => {
            let missing = FieldError::body("content", "missing", "The field content is missing.");
            return Err(ApiError::validation(vec![missing]).into());
        }
        (content, _) => content.unwrap_or_default(),
    };
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let new = NewMessage { conversation_id, content, client_id, reply_to, upload_id };
        let sent = backend.conversation_service().send(&viewer, new).await?;
        let status = if sent.created { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(sent.message)).into_response())
    };
    repeatable.once(work).await
}

/// Change a message of mine
#[utoipa::path(
    patch,
    path = "/api/messages/{id}",
    operation_id = "edit_message",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The message's id.")),
    request_body = MessageChangeBody,
    responses(
        (status = OK, description = "The message as it is now.", body = schemas::Message),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn edit_message(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(MessageChangeBody { content }): JsonBody<MessageChangeBody>,
) -> Result<Json<Message>, Refusal> {
    Ok(Json(backend.conversation_service().edit(&viewer, id, content).await?))
}

/// Take a message of mine back
///
/// Its place stays, its text is gone. Again changes nothing.
#[utoipa::path(
    delete,
    path = "/api/messages/{id}",
    operation_id = "delete_message",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The message's id.")),
    responses(
        (status = NO_CONTENT, description = "It is taken back."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn delete_message(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.conversation_service().delete(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
