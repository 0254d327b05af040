//! Forms that are sent, and links that are followed.

use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, SubmitEvent};

/// A form whose button is busy is not sent once more, whoever sends it and however it is asked to.
pub fn ignore_busy_forms() {
    let ignore = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if is_busy(&event) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    // On the way down to the form: before anybody there hears of it. Fails only for a callback that is no function.
    let _ = window().add_event_listener_with_callback_and_bool("submit", ignore.as_ref().unchecked_ref(), true);
    // As long as the page.
    ignore.forget();
}

/// Links are the browser's own from now on, as on a page without scripts.
pub fn follow_links_plainly() {
    let keep = Closure::<dyn Fn(Event)>::new(|event: Event| event.stop_immediate_propagation());
    // On the way down: before any script there hears of it. Fails only for a callback that is no function.
    let _ = window().add_event_listener_with_callback_and_bool("click", keep.as_ref().unchecked_ref(), true);
    keep.forget();
}

/// The Enter key presses the form's first button.
fn is_busy(event: &Event) -> bool {
    let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
    button.is_some_and(|button| button.get_attribute("aria-busy").as_deref() == Some("true"))
}
