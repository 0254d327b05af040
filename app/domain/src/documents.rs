//! Documents, their text by page, and the notes that are made of them.

use crate::{ApiError, Timestamp, Viewer, citation::Citation};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Most pages of a document.
pub const PAGES_MAX: u32 = 2_000;
/// Longest title, in code points.
pub const TITLE_MAX: usize = 200;
/// Longest notes, in code points.
pub const NOTES_MAX: usize = 200_000;
/// Most places that finding in a document tells.
pub const FOUND_MAX: usize = 200;

/// How far a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    /// It waits to be read.
    Uploaded,
    /// Its pages are being read.
    Processing,
    /// Its text is there.
    Ready,
    /// It cannot be read; `failure` says why and what to do.
    Failed,
}

/// Why a document cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// Its pages are pictures without text.
    NoTextLayer,
    /// It asks for a password.
    Encrypted,
    /// It is broken.
    Corrupt,
    /// It has too many pages, or unpacks to too much.
    TooLarge,
    /// It is of a kind that is not read here.
    Unsupported,
}

/// What went wrong with a document, in words for its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFailure {
    /// The kind of failure.
    pub code: FailureCode,
    /// What is wrong and what to do.
    pub message: String,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentProgress {
    /// Pages read so far.
    pub page: u32,
    /// Pages in all, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// How far notes have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotesStatus {
    /// They wait for the document's text or are being made.
    Processing,
    /// They are there.
    Ready,
    /// They could not be made; the notes say why.
    Failed,
}

/// A document of the viewer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Names it.
    pub id: Uuid,
    /// As the document calls itself, else the file's name without its ending.
    pub title: String,
    /// As its owner's file was called.
    pub filename: String,
    /// As its bytes say.
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// How far it has come.
    pub status: DocumentStatus,
    /// While it is being read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<DocumentProgress>,
    /// Why it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<DocumentFailure>,
    /// How many pages it has, once it is read.
    pub pages: Option<u32>,
    /// How many words it has, once it is read.
    pub words: Option<u64>,
    /// Its language as an ISO 639-1 code, where it can be told.
    pub language: Option<String>,
    /// How far its notes have come.
    pub notes_status: NotesStatus,
    /// Leads to the original file.
    pub url: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When its status, title or notes last changed.
    pub updated_at: Timestamp,
}

/// What a stretch of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; level 1 is the highest, 6 the lowest.
    Heading {
        /// From 1 to 6.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A table: a line for each row, its cells divided by tabs.
    Table,
    /// Text whose line breaks and spaces count.
    Code,
}

/// A stretch of a page, in code points of its text, `start` included and `end` not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Where it begins.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// The text of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    /// 1 for the first.
    pub page: u32,
    /// Its blocks, divided by blank lines.
    pub text: String,
    /// What its stretches are, in order.
    pub blocks: Vec<Block>,
}

/// A heading as the table of contents shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsEntry {
    /// On which page it stands.
    pub page: u32,
    /// From 1 to 6.
    pub level: u8,
    /// Where it begins on its page, in code points.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it says.
    pub title: String,
}

/// A place where something was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPassage {
    /// On which page.
    pub page: u32,
    /// Where it begins on that page, in code points.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The words before it, it, and the words after it.
    pub excerpt: [String; 3],
}

/// A statement of the notes, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotePoint {
    /// What it says.
    pub text: String,
    /// Where that stands; never empty.
    pub citations: Vec<Citation>,
}

/// The notes of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// How far they have come.
    pub status: NotesStatus,
    /// The notes; a citation is a link into the document (`/library/{id}/read?page=…&start=…&end=…`). Empty until they are there.
    pub markdown: String,
    /// The same for a page, rendered and sanitised.
    pub html: String,
    /// Their statements that come from the document.
    pub points: Vec<NotePoint>,
    /// Counts up from 1; 0 until they are there.
    pub version: u32,
    /// Whether a person wrote this version.
    pub edited: bool,
    /// What the person should know about how they were made: a language that is done less well, or why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// When this version was made.
    pub created_at: Option<Timestamp>,
}

