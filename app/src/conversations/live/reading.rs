//! Marking as read what the viewer has before their eyes.

use super::Live;
use crate::{
    browser::{self, Timer},
    conversations::server_fns::mark_read,
};
use leptos::prelude::*;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Messages that come quickly one after another are marked together.
const DELAY_MILLIS: u32 = 400;

#[derive(Default)]
pub(super) struct Reading(Mutex<State>);

#[derive(Default)]
struct State {
    /// Conversation and message to be marked next.
    wanted: Option<(i64, i64)>,
    /// What was marked last.
    marked: Option<(i64, i64)>,
    timer: Option<Timer>,
}

impl Live {
    /// The viewer sees a conversation up to a message. To be called when the thread stands at its end; while the page
    /// is hidden it does nothing, so it is to be called again when the page is shown.
    pub fn read_up_to(&self, conversation_id: i64, message_id: i64) {
        if !browser::is_visible() || self.has_read(conversation_id, message_id) {
            return;
        }
        let mut state = self.reading();
        if state.marked == Some((conversation_id, message_id)) {
            return;
        }
        match state.wanted {
            Some((conversation, message)) if conversation == conversation_id && message >= message_id => return,
            Some((conversation, message)) if conversation != conversation_id => self.mark(conversation, message),
            _ => {}
        }
        state.wanted = Some((conversation_id, message_id));
        if let Some(timer) = state.timer.take() {
            timer.cancel();
        }
        let live = self.clone();
        state.timer = Some(browser::after(DELAY_MILLIS, move || live.mark_wanted()));
    }

    fn has_read(&self, conversation_id: i64, message_id: i64) -> bool {
        self.0.inbox.with_untracked(|inbox| {
            let conversation = inbox.as_ref().and_then(|inbox| inbox.get(conversation_id));
            conversation.is_some_and(|known| known.read_message_id >= message_id && known.unread_count == 0)
        })
    }

    fn mark_wanted(&self) {
        let wanted = {
            let mut state = self.reading();
            state.timer = None;
            state.wanted.take()
        };
        if let Some((conversation_id, message_id)) = wanted {
            self.mark(conversation_id, message_id);
        }
    }

    /// A failure is left alone: the next message, or the next look at the conversation, marks it again.
    fn mark(&self, conversation_id: i64, message_id: i64) {
        let live = self.clone();
        browser::spawn(async move {
            if let Ok(position) = mark_read(conversation_id, message_id).await {
                live.reading().marked = Some((conversation_id, message_id));
                live.update_inbox(|inbox| {
                    inbox.read_up_to(conversation_id, position.message_id, position.unread_count);
                });
            }
        });
    }

    fn reading(&self) -> MutexGuard<'_, State> {
        self.0.reading.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
