//! A message as the thread shows it.

use super::{actions, attachment, state::OpenThread};
use crate::{
    conversations::{
        excerpt, icons,
        model::{Entry, Outgoing, SendState, Tile, outbox::OutgoingFile},
        paths,
        times::Clock,
    },
    quizzes::card::SharedQuiz,
    ui::{avatar::Avatar, icon::Pictogram},
    uploads::model::State as UploadState,
};
use domain::conversations::{Message, Reaction, ReplyTo};
use leptos::prelude::*;
use std::sync::Arc;

/// From so many characters on, a message is read rather than glanced at.
const LONG: usize = 500;

/// The content of a message's row.
pub(super) fn content(open: OpenThread, entry: Entry, own: bool, starts_group: bool, tile: Option<Tile>) -> AnyView {
    match entry {
        Entry::Sent(message) => sent(open, message, own, starts_group, tile),
        Entry::Outgoing(outgoing) => underway(open, *outgoing),
    }
}

fn sent(open: OpenThread, message: Arc<Message>, own: bool, starts_group: bool, tile: Option<Tile>) -> AnyView {
    let Message { id, deleted, sent_at, ref sender_name, .. } = *message;
    let speaker = if own { "You".to_owned() } else { sender_name.clone() };
    let shows_sender = starts_group && !own;
    let picture = shows_sender.then(|| {
        let picture = untrack(|| open.avatar_of(&message.sender_sub));
        view! { <Avatar sub=message.sender_sub.to_string() name=sender_name.clone() picture /> }.into_any()
    });
    // A script has its own way, among what can be done with a message.
    let edit = (own && !deleted && !open.is_deserted.get_untracked()).then(|| {
        view! {
            <a class="without-script" href=paths::edit(open.id, id) aria-label="Edit this message">
                "Edit"
            </a>
        }
    });
    let edited = (message.edited_at.is_some() && !deleted).then(|| view! { <span>"edited"</span> });
    let quote = message.reply_to.clone().filter(|_| !deleted).map(|reply_to| quote(open, &reply_to));
    let file = message.attachment.clone().filter(|_| !deleted).map(|file| attachment::view(open, file, tile));
    let bubble = match (deleted, attachment::is_bare(&message)) {
        (true, _) => "bubble bubble-deleted",
        (false, true) => "bubble bubble-bare",
        (false, false) => "bubble",
    };
    let reactions = if deleted { Vec::new() } else { message.reactions.clone() };
    view! {
        {picture}
        <div class="message-column">
            <p class=if shows_sender { "message-sender" } else { "sr-only" } dir="auto">
                {speaker}
            </p>
            <div class=bubble>
                {quote} {file} {body(&message)} <p class="message-meta">{edit} {edited} <Clock at=sent_at /></p>
            </div>
            {chips(open, id, reactions)}
        </div>
    }
    .into_any()
}

fn body(message: &Message) -> AnyView {
    if message.deleted {
        return view! { <p>"Message deleted"</p> }.into_any();
    }
    if let Some(card) = message.quiz.clone() {
        return view! { <SharedQuiz card /> }.into_any();
    }
    if message.content.is_empty() {
        return ().into_any();
    }
    let is_long = message.content.chars().nth(LONG).is_some();
    let class = if is_long { "prose prose-long" } else { "prose" };
    // The server has rendered and sanitised it.
    view! { <div class=class dir="auto" inner_html=message.content_html.clone()></div> }.into_any()
}

fn quote(open: OpenThread, reply_to: &ReplyTo) -> AnyView {
    let ReplyTo { id, sender_sub, sender_name, excerpt } = reply_to.clone();
    let name = if open.is_me(&sender_sub) { "You".to_owned() } else { sender_name };
    // The server's excerpt has the marks of Markdown in it.
    let quoted = open.thread.with_untracked(|thread| thread.message(id).map(|quoted| excerpt::of(quoted)));
    let text = quoted.filter(|text| !text.is_empty()).unwrap_or(excerpt);
    let text = if text.is_empty() { "Message deleted".to_owned() } else { text };
    view! {
        <a
            class="quote"
            href=paths::message(open.id, id)
            on:click=move |event| {
                let opens_elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
                if !opens_elsewhere {
                    event.prevent_default();
                    actions::go_to(open, id);
                }
            }
        >
            <span class="sr-only">"In reply to "</span>
            <span class="quote-name" dir="auto">
                {name}
            </span>
            <span class="quote-text" dir="auto">
                {text}
            </span>
        </a>
    }
    .into_any()
}

