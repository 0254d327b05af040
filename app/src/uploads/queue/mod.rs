//! The queue: which files are on their way, and what the pages may ask of it.

mod item;
mod kept;
mod rest;
mod work;

pub use item::Item;

use super::{
    model::{State, Summary, TargetKind, UploadTarget, permits::Permits, texts},
    server_fns::abort_upload,
};
use crate::{
    browser::{self, FileIdentity, LeaveGuard, LocalFile},
    error::Failure,
};
use domain::{
    id::Sub,
    uploads::{Upload, UploadPurpose},
};
use leptos::prelude::*;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// So many files are worked on at once.
const FILES_AT_ONCE: usize = 3;
/// So many requests with bytes are under way at once.
const REQUESTS_AT_ONCE: usize = 4;

/// What becomes of a file that has arrived: an error is treated as one of the upload itself, tried again where that may
/// help and else shown.
pub type Delivery = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

type Deliver = Arc<dyn Fn(Arc<Item>, Upload) -> Delivery + Send + Sync>;
type GivenUp = Arc<dyn Fn(&Item) + Send + Sync>;

/// A file that is to be sent.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// The file.
    pub file: LocalFile,
    /// What for, as far as limits and types are concerned.
    pub purpose: UploadPurpose,
    /// What becomes of it.
    pub target: UploadTarget,
}

/// The queue of the frame. Cloning it costs nothing; on the server it is there and does nothing.
///
/// Three files are worked on at once, in the order in which they were added. A broken connection is waited for, other
/// failures are shown and wait for [`Uploads::retry`]. What [`Uploads::deliver`] was told is done with each file that
/// has arrived, and only then its item is [`State::Done`].
#[derive(Clone)]
pub struct Uploads(Arc<Parts>);

struct Parts {
    items: ArcRwSignal<Vec<Arc<Item>>>,
    inline: ArcRwSignal<Option<i64>>,
    settled: ArcTrigger,
    files: Permits,
    requests: Permits,
    state: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    viewer: Option<Sub>,
    deliveries: Vec<(TargetKind, Deliver)>,
    given_up: Vec<(TargetKind, GivenUp)>,
    resting: Vec<rest::Rest>,
    leaving: Option<LeaveGuard>,
    kept_bytes: u64,
}

impl Default for Uploads {
    fn default() -> Self {
        Self(Arc::new(Parts {
            items: ArcRwSignal::default(),
            inline: ArcRwSignal::default(),
            settled: ArcTrigger::new(),
            files: Permits::new(FILES_AT_ONCE),
            requests: Permits::new(REQUESTS_AT_ONCE),
            state: Mutex::default(),
        }))
    }
}

impl Uploads {
    /// Makes an empty queue for the frame; stops what is in it when the frame goes.
    pub fn provide() -> Self {
        let uploads = Self::default();
        provide_context(uploads.clone());
        let (stopped, woken) = (uploads.clone(), uploads.clone());
        on_cleanup(move || stopped.stop());
        Effect::new(move || {
            let woken = woken.clone();
            browser::on_window("online", move || woken.wake());
        });
        uploads
    }

    /// That of the frame around this component; one that does nothing outside of it.
    #[must_use]
    pub fn of_page() -> Self {
        use_context().unwrap_or_default()
    }

    /// Sends files. Those that cannot be sent at all are shown as failed; one that was lost by a reload on its way to the
    /// same target goes on. Answers with their items, in order.
    pub fn add(&self, files: Vec<NewFile>) -> Vec<Arc<Item>> {
        if !Self::summary_now(&self.0.items.get_untracked()).is_under_way() {
            self.dismiss_done();
        }
        let (mut items, mut fresh) = (Vec::new(), Vec::new());
        for new in files {
            let item = self.go_on_with(&new.file, |item| item.target == new.target).unwrap_or_else(|| {
                let item = Arc::new(Item::new(new));
                fresh.push(item.clone());
                item
            });
            items.push(item);
        }
        self.0.items.update(|all| all.extend(fresh.iter().cloned()));
        for item in fresh {
            match texts::refusal(item.file.size) {
                Some(reason) => item.state.set(State::Refused(reason)),
                None => self.begin(item),
            }
        }
        self.watch_leaving();
        items
    }

