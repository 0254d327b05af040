//! Photos, one at a time and in lists.

use super::{onwards, part, schemas};
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, JsonBody, PathId, RepeatableBody, present},
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
    albums::{Albums as _, NewPhoto, Photo, PhotoChange, PhotoList, PhotoSort, PhotoTile, TagCount},
};
use http::{StatusCode, request::Parts};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(list_photos, add_photo))
        .routes(routes!(list_tiles))
        .routes(routes!(get_photo, change_photo, delete_photo))
        .routes(routes!(list_tags))
}

/// A photo to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewPhoto)]
#[serde(deny_unknown_fields)]
struct NewPhotoBody {
    /// A completed upload of the caller for the purpose `photo`.
    upload_id: Uuid,
    /// At most 200 characters in one line.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 200)]
    title: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 4000)]
    description: Option<String>,
    /// At most 50 of at most 50 characters; kept in lower case.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    tags: Option<Vec<String>>,
}

/// What to change of a photo. A field left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PhotoChange)]
#[serde(deny_unknown_fields)]
struct PhotoChangeBody {
    /// At most 200 characters in one line; blank takes it away.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 200)]
    title: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 4000)]
    description: Option<String>,
    /// All tags, in place of those that there are.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    tags: Option<Vec<String>>,
    /// Tags to add.
    #[serde(default)]
    add_tags: Vec<String>,
    /// Tags to take away.
    #[serde(default)]
    remove_tags: Vec<String>,
}

impl From<PhotoChangeBody> for PhotoChange {
    fn from(body: PhotoChangeBody) -> Self {
        let PhotoChangeBody { title, description, tags, add_tags, remove_tags } = body;
        Self { title, description, tags, add_tags, remove_tags }
    }
}

/// The change, unless nothing is to be changed.
pub(super) fn some_change(change: PhotoChange) -> Result<PhotoChange, ApiError> {
    let PhotoChange { title, description, tags, add_tags, remove_tags } = &change;
    let has_fields = title.is_some() || description.is_some() || tags.is_some();
    extract::some_change(has_fields || !add_tags.is_empty() || !remove_tags.is_empty(), "title")?;
    Ok(change)
}

/// The order that the query string asks for, with its name.
fn sort(parts: &Parts) -> Result<PhotoSort, ApiError> {
    match extract::optional_query(parts, "sort")?.as_deref() {
        None | Some("taken") => Ok(PhotoSort::Taken),
        Some("added") => Ok(PhotoSort::Added),
        Some("title") => Ok(PhotoSort::Title),
        Some(_) => {
            let msg = "Sort by taken, added or title.";
            Err(ApiError::validation(vec![FieldError::query("sort", "unknown", msg)]))
        }
    }
}

