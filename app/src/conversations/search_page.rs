//! Searching in messages.

use super::{MyConversations, excerpt, heading::PaneHeading, paths, server_fns::search_messages};
use crate::ui::{
    avatar::Avatar, empty_state::EmptyState, icon::Icon, list::ListRow, loaded::BothLoaded, search_form::SearchForm,
    time::Moment,
};
use domain::conversations::{ConversationList, FoundMessages, Message};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::{collections::HashMap, sync::Arc};

/// What is searched: the words, the conversation and the place to go on from.
type Search = (String, Option<i64>, Option<i64>);

/// The page at `/conversations/search`.
#[component]
pub fn MessageSearchPage() -> impl IntoView {
    let parameters = use_query_map();
    let search = Memo::new(move |_| {
        parameters.with(|map| {
            let number = |name| map.get_str(name).and_then(|text| text.parse().ok());
            let query = map.get_str("query").unwrap_or_default().trim().to_owned();
            (query, number("conversation"), number("before"))
        })
    });
    let found = Resource::new(
        move || search.get(),
        |(query, conversation, before)| async move {
            if query.is_empty() { Ok(None) } else { search_messages(query, conversation, before).await.map(Some) }
        },
    );
    let mine = expect_context::<MyConversations>().0;
    view! {
        <PaneHeading title="Search in messages" back=paths::LIST back_label="Conversations" />
        <div class="pane-body">
            <WordsForm search />
            <BothLoaded
                first=found
                second=mine.loaded()
                what="messages"
                show=Arc::new(move |found, loaded| {
                    view! { <Results found groups=titles(mine.or_newer(loaded)) search=search.get_untracked() /> }
                        .into_any()
                })
            />
        </div>
    }
    .into_any()
}

#[component]
fn WordsForm(search: Memo<Search>) -> impl IntoView {
    let query = move || search.with(|(query, ..)| query.clone());
    let conversation = move || search.with(|(_, conversation, _)| *conversation);
    view! {
        <SearchForm
            label="Words or parts of words"
            placeholder="Words or parts of words"
            action=paths::SEARCH
            query=Signal::derive(query)
            main=true
        >
            {move || {
                conversation().map(|id| view! { <input type="hidden" name="conversation" value=id.to_string() /> })
            }}
        </SearchForm>
        {move || {
            conversation()
                .map(|_| {
                    view! {
                        <p class="quiet">
                            "In one conversation. " <a href=paths::search(&query(), None)>"Search in all of them"</a>
                        </p>
                    }
                })
        }}
    }
}

/// What groups are called. In a direct conversation the writer's name says enough.
fn titles(mine: ConversationList) -> HashMap<i64, String> {
    mine.conversations.into_iter().filter_map(|one| Some((one.id, one.title?))).collect()
}

#[component]
fn Results(found: Option<FoundMessages>, groups: HashMap<i64, String>, search: Search) -> impl IntoView {
    let Some(FoundMessages { messages, has_older }) = found else {
        return view! {
            <EmptyState icon=Icon::Search title="Find a message">
                <p>"Parts of words are enough, in any language. A message must have all of them."</p>
            </EmptyState>
        }
        .into_any();
    };
    if messages.is_empty() {
        return view! { <p role="status">"No message has all of these words. Try fewer, or only a part of one."</p> }
            .into_any();
    }
    let (query, conversation, _) = search;
    let words = Arc::new(excerpt::words(&query));
    let older = has_older.then(|| messages.last().map(|last| last.id)).flatten();
    let count = match (messages.len(), has_older) {
        (1, false) => "1 message".to_owned(),
        (many, false) => format!("{many} messages, newest first"),
        (many, true) => format!("The newest {many} messages"),
    };
    let row = move |message: Message| {
        let group = groups.get(&message.conversation_id).cloned();
        view! { <FoundRow message group words=Arc::clone(&words) /> }
    };
    view! {
        <p class="quiet" role="status">
            {count}
        </p>
        <ul class="list found" role="list" aria-label="Messages found">
            {messages.into_iter().map(row).collect_view()}
        </ul>
        {older
            .map(|id| {
                let href = format!("{}&before={id}", paths::search(&query, conversation));
                view! {
                    <a class="button button-quiet" href=href>
                        "Older messages"
                    </a>
                }
            })}
    }
    .into_any()
}

#[component]
fn FoundRow(message: Message, group: Option<String>, words: Arc<Vec<String>>) -> impl IntoView {
    let Message { id, conversation_id, content_html, sender_sub, sender_name, sent_at, .. } = message;
    let avatar_name = sender_name.clone();
    let pieces = excerpt::around(&excerpt::plain(&content_html), &words).into_iter().map(|piece| {
        if piece.is_match { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }
    });
    view! {
        <ListRow picture=move || view! { <Avatar sub=sender_sub.into() name=avatar_name /> }>
            <p class="found-head">
                <a class="found-link" href=paths::message(conversation_id, id)>
                    <span dir="auto">{sender_name}</span>
                    {group
                        .map(|group| {
                            view! {
                                " in "
                                <span dir="auto">{group}</span>
                            }
                        })}
                    " · "
                    <Moment at=sent_at />
                </a>
            </p>
            <p class="found-text" dir="auto">
                {pieces.collect_view()}
            </p>
        </ListRow>
    }
}
