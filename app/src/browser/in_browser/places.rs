//! Where each page was left, so that going through the history comes back to the same place.
//!
//! The browser does this by itself, but at once, before that has arrived which makes the page long enough.

use super::{
    current_path,
    signals::{Timer, after, on_window},
};
use leptos::prelude::{document, window};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::ResizeObserver;

/// How long a page may take to become as long as it was.
const PATIENCE_MILLIS: u32 = 5_000;

thread_local! {
    static PLACES: RefCell<HashMap<String, f64>> = RefCell::default();
    static GOAL: RefCell<Option<Goal>> = const { RefCell::new(None) };
}

/// Where the page is to stand as soon as it is long enough.
struct Goal {
    top: f64,
    /// How long the page was when it was last looked at.
    length: Cell<i32>,
    observer: ResizeObserver,
    timer: Timer,
    _callback: Closure<dyn Fn()>,
}

/// Remembers where each page was left and comes back there with the history, until the owner is cleaned up.
pub fn keep_places() {
    on_window("scroll", scrolled);
    on_window("popstate", come_back);
    // Whoever does something goes on from where they are.
    for event in ["pointerdown", "keydown"] {
        on_window(event, end);
    }
}

fn scrolled() {
    match GOAL.with_borrow(|goal| goal.as_ref().map(Goal::is_left)) {
        Some(false) => approach(),
        Some(true) => {
            end();
            remember();
        }
        None => remember(),
    }
}

fn remember() {
    if let (Some(here), Ok(top)) = (here(), window().scroll_y()) {
        PLACES.with_borrow_mut(|places| places.insert(here, top));
    }
}

fn come_back() {
    end();
    let place = here().and_then(|here| PLACES.with_borrow(|places| places.get(&here).copied()));
    if let Some(top) = place.filter(|top| *top > 0.0) {
        GOAL.set(Goal::new(top));
    }
}

fn end() {
    GOAL.take();
}

/// Scrolls to the goal when the page has another length than before and is long enough.
fn approach() {
    GOAL.with_borrow(|goal| {
        let Some(goal) = goal else { return };
        let length = length();
        if goal.length.replace(length) != length && goal.is_in_reach() {
            window().scroll_to_with_x_and_y(0.0, goal.top);
        }
    });
}

/// The page's name; none where its address leads to one of its parts.
fn here() -> Option<String> {
    window().location().hash().is_ok_and(|hash| hash.is_empty()).then(current_path)
}

fn length() -> i32 {
    document().document_element().map_or(0, |root| root.scroll_height())
}

impl Goal {
    fn new(top: f64) -> Option<Self> {
        let callback = Closure::<dyn Fn()>::new(approach);
        // Fails only for a callback that is no function.
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(document().body()?.as_ref());
        let timer = after(PATIENCE_MILLIS, end);
        Some(Self { top, length: Cell::new(0), observer, timer, _callback: callback })
    }

    /// Whether somebody else has scrolled: the page is as long as before and stands elsewhere.
    fn is_left(&self) -> bool {
        let away = window().scroll_y().map_or(0.0, |top| (top - self.top).abs());
        length() == self.length.get() && self.is_in_reach() && away > 1.0
    }

    fn is_in_reach(&self) -> bool {
        let height = document().document_element().map_or(0, |root| root.client_height());
        f64::from(length() - height) + 1.0 >= self.top
    }
}

impl Drop for Goal {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.timer.cancel();
    }
}
