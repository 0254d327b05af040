//! Adding documents.

use super::schemas;
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, present},
        idempotency::IdempotencyKey,
        openapi,
        problem::Refusal,
    },
    uploads::form::{Spooled, broken, spool, wrong},
};
use axum::{
    Json,
    body::to_bytes,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, State},
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    documents::{DocumentOrigin, Documents as _},
    uploads::UploadPurpose,
};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// Longest body that names a file; files themselves are counted against the limit of their purpose.
const JSON_BYTES: usize = 1_000_000;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(upload_document)).layer(DefaultBodyLimit::disable())
}

/// A file to be read.
#[derive(Debug, ToSchema)]
#[schema(as = DocumentFile)]
#[expect(dead_code, reason = "documents the form")]
struct FileBody {
    /// PDF, DOCX, PPTX, EPUB, HTML, Markdown or plain text, at most 50 MB, with a file name.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// A file that is here already: one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewDocument)]
#[serde(deny_unknown_fields)]
struct OriginBody {
    /// A completed upload of the caller's for the purpose `document`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    upload_id: Option<Uuid>,
    /// The file of a message that the caller may see; it is copied.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    object_id: Option<Uuid>,
}

/// Add a document
///
/// Sent as a form, or named when it is here already. It is then read, and notes are made of it: its status and the event
/// stream tell how far that has come. The same upload, or the same file of a message, again gives the same document.
#[utoipa::path(
    post,
    path = "/api/documents/upload",
    operation_id = "upload_document",
    tag = "Documents",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body(content((FileBody = "multipart/form-data"), (OriginBody = "application/json"))),
    responses(
        (status = CREATED, description = "It is there and will be read.", body = schemas::Document),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn upload_document(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    request: Request,
) -> Result<Response, Refusal> {
    if is_form(request.headers()) {
        let Spooled { file, sha256 } = form(request, &backend).await?;
        let repeat = [file.filename.as_bytes(), b"\n", &sha256].concat();
        let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &repeat);
        let work = async move {
            let upload = backend.document_service().receive(&viewer, file).await?;
            added(&backend, &viewer, DocumentOrigin::Upload(upload.upload_id)).await
        };
        return repeatable.once(work).await;
    }
    let is_json = extract::is_json(request.headers());
    let unsupported = || {
        let detail = "Send the file as multipart/form-data, or name an upload as application/json.";
        ApiError::new(ErrorCode::UnsupportedMediaType, detail)
    };
    let bytes = to_bytes(request.into_body(), JSON_BYTES).await.map_err(|_| {
        let too_large = "The body is over the limit of this call: send less.";
        if is_json { ApiError::new(ErrorCode::PayloadTooLarge, too_large) } else { unsupported() }
    })?;
    if !is_json && !bytes.is_empty() {
        return Err(unsupported().into());
    }
    let origin = origin(extract::parse(&bytes)?)?;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move { added(&backend, &viewer, origin).await };
    repeatable.once(work).await
}

async fn added(backend: &Backend, viewer: &Viewer, origin: DocumentOrigin) -> Result<Response, Refusal> {
    let document = backend.document_service().add(viewer, origin).await?;
    Ok((StatusCode::CREATED, Json(document)).into_response())
}

fn is_form(headers: &HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("multipart/form-data")
}

async fn form(request: Request, backend: &Backend) -> Result<Spooled, ApiError> {
    let limit = backend.settings().uploads.limit(UploadPurpose::Document);
    let mut form = Multipart::from_request(request, backend)
        .await
        .map_err(|_| ApiError::new(ErrorCode::UnsupportedMediaType, "The form does not say its boundary."))?;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("file") if file.is_none() => file = Some(spool(field, limit).await?),
            Some("file") => return Err(wrong("file", "repeated", "file may be given only once.")),
            name => {
                let name = name.unwrap_or_default();
                return Err(wrong(name, "unknown_field", &format!("There is no field {name} here: check its name.")));
            }
        }
    }
    file.ok_or_else(|| wrong("file", "missing", "The field file is missing."))
}

fn origin(OriginBody { upload_id, object_id }: OriginBody) -> Result<DocumentOrigin, ApiError> {
    let wrong = |rule: &str, msg: &str| ApiError::validation(vec![FieldError::body("upload_id", rule, msg)]);
    match (upload_id, object_id) {
        (Some(upload_id), None) => Ok(DocumentOrigin::Upload(upload_id)),
        (None, Some(object_id)) => Ok(DocumentOrigin::Attachment(object_id)),
        (None, None) => Err(wrong("missing", "Name an upload_id, or the object_id of a message's file.")),
        (Some(_), Some(_)) => Err(wrong("ambiguous", "Name an upload_id or an object_id, not both.")),
    }
}
