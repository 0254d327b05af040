//! Sending a file in one request, for programs that do not want to upload it first.

use super::schemas;
use crate::{
    Backend, access,
    http::{extract::CurrentViewer, idempotency::IdempotencyKey, openapi, problem::Refusal},
    uploads::form::{Spooled, broken, spool, wrong},
};
use axum::{
    Json,
    extract::{
        DefaultBodyLimit, FromRequest as _, Request, State,
        multipart::{Field, Multipart},
    },
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    conversations::{Conversations as _, NewMessage},
    uploads::UploadPurpose,
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Longest number that is still read to say what is wrong with it.
const NUMBER_BYTES: usize = 64;

pub(super) fn router() -> OpenApiRouter<Backend> {
    // The file is counted while it arrives, against the limit of its purpose.
    OpenApiRouter::new().routes(routes!(send_media)).layer(DefaultBodyLimit::disable())
}

/// A file to be sent.
#[derive(Debug, ToSchema)]
#[schema(as = NewMediaMessage)]
#[expect(dead_code, reason = "documents the form")]
struct MediaBody {
    /// Where to.
    #[schema(minimum = 1)]
    conversation_id: i64,
    /// At most 100 MB, with a file name.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// What the form has said.
struct MediaForm {
    conversation_id: i64,
    file: Spooled,
}

/// Send a file
///
/// The message's `content` is the address of the file. Pictures lose their metadata. Where everybody else has cancelled
/// their account it is refused with `forbidden`.
#[utoipa::path(
    post,
    path = "/api/messages/media",
    operation_id = "send_media",
    tag = "Conversations",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body(content = MediaBody, content_type = "multipart/form-data"),
    responses(
        (status = OK, description = "It is sent.", body = schemas::Message),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn send_media(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    request: Request,
) -> Result<Response, Refusal> {
    let limit = backend.settings().uploads.limit(UploadPurpose::Media);
    let form = Multipart::from_request(request, &backend)
        .await
        .map_err(|_| ApiError::new(ErrorCode::UnsupportedMediaType, "Send the file as multipart/form-data."))?;
    let form = read(form, limit).await?;
    let conversation_id = form.conversation_id.to_string();
    let repeat =
        [conversation_id.as_bytes(), b"\n", form.file.file.filename.as_bytes(), b"\n", &form.file.sha256].concat();
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &repeat);
    repeatable.once(async move { sent(&backend, &viewer, form).await }).await
}

async fn sent(backend: &Backend, viewer: &Viewer, form: MediaForm) -> Result<Response, Refusal> {
    let MediaForm { conversation_id, file: Spooled { file, .. } } = form;
    // Nothing is stored for a conversation that the sender is not in, or that nobody else is left in.
    let conversations = backend.conversation_service();
    let conversation = conversations.conversation(viewer, conversation_id).await?;
    access::reaches_somebody(conversation.is_deserted(&viewer.sub))?;
    let uploaded = backend.upload_service().receive(viewer, UploadPurpose::Media, file).await;
    let uploaded = uploaded.map_err(|error| error.about_field("size", "file").about_field("content_type", "file"))?;
    let new = NewMessage {
        conversation_id,
        content: uploaded.file.map(|file| file.url).unwrap_or_default(),
        upload_id: Some(uploaded.upload_id),
        ..NewMessage::default()
    };
    Ok(Json(conversations.send(viewer, new).await?.message).into_response())
}

async fn read(mut form: Multipart, limit: u64) -> Result<MediaForm, ApiError> {
    let (mut conversation_id, mut file) = (None, None);
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("conversation_id") if conversation_id.is_none() => conversation_id = Some(number(field).await?),
            Some("file") if file.is_none() => file = Some(spool(field, limit).await?),
            Some(name @ ("conversation_id" | "file")) => {
                return Err(wrong(name, "repeated", &format!("{name} may be given only once.")));
            }
            name => {
                let name = name.unwrap_or_default();
                return Err(wrong(name, "unknown_field", &format!("There is no field {name} here: check its name.")));
            }
        }
    }
    let missing = |name: &str| FieldError::body(name, "missing", format!("The field {name} is missing."));
    match (conversation_id, file) {
        (Some(conversation_id), Some(file)) => Ok(MediaForm { conversation_id, file }),
        (conversation_id, file) => {
            let lacking = [("conversation_id", conversation_id.is_none()), ("file", file.is_none())];
            let errors = lacking.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| missing(name)).collect();
            Err(ApiError::validation(errors))
        }
    }
}

async fn number(mut field: Field<'_>) -> Result<i64, ApiError> {
    let mut text = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        text.extend_from_slice(&piece);
        if text.len() > NUMBER_BYTES {
            break;
        }
    }
    let digits = std::str::from_utf8(&text).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|text| text.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| wrong("conversation_id", "integer", "conversation_id is not a positive 64-bit integer."))
}
