//! Albums and chosen photos as zip files, written while they are sent.

use super::super::service::{Original, add_original};
use crate::{
    Backend,
    archives::{self, name},
    http::{
        extract::{self, CurrentViewer, PathId, parse},
        openapi,
        problem::Refusal,
    },
    uploads::disposition::disposition,
};
use axum::{
    body::Body,
    extract::{Request, State},
    response::Response,
};
use domain::{ApiError, FieldError};
use http::{header, request::Parts};
use serde::Deserialize;
use url::form_urlencoded;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(download_album)).routes(routes!(download_photos, get_photos))
}

/// Which photos to download.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PhotosToDownload)]
#[serde(deny_unknown_fields)]
struct DownloadBody {
    #[schema(min_items = 1, max_items = 2000)]
    ids: Vec<Uuid>,
}

/// Download an album
///
/// The originals, byte for byte, in a zip file.
#[utoipa::path(
    get,
    path = "/api/albums/{id}/download",
    operation_id = "download_album",
    tag = "Albums",
    params(("id" = Uuid, Path, description = "The album's id.")),
    responses(
        (status = OK, description = "The zip file.", content_type = "application/zip", body = Vec<u8>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn download_album(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Response<Body>, Refusal> {
    let (title, originals) = backend.album_service().album_originals(&viewer, id).await?;
    Ok(zipped(&backend, &format!("{}.zip", name(&title, "album")), originals))
}

/// Download photos
///
/// The originals, byte for byte, in a zip file. All of the photos or none.
#[utoipa::path(
    post,
    path = "/api/photos/download",
    operation_id = "download_photos",
    tag = "Albums",
    request_body(content((DownloadBody = "application/json"), (DownloadBody = "application/x-www-form-urlencoded"))),
    responses(
        (status = OK, description = "The zip file.", content_type = "application/zip", body = Vec<u8>),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn download_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    request: Request,
) -> Result<Response<Body>, Refusal> {
    let ids = ids_of(request).await?;
    let originals = backend.album_service().several_originals(&viewer, ids).await?;
    Ok(zipped(&backend, "photos.zip", originals))
}

/// Download photos by address
///
/// The same for a link in a page, with a few photos.
#[utoipa::path(
    get,
    path = "/api/photos/download",
    operation_id = "get_photos",
    tag = "Albums",
    params(("ids" = String, Query, description = "Ids of photos, with commas between them.")),
    responses(
        (status = OK, description = "The zip file.", content_type = "application/zip", body = Vec<u8>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_photos(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response<Body>, Refusal> {
    let ids = extract::required_query(&parts, "ids")?;
    let ids = listed(&ids).map_err(|()| {
        let msg = "ids are UUIDs with commas between them.";
        ApiError::validation(vec![FieldError::query("ids", "uuid", msg)])
    })?;
    let originals = backend.album_service().several_originals(&viewer, ids).await?;
    Ok(zipped(&backend, "photos.zip", originals))
}

/// JSON as everywhere, or what a page's form sends: `ids` again and again, or with commas.
async fn ids_of(request: Request) -> Result<Vec<Uuid>, ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let is_json = extract::is_json(request.headers());
        let bytes = extract::body(request, &()).await?;
        if !is_json && !bytes.is_empty() {
            return Err(extract::unsupported_media_type());
        }
        return parse::<DownloadBody>(&bytes).map(|body| body.ids);
    }
    let bytes = extract::body(request, &()).await?;
    let mut ids = Vec::new();
    for (_, value) in form_urlencoded::parse(&bytes).filter(|(name, _)| name == "ids") {
        ids.extend(listed(&value).map_err(|()| {
            let msg = "ids are UUIDs with commas between them.";
            ApiError::validation(vec![FieldError::body("ids", "uuid", msg)])
        })?);
    }
    Ok(ids)
}

fn listed(text: &str) -> Result<Vec<Uuid>, ()> {
    let steps = text.split(',').map(str::trim).filter(|step| !step.is_empty());
    steps.map(|step| Uuid::try_parse(step).map_err(drop)).collect()
}

fn zipped(backend: &Backend, filename: &str, originals: Vec<Original>) -> Response<Body> {
    let uploads = backend.upload_service().clone();
    archives::answer(&disposition(false, filename), |mut archive| async move {
        for Original { object_id, filename, taken_at } in originals {
            let path = archive.names.free(&name(&filename, "photo"));
            add_original(&mut archive, &uploads, &path, object_id, taken_at).await?;
        }
        Ok(archive)
    })
}
