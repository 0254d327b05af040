//! The messages in order, between days and the mark of what is new; moving among them with the keyboard.

use super::{message, seen::SeenBy, state::OpenThread, toolbar::Toolbar};
use crate::conversations::{
    model::{Entry, Row, Tile, texts},
    times::Times,
};
use leptos::{
    ev::KeyboardEvent,
    prelude::*,
    reactive::computed::Selector,
    wasm_bindgen::JsCast,
    web_sys::{Element, EventTarget, HtmlElement},
};

/// All rows.
#[component]
pub fn Rows(
    /// Names the list.
    label: Signal<String>,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let rows = open.rows;
    let keys = move || rows.with(|rows| rows.keys().map(ToOwned::to_owned).collect::<Vec<_>>());
    // One row is reached with Tab: the one that was last used, else the newest. What a selector looks at may be gone
    // before it: the rows that ask it hold it.
    let tab_stop = Selector::new(move || {
        let visited = open.visited.try_get().flatten();
        rows.try_with(|rows| {
            let visited = visited.filter(|key| rows.get(key).is_some());
            visited.or_else(|| rows.all().last().map(|(key, _)| key.clone()))
        })
        .flatten()
    });
    let marks = Marks {
        pointed: Selector::new(move || open.pointed.try_get().flatten()),
        focused: Selector::new(move || open.focused.try_get().flatten()),
        tab_stop,
    };
    view! {
        <ol
            class="messages"
            role="list"
            aria-label=label
            on:pointerover=move |event| {
                if event.pointer_type() == "mouse" {
                    set(open.pointed, key_at(event.target()));
                }
            }
            on:pointerleave=move |_| set(open.pointed, None)
            on:focusin=move |event| {
                let key = key_at(event.target());
                set(open.visited, key.clone());
                set(open.focused, key);
            }
            on:focusout=move |event| set(open.focused, key_at(event.related_target()))
            on:keydown=move |event| move_among_rows(&event)
        >
            <For each=keys key=|key| key.clone() let:key>
                <RowView key marks=marks.clone() />
            </For>
        </ol>
    }
}

/// Which rows stand out, each asked about without waking the others.
#[derive(Clone)]
struct Marks {
    pointed: Selector<Option<String>>,
    focused: Selector<Option<String>>,
    tab_stop: Selector<Option<String>>,
}

#[component]
fn RowView(key: String, marks: Marks) -> impl IntoView {
    let rows = OpenThread::of_page().rows;
    let own_key = key.clone();
    let row = Memo::new(move |_| rows.with(|rows| rows.get(&own_key).cloned()));
    match row.get_untracked() {
        Some(Row::Day(day)) => view! { <Day day /> }.into_any(),
        Some(Row::FirstUnread) => view! {
            <li class="first-unread" id="first-unread">
                "New messages"
            </li>
        }
        .into_any(),
        Some(Row::Message { .. }) => view! { <MessageRow key row marks /> }.into_any(),
        None => ().into_any(),
    }
}

#[component]
fn Day(day: i64) -> impl IntoView {
    let times = Times::of_page();
    view! { <li class="day">{move || texts::day_label(day, times.today())}</li> }
}

#[component]
fn MessageRow(key: String, row: Memo<Option<Row>>, marks: Marks) -> impl IntoView {
    let open = OpenThread::of_page();
    let sent = Memo::new(move |_| {
        row.with(|row| match row {
            Some(Row::Message { entry: Entry::Sent(message), .. }) => Some(message.clone()),
            _ => None,
        })
    });
    let id = move || sent.with(|sent| sent.as_ref().map(|message| message.id));
    let own = row.with_untracked(|row| matches!(row, Some(Row::Message { own: true, .. })));
    let starts_group = move || row.with(|row| matches!(row, Some(Row::Message { starts_group: true, .. })));
    let tile = move || row.with(|row| if let Some(Row::Message { tile, .. }) = row { *tile } else { None });
    let is_marked = move || id().is_some() && open.marked.get() == id();
    let some_key = Some(key.clone());
    let own_key = some_key.clone();
    let Marks { pointed, focused, tab_stop } = marks;
    let is_active = Memo::new(move |_| {
        let (pointed, focused) = (pointed.selected(&own_key), focused.selected(&own_key));
        // The button that asks has to be there when the focus comes back from the question.
        let is_asked_about = id().is_some() && open.deleting.try_get().flatten() == id();
        pointed || focused || is_asked_about
    });
    let content = move || match row.get() {
        Some(Row::Message { entry, own, starts_group, tile }) => {
            Some(message::content(open, entry, own, starts_group, tile))
        }
        _ => None,
    };
    let toolbar = move || {
        let message = is_active.get().then(|| sent.get()).flatten();
        message.filter(|message| !message.deleted).map(|message| view! { <Toolbar message own /> })
    };
    view! {
        <li
            class="message"
            id=move || id().map(|id| format!("m{id}"))
            data-key=key
            data-own=own.then_some("")
            data-first=move || starts_group().then_some("")
            data-tile=move || tile().map(place_in_line)
            data-tiles=move || tile().map(|tile| columns(tile).to_string())
            data-marked=move || is_marked().then_some("")
            tabindex=move || if tab_stop.selected(&some_key) { "0" } else { "-1" }
        >
            {content}
            {toolbar}
            <SeenBy message_id=Signal::derive(id) />
        </li>
    }
}

/// In how many columns pictures stand.
const fn columns(tile: Tile) -> usize {
    if tile.count == 2 || tile.count == 4 { 2 } else { 3 }
}

/// Where a picture stands in its line.
const fn place_in_line(tile: Tile) -> &'static str {
    match tile.place % columns(tile) {
        0 => "start",
        place if place + 1 == columns(tile) => "end",
        _ => "middle",
    }
}

fn set(signal: RwSignal<Option<String>>, key: Option<String>) {
    // The focus goes elsewhere when the thread is left, too.
    if signal.try_with_untracked(|before| *before != key) == Some(true) {
        signal.set(key);
    }
}

/// The key of the row in which something is.
fn key_at(target: Option<EventTarget>) -> Option<String> {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok())?;
    row_of(&element)?.get_attribute("data-key")
}

fn row_of(element: &Element) -> Option<Element> {
    element.closest(".message").ok().flatten()
}

/// The arrows go from message to message as long as the focus is on one, not on something in it.
fn move_among_rows(event: &KeyboardEvent) {
    let Some(row) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    if !row.class_list().contains("message") || event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let next = match event.key().as_str() {
        "ArrowUp" => neighbour(&row, Element::previous_element_sibling),
        "ArrowDown" => neighbour(&row, Element::next_element_sibling),
        "Home" => row.parent_element().and_then(|list| list.query_selector(".message").ok().flatten()),
        "Escape" => row.owner_document().and_then(|document| document.get_element_by_id("content")),
        "End" => row.parent_element().and_then(|list| list.query_selector(".message:last-of-type").ok().flatten()),
        _ => None,
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // Fails only when the row has left the page meanwhile.
        let _ = next.focus();
    }
}

fn neighbour(row: &HtmlElement, step: impl Fn(&Element) -> Option<Element>) -> Option<Element> {
    let mut next = step(row);
    while let Some(element) = next {
        if element.class_list().contains("message") {
            return Some(element);
        }
        next = step(&element);
    }
    None
}
