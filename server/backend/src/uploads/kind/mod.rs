//! What a file is: its bytes say, not its name and not its sender.

mod words;

pub(super) use words::called;
pub(crate) use words::taken;

use domain::uploads::UploadPurpose;

/// So many of the first bytes are looked at.
pub(super) const BEGINNING: u64 = 65_536;
/// A file that is none of the known kinds.
pub(crate) const UNKNOWN: &str = "application/octet-stream";
const HTML: &str = "text/html";
const XML: &str = "application/xml";
const TEXT: &str = "text/plain";
const MARKDOWN: &str = "text/markdown";
const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const EPUB: &str = "application/epub+zip";

/// Pictures that a browser shows and we can look into.
const PICTURES: [&str; 6] = ["image/avif", "image/gif", "image/heic", "image/jpeg", "image/png", "image/webp"];
/// Those among them that every browser shows: a profile picture is everywhere.
const AVATARS: [&str; 4] = ["image/gif", "image/jpeg", "image/png", "image/webp"];
const DOCUMENTS: [&str; 7] = [PDF, DOCX, PPTX, EPUB, HTML, MARKDOWN, TEXT];
const SOUNDS: [&str; 9] = [
    "audio/aac",
    "audio/amr",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "audio/x-aiff",
];
const FILMS: [&str; 3] = ["video/mp4", "video/quicktime", "video/webm"];

/// Whether it is a picture that can be looked into.
pub(super) fn is_picture(content_type: &str) -> bool {
    PICTURES.contains(&content_type)
}

/// Whether a browser may show it in place. Never what could bring a script: HTML, SVG, XML, PDF.
pub(crate) fn is_shown(content_type: &str) -> bool {
    is_picture(content_type) || is_played(content_type)
}

/// Whether it is played over some time.
pub(super) fn is_played(content_type: &str) -> bool {
    SOUNDS.contains(&content_type) || FILMS.contains(&content_type)
}

/// The media type without its parameters, in small letters; none when it is no media type.
pub(crate) fn essence(declared: &str) -> Option<String> {
    let text = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if text.is_empty() {
        return Some(UNKNOWN.to_owned());
    }
    let is_token = |part: &str| {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        !part.is_empty() && part.len() <= 127 && part.bytes().all(letter)
    };
    let (kind, subtype) = text.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(text)
}

/// Whether it can be a document.
pub(crate) fn is_document(content_type: &str) -> bool {
    DOCUMENTS.contains(&content_type)
}

/// Whether the purpose may take a file that its sender takes for this. The bytes decide later; a sender who does not
/// know says [`UNKNOWN`].
pub(super) fn may_be(purpose: UploadPurpose, declared: &str) -> bool {
    let is_one_of = |group: &str| declared.split_once('/').is_some_and(|(kind, _)| kind == group);
    if declared == UNKNOWN {
        return true;
    }
    match purpose {
        UploadPurpose::Media => true,
        UploadPurpose::Photo => is_picture(declared) || ["image/heif", "image/jpg"].contains(&declared),
        UploadPurpose::Avatar => AVATARS.contains(&declared) || declared == "image/jpg",
        UploadPurpose::Document => {
            DOCUMENTS.contains(&declared) || ["application/xhtml+xml", "text/x-markdown"].contains(&declared)
        }
        UploadPurpose::Audio => is_one_of("audio") || FILMS.contains(&declared) || declared == "application/ogg",
    }
}

/// Whether the purpose takes a file whose bytes are this.
pub(super) fn is_taken(purpose: UploadPurpose, found: &str) -> bool {
    match purpose {
        UploadPurpose::Media => true,
        UploadPurpose::Photo => is_picture(found),
        UploadPurpose::Avatar => AVATARS.contains(&found),
        UploadPurpose::Document => DOCUMENTS.contains(&found),
        UploadPurpose::Audio => SOUNDS.contains(&found),
    }
}

