//! Notifications of the browser, for those who have asked for them.

use super::Live;
use crate::{
    browser::{self, Permission},
    conversations::{excerpt, paths},
};
use domain::{conversations::Message, events::Event};
use leptos::prelude::*;

const WANTED: &str = "lyceum.notifications";
/// The tab that the person looks at, in whichever window.
const SHOWN: &str = "lyceum.shown";

#[derive(Default)]
pub(super) struct Notifications {
    wanted: ArcRwSignal<bool>,
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
        let tab = browser::random_id();
        let shown = move || {
            if browser::is_visible() {
                browser::keep(SHOWN, &tab);
            } else if browser::kept(SHOWN).is_some_and(|shown| shown == tab) {
                browser::forget(SHOWN);
            }
        };
        let wanted = self.0.notifications.wanted.clone();
        Effect::new({
            let shown = shown.clone();
            move || {
                shown();
                let granted = browser::notification_permission() == Permission::Granted;
                wanted.set(granted && browser::kept(WANTED).is_some());
            }
        });
        browser::on_visibility(shown);
    }

    /// Only what comes while no tab is looked at, by others, where the viewer has not asked for silence; and only from
    /// one tab.
    pub(super) fn notify_of(&self, event: &Event) {
        let Event::MessageCreated { message } = event else { return };
        let own = self.0.viewer.get_untracked().as_ref() == Some(&message.sender_sub);
        let is_looking = browser::is_visible() || browser::kept(SHOWN).is_some();
        // Asked of what is kept: another tab may have turned them on or off.
        if own || is_looking || !browser::leads_events() || browser::kept(WANTED).is_none() {
            return;
        }
        if let Some(title) = self.title_unless_muted(message) {
            let path = paths::conversation(message.conversation_id);
            let tag = format!("conversation-{}", message.conversation_id);
            browser::notify(&title, &excerpt::of(message), &tag, move || browser::leave_for(&path));
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
            (!conversation.muted).then(|| if by_name { title } else { format!("{} · {title}", message.sender_name) })
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
