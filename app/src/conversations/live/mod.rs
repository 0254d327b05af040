//! Everything that happens by itself while somebody is signed in: events arrive, messages go out, what was seen is
//! marked as read. One for the whole frame; pages find it with [`Live::of_page`].

mod arrivals;
mod drafts;
mod feed;
mod files;
mod finding;
mod notifications;
mod reading;
mod sending;
mod staged;
mod typing;

pub use drafts::Begun;
pub use staged::Staged;

use crate::{
    accounts::Me,
    browser::{self, Connection},
    conversations::model::{Inbox, Outgoing},
    error::Failure,
    uploads::Uploads,
};
use domain::{conversations::ConversationList, events::Event, id::Sub};
use leptos::prelude::*;
use std::sync::Arc;

/// What a signed-in person's pages share. On the server it is there and does nothing.
#[derive(Clone, Default)]
pub struct Live(Arc<Parts>);

#[derive(Default)]
struct Parts {
    /// Known before the conversations are: what is written until then is kept, too.
    writer: ArcRwSignal<Option<Sub>>,
    viewer: ArcRwSignal<Option<Sub>>,
    connection: ArcRwSignal<Connection>,
    inbox: ArcRwSignal<Option<Inbox>>,
    outgoing: ArcRwSignal<Vec<Outgoing>>,
    feed: feed::Feed,
    sending: sending::Sending,
    staging: staged::Staging,
    reading: reading::Reading,
    typing: typing::Typing,
    uploads: std::sync::OnceLock<Uploads>,
    notifications: notifications::Notifications,
}

/// Follows the events for as long as its owner lives.
#[derive(Clone)]
pub struct Following {
    live: Live,
    id: u64,
}

impl Live {
    /// Makes it for the frame: starts in the browser as soon as the person and their conversations are known.
    /// `conversations` is fetched anew when the stream has to begin from the start.
    pub fn provide(me: Me, conversations: Resource<Result<ConversationList, Failure>>) -> Self {
        let live = Self::default();
        provide_context(live.clone());
        live.take_files(Uploads::provide());
        live.start_staging();
        live.start(me, conversations);
        live
    }

    /// That of the frame around this component; one that does nothing outside of it.
    #[must_use]
    pub fn of_page() -> Self {
        use_context().unwrap_or_default()
    }

    /// Who is signed in; none until it is known.
    #[must_use]
    pub fn viewer(&self) -> ArcReadSignal<Option<Sub>> {
        self.0.viewer.read_only()
    }

    /// How it stands with the event stream.
    #[must_use]
    pub fn connection(&self) -> ArcReadSignal<Connection> {
        self.0.connection.read_only()
    }

    /// The conversations, kept up to date; none on the server and until the browser has taken over: then show the
    /// loaded list.
    #[must_use]
    pub fn inbox(&self) -> ArcReadSignal<Option<Inbox>> {
        self.0.inbox.read_only()
    }

    /// Changes the list of conversations: when more of it was loaded.
    pub fn update_inbox(&self, change: impl FnOnce(&mut Inbox)) {
        self.0.inbox.update(|inbox| {
            if let Some(inbox) = inbox {
                change(inbox);
            }
        });
    }

    /// What is unread in all conversations that are not muted.
    #[must_use]
    pub fn total_unread(&self) -> Signal<i64> {
        let inbox = self.0.inbox.clone();
        Signal::derive(move || inbox.with(|inbox| inbox.as_ref().map_or(0, Inbox::total_unread)))
    }

    /// Calls back with every event after the cursor at which the caller's data was read, none left out, until the
    /// current owner is cleaned up. [`Event::Reset`] means that some are lost: load the data anew and call
    /// [`Following::restart_from`] with its cursor.
    pub fn follow(&self, after: i64, callback: impl Fn(&Event) + Send + Sync + 'static) -> Following {
        let following = Following { live: self.clone(), id: self.0.feed.add(after, Arc::new(callback)) };
        let feed = self.0.feed.clone();
        let id = following.id;
        on_cleanup(move || feed.remove(id));
        following.restart_from(after);
        following
    }
}

impl Following {
    /// The data was loaded anew, or a part was added, as of a cursor: events since then come (again).
    pub fn restart_from(&self, cursor: i64) {
        if let Some(after) = self.live.0.feed.bring_up_to_date(self.id, cursor) {
            self.live.open_stream(after);
        }
    }
}

/// Milliseconds since the epoch.
fn now() -> i64 {
    browser::now_millis()
}
