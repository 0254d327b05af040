//! Files that are attached and not sent yet: kept for their conversation while one goes from page to page. A reload
//! loses them, so the browser asks before it.

use super::Live;
use crate::{
    browser::{self, LeaveGuard, LocalFile, Preview},
    uploads::model::FileKind,
};
use leptos::prelude::*;
use std::sync::{Mutex, PoisonError};

/// A file that goes with the next message of its conversation.
#[derive(Clone, Debug)]
pub struct Staged {
    /// Names it in the composer.
    pub id: String,
    /// The file.
    pub file: LocalFile,
    /// Of a picture: where it can be seen.
    pub preview: Option<Preview>,
    conversation_id: i64,
}

#[derive(Default)]
pub(super) struct Staging {
    files: ArcRwSignal<Vec<Staged>>,
    leaving: Mutex<Option<LeaveGuard>>,
}

impl Live {
    /// What is attached to the next message of a conversation. Tracked.
    #[must_use]
    pub fn staged(&self, conversation_id: i64) -> Vec<Staged> {
        let is_here = |one: &&Staged| one.conversation_id == conversation_id;
        self.0.staging.files.with(|files| files.iter().filter(is_here).cloned().collect())
    }

    /// Attaches a file to the next message of a conversation.
    pub fn stage(&self, conversation_id: i64, file: LocalFile) {
        let identity = file.identity();
        let is_picture = FileKind::of(&identity.content_type, &identity.name) == FileKind::Image;
        let preview = is_picture.then(|| file.preview()).flatten();
        let staged = Staged { id: browser::random_id(), file, preview, conversation_id };
        self.0.staging.files.update(|files| files.push(staged));
        self.watch_staged();
    }

    /// Takes a file off again.
    pub fn unstage(&self, id: &str) {
        self.retain_staged(|one| one.id != id);
    }

    /// Takes all files of a conversation off: they are on their way, or nobody can send them any more.
    pub fn unstage_all(&self, conversation_id: i64) {
        self.retain_staged(|one| one.conversation_id != conversation_id);
    }

    /// What is attached goes with the frame.
    pub(super) fn start_staging(&self) {
        let live = self.clone();
        on_cleanup(move || live.retain_staged(|_| false));
    }

    fn retain_staged(&self, stays: impl Fn(&Staged) -> bool) {
        let files = &self.0.staging.files;
        if files.with_untracked(|files| files.iter().all(&stays)) {
            return;
        }
        files.update(|files| files.retain(stays));
        self.watch_staged();
    }

    /// The browser asks before it leaves for as long as anything is attached anywhere.
    fn watch_staged(&self) {
        let is_needed = self.0.staging.files.with_untracked(|files| !files.is_empty());
        let mut leaving = self.0.staging.leaving.lock().unwrap_or_else(PoisonError::into_inner);
        if is_needed != leaving.is_some() {
            *leaving = is_needed.then(browser::warn_before_leaving);
        }
    }
}
