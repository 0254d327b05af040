//! Notes as their reader asks for them and changes them.

use super::{
    DocumentJob, DocumentService,
    citing::{self, Passage},
    store::{self, NotesRow},
    view,
};
use crate::{
    failure::Failure,
    jobs::{self, MAKE_NOTES},
};
use db::Connection;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    citation::passage,
    documents::{NOTES_MAX, Notes, NotesVersionList},
};
use std::collections::BTreeSet;
use uuid::Uuid;

impl DocumentService {
    pub(super) async fn present_notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, Failure> {
        let mut connection = self.db.read().await?;
        let document = self.own(&mut connection, viewer, id).await?;
        let row = store::notes(&mut connection, id, document.notes_version).await?;
        let standing = standing(&mut connection, id, row.as_slice()).await?;
        drop(connection);
        view::notes(&document, row, &standing)
    }

    pub(super) async fn versions(
        &self,
        viewer: &Viewer,
        id: Uuid,
        limit: u32,
        before: Option<u32>,
    ) -> Result<NotesVersionList, Failure> {
        let mut connection = self.db.read().await?;
        let document = self.own(&mut connection, viewer, id).await?;
        let before = before.map_or(i64::MAX, i64::from);
        let mut rows = store::notes_before(&mut connection, id, before, i64::from(limit) + 1).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_older = rows.len() > limit;
        rows.truncate(limit);
        let standing = standing(&mut connection, id, &rows).await?;
        drop(connection);
        let newest = u32::try_from(document.notes_version).unwrap_or_default();
        let versions = rows.into_iter().map(|row| view::version(row, id, &standing)).collect::<Result<_, _>>()?;
        Ok(NotesVersionList { versions, newest, has_older })
    }

    /// Has the notes made anew, unless they are being made.
    pub(super) async fn ask_for_notes(&self, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        if row.status == "failed" {
            let detail = "This document cannot be read, so there is nothing to make notes of.";
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        if row.notes_status == "processing" {
            return Ok(());
        }
        let now = self.clock.now();
        store::set_notes_status(&mut transaction, id, "processing", None, now).await?;
        let job = DocumentJob { document_id: id };
        jobs::enqueue(&mut transaction, Some(viewer.account_id), MAKE_NOTES, &job, now).await?;
        let woken = self.events.record_document(&mut transaction, viewer.account_id, id).await?;
        transaction.commit().await?;
        self.jobs.wake();
        self.events.publish(woken);
        Ok(())
    }

    /// Keeps what a person wrote in the place of `version`, if they say which one they have edited. While notes are
    /// being made, it is kept beside them: the others go on being awaited.
    pub(crate) async fn keep_edited(
        &self,
        viewer: &Viewer,
        id: Uuid,
        version: Option<u32>,
        markdown: &str,
    ) -> Result<(), Failure> {
        let markdown = checked(markdown)?;
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        if version.is_some_and(|version| row.notes_version != i64::from(version)) {
            let detail = format!("There is a newer version of these notes, {}: load it first.", row.notes_version);
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        if row.notes_version == 0 && row.notes_status == "processing" {
            let detail = "These notes are still being made: wait until they are there.";
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        let before = store::notes(&mut transaction, id, row.notes_version).await?;
        let points = match &before {
            Some(before) => view::points(before)?,
            None => Vec::new(),
        };
        let points = citing::still_cited(points, id, &markdown);
        let now = self.clock.now();
        let notes = NotesRow {
            version: row.notes_version + 1,
            is_edited: true,
            markdown,
            points: serde_json::to_string(&points).map_err(|_| Failure::Broken("points cannot be written"))?,
            remark: None,
            created_at: now.micros(),
        };
        store::insert_notes(&mut transaction, id, &notes).await?;
        let status = if row.notes_status == "processing" { "processing" } else { "ready" };
        store::set_notes_version(&mut transaction, id, notes.version, status, now).await?;
        let woken = self.events.record_document(&mut transaction, viewer.account_id, id).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }
}

/// The passages to which these notes link and that are there. Those of their points are: that was made sure when the
/// notes were made, so that pages are read only for what a person has linked.
async fn standing(c: &mut Connection, id: Uuid, rows: &[NotesRow]) -> Result<BTreeSet<Passage>, Failure> {
    let (mut standing, mut linked) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        standing.extend(view::points(row)?.iter().flat_map(citing::passages));
        linked.extend(citing::cited(&row.markdown, id).into_iter().flatten());
    }
    linked.retain(|place| !standing.contains(place));
    if linked.is_empty() {
        return Ok(standing);
    }
    for page in store::pages(c, id).await? {
        let is_there =
            |place: &Passage| i64::from(place.0) == page.page && passage(&page.text, place.1, place.2).is_some();
        standing.extend(linked.iter().copied().filter(is_there));
    }
    Ok(standing)
}

/// Lines of text, at most [`NOTES_MAX`] code points; may be empty.
fn checked(markdown: &str) -> Result<String, ApiError> {
    let text = markdown.replace("\r\n", "\n");
    let length = text.chars().count();
    let wrong = |rule: &str, msg: String| ApiError::validation(vec![FieldError::body("markdown", rule, msg)]);
    if length > NOTES_MAX {
        return Err(wrong("too_long", format!("The notes have {length} characters: shorten them to {NOTES_MAX}.")));
    }
    if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')) {
        return Err(wrong("control_character", "There is a control character in the notes: remove it.".to_owned()));
    }
    Ok(text)
}
