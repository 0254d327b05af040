//! Albums.

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
use domain::albums::{Album, AlbumChange, AlbumList, Albums as _, NewAlbum};
use http::{StatusCode, request::Parts};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(list_albums, make_album))
        .routes(routes!(get_album, change_album, delete_album))
        .routes(routes!(restore_album))
}

/// An album to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewAlbum)]
#[serde(deny_unknown_fields)]
struct NewAlbumBody {
    /// 1 to 200 characters in one line, not blank.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// What it is about.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 4000)]
    description: Option<String>,
}

/// What to change of an album. A field left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AlbumChange)]
#[serde(deny_unknown_fields)]
struct AlbumChangeBody {
    /// 1 to 200 characters in one line, not blank.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    title: Option<String>,
    /// What it is about.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 4000)]
    description: Option<String>,
    /// A photo of the album, to stand for it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    cover_photo_id: Option<Uuid>,
}

/// Albums
///
/// Those that are mine or shared with me, last changed first. `Link: rel="next"` leads to more.
#[utoipa::path(
    get,
    path = "/api/albums",
    operation_id = "list_albums",
    tag = "Albums",
    params(
        ("query" = Option<String>, Query, nullable = false, max_length = 200,
            description = "Words that must all be in title or description, in parts, without regard to case and accents."),
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("after" = Option<String>, Query, nullable = false, description = "Go on with the list after this place, as a `Link` names it.")
    ),
    responses(
        (status = OK, description = "The albums.", body = Vec<schemas::Album>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn list_albums(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let part = part(&parts)?;
    let limit = part.limit;
    let AlbumList { albums, next } = backend.album_service().albums(&viewer, part).await?;
    Ok((paging::links(&parts, limit, onwards(next)), Json(albums)).into_response())
}

/// Make an album
#[utoipa::path(
    post,
    path = "/api/albums",
    operation_id = "make_album",
    tag = "Albums",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = NewAlbumBody,
    responses(
        (status = CREATED, description = "It is made.", body = schemas::Album),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Repeatable
    )
)]
async fn make_album(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<NewAlbumBody>,
) -> Result<Response, Refusal> {
    let NewAlbumBody { title, description } = value;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let new = NewAlbum { title, description: description.unwrap_or_default() };
        let album = backend.album_service().make(&viewer, new).await?;
        Ok((StatusCode::CREATED, Json(album)).into_response())
    };
    repeatable.once(work).await
}

/// One album
#[utoipa::path(
    get,
    path = "/api/albums/{id}",
    operation_id = "get_album",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The album's id.")),
    responses(
        (status = OK, description = "The album.", body = schemas::Album),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_album(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Album>, Refusal> {
    Ok(Json(backend.album_service().album(&viewer, id).await?))
}

/// Change an album
///
/// Its owner may.
#[utoipa::path(
    patch,
    path = "/api/albums/{id}",
    operation_id = "change_album",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The album's id.")),
    request_body = AlbumChangeBody,
    responses(
        (status = OK, description = "The album as it is now.", body = schemas::Album),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn change_album(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    JsonBody(AlbumChangeBody { title, description, cover_photo_id }): JsonBody<AlbumChangeBody>,
) -> Result<Json<Album>, Refusal> {
    extract::some_change(title.is_some() || description.is_some() || cover_photo_id.is_some(), "title")?;
    let change = AlbumChange { title, description, cover_photo_id };
    Ok(Json(backend.album_service().change(&viewer, id, change).await?))
}

/// Delete an album with its photos
///
/// Its owner may. It is out of reach at once; for 30 seconds it can be restored, then its files are removed.
#[utoipa::path(
    delete,
    path = "/api/albums/{id}",
    operation_id = "delete_album",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The album's id.")),
    responses(
        (status = NO_CONTENT, description = "It is deleted."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn delete_album(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.album_service().delete(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restore a deleted album
///
/// Within 30 seconds after it was deleted. An album that is there stays as it is.
#[utoipa::path(
    post,
    path = "/api/albums/{id}/restore",
    operation_id = "restore_album",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The album's id.")),
    responses(
        (status = OK, description = "The album.", body = schemas::Album),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn restore_album(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Album>, Refusal> {
    Ok(Json(backend.album_service().restore(&viewer, id).await?))
}
