//! Taking a file: an upload, or a copy of one that was sent in a conversation.

use super::{
    DocumentJob, DocumentService, no_document,
    reading::GIVEN_UP,
    store::{self, NewDocumentRow},
    view,
};
use crate::{
    accounts::service::lock_account,
    failure::Failure,
    jobs::{self, EXTRACT_DOCUMENT},
    outbox::{self, DOCUMENT_UPLOADED},
    uploads::{
        kind,
        service::{Received, Taken},
        store as uploads,
    },
};
use db::Connection;
use domain::{
    ApiError, ErrorCode, Timestamp, Viewer,
    clock::random_uuid,
    documents::DocumentOrigin,
    uploads::{Upload, UploadPurpose},
};
use serde_json::json;
use uuid::Uuid;

impl DocumentService {
    pub(super) async fn add_from(&self, viewer: &Viewer, origin: DocumentOrigin) -> Result<Uuid, Failure> {
        match origin {
            DocumentOrigin::Upload(upload_id) => self.take_upload(viewer, upload_id, None).await,
            DocumentOrigin::Attachment(object_id) => self.copy_attachment(viewer, object_id).await,
        }
    }

    /// Puts a file that has arrived here into the store, with every check of an upload.
    ///
    /// # Errors
    /// `unsupported_media_type` for a file that is no document; as for uploads otherwise.
    pub(crate) async fn receive(&self, viewer: &Viewer, mut received: Received) -> Result<Upload, ApiError> {
        // The bytes tell; what programs and machines call these types differs too much.
        let declared = kind::essence(&received.content_type).filter(|declared| kind::is_document(declared));
        received.content_type = declared.unwrap_or_else(|| kind::UNKNOWN.to_owned());
        let outcome = self.uploads.receive(viewer, UploadPurpose::Document, received).await;
        outcome.map_err(|error| match error.field("content_type") {
            Some(msg) => ApiError::new(ErrorCode::UnsupportedMediaType, msg),
            None => error.about_field("size", "file").about_field("filename", "file"),
        })
    }

    async fn copy_attachment(&self, viewer: &Viewer, object_id: Uuid) -> Result<Uuid, Failure> {
        let mut connection = self.db.read().await?;
        let content_type = store::attachment(&mut connection, object_id, viewer.account_id).await?;
        let content_type = content_type.ok_or_else(no_file)?;
        let before = store::by_source(&mut connection, object_id, viewer.account_id).await?;
        drop(connection);
        if let Some(before) = before {
            self.read_again(viewer, before).await?;
            return Ok(before);
        }
        if kind::is_shown(&content_type) {
            let detail = format!("This file is no document: choose {}.", kind::taken(UploadPurpose::Document));
            return Err(ApiError::new(ErrorCode::UnsupportedMediaType, detail).into());
        }
        let limit = self.uploads.limit(UploadPurpose::Document);
        let received = self.uploads.fetch(object_id, limit).await?.ok_or_else(no_file)?;
        let upload = self.receive(viewer, received).await?;
        self.take_upload(viewer, upload.upload_id, Some(object_id)).await
    }

    async fn take_upload(&self, viewer: &Viewer, upload_id: Uuid, source: Option<Uuid>) -> Result<Uuid, Failure> {
        let mut transaction = self.db.begin().await?;
        lock_account(&mut transaction, viewer.account_id).await?;
        let taken = self.uploads.take_once(&mut transaction, viewer, upload_id, UploadPurpose::Document).await;
        let object_id = match taken.map_err(refused)? {
            Taken::Now(object_id) => object_id,
            Taken::Before(object_id) => {
                let before = store::by_object(&mut transaction, object_id, viewer.account_id).await?;
                transaction.rollback().await?;
                let before = before.ok_or_else(no_document)?;
                self.read_again(viewer, before).await?;
                return Ok(before);
            }
        };
        let file = uploads::files(&mut transaction, &[object_id]).await?.remove(&object_id);
        let file = file.ok_or(Failure::Broken("a file went while it was taken"))?;
        let (id, now, title) = (random_uuid(), self.clock.now(), view::title_of_file(&file.filename));
        let row = NewDocumentRow {
            id,
            owner_id: viewer.account_id,
            object_id,
            source_object_id: source,
            title: &title,
            search_text: &view::search_text(&title, &file.filename),
            created_at: now,
        };
        if !store::insert(&mut transaction, &row).await? {
            // The same file of a message, at the same moment; what was copied here is thrown away with time.
            transaction.rollback().await?;
            let source = source.ok_or(Failure::Broken("a document without a source has a double"))?;
            let before = store::by_source(&mut self.db.read().await?, source, viewer.account_id).await?;
            return Ok(before.ok_or_else(no_document)?);
        }
        let about = json!({
            "document_id": id,
            "owner_sub": viewer.sub,
            "content_type": file.content_type,
            "size": file.size,
        });
        outbox::record(&mut transaction, DOCUMENT_UPLOADED, &id.to_string(), &about, now).await?;
        ask_to_read(&mut transaction, viewer, id, now).await?;
        let woken = self.events.record_document(&mut transaction, viewer.account_id, id).await?;
        transaction.commit().await?;
        self.jobs.wake();
        self.events.publish(woken);
        Ok(id)
    }

    /// Has a document of the viewer's read once more whose file they have given again, if reading it was given up. Where
    /// the reader has said what is wrong with the file, it would say so again.
    async fn read_again(&self, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
        let (mut transaction, now) = (self.db.begin().await?, self.clock.now());
        if !store::reopen(&mut transaction, id, GIVEN_UP, now).await? {
            return Ok(());
        }
        ask_to_read(&mut transaction, viewer, id, now).await?;
        let woken = self.events.record_document(&mut transaction, viewer.account_id, id).await?;
        transaction.commit().await?;
        self.jobs.wake();
        self.events.publish(woken);
        Ok(())
    }
}

async fn ask_to_read(c: &mut Connection, viewer: &Viewer, id: Uuid, now: Timestamp) -> Result<(), Failure> {
    jobs::enqueue(c, Some(viewer.account_id), EXTRACT_DOCUMENT, &DocumentJob { document_id: id }, now).await
}

fn no_file() -> ApiError {
    ApiError::not_found("There is no such file.")
}

/// An upload that there is not is no field of a form here: it is what the call is about.
fn refused(failure: Failure) -> Failure {
    let Failure::Refused(error) = failure else { return failure };
    let code = match error.errors.first().map(|first| first.rule.as_str()) {
        Some("unknown") => ErrorCode::NotFound,
        Some("incomplete") => ErrorCode::Conflict,
        _ => return error.into(),
    };
    ApiError::new(code, error.detail).into()
}
