//! Calls into the browser.

mod drops;
mod events;
mod files;
mod forms;
mod kept_files;
mod locks;
mod notifications;
mod pictures;
mod places;
mod scroll;
mod signals;
mod storage;
mod text;
mod time;
mod transfer;
mod written;

pub use drops::{LeaveGuard, ignore_stray_drops, on_files_dropped, on_files_pasted, warn_before_leaving};
pub use events::{close_events, leads_events, open_events};
pub use files::{LocalFile, Preview, pasted_files, picked_files, show_behind};
pub use forms::{follow_links_plainly, ignore_busy_forms};
pub use kept_files::{forget_upload, keep_upload, kept_upload, kept_uploads};
pub use locks::exclusively;
pub use notifications::{ask_for_notifications, notification_permission, notify};
pub use pictures::{can_go_back, follow_view, go_back, prefetch_picture};
pub use places::keep_places;
pub use scroll::{
    Anchor, Focused, anchor, before_paint, element, focus_in_place, focused, has_room_beside, is_in_sight, print_page,
    scroll_to,
};
pub use signals::{Timer, after, is_online, is_visible, on_visibility, on_window, spawn};
pub use storage::{forget, keep, kept, kept_below};
pub use text::plain;
pub use time::{local_clock, local_day, local_time, now_millis};
pub use transfer::put;
pub use written::{bring_back_written, forget_written_by_others, leave_for_sign_in};

use crate::theme::Theme;
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

/// Loads the page anew.
pub fn reload() {
    // Fails only where scripts may not navigate, and they may here.
    let _ = window().location().reload();
}

/// Puts a text on the clipboard and tells whether that was possible.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    // There is no clipboard on a page that was not loaded securely.
    if !window().is_secure_context() {
        return done(false);
    }
    signals::when_settled(&window().navigator().clipboard().write_text(text), done);
}

/// A name that nobody else gives: 32 hexadecimal digits.
#[must_use]
pub fn random_id() -> String {
    let mut bytes = [0; 16];
    // There also where `randomUUID` is not: on a page that was not loaded securely.
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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

/// Whether the page was taken over.
#[must_use]
pub fn is_hydrated() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-hydrated"))
}
