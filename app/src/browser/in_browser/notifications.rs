//! Notifications of the browser.

use super::{
    super::Permission,
    signals::{once, when_settled},
};
use js_sys::{Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsCast as _;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Whether the person wants notifications of this site.
#[must_use]
pub fn notification_permission() -> Permission {
    let is_there = Reflect::has(&Object::from(window()), &"Notification".into()).unwrap_or_default();
    if !is_there || !window().is_secure_context() {
        return Permission::Unsupported;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Denied => Permission::Denied,
        _ => Permission::Unasked,
    }
}

/// Asks the person whether they want notifications and tells what they said. Only after a click.
pub fn ask_for_notifications(done: impl FnOnce(Permission) + 'static) {
    if notification_permission() != Permission::Unasked {
        return done(notification_permission());
    }
    match Notification::request_permission() {
        Ok(asked) => when_settled(&asked, move |_| done(notification_permission())),
        Err(_) => done(Permission::Unsupported),
    }
}

/// Shows a notification; a later one with the same tag takes its place. A click comes back to this tab.
pub fn notify(title: &str, body: &str, tag: &str, on_click: impl FnOnce() + 'static) {
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    // Refused by browsers that let only service workers notify.
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let shown = notification.clone();
    let clicked = once(move || {
        let _ = window().focus();
        shown.close();
        on_click();
    });
    notification.set_onclick(Some(clicked.unchecked_ref()));
}
