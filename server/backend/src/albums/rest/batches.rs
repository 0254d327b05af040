//! Many photos at once: found, changed, moved, copied, deleted, restored.

use super::{onwards, part, photos::some_change, schemas};
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, JsonBody, RepeatableBody, present},
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
use domain::albums::{Albums as _, Photo, PhotoChange, PhotoList};
use http::{StatusCode, request::Parts};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(find_photos, change_photos))
        .routes(routes!(delete_photos))
        .routes(routes!(restore_photos))
        .routes(routes!(move_photos))
        .routes(routes!(copy_photos))
}

/// What to change of several photos. A field left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PhotosChange)]
#[serde(deny_unknown_fields)]
struct PhotosChangeBody {
    #[schema(min_items = 1, max_items = 2000)]
    ids: Vec<Uuid>,
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

/// Which photos.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Photos)]
#[serde(deny_unknown_fields)]
struct PhotosBody {
    #[schema(min_items = 1, max_items = 2000)]
    ids: Vec<Uuid>,
}

/// Which photos, and where to.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PhotosAndAlbum)]
#[serde(deny_unknown_fields)]
struct PhotosAndAlbumBody {
    #[schema(min_items = 1, max_items = 2000)]
    ids: Vec<Uuid>,
    /// The album to put them into.
    album_id: Uuid,
}

/// Find photos
///
/// In all albums that I see, newest first. `Link: rel="next"` leads to more.
#[utoipa::path(
    get,
    path = "/api/photos",
    operation_id = "find_photos",
    tag = "Albums",
    params(
        ("query" = Option<String>, Query, nullable = false, max_length = 200,
            description = "Words that must all be in title, description, tags or file name, in parts, without regard to case and accents."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("after" = Option<String>, Query, nullable = false, description = "Go on with the list after this place, as a `Link` names it.")
    ),
    responses(
        (status = OK, description = "The photos.", body = Vec<schemas::Photo>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn find_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let part = part(&parts)?;
    let limit = part.limit;
    let PhotoList { photos, next } = backend.album_service().find_photos(&viewer, part).await?;
    Ok((paging::links(&parts, limit, onwards(next)), Json(photos)).into_response())
}

/// Change several photos
///
/// All or none. The answer has them in the order of the ids.
#[utoipa::path(
    patch,
    path = "/api/photos",
    operation_id = "change_photos",
    tag = "Albums",
    request_body = PhotosChangeBody,
    responses(
        (status = OK, description = "The photos as they are now.", body = Vec<schemas::Photo>),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn change_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    JsonBody(body): JsonBody<PhotosChangeBody>,
) -> Result<Json<Vec<Photo>>, Refusal> {
    let PhotosChangeBody { ids, title, description, tags, add_tags, remove_tags } = body;
    let change = some_change(PhotoChange { title, description, tags, add_tags, remove_tags })?;
    Ok(Json(backend.album_service().change_photos(&viewer, ids, change).await?))
}

/// Delete several photos
///
/// All or none. They are out of reach at once; for 30 seconds they can be restored, then their files are removed.
#[utoipa::path(
    post,
    path = "/api/photos/delete",
    operation_id = "delete_photos",
    tag = "Albums",
    request_body = PhotosBody,
    responses(
        (status = NO_CONTENT, description = "They are deleted."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn delete_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    JsonBody(PhotosBody { ids }): JsonBody<PhotosBody>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().delete_photos(&viewer, ids).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restore deleted photos
///
/// All or none, within 30 seconds after they were deleted.
#[utoipa::path(
    post,
    path = "/api/photos/restore",
    operation_id = "restore_photos",
    tag = "Albums",
    request_body = PhotosBody,
    responses(
        (status = NO_CONTENT, description = "They are there again."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn restore_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    JsonBody(PhotosBody { ids }): JsonBody<PhotosBody>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().restore_photos(&viewer, ids).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Move photos to another album
///
/// All or none, with title, description and tags. Who may change them and add to the other album may. A file that is
/// there already stays one photo.
#[utoipa::path(
    post,
    path = "/api/photos/move",
    operation_id = "move_photos",
    tag = "Albums",
    request_body = PhotosAndAlbumBody,
    responses(
        (status = NO_CONTENT, description = "They are there."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn move_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    JsonBody(PhotosAndAlbumBody { ids, album_id }): JsonBody<PhotosAndAlbumBody>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().move_photos(&viewer, ids, album_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Copy photos to another album
///
/// All or none, with title, description and tags. Who sees them and may add to the other album may. A file that is there
/// already stays one photo.
#[utoipa::path(
    post,
    path = "/api/photos/copy",
    operation_id = "copy_photos",
    tag = "Albums",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = PhotosAndAlbumBody,
    responses(
        (status = NO_CONTENT, description = "They are there as well."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn copy_photos(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<PhotosAndAlbumBody>,
) -> Result<Response, Refusal> {
    let PhotosAndAlbumBody { ids, album_id } = value;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        backend.album_service().copy_photos(&viewer, ids, album_id).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    repeatable.once(work).await
}
