//! The list of conversations with what is open beside it.

use super::{
    MyConversations, icons, list::ConversationList, paths, server_fns::list_conversations, switcher::Switcher,
    thread::composer, times::Times, unsent::Unsent,
};
use crate::ui::icon::{Icon, Pictogram};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{
    components::{Form, Outlet},
    hooks::{use_location, use_query_map},
};

/// What surrounds every page about conversations.
#[component]
pub fn ConversationsFrame() -> impl IntoView {
    let (path, parameters) = (use_location().pathname, use_query_map());
    let is_list = Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == paths::LIST));
    let query = Memo::new(move |_| {
        let asked = || parameters.with(|map| map.get_str("query").unwrap_or_default().trim().to_owned());
        if is_list.get() { asked() } else { String::new() }
    });
    // Without scripts the address carries what is looked for.
    let found = Resource::new(
        move || query.get(),
        |query| async move { if query.is_empty() { None } else { Some(list_conversations(Some(query), None).await) } },
    );
    let is_thread = Memo::new(move |_| path.with(|path| paths::is_conversation(path)));
    Times::provide();
    let mine = expect_context::<MyConversations>();
    let typed = RwSignal::new(None);
    let wanted = Signal::derive(move || typed.get().unwrap_or_else(|| query.get()));
    view! {
        <div class="messenger" data-open=move || if is_list.get() { "list" } else { "content" }>
            {move || is_thread.get().then(skip_link)}
            <section class="messenger-list" aria-label="Conversations">
                <ListHead is_list />
                <ListSearch is_list query typed />
                <Unsent />
                <ConversationList mine found wanted />
            </section>
            <div class="messenger-content">
                <Outlet />
            </div>
        </div>
        <Switcher />
    }
    .into_any()
}

/// Stands before the list, which can be long.
fn skip_link() -> impl IntoView {
    view! {
        <a class="skip-link" href=format!("#{}", composer::FIELD) rel="external">
            "Skip to writing"
        </a>
    }
}

/// On its own page the list is what the page is about.
#[component]
fn ListHead(is_list: Memo<bool>) -> impl IntoView {
    view! {
        <div class="list-head">
            {move || {
                if is_list.get() {
                    view! { <h1 class="list-heading">"Conversations"</h1> }.into_any()
                } else {
                    view! { <h2 class="list-heading">"Conversations"</h2> }.into_any()
                }
            }} <div class="list-actions">
                <a class="icon-button" href=paths::SEARCH title="Search in messages" aria-label="Search in messages">
                    <Pictogram icon=Icon::Search />
                </a>
                <a class="icon-button" href=paths::NEW title="New conversation" aria-label="New conversation">
                    <Pictogram icon=icons::PLUS />
                </a>
            </div>
        </div>
    }
}

#[component]
fn ListSearch(is_list: Memo<bool>, query: Memo<String>, typed: RwSignal<Option<String>>) -> impl IntoView {
    // What is typed filters the list at once: asking for its page would only take away what is open beside it.
    let stay = move |event: SubmitEvent| {
        if !is_list.get_untracked() {
            event.prevent_default();
        }
    };
    view! {
        <search on:submit:capture=stay>
            <Form method="get" action=paths::LIST attr:class="list-search">
                <label for="list-query" class="sr-only">
                    "Find a conversation by name"
                </label>
                <input
                    id="list-query"
                    name="query"
                    type="search"
                    dir="auto"
                    autocomplete="off"
                    placeholder="Find a conversation"
                    value=query.get_untracked()
                    on:input:target=move |event| typed.set(Some(event.target().value()))
                />
                <button type="submit">"Find"</button>
            </Form>
        </search>
    }
}
