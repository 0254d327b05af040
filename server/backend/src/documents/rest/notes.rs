//! The notes of a document.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, JsonBody, PathId, present},
        idempotency::IdempotencyKey,
        openapi, paging,
        problem::Refusal,
    },
};
use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
    response::{IntoResponse as _, Response},
};
use domain::documents::{Documents as _, Notes, NotesStatus};
use http::{StatusCode, request::Parts};
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
    params(
        ("id" = Uuid, Path, description = "The document's id."),
        ("Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
            description = "A repeat with the same key gets the first answer, for 24 hours.")
    ),
    responses(
        (status = ACCEPTED, description = "They are being made.", body = schemas::Notes),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting,
        openapi::Repeatable
    )
)]
async fn regenerate_notes(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    key: IdempotencyKey,
    State(backend): State<Backend>,
) -> Result<Response, Refusal> {
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &[]);
    let work = async move {
        let notes = backend.document_service().regenerate_notes(&viewer, id).await?;
        Ok((StatusCode::ACCEPTED, Json(notes)).into_response())
    };
    repeatable.once(work).await
}

/// The versions of the notes
///
/// Newest first. `Link: rel="next"` leads to older ones.
#[utoipa::path(
    get,
    path = "/api/documents/{id}/notes/versions",
    operation_id = "list_notes_versions",
    tag = "Documents",
    params(
        ("id" = Uuid, Path, description = "The document's id."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<i64>, Query, nullable = false, minimum = 1, description = "Those before this version.")
    ),
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
    parts: Parts,
) -> Result<Response, Refusal> {
    let limit = extract::limit(&parts)?;
    let before = extract::optional_number(&parts, "before")?.map(|before| u32::try_from(before).unwrap_or(u32::MAX));
    let asked = u32::try_from(limit).unwrap_or_default();
    let list = backend.document_service().notes_versions(&viewer, id, asked, before).await?;
    let oldest = list.versions.last().filter(|_| list.has_older).map(|oldest| oldest.version.to_string());
    let links = paging::links(&parts, limit, paging::newest_first(oldest, None));
    Ok((links, Json(list.versions)).into_response())
}
