//! Calls into the browser.

use crate::theme::Theme;
use domain::Timestamp;
use leptos::prelude::{document, window};
use wasm_bindgen::{JsValue, closure::Closure};

/// The theme that the page shows.
#[must_use]
pub fn theme() -> Theme {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-theme")).map_or(Theme::System, |name| Theme::from_name(&name))
}

/// Shows the page in another theme.
pub fn show_theme(theme: Theme) {
    if let Some(root) = document().document_element() {
        // Fails only for a name that is not an attribute's.
        let _ = root.set_attribute("data-theme", theme.name());
    }
}

/// Leaves for another address with a full load of the page.
pub fn leave_for(address: &str) {
    // Fails only for an address that cannot be parsed, and then there is nowhere to go.
    let _ = window().location().set_href(address);
}

/// The address of the page with its query.
#[must_use]
pub fn current_path() -> String {
    let location = window().location();
    let path = location.pathname().unwrap_or_else(|_| "/".into());
    path + &location.search().unwrap_or_default()
}

/// The moment in the person's own time zone and format.
#[must_use]
pub fn local_time(moment: Timestamp) -> Option<String> {
    let date = js_sys::Date::new(&JsValue::from_f64((moment.micros() / 1_000) as f64));
    let options = js_sys::Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        js_sys::Reflect::set(&options, &name.into(), &style.into()).ok()?;
    }
    // The pages are in English, so their dates are; `en-GB` puts them in the order that most of the world reads.
    Some(date.to_locale_string("en-GB", &options).into())
}

/// Makes the offline page available. A browser that refuses simply shows its own.
pub fn register_service_worker() {
    if !window().is_secure_context() {
        return;
    }
    let ignored = Closure::once(|_: JsValue| {});
    let _ = window().navigator().service_worker().register("/service-worker.js").catch(&ignored);
    ignored.forget();
}

/// Marks the page as taken over: from now on buttons answer at once.
pub fn mark_as_hydrated() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
}
