//! The head of an open conversation.

use super::state::OpenThread;
use crate::{
    conversations::{
        avatar::ConversationAvatar,
        heading::{BackLink, members},
        icons, paths,
    },
    ui::{
        icon::{Icon, Pictogram},
        page_title::PageTitle,
    },
};
use domain::conversations::ConversationKind;
use leptos::prelude::*;

/// Title, members, and the ways to search and details.
#[component]
pub fn ThreadHead(
    /// What the conversation is called.
    title: Memo<String>,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let conversation = open.conversation;
    let members = move || {
        conversation.with(|conversation| {
            let is_group = conversation.kind == ConversationKind::Group;
            is_group.then(|| members(conversation.participants.len()))
        })
    };
    let picture = move || {
        view! { <ConversationAvatar conversation=conversation.get() me=open.me.get_value() /> }
    };
    let muted =
        move || conversation.with(|one| one.muted).then(|| view! { <Pictogram icon=icons::BELL_OFF label="Muted" /> });
    view! {
        <PageTitle text=title />
        <header class="pane-head thread-head">
            <BackLink href=paths::LIST.into() label="Conversations" />
            {picture}
            <div class="thread-names">
                <h1 class="pane-title" dir="auto">
                    {title}
                </h1>
                {move || members().map(|members| view! { <p>{members}</p> })}
            </div>
            {muted}
            <a
                class="icon-button"
                href=format!("{}?conversation={}", paths::SEARCH, open.id)
                title="Search in this conversation"
                aria-label="Search in this conversation"
            >
                <Pictogram icon=Icon::Search />
            </a>
            <a class="icon-button" href=paths::details(open.id) title="Details" aria-label="Details">
                <Pictogram icon=icons::INFO />
            </a>
        </header>
    }
}
