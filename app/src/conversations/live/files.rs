//! Files that go with messages: a message waits in the outbox until its file has arrived.

use super::Live;
use crate::{
    browser::{self, LocalFile},
    conversations::model::{Outgoing, SendState, outbox::OutgoingFile},
    error::Failure,
    uploads::{
        Delivery, Item, NewFile, Uploads,
        model::{TargetKind, UploadTarget},
    },
};
use domain::{ApiError, uploads::UploadPurpose};
use leptos::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

const LOST: &str = "The page was closed before the file had arrived. Discard this, and attach the file again.";

impl Live {
    /// The queue of this frame: what arrives in it for a message goes on here.
    pub(super) fn take_files(&self, uploads: Uploads) {
        let live = self.clone();
        uploads.deliver(TargetKind::Message, move |item, upload| {
            let live = live.clone();
            let arrived: Delivery = Box::pin(async move { live.file_arrived(&item, upload.upload_id) });
            arrived
        });
        let live = self.clone();
        uploads.when_given_up(TargetKind::Message, move |item| {
            if let UploadTarget::Message { client_id, .. } = &item.target {
                live.discard(client_id);
            }
        });
        let (live, settled) = (self.clone(), uploads.settled());
        // What waits for a file that has failed goes now.
        Effect::new(move || {
            settled.track();
            live.go_on_sending();
        });
        // Set once: the frame makes both.
        let _ = self.0.uploads.set(uploads);
    }

    /// Sends files, each as a message of its own; the text and what it answers go with the first. False when nothing
    /// can be taken yet, because it is not known who is signed in.
    #[must_use]
    pub fn send_files(
        &self,
        conversation_id: i64,
        content: &str,
        reply_to: Option<i64>,
        files: Vec<LocalFile>,
    ) -> bool {
        let Some(uploads) = self.0.uploads.get() else { return false };
        let mut added = Vec::new();
        for (place, file) in files.into_iter().enumerate() {
            let client_id = browser::random_id();
            let identity = file.identity().clone();
            let outgoing = Outgoing {
                order: 0,
                client_id: client_id.clone(),
                conversation_id,
                content: if place == 0 { content.to_owned() } else { String::new() },
                reply_to: reply_to.filter(|_| place == 0),
                file: Some(OutgoingFile {
                    name: identity.name,
                    content_type: identity.content_type,
                    size: identity.size,
                    upload_id: None,
                }),
                state: SendState::Sending,
            };
            if !self.put(outgoing) {
                return false;
            }
            let target = UploadTarget::Message { conversation_id, client_id };
            added.push(NewFile { file, purpose: UploadPurpose::Media, target });
        }
        uploads.add(added);
        true
    }

    /// The file of a message that is on its way, if this tab sends it. Tracked.
    #[must_use]
    pub fn file_of(&self, client_id: &str) -> Option<Arc<Item>> {
        let id = Uuid::parse_str(client_id).ok()?;
        self.0.uploads.get()?.item(|item| item.id == id)
    }

    /// Sends the file of a message again that has failed.
    pub fn retry_file(&self, client_id: &str) {
        if let (Some(uploads), Ok(id)) = (self.0.uploads.get(), Uuid::parse_str(client_id)) {
            uploads.retry(id);
        }
    }

    /// Gives a message up with its file.
    pub fn discard_file(&self, client_id: &str) {
        if let (Some(uploads), Ok(id)) = (self.0.uploads.get(), Uuid::parse_str(client_id)) {
            uploads.cancel(id);
        }
        self.discard(client_id);
    }

    /// Looks for messages whose file nobody sends any more, because the page that did was closed.
    pub fn look_for_lost_files(&self) {
        let outbox = self.0.outgoing.get_untracked();
        for outgoing in outbox.into_iter().filter(|outgoing| !outgoing.is_ready()) {
            let Ok(id) = Uuid::parse_str(&outgoing.client_id) else { continue };
            if self.0.uploads.get().is_none_or(|uploads| uploads.found(id).is_some()) {
                continue;
            }
            let live = self.clone();
            // Whoever sends the file holds this as long as they do.
            browser::exclusively(&Uploads::lock_name(id), move || async move {
                if browser::kept_upload(&id.to_string()).await.is_none() {
                    live.file_is_lost(&outgoing.client_id);
                }
            });
        }
    }

    /// Whether this tab still sends the file of a message.
    pub(super) fn is_file_under_way(&self, outgoing: &Outgoing) -> bool {
        let item = || self.0.uploads.get()?.found(Uuid::parse_str(&outgoing.client_id).ok()?);
        item().is_some_and(|item| item.state.get_untracked().is_under_way())
    }

    fn file_arrived(&self, item: &Item, upload_id: Uuid) -> Result<(), Failure> {
        let UploadTarget::Message { client_id, .. } = &item.target else { return Ok(()) };
        if self.0.viewer.with_untracked(Option::is_none) {
            return Err(ApiError::unavailable("The page is still being loaded.").into());
        }
        self.refresh();
        // Somebody has discarded it meanwhile.
        let Some(outgoing) = self.found(client_id) else { return Ok(()) };
        let file = outgoing.file.clone().map(|file| OutgoingFile { upload_id: Some(upload_id), ..file });
        self.keep_changed(Outgoing { file, state: SendState::Sending, ..outgoing });
        self.go_on_sending();
        Ok(())
    }

    fn file_is_lost(&self, client_id: &str) {
        self.refresh();
        if let Some(outgoing) = self.found(client_id).filter(|outgoing| !outgoing.is_ready()) {
            self.keep_changed(Outgoing { state: SendState::Failed(LOST.to_owned()), ..outgoing });
        }
    }
}
