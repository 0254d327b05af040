//! What a file is, as far as a person cares.

/// Kinds of files that look different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A picture that browsers show.
    Image,
    /// A film.
    Video,
    /// Something to listen to.
    Audio,
    /// Pages to read.
    Document,
    /// A table.
    Sheet,
    /// Slides.
    Slides,
    /// Several files in one.
    Archive,
    /// Anything else.
    Other,
}

/// Pictures that every browser of today shows by itself.
const SHOWN: [&str; 5] = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"];

impl FileKind {
    /// By its type, and where that says nothing, by the end of its name.
    #[must_use]
    pub fn of(content_type: &str, filename: &str) -> Self {
        let essence = content_type.split(';').next().unwrap_or_default().trim();
        if SHOWN.contains(&essence) {
            return Self::Image;
        }
        if essence.starts_with("video/") {
            return Self::Video;
        }
        if essence.starts_with("audio/") {
            return Self::Audio;
        }
        let ending = filename.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "pdf" | "doc" | "docx" | "odt" | "rtf" | "txt" | "md" | "epub" | "tex" => Self::Document,
            "xls" | "xlsx" | "ods" | "csv" | "tsv" => Self::Sheet,
            "ppt" | "pptx" | "odp" | "key" => Self::Slides,
            "zip" | "tar" | "gz" | "7z" | "rar" | "xz" | "bz2" => Self::Archive,
            _ if essence == "application/pdf" || essence.starts_with("text/") => Self::Document,
            _ => Self::Other,
        }
    }

    /// In a word, where there is no room for the name: `Photo`; none where the name says more.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Image => Some("Photo"),
            Self::Video => Some("Video"),
            Self::Audio => Some("Audio"),
            Self::Document | Self::Sheet | Self::Slides | Self::Archive | Self::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_decides_and_the_name_where_it_says_nothing() {
        assert_eq!(FileKind::of("image/png", "a.pdf"), FileKind::Image);
        assert_eq!(FileKind::of("image/svg+xml", "a.svg"), FileKind::Other);
        assert_eq!(FileKind::of("image/heic", "a.heic"), FileKind::Other);
        assert_eq!(FileKind::of("video/mp4; codecs=avc1", "a"), FileKind::Video);
        assert_eq!(FileKind::of("application/pdf", "a"), FileKind::Document);
        assert_eq!(FileKind::of("application/octet-stream", "Table.XLSX"), FileKind::Sheet);
        assert_eq!(FileKind::of("", "a.tar.gz"), FileKind::Archive);
        assert_eq!(FileKind::of("", "README"), FileKind::Other);
    }
}
