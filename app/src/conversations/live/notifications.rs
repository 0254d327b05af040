//! Notifications of the browser, for those who have asked for them.

use super::Live;
use crate::{
    browser::{self, Permission},
    conversations::{model::texts, paths},
};
use domain::{conversations::Message, events::Event};
use leptos::prelude::*;

const WANTED: &str = "lyceum.notifications";

/// Whether this browser shows notifications.
pub(super) struct Notifications {
    wanted: ArcRwSignal<bool>,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { wanted: ArcRwSignal::new(false) }
    }
}

impl Live {
    /// Whether this browser shows notifications.
    #[must_use]
    pub fn notifications(&self) -> ArcReadSignal<bool> {
        self.0.notifications.wanted.read_only()
    }

    /// Turns notifications on, asking for the permission where needed, or off. `refused` is called when the browser
    /// does not allow them.
    pub fn want_notifications(&self, wanted: bool, refused: impl Fn() + 'static) {
        if !wanted {
            return self.keep_wanted(false);
        }
        let live = self.clone();
        browser::ask_for_notifications(move |permission| {
            live.keep_wanted(permission == Permission::Granted);
            if permission != Permission::Granted {
                refused();
            }
        });
    }

    pub(super) fn start_notifications(&self) {
        let granted = browser::notification_permission() == Permission::Granted;
        self.0.notifications.wanted.set(granted && browser::kept(WANTED).is_some());
    }

    /// Only what comes while the page is hidden, by others, where the viewer has not asked for silence.
    pub(super) fn notify_of(&self, event: &Event) {
        let Event::MessageCreated { message } = event else { return };
        let own = self.0.viewer.get_untracked().as_ref() == Some(&message.sender_sub);
        if own || browser::is_visible() || !self.0.notifications.wanted.get_untracked() {
            return;
        }
        if let Some(title) = self.title_unless_muted(message) {
            let path = paths::conversation(message.conversation_id);
            let tag = format!("conversation-{}", message.conversation_id);
            browser::notify(&title, &texts::excerpt(&message.content), &tag, move || browser::leave_for(&path));
        }
    }

    fn title_unless_muted(&self, message: &Message) -> Option<String> {
        self.0.inbox.with_untracked(|inbox| {
            let inbox = inbox.as_ref()?;
            let Some(conversation) = inbox.get(message.conversation_id) else {
                return Some(message.sender_name.clone());
            };
            let title = inbox.title(conversation);
            let by_name = title == message.sender_name;
            (!conversation.muted)
                .then(|| if by_name { title } else { format!("{} · {title}", message.sender_name) })
        })
    }

    fn keep_wanted(&self, wanted: bool) {
        if wanted {
            browser::keep(WANTED, "on");
        } else {
            browser::forget(WANTED);
        }
        self.0.notifications.wanted.set(wanted);
    }
}