/// Whether the bytes are of another kind than the picture, film or sound that its sender takes it for. One sort of
/// picture for another does no harm: names lie about that every day; and a container may hold film or sound.
pub(super) fn contradicts(declared: &str, found: &str) -> bool {
    fn group(content_type: &str) -> &str {
        match content_type.split('/').next().unwrap_or_default() {
            "audio" | "video" => "audio or video",
            group => group,
        }
    }
    let is_drawing = declared == "image/svg+xml" && found == XML;
    let is_told = matches!(group(declared), "image" | "audio or video");
    is_told && found != UNKNOWN && !is_drawing && group(found) != group(declared)
}

/// What the bytes are. `declared` and `filename` only tell apart what bytes cannot: sound from film in the same
/// container, Markdown from plain text.
pub(super) fn detect(beginning: &[u8], declared: &str, filename: &str, purpose: UploadPurpose) -> &'static str {
    let found = infer::get(beginning).map_or(UNKNOWN, |kind| canonical(kind.mime_type(), beginning));
    let text = text(beginning);
    let found = match text {
        // Many a magic number is also a word: a text that begins with BM is no bitmap.
        Some(text) if found != PDF && found != "application/rtf" => text_kind(text, declared, filename),
        _ if found == UNKNOWN || found.starts_with("text/") => container(beginning),
        _ => found,
    };
    let wants_sound = purpose == UploadPurpose::Audio || declared.starts_with("audio/");
    let found = if purpose == UploadPurpose::Document { document(found, beginning, filename) } else { found };
    match found {
        "video/mp4" if wants_sound => "audio/mp4",
        "video/webm" if wants_sound => "audio/webm",
        found => found,
    }
}

