//! What a person does in an open conversation, carried out at the server and shown at once.

use super::state::{OpenThread, Writing};
use crate::{
    browser,
    conversations::{
        model::{End, conversation_list::apply_to, portions},
        server_fns::{self, delete_message, edit_message, load_conversation, load_messages},
    },
    error::Failure,
};
use domain::{
    ErrorCode,
    conversations::{Message, MessageList},
    events::Event,
};
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};
use std::{sync::Arc, vec::IntoIter};

/// How long a message stays marked that was jumped to.
const MARKED_MILLIS: u32 = 3_000;

/// Adds or takes back a reaction.
pub(super) fn react(open: OpenThread, message_id: i64, emoji: &str, on: bool) {
    let emoji = emoji.to_owned();
    browser::spawn(async move {
        match server_fns::react(message_id, emoji, on).await {
            Ok(message) => apply(open, &Event::ReactionChanged { message }),
            Err(failure) => say(open, &failure.detail),
        }
    });
}

/// Begins to answer or to change a message, unless a changed text is on its way: it would be lost if it did not arrive.
pub(super) fn begin(open: OpenThread, writing: Writing) {
    if open.saving.get_untracked() {
        say(open, "Your last change is still on its way.");
    } else {
        open.writing.set(writing);
    }
}

/// Gives a message another text, and tells whether it has it.
pub(super) fn edit(
    open: OpenThread,
    message_id: i64,
    content: String,
    then: impl FnOnce(Result<(), Failure>) + 'static,
) {
    browser::spawn(async move {
        let changed = edit_message(message_id, content).await;
        then(changed.map(|message| apply(open, &Event::MessageUpdated { message })));
    });
}

/// Finds a message of the conversation, loaded or not; none when it is gone. Where the server cannot tell, nothing is.
pub(super) fn find(open: OpenThread, message_id: i64, then: impl FnOnce(Option<Arc<Message>>) + 'static) {
    let loaded = open.thread.with_untracked(|thread| thread.message(message_id).cloned());
    if loaded.is_some() {
        return then(loaded.filter(|message| !message.deleted));
    }
    browser::spawn(async move {
        match load_messages(open.id, None, None, Some(message_id)).await {
            Ok(list) => {
                let found = list.messages.into_iter().find(|message| message.id == message_id && !message.deleted);
                then(found.map(Arc::new));
            }
            Err(failure) if failure.code == ErrorCode::ValidationFailed => then(None),
            Err(_) => {}
        }
    });
}

/// Takes a message back.
pub(super) fn delete(open: OpenThread, message_id: i64) {
    browser::spawn(async move {
        match delete_message(message_id).await {
            Ok(()) => {
                let message = open.thread.try_with_untracked(|thread| thread.message(message_id).cloned()).flatten();
                if let Some(message) = message {
                    apply(open, &Event::MessageDeleted { message: without_text(&message) });
                }
                // The button that was pressed goes with the text.
                focus(message_id);
            }
            Err(failure) => say(open, &failure.detail),
        }
    });
}

fn focus(message_id: i64) {
    let row = browser::element(&format!("m{message_id}")).and_then(|row| row.dyn_into::<HtmlElement>().ok());
    if let Some(row) = row {
        // Fails only when the row has left the page meanwhile.
        let _ = row.focus();
    }
}

fn without_text(message: &Message) -> Message {
    Message {
        content: String::new(),
        content_html: String::new(),
        deleted: true,
        reactions: Vec::new(),
        attachment: None,
        ..message.clone()
    }
}

/// Puts the text of a message on the clipboard.
pub(super) fn copy(open: OpenThread, message: &Message) {
    browser::copy(&message.content, move |done| {
        say(open, if done { "The text is on the clipboard." } else { "The browser did not allow to copy." });
    });
}

/// Goes to a message on the page and marks it for a while; says whether it is there.
pub(super) fn jump_to(open: OpenThread, message_id: i64) -> bool {
    let Some(element) = browser::element(&format!("m{message_id}")) else { return false };
    scroll_to(open, &element);
    mark(open, message_id);
    true
}

/// Goes to a message wherever it is. What the address names may be elsewhere by now, so that a link to it would not do.
pub(super) fn go_to(open: OpenThread, message_id: i64) {
    if !jump_to(open, message_id) {
        load_around(open, message_id, move || {
            jump_to(open, message_id);
        });
    }
}

