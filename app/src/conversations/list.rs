//! The viewer's conversations, latest activity first.

use super::{
    MyConversations,
    avatar::ConversationAvatar,
    excerpt, icons,
    live::Live,
    model::{Inbox, texts},
    paths,
    server_fns::list_conversations,
    times::ShortTime,
};
use crate::{
    accounts::Me,
    browser,
    error::Failure,
    ui::{error_view::ErrorView, icon::Pictogram, progress::Progress},
};
use domain::{
    conversations::{Conversation, ConversationList as Loaded},
    id::Sub,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::sync::Arc;

type Found = Resource<Option<Result<Loaded, Failure>>>;

/// The list: as the server rendered it at first, kept up to date by events as soon as the browser has taken over.
#[component]
pub fn ConversationList(
    /// All of them.
    mine: MyConversations,
    /// Those that the page's address asks for.
    found: Found,
    /// Words of the names that are looked for.
    wanted: Signal<String>,
) -> impl IntoView {
    let me = expect_context::<Me>().0;
    Live::of_page().find_beyond(wanted);
    view! {
        <div class="conversation-list">
            <Transition fallback=|| {
                view! { <Progress what="your conversations" /> }
            }>
                {move || Suspend::new(async move {
                    let loaded = match found.await {
                        Some(found) => found,
                        None => mine.0.await,
                    };
                    match (me.await, loaded) {
                        (Ok(me), Ok(loaded)) => view! { <Items me=me.sub loaded wanted /> }.into_any(),
                        (Err(failure), _) | (_, Err(failure)) => view! { <ErrorView failure /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Items(me: Sub, loaded: Loaded, wanted: Signal<String>) -> impl IntoView {
    let live = Live::of_page();
    let inbox = live.inbox();
    let at_first: Vec<_> = loaded.conversations.into_iter().map(Arc::new).collect();
    let first_more = loaded.has_more;
    let has_more = {
        let inbox = inbox.clone();
        Memo::new(move |_| inbox.with(|inbox| inbox.as_ref().map_or(first_more, |inbox| inbox.has_more())))
    };
    let shown = Memo::new(move |_| {
        inbox.with(|inbox| match inbox {
            Some(inbox) => wanted.with(|wanted| inbox.filtered(wanted)),
            None => at_first.clone(),
        })
    });
    let me = StoredValue::new(me);
    let keys = move || {
        keep_focus();
        shown.with(|shown| shown.iter().map(|one| one.id).collect::<Vec<_>>())
    };
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    let nothing = move || {
        is_empty.get().then(|| {
            if wanted.with(|wanted| wanted.trim().is_empty()) {
                view! { <p class="list-nothing">"No conversations yet. " <a href=paths::NEW>"Start a conversation"</a></p> }
                .into_any()
            } else {
                view! { <p class="list-nothing">"No conversation of that name."</p> }.into_any()
            }
        })
    };
    view! {
        <ul role="list" aria-label="Conversations">
            <For each=keys key=|id| *id let:id>
                <Item id shown me />
            </For>
        </ul>
        {nothing}
        <More has_more live />
    }
}

/// What stands elsewhere in the list from now on has left the page for a moment, and with it the focus.
fn keep_focus() {
    let Some(focused) = browser::focused() else { return };
    browser::before_paint(move || {
        if browser::focused().is_none() {
            focused.take_back();
        }
    });
}

#[component]
fn Item(id: i64, shown: Memo<Vec<Arc<Conversation>>>, me: StoredValue<Sub>) -> impl IntoView {
    let path = use_location().pathname;
    let href = paths::conversation(id);
    let own = href.clone();
    let is_open = Memo::new(move |_| {
        path.with(|path| path.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    });
    let conversation = Memo::new(move |_| shown.with(|shown| shown.iter().find(|one| one.id == id).cloned()));
    let has_unread = move || conversation.with(|one| one.as_ref().is_some_and(|one| one.unread_count > 0));
    view! {
        <li>
            <a
                class="conversation-item"
                href=href
                aria-current=move || is_open.get().then_some("page")
                data-unread=move || has_unread().then_some("")
            >
                {move || conversation.get().map(|conversation| me.with_value(|me| item(&conversation, me)))}
            </a>
        </li>
    }
}

fn item(conversation: &Arc<Conversation>, me: &Sub) -> AnyView {
    let title = texts::title(conversation, me);
    let mut shown = Conversation::clone(conversation);
    if let Some(message) = &mut shown.last_message {
        // Without the marks of Markdown.
        message.content = excerpt::plain(&message.content_html);
    }
    let last = texts::last_message_line(&shown, me);
    let muted = conversation.muted;
    let unread = conversation.unread_count;
    let count = texts::badge(unread).map(|count| {
        view! {
            <span class=if muted { "count count-muted" } else { "count" } aria-hidden="true">
                {count}
            </span>
            <span class="sr-only">{texts::unread(unread)}</span>
        }
    });
    view! {
        <ConversationAvatar conversation=shown me=me.clone() />
        <span class="conversation-lines">
            <span class="conversation-title" dir="auto">
                {title}
            </span>
            <span class="conversation-last" dir="auto">
                {last}
            </span>
        </span>
        <span class="conversation-side">
            <ShortTime at=conversation.last_activity_at />
            <span class="conversation-marks">
                {muted.then(|| view! { <Pictogram icon=icons::BELL_OFF label="Muted" /> })} {count}
            </span>
        </span>
    }
    .into_any()
}

/// The rest of a long list.
#[component]
fn More(has_more: Memo<bool>, live: Live) -> impl IntoView {
    let live = StoredValue::new(live);
    let load = move || {
        let live = live.get_value();
        let end = live.inbox().with_untracked(|inbox| inbox.as_ref().and_then(Inbox::end));
        let Some(before) = end.map(|end| end.to_string()) else { return };
        browser::spawn(async move {
            if let Ok(list) = list_conversations(None, Some(before)).await {
                live.update_inbox(|inbox| inbox.append(list));
            }
        });
    };
    move || {
        has_more.get().then(|| {
            view! {
                <button type="button" class="button button-quiet list-more" on:click=move |_| load()>
                    "Show more conversations"
                </button>
            }
        })
    }
}