fn chips(open: OpenThread, message_id: i64, reactions: Vec<Reaction>) -> AnyView {
    let chip = |Reaction { emoji, subs }: Reaction| {
        let names = open.names(&subs).join(", ");
        let mine = subs.iter().any(|sub| open.is_me(sub));
        let (shown, count) = (emoji.clone(), subs.len());
        // Whoever says what they see finds it by that.
        let label = format!("{emoji} {count}: {names}");
        view! {
            <li>
                <button
                    type="button"
                    class="reaction"
                    title=names
                    aria-label=label
                    aria-pressed=if mine { "true" } else { "false" }
                    on:click=move |_| actions::react(open, message_id, &emoji, !mine)
                >
                    <span aria-hidden="true">{shown}</span>
                    <span aria-hidden="true">{count}</span>
                </button>
            </li>
        }
    };
    if reactions.is_empty() {
        return ().into_any();
    }
    view! {
        <ul class="reactions" role="list" aria-label="Reactions">
            {reactions.into_iter().map(chip).collect_view()}
        </ul>
    }
    .into_any()
}

fn underway(open: OpenThread, outgoing: Outgoing) -> AnyView {
    let reply_to = outgoing.reply_to;
    let quoted = reply_to.and_then(|id| open.thread.with_untracked(|thread| thread.message(id).cloned()));
    let quote = quoted.map(|message| {
        let excerpt = excerpt::of(&message);
        let (sender_sub, sender_name) = (message.sender_sub.clone(), message.sender_name.clone());
        quote(open, &ReplyTo { id: message.id, sender_sub, sender_name, excerpt })
    });
    let file = attachment::underway(open, &outgoing);
    let content = outgoing.content.clone();
    let text = (!content.is_empty()).then(|| {
        view! {
            <div class="prose underway" dir="auto">
                {content}
            </div>
        }
    });
    view! {
        <div class="message-column">
            <p class="sr-only">"You"</p>
            <div class="bubble">{quote} {file} {text} {outgoing_state(open, outgoing)}</div>
        </div>
    }
    .into_any()
}

/// How it stands with a message on its way, and what can be done about it.
fn outgoing_state(open: OpenThread, outgoing: Outgoing) -> AnyView {
    let Outgoing { client_id, state, file, .. } = outgoing;
    let is_uploading = file.as_ref().is_some_and(|file| file.upload_id.is_none());
    if let SendState::Failed(reason) = state {
        let (retried, discarded) = (client_id.clone(), client_id);
        // Without its file it cannot go again.
        let retry = (!is_uploading).then(|| Callback::new(move |()| open.live().retry(&retried)));
        let discard = Callback::new(move |()| open.live().discard_file(&discarded));
        return failed(reason_beside(file.as_ref(), reason), retry, discard);
    }
    let line = move |words: &'static str| {
        view! {
            <p class="message-meta">
                <Pictogram icon=icons::CLOCK />
                <span>{words}</span>
            </p>
        }
        .into_any()
    };
    if !is_uploading {
        return line(match state {
            SendState::Waiting => "Waiting for connection",
            SendState::Retrying => "Could not be sent yet, trying again",
            SendState::Sending | SendState::Failed(_) => "Sending",
        });
    }
    let shown = move || match open.live().file_of(&client_id).map(|item| item.state.get()) {
        Some(UploadState::Failed(reason)) => {
            let (retried, discarded) = (client_id.clone(), client_id.clone());
            let retry = Callback::new(move |()| open.live().retry_file(&retried));
            let reason = reason_beside(file.as_ref(), reason);
            failed(reason, Some(retry), Callback::new(move |()| open.live().discard_file(&discarded)))
        }
        Some(UploadState::Refused(reason)) => {
            let discarded = client_id.clone();
            let reason = reason_beside(file.as_ref(), reason);
            failed(reason, None, Callback::new(move |()| open.live().discard_file(&discarded)))
        }
        Some(UploadState::NeedsFile) => {
            let discarded = client_id.clone();
            let discard = Callback::new(move |()| open.live().discard_file(&discarded));
            let reason = "The page was loaded anew: attach the same file again to go on.".to_owned();
            failed(reason_beside(file.as_ref(), reason), None, discard)
        }
        Some(UploadState::Resting) => line("Waiting for connection"),
        _ => line("Uploading"),
    };
    shown.into_any()
}

/// Why a message was not sent, with the name of its file.
fn reason_beside(file: Option<&OutgoingFile>, reason: String) -> String {
    match file {
        Some(file) => format!("{}: {reason}", file.name),
        None => reason,
    }
}

fn failed(reason: String, retry: Option<Callback<()>>, discard: Callback<()>) -> AnyView {
    view! {
        <p class="message-meta">
            <Pictogram icon=icons::FAILED />
            <span>"Not sent"</span>
        </p>
        <div class="message-failed">
            <span role="alert" dir="auto">
                {reason}
            </span>
            {retry
                .map(|retry| {
                    view! {
                        <button type="button" on:click=move |_| retry.run(())>
                            "Try again"
                        </button>
                    }
                })}
            <button type="button" on:click=move |_| discard.run(())>
                "Discard"
            </button>
        </div>
    }
    .into_any()
}
