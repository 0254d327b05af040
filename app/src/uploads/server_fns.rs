//! What the queue asks about uploads. Checks and permissions are the service's.

#[cfg(feature = "ssr")]
use crate::ssr;
use crate::{error::Failure, json_text::JsonText};
#[cfg(feature = "ssr")]
use domain::uploads::NewUpload;
use domain::uploads::{CompletedPart, PartChecksum, SignedPart, Upload, UploadPurpose};
use leptos::{
    prelude::*,
    server_fn::codec::{GetUrl, Json},
};
use uuid::Uuid;

/// Says what is about to be sent.
#[server(prefix = "/fn", endpoint = "uploads/start", output = JsonText)]
pub async fn start_upload(
    /// What for.
    purpose: UploadPurpose,
    /// As the person calls it.
    filename: String,
    /// What the browser takes it for.
    content_type: String,
    /// In bytes.
    size: u64,
    /// SHA-256 of the whole, as hexadecimal digits.
    sha256: Option<String>,
) -> Result<Upload, Failure> {
    let viewer = ssr::viewer()?;
    let new = NewUpload { purpose, filename, content_type, size, sha256 };
    Ok(ssr::services()?.uploads.start(&viewer, new).await?)
}

/// What has arrived, with requests for the rest.
#[server(prefix = "/fn", endpoint = "uploads/upload", input = GetUrl, output = JsonText)]
pub async fn load_upload(
    /// The upload.
    upload_id: Uuid,
) -> Result<Upload, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.uploads.upload(&viewer, upload_id).await?)
}

/// Requests for parts, signed with their checksums.
#[server(prefix = "/fn", endpoint = "uploads/sign_parts", input = Json, output = JsonText)]
pub async fn sign_parts(
    /// The upload.
    upload_id: Uuid,
    /// Its parts that are about to be sent.
    parts: Vec<PartChecksum>,
) -> Result<Vec<SignedPart>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.uploads.sign_parts(&viewer, upload_id, parts).await?)
}

/// Says that everything has been sent.
#[server(prefix = "/fn", endpoint = "uploads/complete", input = Json, output = JsonText)]
pub async fn complete_upload(
    /// The upload.
    upload_id: Uuid,
    /// Its parts as the store has acknowledged them; none of one that has no parts.
    parts: Vec<CompletedPart>,
) -> Result<Upload, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.uploads.complete(&viewer, upload_id, parts).await?)
}

/// Throws away what has arrived.
#[server(prefix = "/fn", endpoint = "uploads/abort", output = JsonText)]
pub async fn abort_upload(
    /// The upload.
    upload_id: Uuid,
) -> Result<(), Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.uploads.abort(&viewer, upload_id).await?)
}
