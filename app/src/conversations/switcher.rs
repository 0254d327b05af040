//! Going to another conversation by typing a part of its name: Ctrl+K, a few letters, Enter.

use super::{avatar::ConversationAvatar, live::Live, model::texts, paths};
#[cfg(feature = "hydrate")]
use crate::browser;
use domain::{conversations::Conversation, id::Sub};
use leptos::{
    LazyViewError,
    ev::{self, KeyboardEvent},
    html::{Dialog, Input},
    prelude::*,
};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// Most conversations offered at once.
const OFFERED: usize = 8;

/// The dialog. It is on every page about conversations and opens by its keys.
#[component]
pub fn Switcher() -> impl IntoView {
    let open = RwSignal::new(false);
    open_by_keys(open);
    // Loaded once the page is there: until it is, what is typed for it goes where one was writing.
    #[cfg(feature = "hydrate")]
    Effect::new(|| {
        browser::spawn(async {
            let _ = __preload_switcher_dialog().await;
        });
    });
    view! { {move || open.get().then(|| Suspend::new(dialog_or_none(open)))} }
}

/// Without a connection it may be that it cannot be loaded: then it is closed, and the keys ask for it again.
async fn dialog_or_none(open: RwSignal<bool>) -> Option<AnyView> {
    let dialog = switcher_dialog(open).await.ok();
    if dialog.is_none() {
        open.set(false);
    }
    dialog
}

#[lazy(fallible)]
fn switcher_dialog(open: RwSignal<bool>) -> Result<AnyView, LazyViewError> {
    Ok(view! { <SwitcherDialog open /> }.into_any())
}

fn open_by_keys(open: RwSignal<bool>) {
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                open.try_set(true);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// What fits what is typed, and which of that is chosen.
#[derive(Clone, Copy)]
struct Choice {
    offered: Memo<Vec<Arc<Conversation>>>,
    chosen: RwSignal<usize>,
    go: Callback<i64>,
}

#[component]
fn SwitcherDialog(open: RwSignal<bool>) -> impl IntoView {
    let (dialog, input) = (NodeRef::<Dialog>::new(), NodeRef::<Input>::new());
    Effect::new(move || {
        if let (Some(dialog), Some(input)) = (dialog.get(), input.get()) {
            // Fails only when the dialog is open already.
            drop(dialog.show_modal());
            drop(input.focus());
        }
    });
    let live = Live::of_page();
    let (inbox, viewer) = (live.inbox(), live.viewer());
    let typed = RwSignal::new(String::new());
    live.find_beyond(typed.into());
    let offered = Memo::new(move |_| {
        let fitting = |typed: &String| inbox.with(|inbox| inbox.as_ref().map(|inbox| inbox.filtered(typed)));
        typed.with(fitting).unwrap_or_default().into_iter().take(OFFERED).collect::<Vec<_>>()
    });
    let navigate = use_navigate();
    let go = Callback::new(move |id| {
        open.set(false);
        navigate(&paths::conversation(id), Default::default());
    });
    let choice = Choice { offered, chosen: RwSignal::new(0), go };
    let option = move |(place, conversation): (usize, Arc<Conversation>)| {
        viewer.get_untracked().map(|me| option(choice, place, &conversation, &me))
    };
    view! {
        <dialog
            class="dialog switcher"
            node_ref=dialog
            aria-label="Switch conversation"
            on:close=move |_| open.set(false)
            on:keydown=move |event| choice.pressed(&event)
        >
            <h2>"Switch conversation"</h2>
            <input
                node_ref=input
                type="text"
                role="combobox"
                aria-label="Switch to"
                aria-expanded="true"
                aria-controls="switcher-options"
                aria-autocomplete="list"
                aria-activedescendant=move || choice.active_id()
                placeholder="Switch to …"
                autocomplete="off"
                dir="auto"
                prop:value=typed
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    choice.chosen.set(0);
                }
            />
            <ul id="switcher-options" class="switcher-options" role="listbox" aria-label="Conversations">
                {move || offered.get().into_iter().enumerate().map(&option).collect_view()}
            </ul>
            {move || {
                offered
                    .with(Vec::is_empty)
                    .then(|| view! { <p class="list-nothing">"No conversation of that name."</p> })
            }}
        </dialog>
    }
}

impl Choice {
    fn pressed(self, event: &KeyboardEvent) {
        let count = self.offered.with_untracked(Vec::len);
        let chosen = self.chosen.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.chosen.set((chosen + 1) % count),
            "ArrowUp" if count > 0 => self.chosen.set((chosen + count - 1) % count),
            "Enter" if !event.is_composing() => {
                let id = self.offered.with_untracked(|offered| offered.get(chosen).map(|one| one.id));
                if let Some(id) = id {
                    self.go.run(id);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn active_id(self) -> Option<String> {
        let chosen = self.chosen.get();
        self.offered.with(|offered| offered.get(chosen).map(|one| format!("switch-to-{}", one.id)))
    }
}

fn option(choice: Choice, place: usize, conversation: &Conversation, me: &Sub) -> AnyView {
    let id = conversation.id;
    view! {
        <li
            id=format!("switch-to-{id}")
            class="switcher-option"
            role="option"
            aria-selected=move || if choice.chosen.get() == place { "true" } else { "false" }
            on:click=move |_| choice.go.run(id)
        >
            <ConversationAvatar conversation=conversation.clone() me=me.clone() />
            <span class="conversation-title" dir="auto">
                {texts::title(conversation, me)}
            </span>
        </li>
    }
    .into_any()
}
