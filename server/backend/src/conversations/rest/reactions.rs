//! Reactions to messages.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, PathNumberAndText},
        openapi,
        problem::Refusal,
    },
};
use axum::{Json, extract::State};
use domain::conversations::{Conversations as _, Message};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(add_reaction, remove_reaction))
}

/// React to a message
///
/// Again changes nothing.
#[utoipa::path(
    put,
    path = "/api/messages/{id}/reactions/{emoji}",
    operation_id = "add_reaction",
    tag = "Conversations",
    params(
        ("id" = i64, Path, minimum = 1, description = "The message's id."),
        ("emoji" = String, Path, description = "One emoji.", example = "👍")
    ),
    responses(
        (status = OK, description = "The message as it is now.", body = schemas::Message),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn add_reaction(
    CurrentViewer(viewer): CurrentViewer,
    PathNumberAndText(id, emoji): PathNumberAndText,
    State(backend): State<Backend>,
) -> Result<Json<Message>, Refusal> {
    Ok(Json(backend.conversation_service().react(&viewer, id, emoji, true).await?))
}

/// Take a reaction back
///
/// Again changes nothing.
#[utoipa::path(
    delete,
    path = "/api/messages/{id}/reactions/{emoji}",
    operation_id = "remove_reaction",
    tag = "Conversations",
    params(
        ("id" = i64, Path, minimum = 1, description = "The message's id."),
        ("emoji" = String, Path, description = "One emoji.", example = "👍")
    ),
    responses(
        (status = OK, description = "The message as it is now.", body = schemas::Message),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn remove_reaction(
    CurrentViewer(viewer): CurrentViewer,
    PathNumberAndText(id, emoji): PathNumberAndText,
    State(backend): State<Backend>,
) -> Result<Json<Message>, Refusal> {
    Ok(Json(backend.conversation_service().react(&viewer, id, emoji, false).await?))
}
