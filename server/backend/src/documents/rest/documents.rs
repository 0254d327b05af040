//! The documents themselves.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, JsonBody, PathId},
        openapi, paging,
        problem::Refusal,
    },
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::documents::{Document, DocumentList, Documents as _, DocumentsPart};
use http::{StatusCode, request::Parts};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(list_documents)).routes(routes!(get_document, rename_document, delete_document))
}

/// What to change of a document.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = DocumentChange)]
#[serde(deny_unknown_fields)]
struct DocumentChangeBody {
    /// 1 to 200 characters in one line, not blank.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
}

/// My documents
///
/// Newest first. `Link: rel="next"` leads to older ones, `rel="prev"` to newer ones.
#[utoipa::path(
    get,
    path = "/api/documents",
    operation_id = "list_documents",
    tag = "Documents",
    params(
        ("query" = Option<String>, Query, nullable = false, max_length = 200,
            description = "Words that must all be in title or file name, in parts, without regard to case and accents."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<String>, Query, nullable = false, description = "Only older ones than this place, as a `Link` names it."),
        ("after" = Option<String>, Query, nullable = false, description = "Only newer ones than this place; not together with `before`.")
    ),
    responses(
        (status = OK, description = "The documents.", body = Vec<schemas::Document>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn list_documents(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let limit = extract::limit(&parts)?;
    let part = DocumentsPart {
        query: extract::optional_query(&parts, "query")?,
        limit: u32::try_from(limit).unwrap_or_default(),
        before: extract::optional_query(&parts, "before")?,
        after: extract::optional_query(&parts, "after")?,
    };
    let DocumentList { documents, older, newer } = backend.document_service().documents(&viewer, part).await?;
    Ok((paging::links(&parts, limit, paging::newest_first(older, newer)), Json(documents)).into_response())
}

/// One document
///
/// With how far it has come, and why it cannot be read if that is so.
#[utoipa::path(
    get,
    path = "/api/documents/{id}",
    operation_id = "get_document",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    responses(
        (status = OK, description = "The document.", body = schemas::Document),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_document(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Document>, Refusal> {
    Ok(Json(backend.document_service().document(&viewer, id).await?))
}

/// Give a document another title
#[utoipa::path(
    patch,
    path = "/api/documents/{id}",
    operation_id = "rename_document",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    request_body = DocumentChangeBody,
    responses(
        (status = OK, description = "The document as it is now.", body = schemas::Document),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn rename_document(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    JsonBody(DocumentChangeBody { title }): JsonBody<DocumentChangeBody>,
) -> Result<Json<Document>, Refusal> {
    Ok(Json(backend.document_service().rename(&viewer, id, title).await?))
}

/// Delete a document
///
/// With its file, text and notes. Quizzes that were made of it stay.
#[utoipa::path(
    delete,
    path = "/api/documents/{id}",
    operation_id = "delete_document",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    responses(
        (status = NO_CONTENT, description = "It is deleted."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn delete_document(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.document_service().delete(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
