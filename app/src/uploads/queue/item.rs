//! A file in the queue.

use super::{NewFile, has_preview, name_of};
use crate::{
    browser::{self, FileIdentity, LocalFile, Preview},
    uploads::model::{Progress, State, UploadTarget, speed::Speed},
};
use domain::uploads::UploadPurpose;
use futures_util::future::AbortHandle;
use leptos::prelude::*;
use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// A file in the queue.
pub struct Item {
    /// Names it in this browser.
    pub id: Uuid,
    /// What for.
    pub purpose: UploadPurpose,
    /// What becomes of it.
    pub target: UploadTarget,
    /// Its name, type and size.
    pub file: FileIdentity,
    /// How far it is. Only the queue sets it.
    pub state: ArcRwSignal<State>,
    /// How much has been sent. Only the queue sets it.
    pub progress: ArcRwSignal<Progress>,
    preview: Option<Preview>,
    work: Mutex<Work>,
}

/// What only the queue needs to know.
#[derive(Default)]
pub(super) struct Work {
    pub(super) source: Option<LocalFile>,
    pub(super) upload_id: Option<Uuid>,
    pub(super) attempts: u32,
    /// Whether the browser has the file also after a reload.
    pub(super) is_kept: bool,
    running: Option<AbortHandle>,
    speed: Speed,
    arrived: u64,
    under_way: BTreeMap<u32, u64>,
}

impl Item {
    pub(super) fn new(new: NewFile) -> Self {
        let NewFile { file, purpose, target } = new;
        let identity = file.identity().clone();
        let preview = has_preview(&identity).then(|| file.preview()).flatten();
        let item = Self::of(name_of(&target), purpose, target, identity, preview);
        item.work().source = Some(file);
        item
    }

    /// One that was begun before the page was loaded.
    pub(super) fn begun(
        id: Uuid,
        purpose: UploadPurpose,
        target: UploadTarget,
        identity: FileIdentity,
        source: Option<LocalFile>,
    ) -> Self {
        let preview = source.as_ref().filter(|_| has_preview(&identity)).and_then(LocalFile::preview);
        let item = Self::of(id, purpose, target, identity, preview);
        item.work().source = source;
        item
    }

    fn of(
        id: Uuid,
        purpose: UploadPurpose,
        target: UploadTarget,
        file: FileIdentity,
        preview: Option<Preview>,
    ) -> Self {
        let progress = Progress { sent: 0, size: file.size, bytes_per_second: None };
        Self {
            id,
            purpose,
            target,
            file,
            state: ArcRwSignal::new(State::Waiting),
            progress: ArcRwSignal::new(progress),
            preview,
            work: Mutex::default(),
        }
    }

    /// An address at which this page can show it, of a picture.
    #[must_use]
    pub fn preview(&self) -> Option<String> {
        self.preview.as_ref().map(Preview::address)
    }

    pub(super) fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows a state, once.
    pub(super) fn show(&self, state: State) {
        if self.state.with_untracked(|shown| *shown != state) {
            self.state.set(state);
        }
    }

    /// From now on this can be stopped.
    pub(super) fn runs(&self, handle: AbortHandle) {
        if let Some(before) = self.work().running.replace(handle) {
            before.abort();
        }
    }

    /// Stops whatever is done with it; tells which upload it was.
    pub(super) fn stop(&self) -> Option<Uuid> {
        let mut work = self.work();
        if let Some(running) = work.running.take() {
            running.abort();
        }
        work.upload_id
    }

    /// So many bytes have arrived for good, and nothing is under way.
    pub(super) fn arrived(&self, bytes: u64) {
        let mut work = self.work();
        work.arrived = bytes;
        work.under_way.clear();
        work.speed.forget();
        self.tell(&mut work);
    }

    /// So many bytes of a request are under way.
    pub(super) fn sends(&self, request: u32, bytes: u64) {
        let mut work = self.work();
        work.under_way.insert(request, bytes);
        self.tell(&mut work);
    }

    fn tell(&self, work: &mut Work) {
        let sent = (work.arrived + work.under_way.values().sum::<u64>()).min(self.file.size);
        work.speed.note(browser::now_millis(), sent);
        let bytes_per_second = work.speed.bytes_per_second();
        self.progress.set(Progress { sent, size: self.file.size, bytes_per_second });
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item").field("id", &self.id).field("file", &self.file).finish_non_exhaustive()
    }
}
