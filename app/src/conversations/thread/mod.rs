//! An open conversation: its head, its messages and what is written.

pub mod actions;
pub mod attachment;
pub mod composer;
pub mod draft;
pub mod head;
pub mod message;
pub mod rows;
pub mod scroll;
pub mod seen;
pub mod staged;
pub mod state;
pub mod toolbar;

use super::{excerpt, live::Live, model::texts, paths, thread_page::Opened};
use crate::{
    browser::{self, Connection},
    ui::{
        button::{Button, Tone},
        dialog::Dialog,
        icon::{Icon, Pictogram},
        lightbox::Lightbox,
    },
};
use composer::Composer;
use domain::{conversations::ConversationKind, events::Event, id::Sub};
use head::ThreadHead;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use rows::Rows;
use scroll::ThreadScroll;
use staged::{DropOverlay, RetryAll};
use state::OpenThread;

/// A conversation with a part of its thread.
#[component]
pub fn ThreadView(
    /// What was loaded.
    opened: Opened,
    /// Who reads it.
    me: Sub,
) -> impl IntoView {
    let live = Live::of_page();
    let open = OpenThread::provide(&opened, me, live.clone());
    follow(open, &live, opened.messages.cursor);
    staged::show_uploads(open);
    let title = Memo::new(move |_| open.conversation.with(|one| open.me.with_value(|me| texts::title(one, me))));
    let kind = if opened.conversation.kind == ConversationKind::Group { "group" } else { "direct" };
    let label = Signal::derive(move || format!("Messages: {}", title.get()));
    let pictures = Signal::derive(move || attachment::pictures(open));
    view! {
        <div class="thread" data-kind=kind>
            <ThreadHead title />
            <ConnectionLine live=live.clone() />
            <ThreadScroll opened>
                <Beginning title />
                <Rows label />
            </ThreadScroll>
            <TypingLine live />
            <RetryAll />
            <WritingPlace title />
            <Lightbox pictures shown=open.picture />
            <Announcements />
            <DeleteDialog />
        </div>
    }
}

/// Where messages are written, as long as there is somebody to write to.
#[component]
fn WritingPlace(title: Memo<String>) -> impl IntoView {
    let open = OpenThread::of_page();
    move || {
        if open.is_deserted.get() {
            let words = "Nobody is left here to write to: the account was deleted. What was said stays readable.";
            // What leads to the field leads to these words instead.
            return view! {
                <div class="composer">
                    <p id=composer::FIELD class="quiet" tabindex="-1">
                        {words}
                    </p>
                </div>
            }
            .into_any();
        }
        view! {
            <Composer title />
            <DropOverlay title />
        }
        .into_any()
    }
}

/// Keeps what is open up to date.
fn follow(open: OpenThread, live: &Live, cursor: i64) {
    let live = live.clone();
    let navigate = use_navigate();
    let gone = RwSignal::new(false);
    Effect::new(move || {
        if gone.get() {
            actions::say(open, "You are no longer in this conversation.");
            navigate(paths::LIST, Default::default());
        }
    });
    Effect::new(move || {
        let following = live.follow(cursor, move |event| match event {
            Event::Reset => actions::reload(open),
            Event::ConversationRemoved { conversation_id } if *conversation_id == open.id => {
                gone.try_set(true);
            }
            _ => actions::apply(open, event),
        });
        open.following.set_value(Some(following));
    });
}

/// What stands above the first message, and the way to older ones where no script loads them.
#[component]
fn Beginning(title: Memo<String>) -> impl IntoView {
    let open = OpenThread::of_page();
    let older = Memo::new(move |_| open.thread.with(|thread| thread.oldest().filter(|_| thread.has_older())));
    let is_empty = Memo::new(move |_| {
        open.thread.with(|thread| thread.is_empty()) && open.rows.with(|rows| rows.all().is_empty())
    });
    let is_titled = Memo::new(move |_| open.conversation.with(|conversation| conversation.title.is_some()));
    move || match older.get() {
        Some(id) => view! {
            <p class="thread-older without-script">
                <a class="button button-quiet" href=paths::before(open.id, id)>
                    "Older messages"
                </a>
            </p>
        }
        .into_any(),
        None => view! {
            <p class="thread-start" dir="auto">
                {move || beginning(&title.get(), is_titled.get(), is_empty.get())}
            </p>
        }
        .into_any(),
    }
}

fn beginning(title: &str, is_titled: bool, is_empty: bool) -> String {
    match (is_titled, is_empty) {
        (true, true) => "Nothing has been said yet: be the first.".to_owned(),
        (false, true) => format!("Nothing has been said yet. Say hello to {title}."),
        (true, false) => format!("This is the beginning of {title}."),
        (false, false) => format!("This is the beginning of your conversation with {title}."),
    }
}

/// Says when changes do not arrive.
#[component]
fn ConnectionLine(live: Live) -> impl IntoView {
    let connection = live.connection();
    view! {
        <div role="status">
            {move || {
                match connection.get() {
                    Connection::Connecting | Connection::Live => None,
                    Connection::Offline => Some("No connection. What you send waits here and goes out when it is back."),
                    Connection::SignedOut => Some("You are signed out."),
                }
                    .map(|words| {
                        view! {
                            <p class="connection">
                                <Pictogram icon=Icon::WifiOff />
                                {words}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// Who else is writing.
#[component]
fn TypingLine(live: Live) -> impl IntoView {
    let open = OpenThread::of_page();
    let typists = live.typing(open.id);
    let words = move || {
        let names = open.names(&typists.get());
        texts::typing(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    view! {
        <p class="typing" dir="auto">
            {words}
        </p>
    }
}

/// Reads aloud what comes in; older messages that are loaded are not read.
#[component]
fn Announcements() -> impl IntoView {
    let open = OpenThread::of_page();
    let words = RwSignal::new(String::new());
    Effect::new(move |before: Option<i64>| {
        let newest = open.thread.with(|thread| thread.message(thread.newest()).cloned());
        let id = newest.as_ref().map_or(0, |message| message.id);
        let Some(message) = newest.filter(|message| before.is_some_and(|before| message.id > before)) else {
            return id;
        };
        if !open.is_me(&message.sender_sub) && browser::is_visible() {
            words.set(format!("{}: {}", message.sender_name, excerpt::of(&message)));
        }
        id
    });
    view! {
        <p class="sr-only" role="status">
            {words}
        </p>
    }
}

/// Asks before a message is gone.
#[component]
fn DeleteDialog() -> impl IntoView {
    let open = OpenThread::of_page();
    let asked = RwSignal::new(false);
    // Each sets the other only where they differ: what is set wakes its readers, changed or not.
    Effect::new(move || {
        if open.deleting.get().is_some() {
            asked.set(true);
        }
    });
    Effect::new(move || {
        if asked.get() || open.deleting.get_untracked().is_none() {
            return;
        }
        // The dialog closes first and gives the focus back: only then may the tools go.
        browser::before_paint(move || {
            if asked.try_get_untracked() == Some(false) {
                open.deleting.try_set(None);
            }
        });
    });
    let confirm = Callback::new(move |()| {
        if let Some(id) = open.deleting.get_untracked() {
            actions::delete(open, id);
        }
        asked.set(false);
    });
    view! {
        <Dialog
            open=asked
            title="Delete this message?"
            action=move || {
                view! {
                    <Button tone=Tone::Loss on_press=confirm>
                        "Delete message"
                    </Button>
                }
            }
        >
            <p>
                "Its text, file and reactions are gone for everybody in the conversation. That a message was deleted stays visible."
            </p>
        </Dialog>
    }
}
