//! Rows as their owner sees them, and the words that are kept beside them.

use super::{
    citing::{Passage, leads_there},
    store::{DocumentRow, NotesRow, PageRow},
};
use crate::{accounts::folding::plain, failure::Failure, markdown, uploads::store::media_path};
use domain::{
    ApiError, FieldError, Timestamp,
    documents::{
        Document, DocumentFailure, DocumentPage, DocumentProgress, DocumentStatus, FailureCode, NotePoint, Notes,
        NotesStatus, NotesVersion, TITLE_MAX,
    },
    text,
};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) fn document(row: DocumentRow) -> Result<Document, Failure> {
    let status = status(&row.status)?;
    let failure = match (row.failure_code.as_deref(), row.failure_message) {
        (Some(code), Some(message)) => Some(DocumentFailure { code: failure_code(code)?, message }),
        _ => None,
    };
    let progress = row.progress_page.filter(|_| status == DocumentStatus::Processing).map(|page| {
        Ok::<_, Failure>(DocumentProgress { page: number(page)?, of: row.progress_of.map(number).transpose()? })
    });
    Ok(Document {
        id: row.id,
        title: row.title,
        filename: row.filename,
        content_type: row.content_type,
        size: u64::try_from(row.size).map_err(|_| Failure::Broken("a stored size is negative"))?,
        status,
        progress: progress.transpose()?,
        failure,
        pages: row.pages.map(number).transpose()?,
        words: row.words.map(|words| u64::try_from(words).unwrap_or_default()),
        language: row.language,
        notes_status: notes_status(&row.notes_status)?,
        url: media_path(row.object_id),
        created_at: Timestamp::from_micros(row.created_at),
        updated_at: Timestamp::from_micros(row.updated_at),
    })
}

pub(super) fn page(row: PageRow) -> Result<DocumentPage, Failure> {
    let blocks =
        serde_json::from_str(&row.blocks).map_err(|_| Failure::Broken("the blocks of a stored page cannot be read"))?;
    Ok(DocumentPage { page: number(row.page)?, text: row.text, blocks })
}

/// What a version of notes says, and where that stands.
pub(super) fn points(row: &NotesRow) -> Result<Vec<NotePoint>, Failure> {
    serde_json::from_str(&row.points).map_err(|_| Failure::Broken("the points of stored notes cannot be read"))
}

/// The notes in their present version, if there is one. `standing` are the passages to which they may lead.
pub(super) fn notes(
    document: &DocumentRow,
    row: Option<NotesRow>,
    standing: &BTreeSet<Passage>,
) -> Result<Notes, Failure> {
    let status = notes_status(&document.notes_status)?;
    let Some(row) = row else {
        return Ok(Notes {
            status,
            markdown: String::new(),
            html: String::new(),
            points: Vec::new(),
            version: 0,
            edited: false,
            remark: document.notes_failure.clone(),
            created_at: None,
        });
    };
    Ok(Notes {
        status,
        points: points(&row)?,
        html: notes_html(&row.markdown, document.id, standing),
        markdown: row.markdown,
        version: number(row.version)?,
        edited: row.is_edited,
        remark: document.notes_failure.clone().or(row.remark),
        created_at: Some(Timestamp::from_micros(row.created_at)),
    })
}

fn notes_html(markdown: &str, id: Uuid, standing: &BTreeSet<Passage>) -> String {
    markdown::render_notes(markdown, &|address| leads_there(address, id, standing))
}

pub(super) fn version(row: NotesRow, id: Uuid, standing: &BTreeSet<Passage>) -> Result<NotesVersion, Failure> {
    Ok(NotesVersion {
        version: number(row.version)?,
        edited: row.is_edited,
        created_at: Timestamp::from_micros(row.created_at),
        html: notes_html(&row.markdown, id, standing),
        markdown: row.markdown,
    })
}

/// Title and file name as the search compares them.
pub(super) fn search_text(title: &str, filename: &str) -> String {
    plain(&format!("{title}\n{filename}"))
}

/// The file's name without its ending.
pub(crate) fn title_of_file(filename: &str) -> String {
    let name = filename.rsplit_once('.').map_or(filename, |(name, _)| name);
    title(name).or_else(|| title(filename)).unwrap_or_else(|| "Document".to_owned())
}

/// What a document calls itself, as a title can be; none when nothing is left.
pub(super) fn title(text: &str) -> Option<String> {
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(TITLE_MAX).collect();
    let title = short.trim_end();
    (!title.is_empty()).then(|| title.to_owned())
}

