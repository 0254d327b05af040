//! The Uploads rows of the contract over HTTP, and `/media`.

use super::{schemas, service::Asked};
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, JsonBody, OptionalBody, PathId, RepeatableBody, present},
        idempotency::IdempotencyKey,
        openapi,
        problem::Refusal,
    },
};
use axum::{
    Json,
    body::to_bytes,
    extract::State,
    middleware,
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError,
    uploads::{CompletedPart, NewUpload, PartChecksum, SignedPart, Upload, UploadPurpose, Uploads as _},
};
use http::{HeaderValue, Method, StatusCode, header, request::Parts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// Of the answer that is kept for a repeat: an id and nothing else.
const KEPT_BYTES: usize = 1_000;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(start_upload))
        .routes(routes!(get_upload, abort_upload))
        .routes(routes!(sign_upload_parts))
        .routes(routes!(complete_upload))
        .merge(OpenApiRouter::new().routes(routes!(get_media)).layer(middleware::map_response(vary_with_viewer)))
}

/// Where a file is depends on who asks: nobody else who uses the browser finds it in what the browser keeps.
async fn vary_with_viewer(mut response: Response) -> Response {
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie, Authorization"));
    response
}

/// A file that is about to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewUpload)]
#[serde(deny_unknown_fields)]
struct NewUploadBody {
    #[schema(value_type = schemas::UploadPurpose)]
    purpose: UploadPurpose,
    /// What its sender calls it: 1 to 255 characters; of a path, the last name.
    #[schema(min_length = 1, example = "notes.pdf")]
    filename: String,
    /// What its sender takes it for; the bytes decide. `application/octet-stream` for whoever does not know.
    #[schema(example = "application/pdf")]
    content_type: String,
    /// In bytes, exactly.
    #[schema(minimum = 1, example = 48_213)]
    size: u64,
    /// SHA-256 of the whole: 64 hexadecimal digits, or base64. The store refuses other bytes.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, pattern = "^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)$")]
    sha256: Option<String>,
}

/// Parts that are about to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PartChecksums)]
#[serde(deny_unknown_fields)]
struct PartChecksumsBody {
    /// At least one.
    #[schema(value_type = Vec<PartChecksumBody>, min_items = 1)]
    parts: Vec<PartChecksum>,
}

/// The checksum of a part.
#[derive(ToSchema)]
#[schema(as = PartChecksum)]
#[expect(dead_code, reason = "documents `domain::uploads::PartChecksum`")]
struct PartChecksumBody {
    /// 1 for the first.
    #[schema(minimum = 1)]
    part_number: u32,
    /// 64 hexadecimal digits, or base64.
    #[schema(pattern = "^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)$")]
    sha256: String,
}

/// Signed requests for the parts that were asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SignedParts)]
struct SignedPartsBody {
    #[schema(value_type = Vec<schemas::SignedPart>)]
    parts: Vec<SignedPart>,
}

/// What the store has acknowledged.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = Completion)]
#[serde(default, deny_unknown_fields)]
struct CompletionBody {
    /// Of an upload in parts: the `ETag` of each, to be compared. May be left out.
    #[schema(value_type = Vec<CompletedPartBody>)]
    parts: Vec<CompletedPart>,
}

/// A part as the store has acknowledged it.
#[derive(ToSchema)]
#[schema(as = CompletedPart)]
#[expect(dead_code, reason = "documents `domain::uploads::CompletedPart`")]
struct CompletedPartBody {
    /// 1 for the first.
    #[schema(minimum = 1)]
    part_number: u32,
    /// With or without quotes.
    etag: String,
}

/// What is kept of the answer to a start: signed addresses are not stored anywhere.
#[derive(Deserialize, Serialize)]
struct Started {
    upload_id: Uuid,
}

