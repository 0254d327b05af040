//! Files that arrive in a form, for programs that do not want to upload them first.

use super::service::Received;
use aws_lc_rs::digest;
use axum::extract::multipart::{Field, MultipartError};
use domain::{ApiError, ErrorCode, FieldError};
use http::StatusCode;

/// A file of a form.
#[derive(Debug)]
pub(crate) struct Spooled {
    pub(crate) file: Received,
    /// SHA-256 of its bytes.
    pub(crate) sha256: Vec<u8>,
}

/// Keeps the file on disk while it arrives: its size must be known before the store takes it.
///
/// # Errors
/// `validation_failed` when it is no file; `payload_too_large` as soon as it has more than `limit` bytes.
pub(crate) async fn spool(mut field: Field<'_>, limit: u64) -> Result<Spooled, ApiError> {
    let filename = field.file_name().map(str::to_owned);
    let filename =
        filename.ok_or_else(|| wrong("file", "missing", "The field file is no file: send it with a name."))?;
    let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
    let (mut file, mut hash) = (Received::new(filename, content_type).await?, digest::Context::new(&digest::SHA256));
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        if file.size + piece.len() as u64 > limit {
            let detail = format!("The file is over the limit: send at most {limit} bytes.");
            return Err(ApiError::new(ErrorCode::PayloadTooLarge, detail));
        }
        hash.update(&piece);
        file.write(&piece).await?;
    }
    file.finish().await?;
    Ok(Spooled { file, sha256: hash.finish().as_ref().to_vec() })
}

/// A field of a form that breaks a rule.
pub(crate) fn wrong(field: &str, rule: &str, msg: &str) -> ApiError {
    ApiError::validation(vec![FieldError::body(field, rule, msg)])
}

/// A form that cannot be read.
pub(crate) fn broken(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(ErrorCode::PayloadTooLarge, "The form is over the limit of this call: send less.");
    }
    ApiError::new(ErrorCode::InvalidRequest, "The form is broken or ended before it was complete: send it again.")
}
