//! Pictures, and long pages of them.

use super::super::View;
use leptos::prelude::{StoredValue, WithValue as _, document, on_cleanup, window, window_event_listener_untyped};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, HtmlImageElement, ResizeObserver};

/// Tells which part of an element is in the window: now, and whenever it changes, until the owner is cleaned up.
pub fn follow_view(element: &Element, changed: impl Fn(View) + 'static) {
    let followed = element.clone();
    let tell = Rc::new(move || changed(view_of(&followed)));
    for event in ["scroll", "resize"] {
        let tell = Rc::clone(&tell);
        let listener = window_event_listener_untyped(event, move |_| tell());
        on_cleanup(move || listener.remove());
    }
    let told = Rc::clone(&tell);
    let callback = Closure::<dyn Fn()>::new(move || told());
    // Fails only for a callback that is no function.
    if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        let kept = StoredValue::new_local((observer, callback));
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    }
    tell();
}

fn view_of(element: &Element) -> View {
    let (place, root) = (element.get_bounding_client_rect(), document().document_element());
    let (window_width, window_height) =
        root.map_or((0.0, 0.0), |root| (f64::from(root.client_width()), f64::from(root.client_height())));
    View { top: -place.top(), width: place.width(), window_width, window_height }
}

/// Loads a picture that will be shown soon.
pub fn prefetch_picture(srcset: &str, sizes: &str) {
    if let Ok(image) = HtmlImageElement::new() {
        image.set_sizes(sizes);
        image.set_srcset(srcset);
    }
}

/// Whether there is a page before this one.
#[must_use]
pub fn can_go_back() -> bool {
    window().history().and_then(|history| history.length()).is_ok_and(|length| length > 1)
}

/// Goes back to the page before.
pub fn go_back() {
    if let Ok(history) = window().history() {
        // Fails only where scripts may not navigate, and they may here.
        let _ = history.back();
    }
}
