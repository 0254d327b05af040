//! What somebody has begun to write, kept in this browser per person and conversation.

use super::Live;
use crate::browser;
use domain::id::Sub;
use leptos::prelude::*;

impl Live {
    /// What was begun in a conversation. Tracked: the answer changes when it is known who is signed in.
    #[must_use]
    pub fn draft(&self, conversation_id: i64) -> Option<String> {
        browser::kept(&key(&self.0.writer.get()?, conversation_id))
    }

    /// Keeps what was begun; a blank text is none.
    pub fn keep_draft(&self, conversation_id: i64, text: &str) {
        let Some(viewer) = self.0.writer.get_untracked() else { return };
        let key = key(&viewer, conversation_id);
        if text.trim().is_empty() {
            browser::forget(&key);
        } else {
            browser::keep(&key, text);
        }
    }
}

fn key(viewer: &Sub, conversation_id: i64) -> String {
    format!("lyceum.draft.{viewer}.{conversation_id}")
}
