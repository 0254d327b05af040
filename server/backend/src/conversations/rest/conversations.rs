//! Conversations and who is in them.

use super::{
    CURSOR, UNREAD,
    schemas::{self, ReadPosition as ReadPositionBody},
};
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, JsonBody, PathNumber, PathNumberAndText, RepeatableBody, present_or_null},
        idempotency::IdempotencyKey,
        openapi, paging,
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
    conversations::{
        Conversation, ConversationCursor, ConversationList, Conversations as _, ConversationsPage, NewConversation,
        ReadPosition,
    },
};
use http::{StatusCode, request::Parts};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(list_conversations, start_conversation))
        .routes(routes!(get_conversation, rename_conversation))
        .routes(routes!(set_picture))
        .routes(routes!(add_participants))
        .routes(routes!(remove_participant))
        .routes(routes!(mark_read))
        .routes(routes!(mute_conversation))
        .routes(routes!(signal_typing))
}

/// A conversation to be started.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewConversation)]
#[serde(deny_unknown_fields)]
struct NewConversationBody {
    /// The others: one for a direct conversation, up to 199 for a group.
    #[schema(min_items = 1, max_items = 200)]
    participant_subs: Vec<String>,
    /// Makes it a group, also with one other person: at most 200 characters.
    #[serde(default)]
    title: Option<String>,
}

/// A title.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ConversationTitle)]
#[serde(deny_unknown_fields)]
struct TitleBody {
    /// At most 200 characters in one line; null or blank takes it away.
    #[serde(deserialize_with = "present_or_null")]
    #[schema(required = true)]
    title: Option<String>,
}

/// A picture.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ConversationPicture)]
#[serde(deny_unknown_fields)]
struct PictureBody {
    /// A completed upload of the caller's for the purpose `avatar`; null takes the picture away.
    #[serde(deserialize_with = "present_or_null")]
    #[schema(required = true)]
    upload_id: Option<Uuid>,
}

/// People to add.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewParticipants)]
#[serde(deny_unknown_fields)]
struct ParticipantsBody {
    /// Their subs.
    #[schema(min_items = 1, max_items = 200)]
    participant_subs: Vec<String>,
}

/// How far one has read.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ReadUpTo)]
#[serde(deny_unknown_fields)]
struct ReadBody {
    /// The last message read.
    #[schema(minimum = 1)]
    message_id: i64,
}

/// Whether one wants to hear of it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Mute)]
#[serde(deny_unknown_fields)]
struct MuteBody {
    /// No notifications.
    muted: bool,
}

/// My conversations
///
/// By last activity, newest first. `Link: rel="next"` leads to older ones; `Lyceum-Cursor` is where the event stream
/// goes on from this list. The beginning of the whole list, not that of a search, also has `Lyceum-Unread`: what is unread
/// in all conversations that are not muted, those that come later in the list among them.
#[utoipa::path(
    get,
    path = "/api/conversations",
    operation_id = "list_conversations",
    tag = "Conversations",
    params(
        ("query" = Option<String>, Query, nullable = false, description = "Words of the title or of people's names, in parts, without regard to case and accents.", max_length = 200),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<String>, Query, nullable = false, pattern = "^[0-9]{1,18}-[1-9][0-9]{0,17}$", description = "Go on with the list after this place, as a `Link` names it.")
    ),
    responses(
        (status = OK, description = "The conversations.", body = Vec<schemas::Conversation>,
            headers(
                ("Lyceum-Cursor" = i64, description = "Cursor of the event stream."),
                ("Lyceum-Unread" = i64, description = "Unread messages of all conversations that are not muted.")
            )),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn list_conversations(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let limit = extract::limit(&parts)?;
    let query = extract::optional_query(&parts, "query")?;
    extract::no_cursors(&parts, &["after"])?;
    let before = extract::optional_query(&parts, "before")?.map(|text| {
        let msg = "This is not a cursor of this list: take it from a Link header.";
        ConversationCursor::parse(&text)
            .ok_or_else(|| ApiError::validation(vec![FieldError::query("before", "cursor", msg)]))
    });
    let page = ConversationsPage { query, limit, before: before.transpose()? };
    let list = backend.conversation_service().list(&viewer, page).await?;
    let unread = list.total_unread().map(|unread| [(UNREAD, unread.to_string())]);
    let ConversationList { conversations, has_more, cursor, .. } = list;
    let last = conversations.last().filter(|_| has_more);
    let older =
        last.map(|last| ConversationCursor { last_activity_at: last.last_activity_at, id: last.id }.to_string());
    let links = paging::links(&parts, limit, paging::newest_first(older, None));
    Ok(([(CURSOR, cursor.to_string())], unread, links, Json(conversations)).into_response())
}

/// Start a conversation
///
/// One other person and no title: the direct conversation of the two, which is there once for ever. Otherwise a group.
#[utoipa::path(
    post,
    path = "/api/conversations",
    operation_id = "start_conversation",
    tag = "Conversations",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = NewConversationBody,
    responses(
        (status = CREATED, description = "It is started.", body = schemas::Conversation),
        (status = OK, description = "These two had one.", body = schemas::Conversation),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Repeatable
    )
)]
async fn start_conversation(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<NewConversationBody>,
) -> Result<Response, Refusal> {
    let NewConversationBody { participant_subs, title } = value;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let new = NewConversation { participant_subs, title };
        let started = backend.conversation_service().start(&viewer, new).await?;
        let status = if started.created { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(started.conversation)).into_response())
    };
    repeatable.once(work).await
}