/// Scrolls to something in the thread, which then stays in view whatever else stood there before.
pub(super) fn scroll_to(open: OpenThread, element: &Element) {
    let _ = open.anchor.try_set_value(None);
    browser::scroll_to(element);
}

/// Marks a message for a while, which begins anew when it is marked again.
pub(super) fn mark(open: OpenThread, message_id: i64) {
    open.marked.set(Some(message_id));
    let Some(mark) = open.marks.try_update_value(|marks| {
        *marks += 1;
        *marks
    }) else {
        return;
    };
    let _ = browser::after(MARKED_MILLIS, move || {
        if open.marks.try_get_value() == Some(mark) {
            open.marked.try_set(None);
        }
    });
}

/// Applies a change to what is open.
pub(super) fn apply(open: OpenThread, event: &Event) {
    let at_end = open.at_end.try_get_untracked().unwrap_or_default();
    // A change that concerns something else must not lay out the page anew.
    open.thread.try_maybe_update(|thread| (thread.apply(event, at_end), ()));
    open.conversation.try_maybe_update(|conversation| {
        let applied = open.me.with_value(|me| apply_to(conversation, me, event));
        (applied == crate::conversations::model::Applied::Changed, ())
    });
}

/// Loads what stands before or after the loaded messages.
pub(super) fn load_more(open: OpenThread, end: End) {
    let Some(edge) = open.thread.with_untracked(|thread| thread.goes_on_from(end)) else { return };
    if open.loading.get_untracked() {
        return;
    }
    open.loading.set(true);
    let (before, after) = match end {
        End::Oldest => (Some(edge), None),
        End::Newest => (None, Some(edge)),
    };
    browser::spawn(async move {
        match load_messages(open.id, before, after, None).await {
            Ok(list) => add(open, end, edge, portions(list, end).into_iter()),
            Err(failure) => {
                say(open, &failure.detail);
                open.loading.try_set(false);
            }
        }
    });
}

/// Adds loaded messages beyond the one at the edge, a few in each frame: all at once they would hold the page up.
fn add(open: OpenThread, end: End, edge: i64, mut portions: IntoIter<MessageList>) {
    // Whoever went elsewhere in the conversation meanwhile would find a gap.
    let goes_on = open.thread.try_with_untracked(|thread| thread.goes_on_from(end) == Some(edge)).unwrap_or_default();
    let Some(portion) = portions.next().filter(|_| goes_on) else {
        open.loading.try_set(false);
        return;
    };
    let is_last = portions.len() == 0;
    let change = move |open: OpenThread, portion| {
        open.thread.try_update(|thread| thread.extend(portion, end));
    };
    if is_last {
        take(open, portion, change);
        open.loading.try_set(false);
        return;
    }
    change(open, portion);
    let edge = open.thread.with_untracked(|thread| thread.goes_on_from(end)).unwrap_or(edge);
    browser::before_paint(move || add(open, end, edge, portions));
}

/// Loads the newest messages in place of the loaded ones.
pub(super) fn load_newest(open: OpenThread, then: impl FnOnce() + 'static) {
    load_place(open, None, then);
}

/// Loads the messages around one in place of the loaded ones.
pub(super) fn load_around(open: OpenThread, message_id: i64, then: impl FnOnce() + 'static) {
    load_place(open, Some(message_id), then);
}

fn load_place(open: OpenThread, around: Option<i64>, then: impl FnOnce() + 'static) {
    browser::spawn(async move {
        match load_messages(open.id, None, None, around).await {
            Ok(list) => {
                take(open, list, |open, list| {
                    open.thread.try_update(|thread| thread.replace(list));
                });
                browser::before_paint(then);
            }
            Err(failure) => say(open, &failure.detail),
        }
    });
}

/// Loads everything anew, because events were lost.
pub(super) fn reload(open: OpenThread) {
    browser::spawn(async move {
        if let Ok(conversation) = load_conversation(open.id).await {
            open.conversation.try_set(conversation);
        }
        load_newest(open, || {});
    });
}

/// Takes loaded messages over, and lets the events since then come again.
fn take(open: OpenThread, list: MessageList, change: impl FnOnce(OpenThread, MessageList)) {
    let cursor = list.cursor;
    change(open, list);
    if let Some(Some(following)) = open.following.try_get_value() {
        following.restart_from(cursor);
    }
}

/// Says a sentence about what was done.
pub(super) fn say(open: OpenThread, sentence: &str) {
    if let Some(toasts) = open.toasts {
        toasts.say(sentence);
    }
}
