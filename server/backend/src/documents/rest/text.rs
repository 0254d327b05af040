//! What stands in a document.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, PathId},
        openapi,
        problem::Refusal,
    },
};
use axum::{Json, extract::State};
use domain::documents::{ContentsEntry, DocumentPage, Documents as _, FoundPassage};
use http::request::Parts;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(get_document_text))
        .routes(routes!(get_document_contents))
        .routes(routes!(find_in_document))
}

/// The text of a document by page
///
/// Empty until it is read. Offsets everywhere are code points of a page's text.
#[utoipa::path(
    get,
    path = "/api/documents/{id}/text",
    operation_id = "get_document_text",
    tag = "Documents",
    params(
        ("id" = Uuid, Path, description = "The document's id."),
        ("page" = Option<i64>, Query, nullable = false, minimum = 1, description = "Only this page; 1 for the first.")
    ),
    responses(
        (status = OK, description = "The pages.", body = Vec<schemas::DocumentPage>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_document_text(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Json<Vec<DocumentPage>>, Refusal> {
    // No document has so many pages that the last number could be one of them.
    let page = extract::optional_number(&parts, "page")?.map(|page| u32::try_from(page).unwrap_or(u32::MAX));
    Ok(Json(backend.document_service().text(&viewer, id, page).await?))
}

/// The headings of a document
#[utoipa::path(
    get,
    path = "/api/documents/{id}/contents",
    operation_id = "get_document_contents",
    tag = "Documents",
    params(("id" = Uuid, Path, description = "The document's id.")),
    responses(
        (status = OK, description = "The headings in their order.", body = Vec<schemas::ContentsEntry>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_document_contents(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Vec<ContentsEntry>>, Refusal> {
    Ok(Json(backend.document_service().contents(&viewer, id).await?))
}

/// Find words in a document
///
/// As they stand there one after the other, without regard to case, accents and line breaks; at most 200 places.
#[utoipa::path(
    get,
    path = "/api/documents/{id}/find",
    operation_id = "find_in_document",
    tag = "Documents",
    params(
        ("id" = Uuid, Path, description = "The document's id."),
        ("query" = String, Query, min_length = 1, max_length = 200, description = "The words.")
    ),
    responses(
        (status = OK, description = "Where they stand.", body = Vec<schemas::FoundPassage>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn find_in_document(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Json<Vec<FoundPassage>>, Refusal> {
    let query = extract::required_query(&parts, "query")?;
    let documents = backend.document_service();
    Ok(Json(domain::documents::Documents::find(documents, &viewer, id, query).await?))
}