    /// Says what becomes of the files for a kind of target; takes the place of what was said before, and also takes what
    /// has arrived without anybody to take it. It stays when the page that said it goes: it must not use the page's
    /// signals but with `try_`.
    pub fn deliver(&self, kind: TargetKind, deliver: impl Fn(Arc<Item>, Upload) -> Delivery + Send + Sync + 'static) {
        let mut state = self.state();
        state.deliveries.retain(|(other, _)| *other != kind);
        state.deliveries.push((kind, Arc::new(deliver)));
        drop(state);
        self.wake();
    }

    /// Says the same where nobody has said anything before.
    pub fn deliver_unless_said(
        &self,
        kind: TargetKind,
        deliver: impl Fn(Arc<Item>, Upload) -> Delivery + Send + Sync + 'static,
    ) {
        if self.delivery(kind).is_none() {
            self.deliver(kind, deliver);
        }
    }

    /// Says what else goes when the person gives a file up for a kind of target; takes the place of what was said before.
    pub fn when_given_up(&self, kind: TargetKind, given_up: impl Fn(&Item) + Send + Sync + 'static) {
        let mut state = self.state();
        state.given_up.retain(|(other, _)| *other != kind);
        state.given_up.push((kind, Arc::new(given_up)));
    }

    /// All items, oldest first; done ones stay until they are dismissed.
    #[must_use]
    pub fn items(&self) -> ArcReadSignal<Vec<Arc<Item>>> {
        self.0.items.read_only()
    }

    /// Notifies whenever the work on a file has come to an end, good or bad.
    #[must_use]
    pub fn settled(&self) -> ArcTrigger {
        self.0.settled.clone()
    }

    /// One of them. Tracked.
    #[must_use]
    pub fn item(&self, is_it: impl Fn(&Item) -> bool) -> Option<Arc<Item>> {
        self.0.items.with(|items| items.iter().rev().find(|item| is_it(item)).cloned())
    }

    /// Those that the panel shows: all but the messages of the conversation that shows its own. Tracked.
    #[must_use]
    pub fn in_panel(&self) -> Vec<Arc<Item>> {
        let inline = self.0.inline.get();
        let is_elsewhere = |item: &&Arc<Item>| match &item.target {
            UploadTarget::Message { conversation_id, .. } => inline != Some(*conversation_id),
            _ => true,
        };
        self.0.items.with(|items| items.iter().filter(is_elsewhere).cloned().collect())
    }

    /// The conversation that shows its uploads itself, in its messages.
    pub fn show_inline(&self, conversation_id: Option<i64>) {
        let before = self.0.inline.get_untracked();
        if before == conversation_id {
            return;
        }
        // What was seen there to arrive is no news elsewhere.
        self.remove(|item| {
            let was_there = matches!(&item.target, UploadTarget::Message { conversation_id, .. } if Some(*conversation_id) == before);
            was_there && item.state.get_untracked().is_done()
        });
        self.0.inline.set(conversation_id);
    }

    /// How these stand together. Tracked.
    #[must_use]
    pub fn summary(items: &[Arc<Item>]) -> Summary {
        Summary::of(items.iter().map(|item| (item.state.get(), item.progress.get())))
    }

    fn summary_now(items: &[Arc<Item>]) -> Summary {
        Summary::of(items.iter().map(|item| (item.state.get_untracked(), item.progress.get_untracked())))
    }

    /// Gives a file up: what has arrived of it is thrown away.
    pub fn cancel(&self, id: Uuid) {
        let Some(item) = self.found(id) else { return };
        let upload_id = item.stop();
        self.forget(&item);
        self.remove(|other| other.id == id);
        let given_up = {
            let state = self.state();
            let kind = item.target.kind();
            state.given_up.iter().find(|(other, _)| *other == kind).map(|(_, given_up)| given_up.clone())
        };
        if let Some(given_up) = given_up {
            given_up(&item);
        }
        if let Some(upload_id) = upload_id.filter(|_| !item.state.get_untracked().is_done()) {
            browser::spawn(async move {
                // What is left of it is thrown away later by the server itself.
                let _ = abort_upload(upload_id).await;
            });
        }
    }

