//! What can be done with a message: shown at the one that is pointed at, touched or focused.

use super::{
    actions,
    state::{OpenThread, Writing},
};
use crate::{
    conversations::icons,
    ui::icon::{Icon, Pictogram},
};
use domain::conversations::Message;
use leptos::{
    ev::KeyboardEvent,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, EventTarget, HtmlElement},
};
use std::sync::Arc;

/// One press away.
const QUICK: [(&str, &str); 6] =
    [("👍", "Thumbs up"), ("❤️", "Heart"), ("😂", "Laughing"), ("🎉", "Party"), ("🤔", "Thinking"), ("👀", "Eyes")];

/// Two presses away: what study groups answer with.
const MORE: [(&str, &str); 34] = [
    ("✅", "Done"),
    ("❌", "No"),
    ("🙏", "Thank you"),
    ("👏", "Applause"),
    ("🙌", "Raised hands"),
    ("💯", "Hundred points"),
    ("🔥", "Fire"),
    ("⭐", "Star"),
    ("💡", "Idea"),
    ("📌", "Pin"),
    ("📚", "Books"),
    ("📝", "Note"),
    ("🧠", "Brain"),
    ("🎯", "Bullseye"),
    ("🚀", "Rocket"),
    ("⏰", "Alarm clock"),
    ("☕", "Coffee"),
    ("🍕", "Pizza"),
    ("😀", "Grin"),
    ("😊", "Smile"),
    ("😍", "Delighted"),
    ("😎", "Cool"),
    ("😅", "Relieved"),
    ("😢", "Sad"),
    ("😭", "Crying"),
    ("😱", "Shocked"),
    ("😴", "Asleep"),
    ("🤯", "Mind blown"),
    ("🤷", "Shrug"),
    ("🤝", "Handshake"),
    ("💪", "Strong"),
    ("👋", "Wave"),
    ("👎", "Thumbs down"),
    ("❓", "Question"),
];

/// The room that the picker takes above a message, in CSS pixels.
const PICKER_HEIGHT: i32 = 290;

/// The tools of a message.
#[component]
pub fn Toolbar(
    /// The message.
    message: Arc<Message>,
    /// Whether it is the viewer's own.
    own: bool,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let (picking, below) = (RwSignal::new(false), RwSignal::new(false));
    let id = message.id;
    let quick = {
        let message = Arc::clone(&message);
        QUICK.into_iter().map(move |emoji| emoji_button(open, &message, emoji)).collect_view()
    };
    let more = Arc::clone(&message);
    let (replied, copied, edited) = (Arc::clone(&message), Arc::clone(&message), message);
    let on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && picking.get_untracked() {
            event.stop_propagation();
            picking.set(false);
        }
    };
    let has_composer = !open.is_deserted.get_untracked();
    let own_tools = own.then(|| {
        view! {
            {has_composer
                .then(|| tool("Edit", icons::PENCIL, move || open.writing.set(Writing::Edit(Arc::clone(&edited)))))}
            {tool("Delete …", icons::TRASH, move || open.deleting.set(Some(id)))}
        }
    });
    view! {
        <div class="toolbar" role="group" aria-label="What to do with this message" on:keydown=on_escape>
            {quick}
            <button
                type="button"
                class="icon-button"
                title="More reactions"
                aria-label="More reactions"
                aria-expanded=move || if picking.get() { "true" } else { "false" }
                on:click=move |event| {
                    below.set(is_near_top(event.target()));
                    picking.update(|picking| *picking = !*picking);
                }
            >
                <Pictogram icon=icons::SMILE_PLUS />
            </button>
            {has_composer
                .then(|| tool("Reply", icons::REPLY, move || open.writing.set(Writing::Reply(Arc::clone(&replied)))))}
            {tool("Copy", icons::COPY, move || actions::copy(open, &copied))}
            {own_tools}
            {move || {
                picking
                    .get()
                    .then(|| {
                        let message = Arc::clone(&more);
                        view! {
                            <div
                                class="emoji-picker"
                                role="group"
                                aria-label="Reactions"
                                data-below=move || below.get().then_some("")
                            >
                                {MORE.into_iter().map(move |emoji| emoji_button(open, &message, emoji)).collect_view()}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// Whether there is no room for the picker above the message of this button.
fn is_near_top(pressed: Option<EventTarget>) -> bool {
    let Some(pressed) = pressed.and_then(|pressed| pressed.dyn_into::<Element>().ok()) else { return false };
    let found = |selector| pressed.closest(selector).ok().flatten();
    let (Some(row), Some(scrolled)) = (found(".message"), found(".thread-scroll")) else { return false };
    row.dyn_into::<HtmlElement>().is_ok_and(|row| row.offset_top() - scrolled.scroll_top() < PICKER_HEIGHT)
}

fn tool(name: &'static str, icon: Icon, act: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" title=name aria-label=name on:click=move |_| act()>
            <Pictogram icon />
        </button>
    }
}

fn emoji_button(open: OpenThread, message: &Message, (emoji, name): (&'static str, &'static str)) -> AnyView {
    let id = message.id;
    let mine = message.reactions.iter().any(|one| one.emoji == emoji && one.subs.iter().any(|sub| open.is_me(sub)));
    view! {
        <button
            type="button"
            class="emoji"
            title=name
            aria-label=format!("React: {name}")
            aria-pressed=if mine { "true" } else { "false" }
            on:click=move |_| actions::react(open, id, emoji, !mine)
        >
            {emoji}
        </button>
    }
    .into_any()
}