/// An older or the present version of notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesVersion {
    /// Counts up from 1.
    pub version: u32,
    /// Whether a person wrote it.
    pub edited: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// What it says.
    pub markdown: String,
    /// The same as HTML that may be shown.
    pub html: String,
}

/// Some versions of the notes, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesVersionList {
    /// The versions.
    pub versions: Vec<NotesVersion>,
    /// The version that the notes are now; 0 while there are none.
    pub newest: u32,
    /// Whether there are older ones than these.
    pub has_older: bool,
}

/// Where a new document comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentOrigin {
    /// A completed upload of the viewer's for this purpose.
    Upload(Uuid),
    /// The file of a message that the viewer may see, by its `object_id`; the document gets a copy.
    Attachment(Uuid),
}

/// Which part of the list of documents; at most one of `before` and `after`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentsPart {
    /// Only those whose title or file name has this in it.
    pub query: Option<String>,
    /// How many at most.
    pub limit: u32,
    /// A cursor: what comes after it in the list, so older.
    pub before: Option<String>,
    /// A cursor: what comes before it in the list, so newer.
    pub after: Option<String>,
}

/// A part of the list of documents, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentList {
    /// The documents.
    pub documents: Vec<Document>,
    /// Leads to older ones.
    pub older: Option<String>,
    /// Leads to newer ones.
    pub newer: Option<String>,
}

/// Documents and their notes. A document is its owner's alone: for everybody else it is `not_found`.
#[async_trait]
pub trait Documents: Send + Sync {
    /// Takes a file and has it read and noted. The same upload again gives the same document.
    ///
    /// # Errors
    /// `not_found` for a file that the viewer may not see; `conflict` for an upload that is not complete;
    /// `unsupported_media_type` for a file that is no document.
    async fn add(&self, viewer: &Viewer, origin: DocumentOrigin) -> Result<Document, ApiError>;

    /// The viewer's documents.
    async fn documents(&self, viewer: &Viewer, part: DocumentsPart) -> Result<DocumentList, ApiError>;

    /// One document.
    async fn document(&self, viewer: &Viewer, id: Uuid) -> Result<Document, ApiError>;

    /// Gives it another title.
    ///
    /// # Errors
    /// `validation_failed` for a blank or long one.
    async fn rename(&self, viewer: &Viewer, id: Uuid, title: String) -> Result<Document, ApiError>;

    /// Deletes it with its file, text and notes. Quizzes made of it stay.
    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError>;

    /// Its text: a page, or all of them. Empty until it is read.
    ///
    /// # Errors
    /// `not_found` for a page that there is not.
    async fn text(&self, viewer: &Viewer, id: Uuid, page: Option<u32>) -> Result<Vec<DocumentPage>, ApiError>;

    /// Its headings in order.
    async fn contents(&self, viewer: &Viewer, id: Uuid) -> Result<Vec<ContentsEntry>, ApiError>;

    /// Where `query` stands in it, in any case and with or without accents; at most [`FOUND_MAX`] places.
    async fn find(&self, viewer: &Viewer, id: Uuid, query: String) -> Result<Vec<FoundPassage>, ApiError>;

    /// Its notes.
    async fn notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError>;

    /// Has its notes made anew; the older version stays.
    ///
    /// # Errors
    /// `conflict` for a document that cannot be read.
    async fn regenerate_notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError>;

    /// Keeps what the viewer wrote as a new version. `version` is the one that was edited.
    ///
    /// # Errors
    /// `conflict` when there is a newer version by now; `validation_failed` for notes that are too long.
    async fn edit_notes(&self, viewer: &Viewer, id: Uuid, version: u32, markdown: String) -> Result<Notes, ApiError>;

    /// So many versions before the one named, or the newest ones; newest first.
    async fn notes_versions(
        &self,
        viewer: &Viewer,
        id: Uuid,
        limit: u32,
        before: Option<u32>,
    ) -> Result<NotesVersionList, ApiError>;
}