/// The photos of an album
///
/// `Link: rel="next"` leads to more.
#[utoipa::path(
    get,
    path = "/api/albums/{id}/photos",
    operation_id = "list_photos",
    tag = "Albums",
    params(
        ("id" = Uuid, Path, description = "The album's id."),
        ("sort" = Option<String>, Query, nullable = false, pattern = "^(taken|added|title)$",
            description = "By when they were taken (without it), newest added first, or by title."),
        ("query" = Option<String>, Query, nullable = false, max_length = 200,
            description = "Words that must all be in title, description, tags or file name."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("after" = Option<String>, Query, nullable = false, description = "Go on with the list after this place, as a `Link` names it.")
    ),
    responses(
        (status = OK, description = "The photos.", body = Vec<schemas::Photo>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn list_photos(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let (part, sort) = (part(&parts)?, sort(&parts)?);
    let limit = part.limit;
    let PhotoList { photos, next } = backend.album_service().photos(&viewer, id, sort, part).await?;
    Ok((paging::links(&parts, limit, onwards(next)), Json(photos)).into_response())
}

/// All photos of an album for a gallery
///
/// As little of each as is needed to lay all of them out.
#[utoipa::path(
    get,
    path = "/api/albums/{id}/tiles",
    operation_id = "list_tiles",
    tag = "Albums",
    params(
        ("id" = Uuid, Path, description = "The album's id."),
        ("sort" = Option<String>, Query, nullable = false, pattern = "^(taken|added|title)$",
            description = "By when they were taken (without it), newest added first, or by title.")
    ),
    responses(
        (status = OK, description = "The photos.", body = Vec<schemas::PhotoTile>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn list_tiles(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Json<Vec<PhotoTile>>, Refusal> {
    let sort = sort(&parts)?;
    Ok(Json(backend.album_service().tiles(&viewer, id, sort).await?))
}

/// Add a photo
///
/// The owner and editors may. A file that the album has is not added again: the answer is the photo that is there.
#[utoipa::path(
    post,
    path = "/api/albums/{id}/photos",
    operation_id = "add_photo",
    tag = "Albums",
    params(
        ("id" = Uuid, Path, description = "The album's id."),
        ("Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
            description = "A repeat with the same key gets the first answer, for 24 hours.")
    ),
    request_body = NewPhotoBody,
    responses(
        (status = CREATED, description = "It is added.", body = schemas::Photo),
        (status = OK, description = "The album has this file.", body = schemas::Photo),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn add_photo(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<NewPhotoBody>,
) -> Result<Response, Refusal> {
    let NewPhotoBody { upload_id, title, description, tags } = value;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let (title, description) = (title.unwrap_or_default(), description.unwrap_or_default());
        let new = NewPhoto { upload_id, title, description, tags: tags.unwrap_or_default() };
        let added = backend.album_service().add_photo(&viewer, id, new).await?;
        let status = if added.created { StatusCode::CREATED } else { StatusCode::OK };
        Ok((status, Json(added.photo)).into_response())
    };
    repeatable.once(work).await
}

/// One photo
#[utoipa::path(
    get,
    path = "/api/photos/{id}",
    operation_id = "get_photo",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The photo's id.")),
    responses(
        (status = OK, description = "The photo.", body = schemas::Photo),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_photo(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Photo>, Refusal> {
    Ok(Json(backend.album_service().photo(&viewer, id).await?))
}

/// Change a photo
///
/// The album's owner may, and the editor who added it.
#[utoipa::path(
    patch,
    path = "/api/photos/{id}",
    operation_id = "change_photo",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The photo's id.")),
    request_body = PhotoChangeBody,
    responses(
        (status = OK, description = "The photo as it is now.", body = schemas::Photo),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn change_photo(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    JsonBody(body): JsonBody<PhotoChangeBody>,
) -> Result<Json<Photo>, Refusal> {
    let change = some_change(body.into())?;
    let changed = backend.album_service().change_photos(&viewer, vec![id], change).await?;
    let photo = changed.into_iter().next().ok_or_else(|| ApiError::not_found("There is no such photo."))?;
    Ok(Json(photo))
}

/// Delete a photo
///
/// The album's owner may, and the editor who added it. It is out of reach at once; for 30 seconds it can be restored,
/// then its file is removed unless a copy of it is left.
#[utoipa::path(
    delete,
    path = "/api/photos/{id}",
    operation_id = "delete_photo",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The photo's id.")),
    responses(
        (status = NO_CONTENT, description = "It is deleted."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn delete_photo(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().delete_photos(&viewer, vec![id]).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tags
///
/// Of photos that I see, the most used first; at most 20.
#[utoipa::path(
    get,
    path = "/api/tags",
    operation_id = "list_tags",
    tag = "Albums",
    params(("query" = Option<String>, Query, nullable = false, max_length = 50, description = "How they begin.")),
    responses(
        (status = OK, description = "The tags.", body = Vec<schemas::TagCount>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn list_tags(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Json<Vec<TagCount>>, Refusal> {
    let beginning = extract::optional_query(&parts, "query")?.unwrap_or_default();
    Ok(Json(backend.album_service().tags(&viewer, &beginning).await?))
}
