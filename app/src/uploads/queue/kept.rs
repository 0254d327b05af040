//! What survives a reload: the file where it is not too large, else where to go on when it is picked again.

use super::{Item, Uploads};
use crate::{
    browser::{self, FileIdentity},
    uploads::model::{State, UploadTarget},
};
use domain::{
    id::Sub,
    uploads::{SINGLE_PUT_MAX, UPLOAD_SECONDS, UploadPurpose},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// Says that something is kept, so that a page that is loaded knows whether to look.
const MARK: &str = "lyceum.uploads";
/// So much the browser keeps for us at most, in bytes.
const KEPT_MAX: u64 = 200_000_000;

#[derive(Serialize, Deserialize)]
struct Record {
    person: Sub,
    purpose: UploadPurpose,
    target: UploadTarget,
    file: FileIdentity,
    upload_id: Option<Uuid>,
    begun_at_millis: i64,
}

impl Uploads {
    /// Whether an earlier visit has left something to go on with.
    #[must_use]
    pub fn has_left_some() -> bool {
        browser::kept(MARK).is_some()
    }

    /// Whose uploads these are: nothing is kept before it is known.
    pub fn belong_to(&self, viewer: Sub) {
        self.state().viewer = Some(viewer);
    }

    /// Takes up what an earlier visit of this person has left, unless another tab has it.
    pub fn resume(&self) {
        let uploads = self.clone();
        browser::spawn(async move {
            let keys = browser::kept_uploads().await;
            if keys.is_empty() {
                browser::forget(MARK);
            }
            for id in keys.iter().filter_map(|key| Uuid::parse_str(key).ok()) {
                uploads.take_up(id);
            }
        });
    }

    fn take_up(&self, id: Uuid) {
        if self.found(id).is_some() {
            return;
        }
        let uploads = self.clone();
        browser::exclusively(&Self::lock_name(id), move || async move {
            let Some(item) = uploads.begun(id).await else { return };
            uploads.0.items.update(|items| items.push(item.clone()));
            if item.work().source.is_none() {
                return uploads.show_what_is_there(&item).await;
            }
            uploads.watch_leaving();
            // Within this lock: another tab waits for it.
            let (task, handle) = futures_util::future::abortable(uploads.work_through(&item));
            item.runs(handle);
            let _ = task.await;
        });
    }

    async fn begun(&self, id: Uuid) -> Option<Arc<Item>> {
        let key = id.to_string();
        let (record, source) = browser::kept_upload(&key).await?;
        let record: Option<Record> = serde_json::from_str(&record).ok();
        let age = |record: &Record| browser::now_millis() - record.begun_at_millis;
        let Some(record) = record.filter(|record| age(record) < UPLOAD_SECONDS * 1_000) else {
            browser::forget_upload(&key);
            return None;
        };
        let is_mine = self.state().viewer.as_ref() == Some(&record.person);
        if !is_mine || self.found(id).is_some() {
            return None;
        }
        let Record { purpose, target, file, upload_id, .. } = record;
        let item = Item::begun(id, purpose, target, file, source);
        let mut work = item.work();
        work.upload_id = upload_id;
        work.is_kept = work.source.is_some();
        drop(work);
        Some(Arc::new(item))
    }

    /// Without the file only its sender can go on: shows how much is there already.
    async fn show_what_is_there(&self, item: &Item) {
        item.show(State::NeedsFile);
        let upload_id = item.work().upload_id;
        let Some(upload_id) = upload_id else { return };
        if let Ok(upload) = super::super::server_fns::load_upload(upload_id).await
            && let domain::uploads::Transfer::Parts { received, .. } = upload.transfer
        {
            item.arrived(received.iter().map(|part| part.size).sum());
        }
    }

    /// Keeps what a reload should not lose: small files whole, of large ones at least where they were.
    pub(super) async fn keep(&self, item: &Arc<Item>) {
        let Some(person) = self.state().viewer.clone() else { return };
        let (source, upload_id, was_kept) = {
            let work = item.work();
            (work.source.clone(), work.upload_id, work.is_kept)
        };
        let has_room = was_kept || self.take_room(item.file.size);
        if !has_room && (item.file.size <= SINGLE_PUT_MAX || upload_id.is_none()) {
            return;
        }
        let (purpose, target, file) = (item.purpose, item.target.clone(), item.file.clone());
        let record = Record { person, purpose, target, file, upload_id, begun_at_millis: browser::now_millis() };
        let record = serde_json::to_string(&record).unwrap_or_default();
        browser::keep(MARK, "1");
        let file = source.as_ref().filter(|_| has_room && !was_kept);
        let is_kept = browser::keep_upload(&item.id.to_string(), &record, file).await;
        item.work().is_kept = was_kept || (has_room && is_kept);
    }

    /// It is done, or given up.
    pub(super) fn forget(&self, item: &Item) {
        browser::forget_upload(&item.id.to_string());
        if std::mem::take(&mut item.work().is_kept) {
            let mut state = self.state();
            state.kept_bytes = state.kept_bytes.saturating_sub(item.file.size);
        }
    }

    fn take_room(&self, bytes: u64) -> bool {
        let mut state = self.state();
        let has_room = state.kept_bytes.saturating_add(bytes) <= KEPT_MAX;
        if has_room {
            state.kept_bytes += bytes;
        }
        has_room
    }
}
