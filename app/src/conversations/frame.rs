//! The list of conversations with what is open beside it.

use super::{
    MyConversations, icons, list::ConversationList, paths, server_fns::list_conversations, switcher::Switcher,
    times::Times,
};
use crate::{
    error::Failure,
    ui::icon::{Icon, Pictogram},
};
use domain::conversations::ConversationList as Loaded;
use leptos::prelude::*;
use leptos_router::{
    LazyRoute,
    components::{Form, Outlet},
    hooks::{use_location, use_query_map},
    lazy_route,
};

/// What surrounds every page about conversations.
pub struct ConversationsFrame {
    is_list: Memo<bool>,
    query: Memo<String>,
    found: Resource<Option<Result<Loaded, Failure>>>,
}

#[lazy_route]
impl LazyRoute for ConversationsFrame {
    fn data() -> Self {
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
        Self { is_list, query, found }
    }

    fn view(this: Self) -> AnyView {
        let ConversationsFrame { is_list, query, found } = this;
        Times::provide();
        let mine = expect_context::<MyConversations>();
        let typed = RwSignal::new(None);
        let wanted = Signal::derive(move || typed.get().unwrap_or_else(|| query.get()));
        view! {
            <div class="messenger" data-open=move || if is_list.get() { "list" } else { "content" }>
                <section class="messenger-list" aria-label="Conversations">
                    <ListHead is_list />
                    <ListSearch query typed />
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
fn ListSearch(query: Memo<String>, typed: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <search>
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
