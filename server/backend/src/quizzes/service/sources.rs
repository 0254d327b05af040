//! What quizzes are made of.

use super::{QuizService, store};
use crate::{
    documents::service::{NotesText, Readable, Readiness, title_of_file},
    failure::Failure,
    providers::text::QuestionSource,
    uploads::kind::is_document,
};
use db::Connection;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    documents::{Document, DocumentOrigin, DocumentPage, DocumentStatus, Documents as _},
    quizzes::{Difficulty, QuestionForm, QuizSource, SOURCE_TEXT_MAX, SOURCES_MAX},
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use uuid::Uuid;

/// Length of a title that is made of a source, in code points.
const MADE_TITLE: usize = 80;
/// That of a quiz of a text without a heading.
const NO_TITLE: &str = "Quiz";
pub(super) const NO_SUCH_PAGES: &str = "The document has no such pages: choose some that it has.";
/// Files of a conversation that are looked at, newest first.
const FILES_MAX: i64 = 200;

/// What may be wrong with one of the files of a conversation.
const PASSED_OVER: [ErrorCode; 4] =
    [ErrorCode::NotFound, ErrorCode::UnsupportedMediaType, ErrorCode::PayloadTooLarge, ErrorCode::ValidationFailed];

/// What was asked for, as it is kept for a worker that takes it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) documents: Vec<Uuid>,
    /// Files of messages that are still to become documents.
    #[serde(default)]
    pub(super) files: Vec<Uuid>,
    #[serde(default)]
    pub(super) notes: Option<NotesOf>,
    pub(super) pages: Option<(u32, u32)>,
    pub(super) count: u32,
    pub(super) forms: Vec<QuestionForm>,
    pub(super) difficulty: Difficulty,
    pub(super) seed: u64,
}

/// A version of the notes of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotesOf {
    pub(super) document_id: Uuid,
    pub(super) version: i64,
}

/// What a quiz is to be made of.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) title: String,
    /// Pasted text, or what notes say.
    pub(super) notes_text: Option<String>,
    /// Whose text that is, if it is that of notes.
    pub(super) notes: Option<(NotesOf, NotesText)>,
    pub(super) documents: Vec<Uuid>,
    /// Files of messages that are still to become documents.
    pub(super) files: Vec<Uuid>,
    pub(super) pages: Option<(u32, u32)>,
    /// None while a document is still to be read, and of long ones.
    pub(super) sources: Option<Vec<QuestionSource>>,
    /// The field of the request that it came from.
    pub(super) field: &'static str,
}

impl QuizService {
    pub(super) async fn gather(&self, viewer: &Viewer, source: QuizSource) -> Result<Gathered, Failure> {
        match source {
            QuizSource::Text(text) => Ok(pasted(&text)),
            QuizSource::Documents { ids, pages } => self.chosen(viewer, ids, pages).await,
            QuizSource::Notes(id) => self.noted(viewer, id).await,
            QuizSource::Conversation(id) => self.sent(viewer, id).await,
        }
    }

    /// Documents of the viewer's. Those that are still to be read are waited for.
    async fn chosen(
        &self,
        viewer: &Viewer,
        mut ids: Vec<Uuid>,
        pages: Option<(u32, u32)>,
    ) -> Result<Gathered, Failure> {
        const FIELD: &str = "document_ids";
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        let mut connection = self.db.read().await?;
        let (mut titles, mut readable, mut is_waiting) = (Vec::new(), Vec::new(), false);
        for id in &ids {
            let found = self.documents.readiness(&mut connection, viewer.account_id, *id, pages).await?;
            match found.ok_or_else(|| ApiError::not_found("There is no such document."))? {
                Readiness::Read(source) => {
                    titles.push(source.title.clone());
                    readable.push(source);
                }
                Readiness::Waiting { title } => {
                    titles.push(title);
                    is_waiting = true;
                }
                Readiness::Unreadable => {
                    let msg = "This document cannot be read: choose another.";
                    return Err(refused(FIELD, "unreadable", msg));
                }
            }
        }
        if !is_waiting && readable.iter().all(|source| source.length == 0) {
            return Err(refused("pages", "empty", NO_SUCH_PAGES));
        }
        let title = made_title(&titles.join(", "));
        let sources = if is_waiting { None } else { self.short_texts(&mut connection, readable).await? };
        Ok(Gathered { title, documents: ids, pages, sources, field: FIELD, ..Gathered::default() })
    }

