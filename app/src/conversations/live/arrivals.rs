//! Events that arrive, and what the frame itself does with them.

use super::Live;
use crate::{
    accounts::{Me, server_fns::load_profile},
    browser::{self, Connection, News},
    conversations::{
        model::{Applied, Inbox},
        server_fns::load_conversation,
    },
    error::Failure,
};
use domain::{conversations::ConversationList, events::Event, id::Sub};
use leptos::prelude::*;

/// How long a page that is left by itself may stay after its session has ended.
const LEAVING_MILLIS: u32 = 2_000;

type Conversations = Resource<Result<ConversationList, Failure>>;

fn signed_in(me: Me) -> Option<Sub> {
    me.0.with(|me| me.as_ref().and_then(|me| me.as_ref().ok()).map(|me| me.sub.clone()))
}

impl Live {
    /// Starts when the person and their conversations are known; again when the conversations were loaded anew.
    pub(super) fn start(&self, me: Me, conversations: Conversations) {
        let live = self.clone();
        Effect::new(move || {
            let viewer = signed_in(me);
            live.0.writer.maybe_update(|writer| {
                let is_other = *writer != viewer;
                *writer = viewer;
                is_other
            });
        });
        let live = self.clone();
        Effect::new(move || {
            let viewer = signed_in(me);
            let list = conversations.with(|list| list.as_ref().and_then(|list| list.as_ref().ok()).cloned());
            if let (Some(viewer), Some(list)) = (viewer, list) {
                live.take_over(viewer, list, conversations);
            }
        });
        self.start_sending();
        self.start_notifications();
        on_cleanup(browser::close_events);
    }

    fn take_over(&self, viewer: Sub, list: ConversationList, conversations: Conversations) {
        let cursor = list.cursor;
        self.0.inbox.set(Some(Inbox::new(viewer.clone(), list)));
        let live = self.clone();
        // Registered by the effect: when the list comes anew, so does the follower.
        self.follow(cursor, move |event| live.apply(event, conversations));
        if self.0.viewer.get_untracked().as_ref() != Some(&viewer) {
            self.0.viewer.set(Some(viewer));
            self.go_on_sending();
            let live = self.clone();
            // The pages' own followers are there a moment later, and may need older events than the list.
            let _ = browser::after(0, move || live.open_stream(cursor));
        }
    }

    /// Opens the stream, or goes back with it, so that everybody gets what they need.
    pub(super) fn open_stream(&self, after: i64) {
        // The frame may be gone by the time that a page asks.
        let Some(viewer) = self.0.viewer.get_untracked().filter(|_| !self.is_stopped()) else { return };
        let after = self.0.feed.start(after);
        let live = self.clone();
        browser::open_events(viewer.as_str(), after, move |news| live.hear(news));
    }

    fn hear(&self, news: News) {
        match news {
            News::Event { cursor, event } => self.0.feed.deliver(cursor, *event),
            News::Reset { cursor } => self.0.feed.reset(cursor),
            News::Connection(connection) => {
                self.0.connection.set(connection);
                match connection {
                    Connection::Live => self.wake_sending(),
                    Connection::Offline | Connection::SignedOut if browser::is_online() => self.check_session(),
                    Connection::Connecting | Connection::Offline | Connection::SignedOut => {}
                }
            }
        }
    }

    /// The browser does not tell why it has no stream: asks whether that is because nobody is signed in. Then nothing
    /// that only they may see stays on the screen: leaves for the sign-in, which comes back to the page.
    fn check_session(&self) {
        let live = self.clone();
        browser::spawn(async move {
            let me = load_profile().await;
            let viewer = live.0.viewer.get_untracked();
            match me {
                Ok(me) if viewer.is_some_and(|viewer| viewer != me.sub) => browser::reload(),
                Err(failure) if failure.needs_sign_in() => {
                    browser::close_events();
                    live.0.connection.set(Connection::SignedOut);
                    // Not at once: where the person signs out on this page, it is already on its way elsewhere.
                    let _ = browser::after(LEAVING_MILLIS, browser::leave_for_sign_in);
                }
                _ => {}
            }
        });
    }

    fn apply(&self, event: &Event, conversations: Conversations) {
        self.notice_typing(event);
        self.notify_of(event);
        if let Event::ConversationRemoved { conversation_id } = event {
            self.unstage_all(*conversation_id);
        }
        let applied = self.0.inbox.try_update(|inbox| inbox.as_mut().map(|inbox| inbox.apply(event)));
        match applied.flatten() {
            Some(Applied::Unknown(id)) => self.load(id),
            Some(Applied::Outdated) => conversations.refetch(),
            Some(Applied::Nothing | Applied::Changed) | None => {}
        }
    }

    fn load(&self, id: i64) {
        let live = self.clone();
        browser::spawn(async move {
            if let Ok(conversation) = load_conversation(id).await {
                live.update_inbox(|inbox| inbox.put(conversation));
            }
        });
    }
}
