//! What somebody has begun to write, kept in this browser per person and conversation.

use super::Live;
use crate::browser;
use domain::id::Sub;
use leptos::prelude::*;

/// What somebody has begun to write in a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// The text.
    pub text: String,
    /// The message that it answers.
    pub reply_to: Option<i64>,
}

impl Live {
    /// What was begun in a conversation. Tracked: the answer changes when it is known who is signed in.
    #[must_use]
    pub fn draft(&self, conversation_id: i64) -> Option<Begun> {
        let key = key(&self.0.writer.get()?, conversation_id);
        let reply_to = browser::kept(&reply_key(&key)).and_then(|id| id.parse().ok());
        Some(Begun { text: browser::kept(&key)?, reply_to })
    }

    /// Keeps what was begun; a blank text is none.
    pub fn keep_draft(&self, conversation_id: i64, begun: &Begun) {
        let Some(viewer) = self.0.writer.get_untracked() else { return };
        let key = key(&viewer, conversation_id);
        let is_blank = begun.text.trim().is_empty();
        let reply_to = begun.reply_to.filter(|_| !is_blank).map(|id| id.to_string());
        keep(&key, (!is_blank).then_some(&begun.text));
        keep(&reply_key(&key), reply_to.as_deref());
    }
}

fn keep(key: &str, value: Option<&str>) {
    let Some(value) = value else { return browser::forget(key) };
    browser::keep(key, value);
}

fn key(viewer: &Sub, conversation_id: i64) -> String {
    format!("lyceum.draft.{viewer}.{conversation_id}")
}

/// Beside the text, which is kept as it was written.
fn reply_key(key: &str) -> String {
    format!("{key}.reply_to")
}
