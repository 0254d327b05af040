//! Made-up documents and their notes.

use super::MOMENT;
use crate::people::{Fakes, HOSTILE, is_unlucky};
use async_trait::async_trait;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    citation::Citation,
    documents::{
        Block, BlockKind, ContentsEntry, Document, DocumentFailure, DocumentList, DocumentOrigin, DocumentPage,
        DocumentProgress, DocumentStatus, Documents, DocumentsPart, FailureCode, FoundPassage, NotePoint, Notes,
        NotesStatus, NotesVersion, NotesVersionList,
    },
};
use uuid::Uuid;

/// A document that can be read, with notes.
pub(crate) const READ: Uuid = Uuid::from_u128(0xd1);
/// One whose pages are being read.
pub(crate) const READING: Uuid = Uuid::from_u128(0xd2);
/// One that cannot be read.
pub(crate) const SCAN: Uuid = Uuid::from_u128(0xd3);
/// A file of a message that was never read before.
pub(crate) const SENT: Uuid = Uuid::from_u128(0xf1);
/// A file of a message that cannot be read.
pub(crate) const SENT_SCAN: Uuid = Uuid::from_u128(0xf2);

fn document(id: Uuid) -> Document {
    let (status, notes_status) = match id {
        READING => (DocumentStatus::Processing, NotesStatus::Processing),
        SCAN => (DocumentStatus::Failed, NotesStatus::Failed),
        _ => (DocumentStatus::Ready, NotesStatus::Ready),
    };
    let is_ready = status == DocumentStatus::Ready;
    Document {
        id,
        title: HOSTILE.into(),
        filename: format!("{HOSTILE}.pdf"),
        content_type: "application/pdf".into(),
        size: 4_200_000,
        status,
        progress: (id == READING).then_some(DocumentProgress { page: 12, of: Some(100) }),
        failure: (id == SCAN).then(|| DocumentFailure {
            code: FailureCode::NoTextLayer,
            message: "Its pages are pictures. Recognise the text first.".into(),
        }),
        pages: is_ready.then_some(3),
        words: is_ready.then_some(1_234),
        language: is_ready.then(|| "pl".into()),
        notes_status,
        url: "/media/original".into(),
        created_at: MOMENT,
        updated_at: MOMENT,
    }
}

fn found(viewer: &Viewer, id: Uuid) -> Result<Document, ApiError> {
    if is_unlucky(viewer) {
        return Err(ApiError::internal());
    }
    let is_known = [READ, READING, SCAN].contains(&id);
    if is_known { Ok(document(id)) } else { Err(ApiError::not_found("There is no such document.")) }
}

/// A heading, a paragraph, a list and a table, all of them hostile.
fn page(number: u32) -> DocumentPage {
    let heading = format!("Cells {HOSTILE}");
    let paragraph = format!("A cell divides. {HOSTILE}");
    let (items, table) = (["one", "two"], "a\tb\nc\td");
    let parts = [heading.as_str(), &paragraph, items[0], items[1], table];
    let mut blocks = Vec::new();
    let mut start = 0;
    let kinds = [
        BlockKind::Heading { level: 1 },
        BlockKind::Paragraph,
        BlockKind::ListItem,
        BlockKind::ListItem,
        BlockKind::Table,
    ];
    for (part, kind) in parts.iter().zip(kinds) {
        let end = start + u32::try_from(part.chars().count()).unwrap();
        blocks.push(Block { kind, start, end });
        start = end + 2;
    }
    DocumentPage { page: number, text: parts.join("\n\n"), blocks }
}

/// Where “cell divides” stands on each page.
pub(crate) fn passage() -> (u32, u32) {
    let start = u32::try_from(format!("Cells {HOSTILE}\n\nA ").chars().count()).unwrap();
    (start, start + 12)
}