    /// The lock that a tab holds as long as it works on a file.
    #[must_use]
    pub fn lock_name(id: Uuid) -> String {
        format!("lyceum.upload.{id}")
    }

    /// Sends a file again that has failed, unless the file itself was refused.
    pub fn retry(&self, id: Uuid) {
        let can_be_retried = |item: &Arc<Item>| item.state.get_untracked().can_be_retried();
        if let Some(item) = self.found(id).filter(can_be_retried) {
            self.begin(item);
            self.watch_leaving();
        }
    }

    /// Sends all again that have failed.
    pub fn retry_all(&self) {
        for item in self.0.items.get_untracked() {
            self.retry(item.id);
        }
    }

    /// Goes on with files that were lost by a reload; says which of the picked ones are none of those.
    pub fn pick_again(&self, files: Vec<LocalFile>) -> Vec<LocalFile> {
        let others = files.into_iter().filter(|file| self.go_on_with(file, |_| true).is_none()).collect();
        self.watch_leaving();
        others
    }

    /// Goes on with the item that was lost by a reload and needs this file; none when there is no such one.
    fn go_on_with(&self, file: &LocalFile, is_meant: impl Fn(&Item) -> bool) -> Option<Arc<Item>> {
        let needs_it = |item: &&Arc<Item>| {
            item.state.get_untracked() == State::NeedsFile && item.file.is_same_as(file.identity()) && is_meant(item)
        };
        let item = self.0.items.with_untracked(|items| items.iter().find(needs_it).cloned())?;
        item.work().source = Some(file.clone());
        self.begin(item.clone());
        Some(item)
    }

    /// Takes off the list what is done.
    pub fn dismiss_done(&self) {
        self.remove(|item| item.state.get_untracked().is_done());
    }

    /// Takes one off the list that is done.
    pub fn dismiss(&self, id: Uuid) {
        self.remove(|item| item.id == id && item.state.get_untracked().is_done());
    }

    /// One of them, as it is now.
    #[must_use]
    pub fn found(&self, id: Uuid) -> Option<Arc<Item>> {
        self.0.items.with_untracked(|items| items.iter().find(|item| item.id == id).cloned())
    }

    fn remove(&self, is_gone: impl Fn(&Item) -> bool) {
        self.0.items.update(|items| items.retain(|item| !is_gone(item)));
        self.watch_leaving();
    }

    fn delivery(&self, kind: TargetKind) -> Option<Deliver> {
        let state = self.state();
        state.deliveries.iter().find(|(other, _)| *other == kind).map(|(_, deliver)| deliver.clone())
    }

    /// The browser asks before it leaves for as long as something is under way.
    fn watch_leaving(&self) {
        let is_needed =
            self.0.items.with_untracked(|items| items.iter().any(|item| item.state.get_untracked().is_under_way()));
        let mut state = self.state();
        if is_needed != state.leaving.is_some() {
            state.leaving = is_needed.then(browser::warn_before_leaving);
        }
    }

    fn stop(&self) {
        for item in self.0.items.get_untracked() {
            item.stop();
        }
        self.state().leaving = None;
    }

    fn state(&self) -> MutexGuard<'_, Inner> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A name that nobody else gives; that of its message where there is one, so that each finds the other.
fn name_of(target: &UploadTarget) -> Uuid {
    let named = match target {
        UploadTarget::Message { client_id, .. } => Uuid::parse_str(client_id).ok(),
        _ => None,
    };
    named.or_else(|| Uuid::parse_str(&browser::random_id()).ok()).unwrap_or_default()
}

/// Whether a file is shown as itself before it has arrived.
fn has_preview(file: &FileIdentity) -> bool {
    const LARGEST: u64 = 50_000_000;
    super::model::FileKind::of(&file.content_type, &file.name) == super::model::FileKind::Image && file.size <= LARGEST
}
