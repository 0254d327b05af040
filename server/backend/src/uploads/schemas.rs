//! The forms of answers for the OpenAPI document. The answers themselves are `domain`'s types, written as they are.

#![expect(dead_code, reason = "documents the types of `domain::uploads`")]

use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What a file is for.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum UploadPurpose {
    Media,
    Photo,
    Document,
    Audio,
    Avatar,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum UploadStatus {
    Open,
    Complete,
    Failed,
}

/// An upload and what is left to be sent. Up to 16 MiB go to `url` in one `PUT` with exactly these `headers` (a browser
/// sets `content-length` itself); more goes in `parts`.
#[derive(Debug, ToSchema)]
pub(super) struct Upload {
    #[schema(format = Uuid)]
    upload_id: String,
    purpose: UploadPurpose,
    filename: String,
    /// What the sender takes it for.
    content_type: String,
    /// In bytes.
    #[schema(minimum = 1)]
    size: u64,
    status: UploadStatus,
    /// Once it is complete.
    #[schema(nullable = false)]
    file: Option<StoredFile>,
    /// Where to send the whole.
    #[schema(nullable = false)]
    url: Option<String>,
    #[schema(nullable = false)]
    headers: Option<BTreeMap<String, String>>,
    /// When the signed request stops to hold; ask for the upload to get another.
    #[schema(nullable = false, format = DateTime)]
    expires_at: Option<String>,
    /// Of every part but the last, in bytes.
    #[schema(nullable = false)]
    part_size: Option<u64>,
    /// Parts that have not arrived.
    #[schema(nullable = false)]
    parts: Option<Vec<SignedPart>>,
    /// Parts that have.
    #[schema(nullable = false)]
    received: Option<Vec<ReceivedPart>>,
}

/// A part that is still to be sent. Without `url` its checksum has to be announced first.
#[derive(Debug, ToSchema)]
pub(super) struct SignedPart {
    #[schema(minimum = 1)]
    part_number: u32,
    /// In bytes.
    size: u64,
    #[schema(nullable = false)]
    url: Option<String>,
    /// To be sent exactly so.
    #[schema(nullable = false)]
    headers: Option<BTreeMap<String, String>>,
    #[schema(nullable = false, format = DateTime)]
    expires_at: Option<String>,
}

/// A part that has arrived.
#[derive(Debug, ToSchema)]
pub(super) struct ReceivedPart {
    #[schema(minimum = 1)]
    part_number: u32,
    /// In bytes.
    size: u64,
    etag: String,
}

/// A file that can be used.
#[derive(Debug, ToSchema)]
pub(crate) struct StoredFile {
    #[schema(format = Uuid)]
    object_id: String,
    filename: String,
    /// As its bytes say.
    content_type: String,
    /// In bytes.
    size: u64,
    /// Of a picture: in pixels, upright.
    #[schema(nullable = false)]
    width: Option<u32>,
    /// Of a picture: in pixels, upright.
    #[schema(nullable = false)]
    height: Option<u32>,
    /// A stable address of the app that leads to it.
    #[schema(format = "uri-reference", example = "/media/0198c5a0-5f3e-4c1d-9a63-2f0c7c1e4b11")]
    url: String,
    /// Of a picture: what to show before it is there, as base64 of a thumbhash.
    #[schema(nullable = false)]
    thumbhash: Option<String>,
    /// Of a picture: smaller ones, narrowest first; none until they are made.
    thumbnails: Vec<Thumbnail>,
}

/// A smaller picture of a picture.
#[derive(Debug, ToSchema)]
pub(crate) struct Thumbnail {
    /// In pixels, upright.
    width: u32,
    /// In pixels, upright.
    height: u32,
    #[schema(format = "uri-reference")]
    url: String,
}
