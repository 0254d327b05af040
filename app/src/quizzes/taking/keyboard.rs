//! Keys that answer the questions and go between them.

use super::{checks::Checks, desk::Desk, walk::Walk};
use crate::quizzes::keys;
use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlInputElement},
};

/// 1 to 8 choose an option, Enter checks and goes on; arrows go between questions where they do not choose. They do so
/// wherever the focus is, unless something else is being written, pressed or asked there.
pub(super) fn answer_keys(desk: Desk, checks: Checks, walk: Walk) {
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| on_key(desk, checks, walk, &event));
        on_cleanup(move || listener.remove());
    });
}

fn on_key(desk: Desk, checks: Checks, walk: Walk, event: &KeyboardEvent) {
    if !keys::is_plain(event) || event.default_prevented() {
        return;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if is_elsewhere(&target) {
        return;
    }
    let kind = target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_).unwrap_or_default();
    let is_pressed = is_inside(&target, "button, a, summary");
    let here = walk.place_at(&target);
    let place = here.unwrap_or_else(|| walk.current());
    let id = walk.id_at(place);
    match event.key().as_str() {
        "Enter" if !is_pressed => {
            event.prevent_default();
            if here.is_none() {
                walk.go(place);
            } else if !id.is_some_and(|id| checks.check_next(id)) {
                walk.go(place + 1);
            }
        }
        "ArrowRight" if kind.is_empty() && !is_pressed && here.is_some() => walk.go(place + 1),
        "ArrowLeft" if kind.is_empty() && !is_pressed && here.is_some() => walk.go(place.saturating_sub(1)),
        // An answer that nobody sees is not changed.
        _ if kind != "text" && (here.is_some() || walk.is_in_sight(place)) => {
            if let (Some(option), Some(id)) = (keys::place(event), id)
                && desk.choose(id, option)
            {
                event.prevent_default();
            }
        }
        _ => {}
    }
}

/// Whether keys mean something else where they are pressed: in a field that is not of a question, in the passage beside
/// them, or while a dialog asks.
fn is_elsewhere(target: &Element) -> bool {
    let is_field = is_inside(target, "input, textarea, select, aside, [contenteditable]");
    let asks = target.owner_document().and_then(|page| page.query_selector("dialog[open]").ok().flatten());
    asks.is_some() || (is_field && !is_inside(target, "[data-place]"))
}

fn is_inside(element: &Element, selector: &str) -> bool {
    matches!(element.closest(selector), Ok(Some(_)))
}
