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

/// A reaction and what it is called.
type Emoji = (&'static str, &'static str);

/// One press away.
const QUICK: [Emoji; 6] =
    [("👍", "Thumbs up"), ("❤️", "Heart"), ("😂", "Laughing"), ("🎉", "Party"), ("🤔", "Thinking"), ("👀", "Eyes")];

/// Two presses away: what study groups answer with.
const MORE: [Emoji; 34] = [
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

/// So many reactions stand in a line of the picker.
const PICKER_COLUMNS: usize = 8;

/// Shows and hides the picker.
const PICKER_BUTTON: &str = ".toolbar > [aria-expanded]";

/// The tools of a message: one stop of the Tab key, and the arrows go from one to the next.
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
    let quick = emoji_buttons(open, &message, &QUICK);
    let more = Arc::clone(&message);
    let (replied, copied, edited) = (Arc::clone(&message), Arc::clone(&message), message);
    let on_key = move |event: KeyboardEvent| {
        if event.key() != "Escape" {
            move_among_tools(&event);
        } else if picking.get_untracked() {
            event.stop_propagation();
            focus(found(event.target(), PICKER_BUTTON));
            picking.set(false);
        } else {
            event.stop_propagation();
            focus(closest(event.target(), ".message"));
        }
    };
    let has_composer = !open.is_deserted.get_untracked();
    let own_tools = own.then(|| {
        view! {
            {has_composer
                .then(|| tool("Edit", icons::PENCIL, move || actions::begin(open, Writing::Edit(Arc::clone(&edited)))))}
            {tool("Delete …", icons::TRASH, move || open.deleting.set(Some(id)))}
        }
    });
    view! {
        <div
            class="toolbar"
            role="toolbar"
            aria-label="What to do with this message"
            on:keydown=on_key
            on:focusin=move |event| keep_place(event.target())
        >
            {quick}
            <button
                type="button"
                class="icon-button"
                tabindex="-1"
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
                .then(|| {
                    tool("Reply", icons::REPLY, move || actions::begin(open, Writing::Reply(Arc::clone(&replied))))
                })}
            {tool("Copy", icons::COPY, move || actions::copy(open, &copied))}
            {own_tools}
            {move || {
                picking
                    .get()
                    .then(|| {
                        view! {
                            <div
                                class="emoji-picker"
                                role="group"
                                aria-label="Reactions"
                                data-below=move || below.get().then_some("")
                                on:click=move |event| {
                                    focus(found(event.target(), PICKER_BUTTON));
                                    picking.set(false);
                                }
                            >
                                {emoji_buttons(open, &more, &MORE)}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// Whether there is no room for the picker above the message of this button.
fn is_near_top(pressed: Option<EventTarget>) -> bool {
    let (row, scrolled) = (closest(pressed.clone(), ".message"), closest(pressed, ".thread-scroll"));
    row.zip(scrolled).is_some_and(|(row, scrolled)| row.offset_top() - scrolled.scroll_top() < PICKER_HEIGHT)
}

/// The arrows go from tool to tool, in the picker also from line to line.
fn move_among_tools(event: &KeyboardEvent) {
    let Some(tool) = closest(event.target(), "button") else { return };
    let Some(tools) = tool.parent_element() else { return };
    if event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let is_picker = tools.class_list().contains("emoji-picker");
    let next = match event.key().as_str() {
        "ArrowLeft" => steps(&tool, 1, Element::previous_element_sibling),
        "ArrowRight" => steps(&tool, 1, Element::next_element_sibling),
        "ArrowUp" if is_picker => steps(&tool, PICKER_COLUMNS, Element::previous_element_sibling),
        "ArrowDown" if is_picker => steps(&tool, PICKER_COLUMNS, Element::next_element_sibling),
        "Home" => tools.first_element_child(),
        "End" => tools.query_selector(":scope > button:last-of-type").ok().flatten(),
        _ => None,
    };
    if next.is_some() {
        event.prevent_default();
    }
    focus(next.and_then(|next| next.dyn_into().ok()));
}

/// The tool so many steps away, where there is one.
fn steps(tool: &Element, count: usize, step: fn(&Element) -> Option<Element>) -> Option<Element> {
    let is_tool = |element: &Element| element.tag_name() == "BUTTON";
    (0..count).try_fold(tool.clone(), |tool, _| step(&tool).filter(is_tool))
}

/// Tab comes back to the tool that had the focus last.
fn keep_place(focused: Option<EventTarget>) {
    let Some(tool) = closest(focused, "button") else { return };
    let tools = tool.parent_element();
    if let Some(before) = tools.and_then(|tools| tools.query_selector(":scope > [tabindex='0']").ok().flatten()) {
        // Fails only for a name that is not an attribute's.
        let _ = before.set_attribute("tabindex", "-1");
    }
    tool.set_tab_index(0);
}

/// The nearest element around something with this selector.
fn closest(inner: Option<EventTarget>, selector: &str) -> Option<HtmlElement> {
    let inner = inner?.dyn_into::<Element>().ok()?;
    inner.closest(selector).ok().flatten()?.dyn_into().ok()
}

/// What has this selector in the same row.
fn found(inner: Option<EventTarget>, selector: &str) -> Option<HtmlElement> {
    closest(inner, ".message")?.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // Fails only when it has left the page meanwhile.
        let _ = element.focus();
    }
}

fn tool(name: &'static str, icon: Icon, act: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button type="button" class="icon-button" tabindex="-1" title=name aria-label=name on:click=move |_| act()>
            <Pictogram icon />
        </button>
    }
}

/// Reactions; Tab leads to the first one until another was used.
fn emoji_buttons(open: OpenThread, message: &Message, emoji: &[Emoji]) -> Vec<AnyView> {
    let button = |(place, emoji): (usize, &Emoji)| emoji_button(open, message, *emoji, place == 0);
    emoji.iter().enumerate().map(button).collect()
}

fn emoji_button(open: OpenThread, message: &Message, (emoji, name): Emoji, is_first: bool) -> AnyView {
    let id = message.id;
    let mine = message.reactions.iter().any(|one| one.emoji == emoji && one.subs.iter().any(|sub| open.is_me(sub)));
    view! {
        <button
            type="button"
            class="emoji"
            tabindex=if is_first { "0" } else { "-1" }
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