    /// The notes of a document of the viewer's, as they are now.
    async fn noted(&self, viewer: &Viewer, id: Uuid) -> Result<Gathered, Failure> {
        const FIELD: &str = "document_ids";
        let mut connection = self.db.read().await?;
        let found = self.documents.notes_source(&mut connection, viewer.account_id, id, None).await?;
        drop(connection);
        let found = found.ok_or_else(|| ApiError::not_found("There is no such document."))?;
        if found.version == 0 {
            let msg = "This document has no notes yet: try again when they are there.";
            return Err(refused(FIELD, "not_ready", msg));
        }
        let text = found.text.text.clone();
        if text.is_empty() {
            return Err(refused(FIELD, "empty", "The notes are empty: write something, or have them made anew."));
        }
        Ok(Gathered {
            title: made_title(&found.title),
            sources: Some(vec![text_source(&text)]),
            notes_text: Some(text),
            notes: Some((NotesOf { document_id: id, version: found.version }, found.text)),
            field: FIELD,
            ..Gathered::default()
        })
    }

    /// The texts, unless they are too long to be worked on while somebody waits.
    async fn short_texts(
        &self,
        c: &mut Connection,
        readable: Vec<Readable>,
    ) -> Result<Option<Vec<QuestionSource>>, Failure> {
        let length: u64 = readable.iter().map(|source| source.length).sum();
        if length > SOURCE_TEXT_MAX as u64 {
            return Ok(None);
        }
        let mut sources = Vec::new();
        for source in readable {
            sources.push(self.documents.source(c, source, u64::MAX).await?.text);
        }
        Ok(Some(sources))
    }

    /// What was sent in a conversation, as documents of the viewer's. Those that are still to be copied or read are
    /// waited for.
    async fn sent(&self, viewer: &Viewer, id: i64) -> Result<Gathered, Failure> {
        const FIELD: &str = "conversation_id";
        let mut connection = self.db.read().await?;
        self.conversations.takes_part(&mut connection, viewer, id, Ok(())).await?;
        let files = store::sent_files(&mut connection, id, FILES_MAX).await?;
        let files: Vec<_> =
            files.into_iter().filter(|file| is_document(&file.content_type)).take(SOURCES_MAX).collect();
        let mut has_all = true;
        for file in &files {
            has_all = has_all && self.documents.has_copy(&mut connection, viewer.account_id, file.object_id).await?;
        }
        drop(connection);
        let ids: Vec<Uuid> = files.iter().map(|file| file.object_id).collect();
        if !has_all {
            let titles: Vec<String> = files.iter().map(|file| title_of_file(&file.filename)).collect();
            let title = made_title(&titles.join(", "));
            return Ok(Gathered { title, files: ids, field: FIELD, ..Gathered::default() });
        }
        let (titles, documents): (Vec<String>, Vec<Uuid>) =
            self.copies(viewer, &ids).await?.into_iter().map(|document| (document.title, document.id)).unzip();
        if documents.is_empty() {
            let msg = "No document that can be read was sent in this conversation.";
            return Err(refused(FIELD, "no_documents", msg));
        }
        let mut connection = self.db.read().await?;
        let (mut readable, mut is_waiting) = (Vec::new(), false);
        for id in &documents {
            match self.documents.readiness(&mut connection, viewer.account_id, *id, None).await? {
                Some(Readiness::Read(source)) => readable.push(source),
                Some(Readiness::Waiting { .. }) => is_waiting = true,
                _ => {}
            }
        }
        let sources = if is_waiting { None } else { self.short_texts(&mut connection, readable).await? };
        let title = made_title(&titles.join(", "));
        Ok(Gathered { title, documents, sources, field: FIELD, ..Gathered::default() })
    }

