//! Locks that the tabs of a browser share (the Web Locks API, which our bindings do not have in their stable part).

use super::signals::{once_with, spawn};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};

/// Runs a task while no other tab runs one of the same name; waits for its turn. In a browser without locks it runs at
/// once.
pub fn exclusively<Task: Future<Output = ()> + 'static>(name: &str, task: impl FnOnce() -> Task + 'static) {
    match request() {
        None => spawn(task()),
        Some(request) => {
            let held = once_with(move |_| {
                let task = task();
                promise(move |release| {
                    spawn(async move {
                        task.await;
                        call(&release);
                    });
                })
            });
            ask(&request, name, &held);
        }
    }
}

/// Calls `held` as soon as no other tab holds the lock. It is kept until the function given to `held` is called, or
/// the tab is closed. Says false in a browser without locks.
pub(super) fn hold(name: &str, held: impl FnOnce(Function) + 'static) -> bool {
    let Some(request) = request() else { return false };
    ask(&request, name, &once_with(move |_| promise(held)));
    true
}

/// Gives a lock back.
pub(super) fn call(release: &Function) {
    let _ = release.call0(&JsValue::UNDEFINED);
}

fn request() -> Option<(Object, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?.dyn_into::<Object>().ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into::<Function>().ok()?;
    Some((locks, request))
}

fn ask((locks, request): &(Object, Function), name: &str, held: &JsValue) {
    let asked = request.call2(locks, &name.into(), held);
    // Refused only when the page goes away while it waits.
    if let Some(asked) = asked.ok().and_then(|asked| asked.dyn_into::<Promise>().ok()) {
        super::signals::when_settled(&asked, |_| {});
    }
}

fn promise(run: impl FnOnce(Function)) -> JsValue {
    let mut run = Some(run);
    Promise::new(&mut |resolve, _| {
        if let Some(run) = run.take() {
            run(resolve);
        }
    })
    .into()
}
