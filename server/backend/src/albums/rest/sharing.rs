//! With whom albums are shared.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, JsonBody, PathId, PathIdAndNumber, PathIdAndText, present},
        openapi,
        problem::Refusal,
    },
};
use axum::{Json, extract::State};
use domain::{
    ApiError, FieldError,
    albums::{Album, AlbumRole, Albums as _, ShareWith},
};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(share_album))
        .routes(routes!(unshare_with_person))
        .routes(routes!(unshare_with_conversation))
}

/// With whom to share, and what they may do. Either a person or a conversation.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AlbumShare)]
#[serde(deny_unknown_fields)]
struct ShareBody {
    /// A person's sub.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    sub: Option<String>,
    /// A conversation of the caller: whoever is in it at the time.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 1)]
    conversation_id: Option<i64>,
    /// `viewer` or `editor`.
    #[schema(value_type = schemas::AlbumRole)]
    role: AlbumRole,
}

impl ShareBody {
    fn with(self) -> Result<(ShareWith, AlbumRole), ApiError> {
        let refused =
            |field: &str, rule: &str, msg: &str| Err(ApiError::validation(vec![FieldError::body(field, rule, msg)]));
        match (self.sub, self.conversation_id) {
            (Some(sub), None) => Ok((ShareWith::Person(sub), self.role)),
            (None, Some(id)) if id > 0 => Ok((ShareWith::Conversation(id), self.role)),
            (None, Some(_)) => refused("conversation_id", "integer", "The conversation's id is not positive."),
            (None, None) => refused("sub", "missing", "Name a person (sub) or a conversation (conversation_id)."),
            (Some(_), Some(_)) => refused("sub", "ambiguous", "Name either a person or a conversation, not both."),
        }
    }
}

/// Share an album
///
/// With a person or with whoever is in a conversation. Its owner may. Again changes what they may do.
#[utoipa::path(
    post,
    path = "/api/albums/{id}/members",
    operation_id = "share_album",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The album's id.")),
    request_body = ShareBody,
    responses(
        (status = OK, description = "The album as it is now.", body = schemas::Album),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn share_album(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    JsonBody(body): JsonBody<ShareBody>,
) -> Result<Json<Album>, Refusal> {
    let (with, role) = body.with()?;
    Ok(Json(backend.album_service().share(&viewer, id, with, role).await?))
}

/// End sharing with a person, or leave
///
/// The owner ends it with anybody, everybody for themselves. What they added stays. Whoever sees the album only through a
/// conversation leaves that instead: 409, as for the owner, who deletes the album.
#[utoipa::path(
    delete,
    path = "/api/albums/{id}/members/{sub}",
    operation_id = "unshare_with_person",
    tag = "Albums",
    params(
        ("id" = Uuid, Path, description = "The album's id."),
        ("sub" = String, Path, description = "The person's sub.")
    ),
    responses(
        (status = NO_CONTENT, description = "They do not see it any more."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn unshare_with_person(
    CurrentViewer(viewer): CurrentViewer,
    PathIdAndText(id, sub): PathIdAndText,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().unshare(&viewer, id, ShareWith::Person(sub)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End sharing with a conversation
///
/// The owner may.
#[utoipa::path(
    delete,
    path = "/api/albums/{id}/conversations/{conversation_id}",
    operation_id = "unshare_with_conversation",
    tag = "Albums",
    params(
        ("id" = Uuid, Path, description = "The album's id."),
        ("conversation_id" = i64, Path, minimum = 1, description = "The conversation's id.")
    ),
    responses(
        (status = NO_CONTENT, description = "Its participants do not see it any more."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn unshare_with_conversation(
    CurrentViewer(viewer): CurrentViewer,
    PathIdAndNumber(id, conversation): PathIdAndNumber,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().unshare(&viewer, id, ShareWith::Conversation(conversation)).await?;
    Ok(StatusCode::NO_CONTENT)
}
