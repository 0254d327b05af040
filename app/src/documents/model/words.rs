//! Documents in words.

use crate::words::grouped;
use domain::documents::{Document, DocumentStatus, NotesStatus};

/// What kind of document it is, in a word or two.
#[must_use]
pub fn kind(content_type: &str, filename: &str) -> Option<&'static str> {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "application/pdf" => return Some("PDF"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => return Some("Word"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => return Some("PowerPoint"),
        "application/epub+zip" => return Some("EPUB"),
        "text/html" | "application/xhtml+xml" => return Some("HTML"),
        "text/markdown" => return Some("Markdown"),
        _ => {}
    }
    let ending = filename.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => Some("PDF"),
        "docx" => Some("Word"),
        "pptx" => Some("PowerPoint"),
        "epub" => Some("EPUB"),
        "html" | "htm" | "xhtml" => Some("HTML"),
        "md" | "markdown" => Some("Markdown"),
        "txt" => Some("Text"),
        _ if essence == "text/plain" => Some("Text"),
        _ => None,
    }
}

/// `1 page`, `1,234 pages`.
#[must_use]
pub fn pages(count: u32) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{} pages", grouped(u64::from(count))) }
}

/// `1 word`, `1,234 words`.
#[must_use]
pub fn word_count(count: u64) -> String {
    if count == 1 { "1 word".to_owned() } else { format!("{} words", grouped(count)) }
}

/// How far it has come, as a sentence without its end; none where nothing is to be said.
#[must_use]
pub fn state(document: &Document) -> Option<String> {
    match document.status {
        DocumentStatus::Uploaded => Some("Waits to be read".to_owned()),
        DocumentStatus::Processing => Some(match document.progress {
            Some(progress) => match progress.of {
                Some(of) => format!("Reading page {} of {}", grouped(u64::from(progress.page)), grouped(u64::from(of))),
                None => format!("Reading page {}", grouped(u64::from(progress.page))),
            },
            None => "Being read".to_owned(),
        }),
        DocumentStatus::Failed => None,
        DocumentStatus::Ready => match document.notes_status {
            NotesStatus::Processing => Some("Notes are being made".to_owned()),
            NotesStatus::Failed => Some("No notes could be made".to_owned()),
            NotesStatus::Ready => None,
        },
    }
}

/// How much of it has been read, from 0 to 100; none while that is not known.
#[must_use]
pub fn percent(document: &Document) -> Option<u32> {
    let progress = document.progress.filter(|_| document.status == DocumentStatus::Processing)?;
    let of = progress.of.filter(|of| *of > 0)?;
    Some(progress.page.min(of).saturating_mul(100) / of)
}

/// A language by its code, in English; the code where it is not one of the usual.
#[must_use]
pub fn language(code: &str) -> &str {
    match code {
        "en" => "English",
        "pl" => "Polish",
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "nl" => "Dutch",
        "uk" => "Ukrainian",
        "ru" => "Russian",
        "ar" => "Arabic",
        "cs" => "Czech",
        other => other,
    }
}

/// What deleting it takes along.
#[must_use]
pub fn delete(document: &Document) -> String {
    match document.pages {
        Some(count) => format!("Delete document, its {} and its notes", pages(count)),
        None => "Delete document and its file".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::shelf::sample, *};
    use domain::documents::DocumentProgress;

    #[test]
    fn a_kind_comes_from_the_bytes_and_else_from_the_name() {
        assert_eq!(kind("application/pdf", "x.docx"), Some("PDF"));
        assert_eq!(kind("text/plain; charset=utf-8", "x.md"), Some("Markdown"));
        assert_eq!(kind("text/plain", "README"), Some("Text"));
        assert_eq!(kind("application/zip", "x.zip"), None);
    }

    #[test]
    fn progress_goes_by_page() {
        let progress = Some(DocumentProgress { page: 30, of: Some(1_200) });
        let read = Document { status: DocumentStatus::Processing, progress, ..sample(1, 0) };
        assert_eq!(state(&read).as_deref(), Some("Reading page 30 of 1,200"));
        assert_eq!(percent(&read), Some(2));
        let unknown = Document { progress: Some(DocumentProgress { page: 4, of: None }), ..read };
        assert_eq!((state(&unknown).as_deref(), percent(&unknown)), (Some("Reading page 4"), None));
        assert_eq!(state(&sample(1, 0)), None);
    }
}
