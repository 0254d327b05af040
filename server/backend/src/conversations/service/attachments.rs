//! Files in messages, and pictures of groups.

use super::{ConversationService, group_only, store, view};
use crate::{
    accounts::folding::plain,
    events::Woken,
    failure::Failure,
    markdown,
    uploads::{
        service::{PictureListener, Taken},
        store as upload_store,
    },
};
use async_trait::async_trait;
use db::{Connection, Transaction};
use domain::{
    ApiError, FieldError, Viewer,
    conversations::{checked_caption, checked_content},
    events::Event,
    uploads::{StoredFile, UploadPurpose},
};
use uuid::Uuid;

/// What a message says, in the three forms in which it is kept.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) content: String,
    pub(super) html: String,
    pub(super) search_text: String,
}

impl Written {
    /// From a checked text and the file beside it.
    pub(super) fn new(content: String, file: Option<&StoredFile>) -> Self {
        let html =
            if file.is_some() && view::says_nothing(&content) { String::new() } else { markdown::render(&content) };
        let search_text = match file {
            Some(file) if view::says_nothing(&content) => plain(&file.filename),
            Some(file) => plain(&format!("{content}\n{}", file.filename)),
            None => plain(&content),
        };
        Self { content, html, search_text }
    }
}

/// The text of a message, or the caption of its file.
pub(super) fn checked(content: &str, has_file: bool) -> Result<String, FieldError> {
    if has_file { checked_caption(content) } else { checked_content(content) }
}

impl ConversationService {
    /// Takes an upload for a message that is about to be written; none when its sender has used it before.
    pub(super) async fn take_file(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        upload_id: Uuid,
    ) -> Result<Option<StoredFile>, Failure> {
        match self.uploads.take_once(c, viewer, upload_id, UploadPurpose::Media).await? {
            Taken::Now(id) => {
                let file = upload_store::files(c, &[id]).await?.remove(&id);
                file.map(Some).ok_or(Failure::Broken("a file went while it was taken"))
            }
            Taken::Before(_) => Ok(None),
        }
    }

    pub(super) async fn give_picture(&self, viewer: &Viewer, id: i64, upload_id: Option<Uuid>) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, id).await?;
        let standing = self.standing(&mut transaction, viewer, id).await?;
        group_only(standing.is_direct)?;
        let object_id = match upload_id {
            Some(upload_id) => {
                Some(self.uploads.take(&mut transaction, viewer, upload_id, UploadPurpose::Avatar).await?)
            }
            None => None,
        };
        let before = store::picture(&mut transaction, id).await?;
        store::set_picture(&mut transaction, id, object_id).await?;
        if let Some(before) = before {
            self.uploads.remove(&mut transaction, &[before], self.clock.now()).await?;
        }
        let woken = self.events.record_updated(&mut transaction, id, 0).await?;
        transaction.commit().await?;
        self.uploads.wake();
        self.events.publish(woken);
        Ok(())
    }

    /// Takes the files off everything that a person has sent. Captions stay; what says nothing without its file is
    /// taken back.
    pub(super) async fn lose_files(&self, transaction: &mut Transaction, account_id: i64) -> Result<Woken, Failure> {
        let (mut woken, now) = (Woken::default(), self.clock.now());
        for (id, conversation_id) in store::with_files_of(transaction, account_id).await? {
            store::lock(transaction, conversation_id).await?;
            let Some(row) = store::message(transaction, id).await? else { continue };
            let Some(object_id) = row.object_id else { continue };
            let is_empty = view::says_nothing(&row.content);
            if is_empty {
                store::delete_message(transaction, id, now).await?;
                store::forget_reactions(transaction, id).await?;
            } else {
                store::lose_file(transaction, id, &plain(&row.content)).await?;
            }
            self.uploads.remove(transaction, &[object_id], now).await?;
            let message = self.reload(transaction, id).await?;
            self.show_as_now(transaction, &message).await?;
            let event = if is_empty { Event::MessageDeleted { message } } else { Event::MessageUpdated { message } };
            woken = woken.and(self.events.record_message(transaction, &event).await?);
        }
        Ok(woken)
    }

    /// Lets go of the files of a conversation that nobody is left in. Call it once its rows are gone.
    pub(super) async fn drop_files(&self, c: &mut Connection, files: &[Uuid]) -> Result<(), Failure> {
        self.uploads.remove(c, files, self.clock.now()).await
    }

    /// All files of a conversation, its picture among them.
    pub(super) async fn files(&self, c: &mut Connection, id: i64) -> Result<Vec<Uuid>, Failure> {
        let mut files = store::files(c, id).await?;
        files.extend(store::picture(c, id).await?);
        Ok(files)
    }

    /// Shows a picture's thumbnails to those who have the message on their screens.
    async fn show_thumbnails(&self, object_id: Uuid) -> Result<(), Failure> {
        let Some(row) = store::by_object(&mut self.db.read().await?, object_id).await? else { return Ok(()) };
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, row.conversation_id).await?;
        let Some(row) = store::by_object(&mut transaction, object_id).await? else { return Ok(()) };
        let message = self.reload(&mut transaction, row.id).await?;
        let woken = self.events.record_message(&mut transaction, &Event::MessageUpdated { message }).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }
}

#[async_trait]
impl PictureListener for ConversationService {
    async fn on_thumbnails(&self, object_id: Uuid) -> Result<(), Failure> {
        self.show_thumbnails(object_id).await
    }
}

/// A file that was used for another message.
pub(super) fn used() -> ApiError {
    let msg = "This upload was used already: send the file again.";
    ApiError::validation(vec![FieldError::body("upload_id", "used", msg)])
}
