//! Who is writing: told to the others while the viewer writes, and shown of the others for as long as it holds.

use super::{Live, now};
use crate::{browser, conversations::server_fns::signal_typing};
use domain::{conversations::TYPING_SECONDS, events::Event, id::Sub};
use leptos::prelude::*;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The signal is repeated no sooner than this.
const REPEAT_MILLIS: i64 = 4_000;

#[derive(Default)]
pub(super) struct Typing {
    typists: ArcRwSignal<Vec<Typist>>,
    signals: Mutex<Signals>,
}

/// When the viewer's last signal went to each conversation.
#[derive(Debug, Default)]
struct Signals(HashMap<i64, i64>);

impl Signals {
    /// Whether a conversation is to be told at a moment; then it counts as told.
    fn is_due(&mut self, conversation_id: i64, now: i64) -> bool {
        let is_recent = self.0.get(&conversation_id).is_some_and(|last| now - last < REPEAT_MILLIS);
        if !is_recent {
            self.0.insert(conversation_id, now);
        }
        !is_recent
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Typist {
    conversation_id: i64,
    sub: Sub,
    until: i64,
}

impl Live {
    /// The viewer is writing in a conversation: to be called on every change of the text.
    pub fn is_writing(&self, conversation_id: i64) {
        let is_due = || {
            let mut signals = self.0.typing.signals.lock().unwrap_or_else(PoisonError::into_inner);
            signals.is_due(conversation_id, now())
        };
        if !browser::is_online() || !is_due() {
            return;
        }
        browser::spawn(async move {
            // Nobody misses a signal that fails.
            let _ = signal_typing(conversation_id).await;
        });
    }

    /// Who else is writing in a conversation.
    #[must_use]
    pub fn typing(&self, conversation_id: i64) -> Signal<Vec<Sub>> {
        let typists = self.0.typing.typists.clone();
        let here = move |typist: &&Typist| typist.conversation_id == conversation_id;
        Signal::derive(move || typists.with(|all| all.iter().filter(here).map(|typist| typist.sub.clone()).collect()))
    }

    pub(super) fn notice_typing(&self, event: &Event) {
        match event {
            Event::Typing { conversation_id, sub } => self.add_typist(*conversation_id, sub),
            // Whoever has sent it has stopped writing it.
            Event::MessageCreated { message } => self.remove_typists(|typist| {
                typist.conversation_id == message.conversation_id && typist.sub == message.sender_sub
            }),
            _ => {}
        }
    }

    fn add_typist(&self, conversation_id: i64, sub: &Sub) {
        if self.0.viewer.get_untracked().as_ref() == Some(sub) {
            return;
        }
        let until = now() + TYPING_SECONDS * 1_000;
        self.0.typing.typists.update(|typists| {
            typists.retain(|typist| typist.conversation_id != conversation_id || typist.sub != *sub);
            typists.push(Typist { conversation_id, sub: sub.clone(), until });
        });
        let live = self.clone();
        let millis = u32::try_from(TYPING_SECONDS * 1_000 + 50).unwrap_or(u32::MAX);
        let _ = browser::after(millis, move || live.remove_typists(|typist| typist.until <= now()));
    }

    fn remove_typists(&self, gone: impl Fn(&Typist) -> bool) {
        let typists = &self.0.typing.typists;
        if typists.with_untracked(|typists| typists.iter().any(&gone)) {
            typists.update(|typists| typists.retain(|typist| !gone(typist)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_conversation_is_told_and_none_too_often() {
        let mut signals = Signals::default();
        assert!(signals.is_due(4, 0), "nobody was told yet, whatever the clock says");
        assert!(!signals.is_due(4, REPEAT_MILLIS - 1));
        assert!(signals.is_due(5, REPEAT_MILLIS - 1), "another conversation has other people");
        assert!(signals.is_due(4, REPEAT_MILLIS));
        assert!(!signals.is_due(5, REPEAT_MILLIS));
    }
}
