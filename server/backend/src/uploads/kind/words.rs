//! Kinds of files in words.

use super::{DOCX, EPUB, HTML, MARKDOWN, PDF, PPTX, TEXT, XLSX, XML};
use domain::uploads::UploadPurpose;

/// The kinds that the purpose takes, in words.
pub(crate) const fn taken(purpose: UploadPurpose) -> &'static str {
    match purpose {
        UploadPurpose::Media => "any file",
        UploadPurpose::Photo => "JPEG, PNG, WebP, GIF, AVIF and HEIC pictures",
        UploadPurpose::Avatar => "JPEG, PNG, WebP and GIF pictures",
        UploadPurpose::Document => "PDF, DOCX, PPTX, EPUB, HTML, Markdown and plain text",
        UploadPurpose::Audio => "MP3, M4A, WAV, FLAC, Ogg, WebM and AAC audio",
    }
}

/// What people call a kind of file.
pub(in crate::uploads) fn called(content_type: &str) -> &'static str {
    match content_type {
        "image/avif" => "an AVIF picture",
        "image/gif" => "a GIF picture",
        "image/heic" | "image/heif" => "a HEIC picture",
        "image/jpeg" | "image/jpg" => "a JPEG picture",
        "image/png" => "a PNG picture",
        "image/webp" => "a WebP picture",
        "application/zip" => "a ZIP archive",
        "text/csv" => "a CSV table",
        DOCX => "a Word document",
        EPUB => "an e-book",
        HTML => "a web page",
        MARKDOWN => "Markdown",
        PDF => "a PDF document",
        PPTX => "a presentation",
        TEXT => "plain text",
        XLSX => "a spreadsheet",
        XML => "XML",
        other => match other.split('/').next() {
            Some("image") => "a picture",
            Some("audio") => "a sound file",
            Some("video") => "a film",
            _ => "something else",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_names_for_people() {
        for (content_type, name) in [
            ("image/png", "a PNG picture"),
            (XML, "XML"),
            ("image/x-raw", "a picture"),
            ("audio/flac", "a sound file"),
            ("video/mp4", "a film"),
            ("application/x-elf", "something else"),
        ] {
            assert_eq!(called(content_type), name);
        }
    }
}