fn notes(id: Uuid) -> Notes {
    let (start, end) = passage();
    let is_there = id == READ;
    let link = format!("/library/{id}/read?page=2&amp;start={start}&amp;end={end}");
    let citation = Citation::Document { document_id: id, page: 2, start, end, quote: "cell divides".into() };
    Notes {
        status: document(id).notes_status,
        markdown: if is_there { format!("- Cells divide. {HOSTILE}") } else { String::new() },
        html: if is_there {
            format!("<h3>Cells</h3><ul><li>Cells divide. <a href=\"{link}\">[p. 2]</a></li></ul>")
        } else {
            String::new()
        },
        points: vec![NotePoint { text: "Cells divide.".into(), citations: vec![citation] }],
        version: u32::from(is_there) * 2,
        edited: false,
        remark: is_there.then(|| format!("Polish is done well. {HOSTILE}")),
        created_at: is_there.then_some(MOMENT),
    }
}

#[async_trait]
impl Documents for Fakes {
    async fn add(&self, viewer: &Viewer, origin: DocumentOrigin) -> Result<Document, ApiError> {
        match origin {
            DocumentOrigin::Upload(_) => found(viewer, READING),
            DocumentOrigin::Attachment(SENT) => found(viewer, READING),
            DocumentOrigin::Attachment(SENT_SCAN) => found(viewer, SCAN),
            DocumentOrigin::Attachment(_) => found(viewer, READ),
        }
    }

    async fn documents(&self, viewer: &Viewer, part: DocumentsPart) -> Result<DocumentList, ApiError> {
        found(viewer, READ)?;
        let documents = match (part.query.as_deref(), part.before) {
            (Some("nothing"), _) | (None, Some(_)) => Vec::new(),
            (Some(_), _) => vec![document(READ)],
            (None, None) => vec![document(READ), document(READING), document(SCAN)],
        };
        Ok(DocumentList { documents, older: Some(HOSTILE.into()), newer: None })
    }

    async fn document(&self, viewer: &Viewer, id: Uuid) -> Result<Document, ApiError> {
        found(viewer, id)
    }

    async fn rename(&self, viewer: &Viewer, id: Uuid, title: String) -> Result<Document, ApiError> {
        if title.trim().is_empty() {
            return Err(ApiError::validation(vec![FieldError::body("title", "blank", "Give it a title.")]));
        }
        found(viewer, id)
    }

    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn text(&self, viewer: &Viewer, id: Uuid, number: Option<u32>) -> Result<Vec<DocumentPage>, ApiError> {
        found(viewer, id)?;
        match number {
            Some(number) if number == 0 || number > 3 => Err(ApiError::not_found("There is no such page.")),
            Some(number) => Ok(vec![page(number)]),
            None => Ok((1..=3).map(page).collect()),
        }
    }

    async fn contents(&self, viewer: &Viewer, id: Uuid) -> Result<Vec<ContentsEntry>, ApiError> {
        found(viewer, id)?;
        let entry = |page| ContentsEntry { page, level: 1, start: 0, end: 5, title: format!("Cells {HOSTILE}") };
        Ok((1..=3).map(entry).collect())
    }

    async fn find(&self, viewer: &Viewer, id: Uuid, query: String) -> Result<Vec<FoundPassage>, ApiError> {
        found(viewer, id)?;
        let (start, end) = passage();
        let excerpt = ["A ".to_owned(), "cell divides".to_owned(), format!(". {HOSTILE}")];
        let place = |page| FoundPassage { page, start, end, excerpt: excerpt.clone() };
        Ok(if query == "nothing" { Vec::new() } else { (1..=3).map(place).collect() })
    }

    async fn notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError> {
        found(viewer, id).map(|_| notes(id))
    }

    async fn regenerate_notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError> {
        found(viewer, id).map(|_| notes(id))
    }

    async fn edit_notes(&self, viewer: &Viewer, id: Uuid, version: u32, _: String) -> Result<Notes, ApiError> {
        if version != 2 {
            return Err(ApiError::new(ErrorCode::Conflict, "There is a newer version of these notes."));
        }
        found(viewer, id).map(|_| notes(id))
    }

    async fn notes_versions(
        &self,
        viewer: &Viewer,
        id: Uuid,
        _: u32,
        _: Option<u32>,
    ) -> Result<NotesVersionList, ApiError> {
        found(viewer, id)?;
        let version = |version| NotesVersion {
            version,
            edited: version == 2,
            created_at: MOMENT,
            markdown: HOSTILE.into(),
            html: format!("<p>What version {version} says.</p>"),
        };
        Ok(NotesVersionList { versions: vec![version(2), version(1)], newest: 2, has_older: false })
    }
}
