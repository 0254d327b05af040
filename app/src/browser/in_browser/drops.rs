//! Files that are dragged onto the page or pasted into it, and leaving it.

use super::files::{LocalFile, listed, pasted_files};
use leptos::{
    ev::ClipboardEvent,
    prelude::{on_cleanup, window},
};
use send_wrapper::SendWrapper;
use std::{cell::Cell, fmt, rc::Rc};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{DataTransfer, DragEvent, Event};

/// A listener of the window; removed when it is dropped.
struct Listener {
    event: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    fn new(event: &'static str, act: impl Fn(Event) + 'static) -> Self {
        let closure = Closure::<dyn Fn(Event)>::new(act);
        // Fails only for a callback that is no function.
        let _ = window().add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        Self { event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = window().remove_event_listener_with_callback(self.event, self.closure.as_ref().unchecked_ref());
    }
}

/// A file that is dropped where nobody takes it never takes the place of the page, until the owner is cleaned up.
pub fn ignore_stray_drops() {
    let ignore = |event: Event| {
        // Whoever takes files has said so already.
        if !event.default_prevented()
            && let Some(data) = carried_files(&event)
        {
            event.prevent_default();
            data.set_drop_effect("none");
        }
    };
    let listeners = SendWrapper::new([Listener::new("dragover", ignore), Listener::new("drop", ignore)]);
    on_cleanup(move || drop(listeners));
}

/// Takes files that are dropped anywhere on the page, until the owner is cleaned up. `hovers` is called with true when
/// files come over the page and with false when they leave it or were dropped.
pub fn on_files_dropped(hovers: impl Fn(bool) + 'static, dropped: impl Fn(Vec<LocalFile>) + 'static) {
    // Entering an inner element comes before leaving the outer one.
    let depth = Rc::new(Cell::new(0_u32));
    let hovers = Rc::new(hovers);
    let entered = {
        let (depth, hovers) = (depth.clone(), hovers.clone());
        move |event: Event| {
            if carried_files(&event).is_some() {
                depth.set(depth.get() + 1);
                hovers(true);
            }
        }
    };
    let left = {
        let (depth, hovers) = (depth.clone(), hovers.clone());
        move |event: Event| {
            if carried_files(&event).is_some() {
                depth.set(depth.get().saturating_sub(1));
                if depth.get() == 0 {
                    hovers(false);
                }
            }
        }
    };
    let over = |event: Event| {
        if let Some(data) = carried_files(&event) {
            event.prevent_default();
            data.set_drop_effect("copy");
        }
    };
    let taken = move |event: Event| {
        if let Some(data) = carried_files(&event) {
            event.prevent_default();
            depth.set(0);
            hovers(false);
            // Folders come as files that cannot be read.
            let files = listed(data.files().as_ref());
            dropped(files);
        }
    };
    let listeners = SendWrapper::new([
        Listener::new("dragenter", entered),
        Listener::new("dragleave", left),
        Listener::new("dragover", over),
        Listener::new("drop", taken),
    ]);
    on_cleanup(move || drop(listeners));
}

/// Takes files that are pasted anywhere on the page where nobody else has taken them, until the owner is cleaned up.
pub fn on_files_pasted(pasted: impl Fn(Vec<LocalFile>) + 'static) {
    let listener = Listener::new("paste", move |event| {
        let files = match event.dyn_ref::<ClipboardEvent>() {
            Some(pasted) if !event.default_prevented() => pasted_files(pasted),
            _ => return,
        };
        if !files.is_empty() {
            event.prevent_default();
            pasted(files);
        }
    });
    let listener = SendWrapper::new(listener);
    on_cleanup(move || drop(listener));
}

/// What an event drags, if there are files in it.
fn carried_files(event: &Event) -> Option<DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&"Files".into(), 0).then_some(data)
}

/// Asks the person before the page is left, for as long as it lives.
pub struct LeaveGuard(#[expect(dead_code, reason = "it acts by being there")] SendWrapper<Listener>);

impl fmt::Debug for LeaveGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LeaveGuard")
    }
}

/// From now on the browser asks before the page is left.
#[must_use]
pub fn warn_before_leaving() -> LeaveGuard {
    LeaveGuard(SendWrapper::new(Listener::new("beforeunload", |event| event.prevent_default())))
}
