//! The forms of answers for the OpenAPI document. The answers themselves are `domain`'s types, written as they are.

#![expect(dead_code, reason = "documents the types of `domain::documents` and `domain::citation`")]

use utoipa::ToSchema;
use uuid::Uuid;

/// A document of the caller's.
#[derive(Debug, ToSchema)]
pub(super) struct Document {
    id: Uuid,
    /// As the document calls itself, else the file's name without its ending.
    title: String,
    filename: String,
    /// As its bytes say.
    content_type: String,
    /// In bytes.
    #[schema(minimum = 0)]
    size: u64,
    /// It waits to be read; its pages are being read; its text is there; it cannot be read.
    status: DocumentStatus,
    /// While it is being read.
    #[schema(nullable = false)]
    progress: Option<DocumentProgress>,
    /// Why it cannot be read.
    #[schema(nullable = false)]
    failure: Option<DocumentFailure>,
    /// How many pages it has, once it is read.
    #[schema(required = true)]
    pages: Option<u32>,
    /// How many words it has, once it is read.
    #[schema(required = true)]
    words: Option<u64>,
    /// Its language as an ISO 639-1 code, where it can be told.
    #[schema(required = true)]
    language: Option<String>,
    notes_status: NotesStatus,
    /// Leads to the original file.
    url: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// When its status, title or notes last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum DocumentStatus {
    Uploaded,
    Processing,
    Ready,
    Failed,
}

/// How far reading has come.
#[derive(Debug, ToSchema)]
pub(super) struct DocumentProgress {
    /// Pages read so far.
    page: u32,
    /// Pages in all, once that is known.
    #[schema(nullable = false)]
    of: Option<u32>,
}

/// Why a document cannot be read.
#[derive(Debug, ToSchema)]
pub(super) struct DocumentFailure {
    code: DocumentFailureCode,
    /// What is wrong and what to do.
    message: String,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum DocumentFailureCode {
    NoTextLayer,
    Encrypted,
    Corrupt,
    TooLarge,
    Unsupported,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum NotesStatus {
    Processing,
    Ready,
    Failed,
}

/// The text of a page.
#[derive(Debug, ToSchema)]
pub(super) struct DocumentPage {
    /// 1 for the first.
    #[schema(minimum = 1)]
    page: u32,
    text: String,
    /// What its stretches are, in order.
    blocks: Vec<Block>,
}

/// A stretch of a page, in code points of its text, `start` included and `end` not.
#[derive(Debug, ToSchema)]
pub(super) struct Block {
    kind: BlockKind,
    /// Of a heading: 1 is the highest.
    #[schema(nullable = false, minimum = 1, maximum = 6)]
    level: Option<u8>,
    start: u32,
    end: u32,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum BlockKind {
    Heading,
    Paragraph,
    ListItem,
    Table,
    Code,
}

/// A heading.
#[derive(Debug, ToSchema)]
pub(super) struct ContentsEntry {
    #[schema(minimum = 1)]
    page: u32,
    /// 1 is the highest.
    #[schema(minimum = 1, maximum = 6)]
    level: u8,
    start: u32,
    end: u32,
    title: String,
}

/// A place where the words stand.
#[derive(Debug, ToSchema)]
pub(super) struct FoundPassage {
    #[schema(minimum = 1)]
    page: u32,
    start: u32,
    end: u32,
    /// The words before it, it, and the words after it.
    #[schema(min_items = 3, max_items = 3)]
    excerpt: Vec<String>,
}

/// The notes of a document.
#[derive(Debug, ToSchema)]
pub(super) struct Notes {
    status: NotesStatus,
    /// Citations are links into the document. Empty until the notes are there.
    markdown: String,
    /// The same, rendered and sanitised.
    html: String,
    points: Vec<NotePoint>,
    /// Counts up from 1; 0 until they are there.
    version: u32,
    /// Whether a person wrote this version.
    edited: bool,
    /// How they were made, or why there are none, or why that takes longer.
    #[schema(nullable = false)]
    remark: Option<String>,
    #[schema(required = true, format = DateTime)]
    created_at: Option<String>,
}

/// A statement of the notes.
#[derive(Debug, ToSchema)]
pub(super) struct NotePoint {
    text: String,
    #[schema(min_items = 1)]
    citations: Vec<DocumentCitation>,
}

/// A passage of a document, letter for letter.
#[derive(Debug, ToSchema)]
pub(super) struct DocumentCitation {
    /// `document`.
    #[schema(pattern = "^document$")]
    source: String,
    document_id: Uuid,
    #[schema(minimum = 1)]
    page: u32,
    start: u32,
    end: u32,
    quote: String,
}

/// A version of the notes.
#[derive(Debug, ToSchema)]
pub(super) struct NotesVersion {
    #[schema(minimum = 1)]
    version: u32,
    /// Whether a person wrote it.
    edited: bool,
    #[schema(format = DateTime)]
    created_at: String,
    markdown: String,
    /// The same as HTML that may be shown.
    html: String,
}
