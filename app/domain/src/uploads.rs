//! Files: how they get from a browser into the object store, and how they are seen again.

use crate::{ApiError, FieldError, Timestamp, Viewer};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Larger files are sent in parts; in bytes (16 MiB).
pub const SINGLE_PUT_MAX: u64 = 16 * 1_024 * 1_024;
/// Every part but the last has this many bytes (8 MiB), so that a cut costs little.
pub const PART_SIZE: u64 = 8 * 1_024 * 1_024;
/// Longest file name, in code points.
pub const FILENAME_MAX: usize = 255;
/// Seconds for which a signed request to send bytes holds.
pub const SIGNED_PUT_SECONDS: i64 = 3_600;
/// Seconds after which an upload that was not completed is thrown away.
pub const UPLOAD_SECONDS: i64 = 86_400;
/// Seconds for which a file's signed address stays the same, so that browsers can cache what it leads to.
pub const MEDIA_WINDOW_SECONDS: i64 = 600;

/// What a file is for; each has its own limit, its own types and its own bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadPurpose {
    /// Sent in a conversation.
    Media,
    /// Kept in an album.
    Photo,
    /// Read for notes and quizzes.
    Document,
    /// Listened to and transcribed.
    Audio,
    /// Shown as the picture of a person or a group.
    Avatar,
}

impl UploadPurpose {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Media, Self::Photo, Self::Document, Self::Audio, Self::Avatar];

    /// As it stands in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Media => "media",
            Self::Photo => "photo",
            Self::Document => "document",
            Self::Audio => "audio",
            Self::Avatar => "avatar",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }

    /// Largest file unless a deployment says otherwise, in bytes.
    #[must_use]
    pub const fn default_limit(self) -> u64 {
        match self {
            Self::Media => 100_000_000,
            Self::Photo | Self::Document => 50_000_000,
            Self::Audio => 200_000_000,
            Self::Avatar => 10_000_000,
        }
    }
}

/// A file that is about to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpload {
    /// What for.
    pub purpose: UploadPurpose,
    /// As the person calls it; never a path.
    pub filename: String,
    /// What the sender takes it for; the bytes decide.
    pub content_type: String,
    /// In bytes, exactly.
    pub size: u64,
    /// SHA-256 of the whole, as 64 hexadecimal digits or in base64.
    pub sha256: Option<String>,
}

/// A request that the object store will accept from whoever has it, until it expires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedPut {
    /// Where to.
    pub url: String,
    /// Headers that must be sent exactly so.
    pub headers: BTreeMap<String, String>,
    /// When it stops to hold.
    pub expires_at: Timestamp,
}

/// A part that is still to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedPart {
    /// 1 for the first.
    pub part_number: u32,
    /// In bytes.
    pub size: u64,
    /// How to send it; none until its checksum is announced, where parts come with checksums.
    #[serde(flatten)]
    pub put: Option<SignedPut>,
}

/// A part that has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedPart {
    /// 1 for the first.
    pub part_number: u32,
    /// In bytes.
    pub size: u64,
    /// What the store calls its content.
    pub etag: String,
}

/// How the bytes are to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Transfer {
    /// In parts.
    Parts {
        /// Of every part but the last, in bytes.
        part_size: u64,
        /// Those that have not arrived, signed anew.
        parts: Vec<SignedPart>,
        /// Those that have.
        received: Vec<ReceivedPart>,
    },
    /// In one request.
    Put(SignedPut),
    /// Nothing is left to be sent.
    Nothing {},
}

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadStatus {
    /// Bytes are still to arrive, or the sender has not said that they have.
    Open,
    /// The file can be used.
    Complete,
    /// What arrived was refused; start again.
    Failed,
}

/// An upload as its sender sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Names it.
    pub upload_id: Uuid,
    /// What for.
    pub purpose: UploadPurpose,
    /// As the sender calls it.
    pub filename: String,
    /// What the sender took it for.
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// How far it has come.
    pub status: UploadStatus,
    /// The file, once it is complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<StoredFile>,
    /// What is left to be done.
    #[serde(flatten)]
    pub transfer: Transfer,
}

/// The checksum of a part that is about to be sent; its request is signed with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartChecksum {
    /// 1 for the first.
    pub part_number: u32,
    /// As 64 hexadecimal digits or in base64.
    pub sha256: String,
}

/// A part as the store has acknowledged it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletedPart {
    /// 1 for the first.
    pub part_number: u32,
    /// From the answer's `ETag` header, with or without quotes.
    pub etag: String,
}

/// A smaller picture of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thumbnail {
    /// In pixels, upright.
    pub width: u32,
    /// In pixels, upright.
    pub height: u32,
    /// An address of the app that leads to it.
    pub url: String,
}

/// A file that whoever may see it can open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Names it, for ever.
    pub object_id: Uuid,
    /// As its sender called it.
    pub filename: String,
    /// As its bytes say.
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// Of a picture: in pixels, upright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Of a picture: in pixels, upright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// A stable address of the app that leads to it.
    pub url: String,
    /// Of a picture: what to show before it is there, as base64 of a thumbhash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbhash: Option<String>,
    /// Of a picture: smaller ones, narrowest first; none until they are made.
    #[serde(default)]
    pub thumbnails: Vec<Thumbnail>,
}

