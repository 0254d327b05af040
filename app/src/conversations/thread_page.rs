//! A conversation that is open.

use super::{
    heading::PaneHeading,
    live::Live,
    paths,
    server_fns::{load_conversation, load_messages},
    thread::ThreadView,
};
use crate::{accounts::Me, error::Failure, ui::loaded::BothLoaded};
use domain::{
    ApiError, ErrorCode,
    conversations::{Conversation, MessageList},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;

/// What is shown of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Opened {
    /// The conversation.
    pub conversation: Conversation,
    /// A part of its thread.
    pub messages: MessageList,
    /// The message that the page was opened at.
    pub at: Option<i64>,
    /// The message that the page was opened to change.
    pub edit: Option<i64>,
}

/// Where in the thread the page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place {
    at: Option<i64>,
    before: Option<i64>,
    edit: Option<i64>,
}

/// The page at `/conversations/{id}`.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let (id, parameters) = (conversation_id(), use_query_map());
    let place = Memo::new(move |_| {
        let number = |name: &str| parameters.with(|map| map.get_str(name).and_then(|text| text.parse().ok()));
        let edit = number("edit");
        let at = edit.or_else(|| number("message"));
        Place { at, before: number("before").filter(|_| at.is_none()), edit }
    });
    let opened = Resource::new(
        move || (id.get(), place.get()),
        move |(id, Place { at, before, edit })| async move {
            let id = id?;
            // In this order: what happens in between comes again with the events after the messages' cursor.
            let (messages, at) = load_part(id, before, at).await?;
            let conversation = load_conversation(id).await?;
            Ok(Opened { conversation, messages, at, edit })
        },
    );
    load_once_added(id, opened);
    let me = expect_context::<Me>().0;
    view! {
        <BothLoaded
            first=opened
            second=me
            what="the conversation"
            above=|| {
                view! { <PaneHeading title="Conversation" back=paths::LIST back_label="Conversations" /> }
            }
            show=Arc::new(|opened, me| view! { <ThreadView opened me=me.sub /> }.into_any())
        />
    }
    .into_any()
}

/// What was refused is asked for again when the viewer has been added: once each time that they come into it.
fn load_once_added(id: Memo<Result<i64, Failure>>, opened: Resource<Result<Opened, Failure>>) {
    let inbox = Live::of_page().inbox();
    let joined = Memo::new(move |_| {
        let id = id.get().ok()?;
        inbox.with(|inbox| inbox.as_ref().is_some_and(|inbox| inbox.get(id).is_some())).then_some(id)
    });
    let is_refused =
        move || opened.with(|opened| matches!(opened, Some(Err(failure)) if failure.code == ErrorCode::Forbidden));
    Effect::new(move |asked: Option<Option<i64>>| {
        let (joined, asked) = (joined.get(), asked.flatten().filter(|asked| joined.get() == Some(*asked)));
        if joined.is_none() || joined == asked || !is_refused() {
            return asked;
        }
        opened.refetch();
        joined
    });
}

/// The part of the thread that the page's address names. Where that is around a message that is not there, or no longer,
/// the newest part.
async fn load_part(id: i64, before: Option<i64>, at: Option<i64>) -> Result<(MessageList, Option<i64>), Failure> {
    match load_messages(id, before, None, at).await {
        Err(failure) if failure.code == ErrorCode::ValidationFailed => {
            Ok((load_messages(id, None, None, None).await?, None))
        }
        loaded => Ok((loaded?, at)),
    }
}

/// The conversation that the page's address names.
pub fn conversation_id() -> Memo<Result<i64, Failure>> {
    let parameters = use_params_map();
    Memo::new(move |_| {
        let id = parameters.with(|map| map.get_str("id").and_then(|id| id.parse().ok()).filter(|id| *id > 0));
        id.ok_or_else(|| ApiError::not_found("There is no such conversation.").into())
    })
}