/// What a document calls itself, where a person has named it: programs write names of their own into what they save.
pub(super) fn own_title(text: &str) -> Option<String> {
    title(text).filter(|title| !is_of_program(title))
}

/// Whether a program has made this title up.
fn is_of_program(title: &str) -> bool {
    const BEGINNINGS: [&str; 8] =
        ["about:blank", "untitled", "microsoft word - ", "microsoft powerpoint - ", "file://", "/", "\\\\", "~/"];
    const ENDINGS: [&str; 24] = [
        "doc", "docm", "docx", "dvi", "epub", "htm", "html", "indd", "key", "md", "odp", "odt", "pages", "pdf", "pps",
        "ppt", "pptm", "pptx", "ps", "pub", "rtf", "tex", "txt", "xlsx",
    ];
    let title = title.to_lowercase();
    let has_ending = title.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    // A drive's letter: `c:\`.
    let is_on_drive = title.get(1..3) == Some(":\\");
    has_ending || is_on_drive || BEGINNINGS.iter().any(|beginning| title.starts_with(beginning))
}

/// Words to look for, as a parameter of the address.
///
/// # Errors
/// `validation_failed` on `query`.
pub(super) fn checked_query(query: &str, max: usize) -> Result<String, ApiError> {
    text::line("query", query, max)
        .map_err(|error| ApiError::validation(vec![FieldError::query("query", &error.rule, error.msg)]))
}

pub(super) fn status(text: &str) -> Result<DocumentStatus, Failure> {
    match text {
        "uploaded" => Ok(DocumentStatus::Uploaded),
        "processing" => Ok(DocumentStatus::Processing),
        "ready" => Ok(DocumentStatus::Ready),
        "failed" => Ok(DocumentStatus::Failed),
        _ => Err(Failure::Broken("the stored status of a document is none")),
    }
}

pub(super) fn notes_status(text: &str) -> Result<NotesStatus, Failure> {
    match text {
        "processing" => Ok(NotesStatus::Processing),
        "ready" => Ok(NotesStatus::Ready),
        "failed" => Ok(NotesStatus::Failed),
        _ => Err(Failure::Broken("the stored status of notes is none")),
    }
}

pub(super) const fn failure_text(code: FailureCode) -> &'static str {
    match code {
        FailureCode::NoTextLayer => "no_text_layer",
        FailureCode::Encrypted => "encrypted",
        FailureCode::Corrupt => "corrupt",
        FailureCode::TooLarge => "too_large",
        FailureCode::Unsupported => "unsupported",
    }
}

fn failure_code(text: &str) -> Result<FailureCode, Failure> {
    match text {
        "no_text_layer" => Ok(FailureCode::NoTextLayer),
        "encrypted" => Ok(FailureCode::Encrypted),
        "corrupt" => Ok(FailureCode::Corrupt),
        "too_large" => Ok(FailureCode::TooLarge),
        "unsupported" => Ok(FailureCode::Unsupported),
        _ => Err(Failure::Broken("a stored reason is none")),
    }
}

fn number(stored: i64) -> Result<u32, Failure> {
    u32::try_from(stored).map_err(|_| Failure::Broken("a stored number is out of range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_called_like_its_file_unless_nothing_is_left() {
        assert_eq!(title_of_file("Cell biology.v2.pdf"), "Cell biology.v2");
        assert_eq!(title_of_file(".pdf"), ".pdf");
        assert_eq!(title_of_file("żółw"), "żółw");
        assert_eq!(title(" A\u{0}\n b "), Some("A b".into()));
        assert_eq!(title("\u{7}"), None);
        assert_eq!(title(&"ż".repeat(300)).unwrap().chars().count(), TITLE_MAX);
    }

    #[test]
    fn what_a_program_has_made_up_is_no_title() {
        for made_up in [
            "",
            " \t",
            "about:blank",
            "Untitled",
            "untitled document (3)",
            "Microsoft Word - Essay",
            "Microsoft Word - essay_final2.docx",
            "Microsoft PowerPoint - Slides",
            "thesis.TEX",
            "/home/ada/scan",
            "C:\\Users\\Ada\\scan",
            "\\\\server\\share\\scan",
            "file:///tmp/scan",
        ] {
            assert_eq!(own_title(made_up), None, "{made_up}");
        }
        for named in
            ["Cells", "An introduction to Node.js", "Client/server", "Microsoft Word for beginners", "ż:ó", "1.2"]
        {
            assert_eq!(own_title(named).as_deref(), Some(named));
        }
    }
}
