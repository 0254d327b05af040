use serde::{Deserialize, Serialize};

/// Why no text could be taken from a document: what a program looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// There are pages, but no letters on them: a scan, or an empty document.
    NoTextLayer,
    /// It opens only with a password or a licence.
    Encrypted,
    /// The bytes contradict themselves or end too early.
    Corrupt,
    /// Reading it would cost more than [`crate::Limits`] allow.
    TooLarge,
    /// It is something else than it says, or of a kind that is not read here.
    Unsupported,
}

/// Why no text could be taken from a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// For programs.
    pub code: FailureCode,
    /// For the person: what is wrong and what to do.
    pub message: String,
}

impl Failure {
    fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub(crate) fn scan() -> Self {
        Self::new(
            FailureCode::NoTextLayer,
            "The pages of this PDF are pictures without text, as a scanner makes them. Run text recognition (OCR) over it \
             and upload the result.",
        )
    }

    pub(crate) fn unreadable_letters() -> Self {
        Self::new(
            FailureCode::NoTextLayer,
            "The letters of this PDF cannot be told, because its fonts do not say which they are. Export it again from \
             the program it came from, or run text recognition (OCR) over it, and upload the result.",
        )
    }

    pub(crate) fn empty() -> Self {
        Self::new(
            FailureCode::NoTextLayer,
            "There is no text in this document. If its text is in pictures, run text recognition (OCR) over them and upload \
             the result.",
        )
    }

    pub(crate) fn encrypted() -> Self {
        Self::new(
            FailureCode::Encrypted,
            "This document is protected with a password or a licence. Remove the protection in the program it came from \
             and upload that file.",
        )
    }

    pub(crate) fn corrupt() -> Self {
        Self::new(
            FailureCode::Corrupt,
            "This document is damaged or incomplete. Open it in the program it came from, save it again and upload that \
             file.",
        )
    }

    pub(crate) fn entities() -> Self {
        Self::new(
            FailureCode::Corrupt,
            "This document stands on abbreviations of its own (XML entities), as no office program writes them and as files \
             that shall harm a reader do. Save it again in the program it came from and upload that file.",
        )
    }

    pub(crate) fn too_many_pages(limit: u32) -> Self {
        Self::new(
            FailureCode::TooLarge,
            format!("This document has more than {limit} pages. Split it into smaller ones and upload those."),
        )
    }

    pub(crate) fn too_long_a_page(page: u32) -> Self {
        Self::new(
            FailureCode::TooLarge,
            format!(
                "Page {page} of this document has more text than one page can hold here. Spread it over several pages, or \
                 save the document as DOCX or plain text, and upload that file."
            ),
        )
    }

    pub(crate) fn too_much() -> Self {
        Self::new(
            FailureCode::TooLarge,
            "This document unpacks to more than can be read here. Split it into smaller ones and upload those.",
        )
    }

    pub(crate) fn too_deep() -> Self {
        Self::new(
            FailureCode::TooLarge,
            "The parts of this document stand in each other too deeply to be read. Save it again, or as a PDF, and upload \
             that file.",
        )
    }

    pub(crate) fn too_slow() -> Self {
        Self::new(
            FailureCode::TooLarge,
            "Reading this document takes longer than is allowed. Split it into smaller ones, or save it again in another \
             program, and upload that.",
        )
    }

    pub(crate) fn unsupported(what: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            format!("{what} Upload a PDF, DOCX, PPTX, EPUB, HTML, Markdown or plain text file."),
        )
    }

    pub(crate) fn old_office() -> Self {
        Self::new(
            FailureCode::Unsupported,
            "This file is in Office's old format. Open it, save it as DOCX or PPTX and upload that file.",
        )
    }
}