    /// The viewer's copies of files of messages; those that they do not have yet are made. What cannot be a document is
    /// left out.
    pub(super) async fn copies(&self, viewer: &Viewer, files: &[Uuid]) -> Result<Vec<Document>, Failure> {
        let mut copies = Vec::new();
        for object_id in files {
            match self.documents.add(viewer, DocumentOrigin::Attachment(*object_id)).await {
                Ok(document) if document.status != DocumentStatus::Failed => copies.push(document),
                Ok(_) => {}
                // The others may still do.
                Err(error) if PASSED_OVER.contains(&error.code) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(copies)
    }
}

fn refused(field: &str, rule: &str, msg: &str) -> Failure {
    ApiError::validation(vec![FieldError::body(field, rule, msg)]).into()
}

fn pasted(text: &str) -> Gathered {
    let text = lines(text);
    Gathered {
        title: heading(&text).map_or_else(|| NO_TITLE.to_owned(), made_title),
        sources: Some(vec![text_source(&text)]),
        notes_text: Some(text),
        field: "notes_text",
        ..Gathered::default()
    }
}

/// Pasted text as questions are made of it.
pub(super) fn text_source(text: &str) -> QuestionSource {
    let page = DocumentPage { page: 1, text: text.to_owned(), blocks: Vec::new() };
    let language = study::language::detect(text).code().map(ToOwned::to_owned);
    QuestionSource { document_id: None, pages: vec![page], language }
}

/// The first line of a text if it is a heading. A sentence is none: everybody reads the title before they answer.
fn heading(text: &str) -> Option<&str> {
    let mut lines = text.lines().skip_while(|line| !line.chars().any(char::is_alphanumeric));
    let first = lines.next()?.trim();
    let is_apart = lines.next().is_none_or(|next| next.trim().is_empty());
    let is_sentence = first.ends_with(['.', '!', '?', '…', ';', ',']);
    let is_short = first.chars().count() <= MADE_TITLE;
    (first.starts_with('#') || (is_apart && is_short && !is_sentence)).then_some(first)
}

/// The text with one kind of line end, and without characters that show nothing.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|letter| match letter {
            '\r' | '\u{2028}' | '\u{2029}' | '\u{c}' => '\n',
            '\n' | '\t' => letter,
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect()
}

/// A title from the first line that says something.
fn made_title(text: &str) -> String {
    let mut lines = text.lines().map(|line| line.trim_matches(|letter: char| letter.is_whitespace() || letter == '#'));
    let first = lines.find(|line| line.chars().any(char::is_alphanumeric)).unwrap_or(NO_TITLE);
    let words = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MADE_TITLE {
        return words;
    }
    let cut: String = words.chars().take(MADE_TITLE - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches(|letter: char| !letter.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_beginning_of_the_text() {
        assert_eq!(made_title("\n\n## The  cell\nMore."), "The cell");
        assert_eq!(made_title("--\n…"), "Quiz");
        let long = made_title(&"żółwie i jeże, ".repeat(20));
        assert!(long.ends_with('…') && long.chars().count() <= MADE_TITLE, "{long}");
    }

    #[test]
    fn a_sentence_of_the_text_is_no_title() {
        assert_eq!(heading("\n# The cell\nMore."), Some("# The cell"));
        assert_eq!(heading("The cell\n\nMore."), Some("The cell"));
        for text in ["Hooke described cells in 1665.\n\nMore.", "Hooke described\ncells in 1665.", "", "--"] {
            assert_eq!(heading(text), None, "{text}");
        }
    }

    #[test]
    fn pasted_lines_end_alike_and_show_what_they_hold() {
        assert_eq!(lines("a\r\nb\rc\u{c}d\u{7}e\tf"), "a\nb\nc\nd e\tf");
    }
}