/// One conversation
#[utoipa::path(
    get,
    path = "/api/conversations/{id}",
    operation_id = "get_conversation",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    responses(
        (status = OK, description = "The conversation.", body = schemas::Conversation),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_conversation(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<Json<Conversation>, Refusal> {
    Ok(Json(backend.conversation_service().conversation(&viewer, id).await?))
}

/// Rename a group
#[utoipa::path(
    patch,
    path = "/api/conversations/{id}",
    operation_id = "rename_conversation",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    request_body = TitleBody,
    responses(
        (status = OK, description = "The conversation as it is now.", body = schemas::Conversation),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn rename_conversation(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(TitleBody { title }): JsonBody<TitleBody>,
) -> Result<Json<Conversation>, Refusal> {
    Ok(Json(backend.conversation_service().rename(&viewer, id, title).await?))
}

/// Give a group a picture
#[utoipa::path(
    put,
    path = "/api/conversations/{id}/picture",
    operation_id = "set_conversation_picture",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    request_body = PictureBody,
    responses(
        (status = OK, description = "The conversation as it is now.", body = schemas::Conversation),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn set_picture(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(PictureBody { upload_id }): JsonBody<PictureBody>,
) -> Result<Json<Conversation>, Refusal> {
    Ok(Json(backend.conversation_service().set_picture(&viewer, id, upload_id).await?))
}

/// Add people to a group
///
/// Anybody in it may. They see all that was said before.
#[utoipa::path(
    post,
    path = "/api/conversations/{id}/participants",
    operation_id = "add_participants",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    request_body = ParticipantsBody,
    responses(
        (status = OK, description = "The conversation as it is now.", body = schemas::Conversation),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn add_participants(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(ParticipantsBody { participant_subs }): JsonBody<ParticipantsBody>,
) -> Result<Json<Conversation>, Refusal> {
    Ok(Json(backend.conversation_service().add_participants(&viewer, id, participant_subs).await?))
}

/// Leave a group, or take somebody out
///
/// Everybody may leave; who made the group may take others out. The last one to leave takes the messages along.
#[utoipa::path(
    delete,
    path = "/api/conversations/{id}/participants/{sub}",
    operation_id = "remove_participant",
    tag = "Conversations",
    params(
        ("id" = i64, Path, minimum = 1, description = "The conversation's id."),
        ("sub" = String, Path, description = "The person's sub.")
    ),
    responses(
        (status = NO_CONTENT, description = "The person is out of it."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn remove_participant(
    CurrentViewer(viewer): CurrentViewer,
    PathNumberAndText(id, sub): PathNumberAndText,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.conversation_service().remove_participant(&viewer, id, sub).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say how far I have read
///
/// The position only moves forward; an older message changes nothing.
#[utoipa::path(
    put,
    path = "/api/conversations/{id}/read",
    operation_id = "mark_read",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    request_body = ReadBody,
    responses(
        (status = OK, description = "The position as it is now.", body = ReadPositionBody),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn mark_read(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(ReadBody { message_id }): JsonBody<ReadBody>,
) -> Result<Json<ReadPosition>, Refusal> {
    Ok(Json(backend.conversation_service().mark_read(&viewer, id, message_id).await?))
}

/// Mute a conversation
#[utoipa::path(
    put,
    path = "/api/conversations/{id}/mute",
    operation_id = "mute_conversation",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    request_body = MuteBody,
    responses(
        (status = NO_CONTENT, description = "It is so."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn mute_conversation(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(MuteBody { muted }): JsonBody<MuteBody>,
) -> Result<StatusCode, Refusal> {
    backend.conversation_service().set_muted(&viewer, id, muted).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tell that I am writing
///
/// The others get a `typing` event. It holds for six seconds; send it again while the person goes on.
#[utoipa::path(
    put,
    path = "/api/conversations/{id}/typing",
    operation_id = "signal_typing",
    tag = "Conversations",
    params(("id" = i64, Path, minimum = 1, description = "The conversation's id.")),
    responses(
        (status = NO_CONTENT, description = "The others are told."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn signal_typing(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.conversation_service().typing(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
