//! What notes and questions are made of.

use domain::documents::DocumentPage;
use uuid::Uuid;

/// Which source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceId {
    /// A document.
    Document(Uuid),
    /// Text that was pasted.
    Text,
}

/// A text by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Which it is; citations point into it.
    pub id: SourceId,
    /// Its language as an ISO 639-1 code, where it is known.
    pub language: Option<String>,
    /// Its pages. Pasted text is one page; where a page has no blocks, they are found in its text.
    pub pages: Vec<DocumentPage>,
}