/// Start an upload
///
/// Answers with a signed request that sends the file to the object store, or with signed requests for its parts when it
/// has more than 16 MiB. A start that is repeated under its `Idempotency-Key` gets the same upload, signed anew.
#[utoipa::path(
    post,
    path = "/api/uploads",
    operation_id = "start_upload",
    tag = "Uploads",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = NewUploadBody,
    responses(
        (status = CREATED, description = "Send the bytes.", body = schemas::Upload),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn start_upload(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<NewUploadBody>,
) -> Result<(StatusCode, Json<Upload>), Refusal> {
    let NewUploadBody { purpose, filename, content_type, size, sha256 } = value;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let (at, uploader) = (backend.clone(), viewer.clone());
    let work = async move {
        let new = NewUpload { purpose, filename, content_type, size, sha256 };
        let upload_id = at.upload_service().announce(&uploader, &new).await?;
        Ok((StatusCode::CREATED, Json(Started { upload_id })).into_response())
    };
    let started = repeatable.once(work).await?;
    let kept = to_bytes(started.into_body(), KEPT_BYTES).await.unwrap_or_default();
    let Started { upload_id } = serde_json::from_slice(&kept).map_err(|_| ApiError::internal())?;
    Ok((StatusCode::CREATED, Json(backend.upload_service().upload(&viewer, upload_id).await?)))
}

/// What has arrived
///
/// Signs what is missing anew, so that an upload that was cut can go on: parts that come with checksums with those that
/// were announced.
#[utoipa::path(
    get,
    path = "/api/uploads/{id}",
    operation_id = "get_upload",
    tag = "Uploads",
    params(("id" = Uuid, Path, description = "The upload's id.")),
    responses(
        (status = OK, description = "The upload.", body = schemas::Upload),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn get_upload(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<Json<Upload>, Refusal> {
    Ok(Json(backend.upload_service().upload(&viewer, id).await?))
}

/// Throw an upload away
///
/// With all that has arrived. Again changes nothing.
#[utoipa::path(
    delete,
    path = "/api/uploads/{id}",
    operation_id = "abort_upload",
    tag = "Uploads",
    params(("id" = Uuid, Path, description = "The upload's id.")),
    responses(
        (status = NO_CONTENT, description = "It is thrown away."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn abort_upload(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.upload_service().abort(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign parts with their checksums
///
/// The store refuses a part with other bytes. Of one upload, all parts come with checksums or none: the first call
/// takes the place of the requests signed so far, and of parts that were sent with them.
#[utoipa::path(
    post,
    path = "/api/uploads/{id}/parts",
    operation_id = "sign_upload_parts",
    tag = "Uploads",
    params(("id" = Uuid, Path, description = "The upload's id.")),
    request_body = PartChecksumsBody,
    responses(
        (status = OK, description = "The signed requests.", body = SignedPartsBody),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn sign_upload_parts(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    JsonBody(PartChecksumsBody { parts }): JsonBody<PartChecksumsBody>,
) -> Result<Json<SignedPartsBody>, Refusal> {
    Ok(Json(SignedPartsBody { parts: backend.upload_service().sign_parts(&viewer, id, parts).await? }))
}

/// Complete an upload
///
/// Checks size, checksum and type of what has arrived; then the file can be used. While something is missing the answer
/// is 409 and nothing is lost; a file that is not what was announced is refused for good with 422. Again gives the same
/// answer.
#[utoipa::path(
    post,
    path = "/api/uploads/{id}/complete",
    operation_id = "complete_upload",
    tag = "Uploads",
    params(("id" = Uuid, Path, description = "The upload's id.")),
    request_body = Option<CompletionBody>,
    responses(
        (status = OK, description = "The file can be used.", body = schemas::Upload),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn complete_upload(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    OptionalBody(CompletionBody { parts }): OptionalBody<CompletionBody>,
) -> Result<Json<Upload>, Refusal> {
    Ok(Json(backend.upload_service().complete(&viewer, id, parts).await?))
}

/// Fetch a file
///
/// Checks the right to see it and leads to the object store. The address it leads to stays the same for ten minutes, so
/// that browsers can keep the file. Pictures, sound and film of known kinds are shown in place, all else is saved.
#[utoipa::path(
    get,
    path = "/media/{id}",
    operation_id = "get_media",
    tag = "Uploads",
    params(
        ("id" = Uuid, Path, description = "The file's id."),
        ("download" = Option<i64>, Query, nullable = false, minimum = 1, description = "1: saved rather than shown, whatever it is.")
    ),
    responses(
        (status = FOUND, description = "Where the bytes are.", headers(
            ("Location" = String, description = "A signed address."),
            ("Cache-Control" = String, description = "For how long the address stays the same.")
        )),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_media(
    CurrentViewer(viewer): CurrentViewer,
    PathId(id): PathId,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let is_saved = extract::optional_number(&parts, "download")?.is_some();
    let asked = Asked { is_saved, is_head: parts.method == Method::HEAD };
    let signed = backend.upload_service().address(&viewer, id, asked).await?;
    let cache_control = format!("private, max-age={}", signed.same_for_seconds);
    Ok((StatusCode::FOUND, [(header::LOCATION, signed.url), (header::CACHE_CONTROL, cache_control)]).into_response())
}