/// Where a file can be fetched for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedGet {
    /// The signed address; never stored.
    pub url: String,
    /// For how many more seconds the same address is given.
    pub same_for_seconds: i64,
}

/// The name of a file without what a path or a header could be broken with.
///
/// # Errors
/// The broken rule of `filename`.
pub fn checked_filename(filename: &str) -> Result<String, FieldError> {
    let last = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|letter| !letter.is_control() && !is_directional(*letter)).collect();
    let name = shown.trim().trim_end_matches('.').trim_end();
    if name.trim_start_matches('.').is_empty() {
        return Err(FieldError::body("filename", "blank", "The file has no name: give it one."));
    }
    let length = name.chars().count();
    if length > FILENAME_MAX {
        let msg = format!("The file's name has {length} characters: shorten it to {FILENAME_MAX}.");
        return Err(FieldError::body("filename", "too_long", msg));
    }
    Ok(name.to_owned())
}

/// Characters that reorder what follows: `gpj.exe` could pass for `exe.jpg`.
fn is_directional(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Uploads and the files that come of them. Whatever the viewer may not see is `not_found`.
#[async_trait]
pub trait Uploads: Send + Sync {
    /// Says what is about to be sent, and gets signed requests to send it with.
    ///
    /// # Errors
    /// `validation_failed` for a broken rule; `payload_too_large` over the purpose's limit or the person's quota;
    /// `unsupported_media_type` for a type that the purpose does not take.
    async fn start(&self, viewer: &Viewer, new: NewUpload) -> Result<Upload, ApiError>;

    /// What has arrived, with requests for the rest signed anew.
    async fn upload(&self, viewer: &Viewer, id: Uuid) -> Result<Upload, ApiError>;

    /// Requests for parts, signed with their checksums.
    ///
    /// # Errors
    /// `validation_failed` for a part that there is not; `conflict` when the upload is no longer open or has no parts.
    async fn sign_parts(
        &self,
        viewer: &Viewer,
        id: Uuid,
        parts: Vec<PartChecksum>,
    ) -> Result<Vec<SignedPart>, ApiError>;

    /// Checks what has arrived; from then on the file can be used. Again gives the same answer.
    ///
    /// # Errors
    /// `conflict` while something is missing, nothing is lost then; `validation_failed` when size, checksum or type
    /// are not what was announced, or the picture is broken: the upload has failed then.
    async fn complete(&self, viewer: &Viewer, id: Uuid, parts: Vec<CompletedPart>) -> Result<Upload, ApiError>;

    /// Throws away what has arrived. Again changes nothing.
    ///
    /// # Errors
    /// `conflict` when the upload is complete.
    async fn abort(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError>;

    /// Where the file can be fetched, for whoever may see it.
    async fn media(&self, viewer: &Viewer, object_id: Uuid) -> Result<SignedGet, ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_what_is_shown_and_loses_what_is_a_path() {
        for (sent, kept) in [
            ("notes.pdf", "notes.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\plan.docx", "plan.docx"),
            ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            (" żółw 🐢.png. ", "żółw 🐢.png"),
            (".gitignore", ".gitignore"),
        ] {
            assert_eq!(checked_filename(sent).unwrap(), kept);
        }
        for bad in ["", " ", "..", "a/", "/", "\0"] {
            assert_eq!(checked_filename(bad).unwrap_err().rule, "blank", "{bad:?}");
        }
        assert_eq!(checked_filename(&"x".repeat(256)).unwrap_err().rule, "too_long");
    }

    #[test]
    fn an_upload_shows_how_to_send_it_beside_its_own_fields() {
        let put = SignedPut {
            url: "http://store/x".into(),
            headers: BTreeMap::new(),
            expires_at: Timestamp::from_seconds(0),
        };
        let upload = |transfer| Upload {
            upload_id: Uuid::nil(),
            purpose: UploadPurpose::Media,
            filename: "a.png".into(),
            content_type: "image/png".into(),
            size: 3,
            status: UploadStatus::Open,
            file: None,
            transfer,
        };
        let parts = Transfer::Parts {
            part_size: PART_SIZE,
            parts: vec![
                SignedPart { part_number: 1, size: 3, put: Some(put.clone()) },
                SignedPart { part_number: 2, size: 3, put: None },
            ],
            received: Vec::new(),
        };
        for transfer in [Transfer::Put(put), parts, Transfer::Nothing {}] {
            let json = serde_json::to_value(upload(transfer.clone())).unwrap();
            assert_eq!(json["upload_id"], Uuid::nil().to_string());
            let single = matches!(transfer, Transfer::Put(_));
            assert_eq!(json.get("url").is_some(), single);
            assert_eq!(serde_json::from_value::<Upload>(json).unwrap().transfer, transfer);
        }
    }
}
