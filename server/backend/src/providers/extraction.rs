//! Taking the text out of documents.

use crate::failure::Failure;
use async_trait::async_trait;
use domain::documents::{DocumentFailure, DocumentPage, DocumentProgress};
use std::{fmt, sync::Arc};

/// Hears how far reading has come; called from any thread and as often as it likes.
pub(crate) type OnProgress = Arc<dyn Fn(DocumentProgress) + Send + Sync>;

/// A document to be read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The whole file.
    pub(crate) bytes: Vec<u8>,
    /// As its bytes say.
    pub(crate) content_type: String,
}

/// What was read from a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Extracted {
    /// What the document calls itself.
    pub(crate) title: Option<String>,
    /// The language that most of it is in, as an ISO 639-1 code.
    pub(crate) language: Option<String>,
    /// Its pages in the order of reading, numbered from 1 without a gap.
    pub(crate) pages: Vec<DocumentPage>,
}

/// Reads documents in bounded time and memory.
#[async_trait]
pub(crate) trait Extractor: fmt::Debug + Send + Sync {
    /// Reads one. The inner error is about the document, for its owner, and another try would end the same way.
    ///
    /// # Errors
    /// When reading itself did not work; another try may.
    async fn extract(
        &self,
        source: Source,
        progress: OnProgress,
    ) -> Result<Result<Extracted, DocumentFailure>, Failure>;
}