/// What only somebody who wants a document would take for one: the name says it, and the bytes do not contradict.
fn document(found: &'static str, beginning: &[u8], filename: &str) -> &'static str {
    let name = filename.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let is_protected = beginning.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let small = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    let is_drawing = || small.contains("<svg");
    let is_page = || {
        let place = |mark: &str| small.find(mark);
        let page = place("<!doctype html").or_else(|| place("<html"));
        page.is_some_and(|page| place("<svg").is_none_or(|drawing| page < drawing))
    };
    match found {
        // Reading them will tell that they want a password.
        _ if is_protected && ends(&[".docx"]) => DOCX,
        _ if is_protected && ends(&[".pptx"]) => PPTX,
        "application/zip" if holds(beginning, b"META-INF/container.xml") => EPUB,
        XML if is_page() => HTML,
        HTML | XML if ends(&[".md", ".markdown"]) && !is_page() => MARKDOWN,
        HTML | XML if ends(&[".txt", ".text"]) && !is_page() && !is_drawing() => TEXT,
        XML if ends(&[".htm", ".html"]) && !is_drawing() => HTML,
        UNKNOWN if is_text_of_old(beginning) => match () {
            () if ends(&[".md", ".markdown"]) => MARKDOWN,
            () if ends(&[".htm", ".html", ".xhtml"]) => HTML,
            () if ends(&[".txt", ".text"]) => TEXT,
            () => UNKNOWN,
        },
        found => found,
    }
}

/// Text in UTF-16, or in one of the encodings of one byte to a letter.
fn is_text_of_old(beginning: &[u8]) -> bool {
    let is_letter = |byte: &u8| !matches!(byte, 0..=8 | 0xb | 0xe..=0x1f | 0x7f);
    let is_wide = beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff");
    !beginning.is_empty() && (is_wide || beginning.iter().all(is_letter))
}

fn holds(beginning: &[u8], name: &[u8]) -> bool {
    beginning.windows(name.len()).any(|window| window == name)
}

fn canonical(mime: &'static str, beginning: &[u8]) -> &'static str {
    match mime {
        "audio/m4a" => "audio/mp4",
        "video/x-m4v" => "video/mp4",
        "audio/x-flac" => "audio/flac",
        "audio/x-wav" => "audio/wav",
        "audio/opus" => "audio/ogg",
        "image/heif" => container(beginning),
        "application/zip" => archive(beginning),
        other => other,
    }
}

/// What else begins with a known mark.
fn container(beginning: &[u8]) -> &'static str {
    if beginning.get(4..8) == Some(b"ftyp") {
        let length = beginning.first_chunk().map_or(0, |size| u32::from_be_bytes(*size) as usize);
        let brands = beginning.get(8..length.clamp(8, beginning.len().clamp(8, 256))).unwrap_or_default();
        let has = |names: &[&[u8; 4]]| brands.chunks_exact(4).any(|brand| names.iter().any(|name| brand == *name));
        return match () {
            () if has(&[b"avif", b"avis"]) => "image/avif",
            () if has(&[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"]) => "image/heic",
            // A picture in the same container that nobody here can look into.
            () if has(&[b"mif1", b"msf1"]) => UNKNOWN,
            () if has(&[b"M4A ", b"M4B "]) => "audio/mp4",
            () if brands.starts_with(b"qt  ") => "video/quicktime",
            () => "video/mp4",
        };
    }
    match beginning {
        [0xff, 0xf2 | 0xf3 | 0xfa, ..] => "audio/mpeg",
        _ => UNKNOWN,
    }
}

/// Office documents are archives; the names of their first files tell.
fn archive(beginning: &[u8]) -> &'static str {
    let has = |name: &[u8]| holds(beginning, name);
    if !has(b"[Content_Types].xml") {
        return "application/zip";
    }
    match () {
        () if has(b"word/") => DOCX,
        () if has(b"ppt/") => PPTX,
        () if has(b"xl/") => XLSX,
        () => "application/zip",
    }
}

/// The beginning as text, if it is one. The last character may be cut.
fn text(beginning: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(beginning.get(..error.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    let is_text = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r' | '\u{c}');
    (!text.is_empty() && text.chars().all(is_text)).then_some(text)
}

fn text_kind(text: &str, declared: &str, filename: &str) -> &'static str {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        let small = start.to_ascii_lowercase();
        let marks = ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<div", "<p>", "<h1", "<title"];
        let is_picture = small.contains("<svg");
        return if !is_picture && marks.iter().any(|mark| small.contains(mark)) { HTML } else { XML };
    }
    let name = filename.to_ascii_lowercase();
    let says = |types: &[&str], ends: &[&str]| types.contains(&declared) || ends.iter().any(|end| name.ends_with(end));
    match () {
        () if says(&[MARKDOWN, "text/x-markdown"], &[".md", ".markdown"]) => MARKDOWN,
        () if says(&["text/csv"], &[".csv"]) => "text/csv",
        () => TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> &'static str {
        detect(bytes, UNKNOWN, "file", UploadPurpose::Media)
    }

    #[test]
    fn bytes_tell_what_a_file_is() {
        for (bytes, kind) in [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
            (b"GIF89a\x01\0\x01\0", "image/gif"),
            (b"%PDF-1.7\n1 0 obj", PDF),
            (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", "video/mp4"),
            (b"\0\0\0\x18ftypiso6\0\0\0\0iso6dash", "video/mp4"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "image/avif"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"),
            (b"PK\x03\x04\x14\0[Content_Types].xml word/document.xml", DOCX),
            (b"PK\x03\x04\x14\0readme.txt", "application/zip"),
            ("Zażółć gęślą jaźń".as_bytes(), TEXT),
            (b"BM is a word of two letters", TEXT),
            (b"MZ, too", TEXT),
            (b"\x01\x02\x03", UNKNOWN),
            (b"", UNKNOWN),
        ] {
            assert_eq!(found(bytes), kind, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn markup_is_never_a_picture() {
        for page in
            ["<!DOCTYPE html><p>x", "\u{feff} \n<HTML>", "<script>alert(1)</script>", "<!-- x --><body onload=x>"]
        {
            assert_eq!(found(page.as_bytes()), HTML, "{page}");
        }
        for drawing in ["<svg onload=alert(1)>", "<?xml version=\"1.0\"?><svg/>", "<!-- <html> --><svg>"] {
            assert_eq!(found(drawing.as_bytes()), XML, "{drawing}");
        }
        assert!(!is_shown(HTML) && !is_shown(XML) && !is_shown("image/svg+xml") && !is_shown(PDF));
    }

    #[test]
    fn what_bytes_cannot_tell_apart_the_sender_does() {
        let film = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2";
        assert_eq!(detect(film, "audio/mp4", "voice", UploadPurpose::Media), "audio/mp4");
        assert_eq!(detect(film, UNKNOWN, "voice", UploadPurpose::Audio), "audio/mp4");
        assert_eq!(detect(b"# Title", UNKNOWN, "Notes.MD", UploadPurpose::Document), MARKDOWN);
        assert_eq!(detect(b"<html>", MARKDOWN, "x.md", UploadPurpose::Document), HTML);
    }

    #[test]
    fn a_document_may_be_what_its_name_says_unless_its_bytes_contradict() {
        let found = |bytes: &[u8], name: &str| detect(bytes, UNKNOWN, name, UploadPurpose::Document);
        assert_eq!(found(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "plan.docx"), DOCX);
        assert_eq!(found(b"<!DOCTYPE html><title>x</title><svg></svg>", "page.html"), HTML);
        assert_eq!(found(b"<p align=center>Badge</p>\n# Title", "README.md"), MARKDOWN);
        assert_eq!(found(b"za\xbf\xf3\xb3\xe6 g\xea\x9cl\xb9", "pismo.txt"), TEXT);
        assert_eq!(found(b"\xff\xfeh\0i\0", "wide.txt"), TEXT);
        assert_eq!(found(b"<Chapter 1>\nCells divide.", "notes.txt"), TEXT);
        assert_eq!(found(b"<h2>Cells</h2>\n<p class=first>Cells divide.", "page.html"), HTML);
        for (bytes, name) in [
            (b"\x01\x02\x03".as_slice(), "a.txt"),
            (b"<svg onload=alert(1)>", "a.html"),
            (b"<p class=x>x</p><SVG onload=alert(1)>", "a.html"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt"),
            (b"PK\x03\x04\x14\0readme.txt", "a.docx"),
        ] {
            assert!(!is_taken(UploadPurpose::Document, found(bytes, name)), "{name}");
        }
    }

    #[test]
    fn a_media_type_is_read_without_parameters() {
        assert_eq!(essence("Text/Plain; charset=utf-8").as_deref(), Some("text/plain"));
        assert_eq!(essence("").as_deref(), Some(UNKNOWN));
        for bad in ["text", "text/", "/x", "a/b/c", "te xt/x", "text/ż", "a\r\nb/c"] {
            assert_eq!(essence(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_picture_or_film_is_contradicted_by_anything_else() {
        for (declared, found) in [
            ("image/jpeg", HTML),
            ("video/mp4", HTML),
            ("image/png", XML),
            ("image/png", PDF),
            ("audio/mpeg", TEXT),
            ("video/mp4", "image/png"),
            ("image/jpeg", "video/mp4"),
            ("image/jpeg", "application/zip"),
        ] {
            assert!(contradicts(declared, found), "{declared} {found}");
        }
        for (declared, found) in [
            ("image/jpeg", "image/png"),
            ("video/mp4", "audio/mp4"),
            ("audio/ogg", "video/webm"),
            ("image/svg+xml", XML),
            ("image/x-raw", UNKNOWN),
            (UNKNOWN, HTML),
            ("text/html", "image/gif"),
            ("application/ogg", "audio/ogg"),
        ] {
            assert!(!contradicts(declared, found), "{declared} {found}");
        }
    }

    #[test]
    fn a_purpose_refuses_at_once_what_it_never_takes() {
        assert!(may_be(UploadPurpose::Media, "image/svg+xml"));
        assert!(!may_be(UploadPurpose::Photo, "image/svg+xml"));
        assert!(!may_be(UploadPurpose::Avatar, "image/heic"));
        assert!(!may_be(UploadPurpose::Document, "image/png"));
        assert!(may_be(UploadPurpose::Audio, "audio/webm") && !may_be(UploadPurpose::Audio, "text/plain"));
        assert!(!is_taken(UploadPurpose::Photo, UNKNOWN) && is_taken(UploadPurpose::Media, UNKNOWN));
    }
}
