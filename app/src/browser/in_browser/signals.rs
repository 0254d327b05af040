//! Time that passes, and what the browser tells of itself.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, on_cleanup, window, window_event_listener_untyped};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::VisibilityState;

/// Something that runs in a while, unless it is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer(i32);

impl Timer {
    /// Makes it not run.
    pub fn cancel(self) {
        window().clear_timeout_with_handle(self.0);
    }
}

/// Runs something in a while.
#[must_use]
pub fn after(millis: u32, run: impl FnOnce() + 'static) -> Timer {
    let millis = i32::try_from(millis).unwrap_or(i32::MAX);
    let callback = once(run);
    // Fails only for a callback that is no function.
    let handle = window().set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), millis);
    Timer(handle.unwrap_or_default())
}

/// Starts a task of the page. It goes on when the component that started it is gone.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    leptos::task::spawn_local(task);
}

/// Calls back on an event of the window (`online`, `offline`, `focus`, `storage` …) until the owner is cleaned up.
pub fn on_window(event: &'static str, callback: impl Fn() + 'static) {
    let listener = window_event_listener_untyped(event, move |_| callback());
    on_cleanup(move || listener.remove());
}

/// Calls back when the page is shown or hidden, until the owner is cleaned up.
pub fn on_visibility(callback: impl Fn() + 'static) {
    on_window("visibilitychange", callback);
}

/// Whether the person can see the page.
#[must_use]
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Whether the browser believes to have a network.
#[must_use]
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// A function for the browser to call once. The garbage collector frees it, called or not.
pub(super) fn once(run: impl FnOnce() + 'static) -> JsValue {
    once_with(move |_| {
        run();
        JsValue::UNDEFINED
    })
}

/// The same for a function with an argument and an answer.
pub(super) fn once_with(run: impl FnOnce(JsValue) -> JsValue + 'static) -> JsValue {
    let run = RefCell::new(Some(run));
    let call = move |argument| run.take().map_or(JsValue::UNDEFINED, |run| run(argument));
    Closure::<dyn Fn(JsValue) -> JsValue>::new(call).into_js_value()
}

/// Calls back with what became of a promise: true when it was kept.
pub(super) fn when_settled(promise: &Promise, done: impl FnOnce(bool) + 'static) {
    let done = Rc::new(RefCell::new(Some(done)));
    let settled = |kept: bool| {
        let done = done.clone();
        Closure::<dyn FnMut(JsValue)>::new(move |_| {
            if let Some(done) = done.take() {
                done(kept);
            }
        })
        .into_js_value()
    };
    // The bindings want a closure that somebody keeps; the browser's collector does here.
    let then = Reflect::get(promise, &"then".into()).ok().and_then(|then| then.dyn_into::<Function>().ok());
    if let Some(then) = then {
        let _ = then.call2(promise, &settled(true), &settled(false));
    }
}
