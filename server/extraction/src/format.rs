use serde::{Deserialize, Serialize};
use std::io::Cursor;

/// The kinds of documents that text can be taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Word's documents since 2007.
    Docx,
    /// PowerPoint's presentations since 2007.
    Pptx,
    /// Electronic books, version 2 and 3.
    Epub,
    /// Web pages, also in XML's syntax.
    Html,
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// Text without marks.
    Text,
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

impl Format {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Docx, Self::Pptx, Self::Epub, Self::Html, Self::Markdown, Self::Text];

    /// The format that a content type names; its parameters, such as the charset, do not count.
    #[must_use]
    pub fn of(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/pdf" | "application/x-pdf" => Some(Self::Pdf),
            DOCX => Some(Self::Docx),
            PPTX => Some(Self::Pptx),
            "application/epub+zip" => Some(Self::Epub),
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/markdown" | "text/x-markdown" => Some(Self::Markdown),
            "text/plain" => Some(Self::Text),
            _ => None,
        }
    }

    /// The content type that names it.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => DOCX,
            Self::Pptx => PPTX,
            Self::Epub => "application/epub+zip",
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::Text => "text/plain",
        }
    }

    /// What the bytes are. Containers are told by what they hold, texts by being text and by the name's extension.
    ///
    /// An encrypted Office document hides what it is, so that the name decides; [`crate::extract`] then tells why it
    /// cannot be read.
    #[must_use]
    pub fn detect(bytes: &[u8], filename: &str) -> Option<Self> {
        let start = &bytes[..bytes.len().min(1024)];
        if start.windows(5).any(|window| window == b"%PDF-") {
            return Some(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::of_archive(bytes, filename);
        }
        if bytes.starts_with(&crate::archive::COMPOUND_FILE) {
            return Self::of_name(filename).filter(|format| matches!(format, Self::Docx | Self::Pptx));
        }
        if !crate::encoding::is_text(bytes) {
            return None;
        }
        match Self::of_name(filename) {
            Some(format @ (Self::Html | Self::Markdown | Self::Text)) => Some(format),
            Some(_) => None,
            None => Some(if looks_like_html(start) { Self::Html } else { Self::Text }),
        }
    }

    fn of_archive(bytes: &[u8], filename: &str) -> Option<Self> {
        let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            // Cut off or broken: reading it will tell so.
            return Self::of_name(filename).filter(|format| matches!(format, Self::Docx | Self::Pptx | Self::Epub));
        };
        let holds = |name: &str| archive.index_for_name(name).is_some();
        if holds("META-INF/container.xml") {
            Some(Self::Epub)
        } else if holds("ppt/presentation.xml") {
            Some(Self::Pptx)
        } else if holds("word/document.xml") || archive.file_names().flatten().any(|name| is_word_part(&name)) {
            Some(Self::Docx)
        } else {
            None
        }
    }

    fn of_name(filename: &str) -> Option<Self> {
        let (_, extension) = filename.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "docx" => Some(Self::Docx),
            "pptx" => Some(Self::Pptx),
            "epub" => Some(Self::Epub),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "txt" | "text" => Some(Self::Text),
            _ => None,
        }
    }
}

fn is_word_part(name: &str) -> bool {
    name.starts_with("word/document") && name.ends_with(".xml")
}

fn looks_like_html(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| start.starts_with(mark))
}
