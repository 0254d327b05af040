//! The notes of a document.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, JsonBody, PathId, present},
        openapi,
        problem::Refusal,
    },
};
use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
};
use domain::documents::{Documents as _, Notes, NotesStatus, NotesVersion};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The longest notes with every character escaped, and what stands beside them.
const BODY_LIMIT: usize = 2_600_000;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(get_notes, edit_notes))
        .routes(routes!(regenerate_notes))
        .routes(routes!(list_notes_versions))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// Notes as a person wants them.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NotesEdit)]
#[serde(deny_unknown_fields)]
struct NotesEditBody {
    /// At most 200,000 characters of Markdown. Statements whose links into the document stay in it keep their citations.
    #[schema(max_length = 200_000)]
    markdown: String,
    /// The version that was edited; left out, the present one.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 0)]
    version: Option<u32>,
}

/// The notes of a document
///
/// 202 while they are being made: with the version before, if there is one. Every point says where it stands in the
/// document, letter for letter.
#[utoipa::path(
    get,
    path = "/api/documents/{id}/notes",
    operation_id = "get_notes",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    responses(
        (status = OK, description = "The notes, or why there are none.", body = schemas::Notes),
        (status = ACCEPTED, description = "They are being made.", body = schemas::Notes),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_notes(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<(StatusCode, Json<Notes>), Refusal> {
    let notes = backend.document_service().notes(&viewer, id).await?;
    Ok((if notes.status == NotesStatus::Processing { StatusCode::ACCEPTED } else { StatusCode::OK }, Json(notes)))
}

/// Edit the notes
///
/// What is sent becomes a new version; the older ones stay.
#[utoipa::path(
    put,
    path = "/api/documents/{id}/notes",
    operation_id = "edit_notes",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    request_body = NotesEditBody,
    responses(
        (status = OK, description = "The notes as they are now.", body = schemas::Notes),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn edit_notes(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    JsonBody(NotesEditBody { markdown, version }): JsonBody<NotesEditBody>,
) -> Result<Json<Notes>, Refusal> {
    let documents = backend.document_service();
    documents.keep_edited(&viewer, id, version, &markdown).await?;
    Ok(Json(documents.notes(&viewer, id).await?))
}

/// Make the notes anew
///
/// The present version stays among the older ones. Again, while they are being made, changes nothing.
#[utoipa::path(
    post,
    path = "/api/documents/{id}/regenerate-notes",
    operation_id = "regenerate_notes",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    responses(
        (status = ACCEPTED, description = "They are being made.", body = schemas::Notes),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn regenerate_notes(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<(StatusCode, Json<Notes>), Refusal> {
    Ok((StatusCode::ACCEPTED, Json(backend.document_service().regenerate_notes(&viewer, id).await?)))
}

/// All versions of the notes
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/documents/{id}/notes/versions",
    operation_id = "list_notes_versions",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    responses(
        (status = OK, description = "The versions.", body = Vec<schemas::NotesVersion>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn list_notes_versions(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Vec<NotesVersion>>, Refusal> {
    Ok(Json(backend.document_service().notes_versions(&viewer, id).await?))
}
