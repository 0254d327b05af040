//! Documents, whoever asks: REST or a page.

mod adding;
mod citing;
mod cursor;
mod managing;
mod notes;
mod notes_text;
mod noting;
mod reading;
mod sourcing;
mod text;
mod view;
#[cfg(test)]
mod work_tests;

pub(crate) use notes_text::NotesText;
pub(crate) use noting::NotesOnProcessed;
pub(crate) use sourcing::{Readable, Readiness};
pub(crate) use view::title_of_file;

use super::store::{self, DocumentRow};
use crate::{
    access,
    events::Events,
    failure::Failure,
    jobs::Jobs,
    providers::{extraction::Extractor, text::TextProvider},
    uploads::service::UploadService,
};
use async_trait::async_trait;
use db::{Connection, Db};
use domain::{
    ApiError, Viewer,
    clock::Clock,
    documents::{
        ContentsEntry, Document, DocumentList, DocumentOrigin, DocumentPage, Documents, DocumentsPart, FoundPassage,
        Notes, NotesVersionList,
    },
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// Documents over the database, the object store and whoever reads and writes for us.
#[derive(Clone, Debug)]
pub(crate) struct DocumentService {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) jobs: Jobs,
    pub(crate) events: Events,
    pub(crate) uploads: UploadService,
    pub(crate) extractor: Arc<dyn Extractor>,
    pub(crate) text: Arc<dyn TextProvider>,
}

/// Payload of jobs and messages about one document.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct DocumentJob {
    pub(crate) document_id: Uuid,
}

impl DocumentService {
    /// The document, if the viewer may see it.
    ///
    /// # Errors
    /// `not_found` for everybody but its owner.
    pub(crate) async fn own(&self, c: &mut Connection, viewer: &Viewer, id: Uuid) -> Result<DocumentRow, Failure> {
        let row = store::document(c, id).await?;
        Ok(row.filter(|row| access::sees_document(viewer, row.owner_id)).ok_or_else(no_document)?)
    }

    /// The same in a transaction that will change it: until its end nobody else does.
    async fn locked(&self, c: &mut Connection, viewer: &Viewer, id: Uuid) -> Result<DocumentRow, Failure> {
        store::lock(c, id).await?;
        self.own(c, viewer, id).await
    }

    /// The document as the viewer sees it; none when they do not.
    pub(crate) async fn find(&self, viewer: &Viewer, id: Uuid) -> Result<Option<Document>, Failure> {
        let row = store::document(&mut self.db.read().await?, id).await?;
        row.filter(|row| access::sees_document(viewer, row.owner_id)).map(view::document).transpose()
    }

    async fn shown(&self, viewer: &Viewer, id: Uuid) -> Result<Document, Failure> {
        Ok(self.find(viewer, id).await?.ok_or_else(no_document)?)
    }
}

fn no_document() -> ApiError {
    ApiError::not_found("There is no such document.")
}

#[async_trait]
impl Documents for DocumentService {
    async fn add(&self, viewer: &Viewer, origin: DocumentOrigin) -> Result<Document, ApiError> {
        let id = self.add_from(viewer, origin).await?;
        Ok(self.shown(viewer, id).await?)
    }

    async fn documents(&self, viewer: &Viewer, part: DocumentsPart) -> Result<DocumentList, ApiError> {
        Ok(self.list(viewer, part).await?)
    }

    async fn document(&self, viewer: &Viewer, id: Uuid) -> Result<Document, ApiError> {
        Ok(self.shown(viewer, id).await?)
    }

    async fn rename(&self, viewer: &Viewer, id: Uuid, title: String) -> Result<Document, ApiError> {
        self.give_title(viewer, id, &title).await?;
        Ok(self.shown(viewer, id).await?)
    }

    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        Ok(self.take_away(viewer, id).await?)
    }

    async fn text(&self, viewer: &Viewer, id: Uuid, page: Option<u32>) -> Result<Vec<DocumentPage>, ApiError> {
        Ok(self.pages(viewer, id, page).await?)
    }

    async fn contents(&self, viewer: &Viewer, id: Uuid) -> Result<Vec<ContentsEntry>, ApiError> {
        Ok(self.headings(viewer, id).await?)
    }

    async fn find(&self, viewer: &Viewer, id: Uuid, query: String) -> Result<Vec<FoundPassage>, ApiError> {
        Ok(self.passages(viewer, id, &query).await?)
    }

    async fn notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError> {
        Ok(self.present_notes(viewer, id).await?)
    }

    async fn regenerate_notes(&self, viewer: &Viewer, id: Uuid) -> Result<Notes, ApiError> {
        self.ask_for_notes(viewer, id).await?;
        Ok(self.present_notes(viewer, id).await?)
    }

    async fn edit_notes(&self, viewer: &Viewer, id: Uuid, version: u32, markdown: String) -> Result<Notes, ApiError> {
        self.keep_edited(viewer, id, Some(version), &markdown).await?;
        Ok(self.present_notes(viewer, id).await?)
    }

    async fn notes_versions(
        &self,
        viewer: &Viewer,
        id: Uuid,
        limit: u32,
        before: Option<u32>,
    ) -> Result<NotesVersionList, ApiError> {
        Ok(self.versions(viewer, id, limit, before).await?)
    }
}
