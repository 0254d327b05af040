//! All questions at once or one at a time, and which of them one is at.

use crate::browser;
use domain::id::Sub;
use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, EventTarget},
};

/// Under what this browser remembers that somebody takes a quiz one question at a time.
pub(super) fn kept_as(me: &Sub, quiz: i64) -> String {
    format!("lyceum.quiz.one_at_a_time.{me}.{quiz}")
}

/// Which question one is at, and whether it is shown alone.
#[derive(Clone, Copy)]
pub struct Walk {
    ids: StoredValue<Vec<i64>>,
    one: RwSignal<bool>,
    current: RwSignal<usize>,
    kept_as: StoredValue<String>,
}

impl Walk {
    /// Through these questions. In the browser, as it was on an earlier visit.
    pub(super) fn new(ids: Vec<i64>, kept_as: String) -> Self {
        let walk = Self {
            ids: StoredValue::new(ids),
            one: RwSignal::new(false),
            current: RwSignal::new(0),
            kept_as: StoredValue::new(kept_as),
        };
        Effect::new(move || {
            if walk.kept_as.with_value(|key| browser::kept(key)).is_some() {
                walk.one.set(true);
            }
        });
        walk
    }

    /// How many questions there are.
    pub(super) fn count(self) -> usize {
        self.ids.with_value(Vec::len)
    }

    /// Whether only one question is shown.
    pub(super) fn is_one_at_a_time(self) -> bool {
        self.one.get()
    }

    /// Whether a question waits for its turn.
    pub(super) fn is_hidden(self, place: usize) -> bool {
        self.one.get() && self.current.get() != place
    }

    /// The question that an element belongs to. Where one is shown, it is meant, wherever the focus still is.
    pub(super) fn place_at(self, element: &Element) -> Option<usize> {
        if self.one.get_untracked() { Some(self.current.get_untracked()) } else { place_of(element) }
    }

    /// The question that one is at.
    pub(super) fn current(self) -> usize {
        self.current.get_untracked()
    }

    /// Whether the question there is before somebody's eyes.
    pub(super) fn is_in_sight(self, place: usize) -> bool {
        self.id_at(place).is_some_and(|id| browser::is_in_sight(&format!("question-{id}")))
    }

    /// Which question stands at a place.
    pub(super) fn id_at(self, place: usize) -> Option<i64> {
        self.ids.with_value(|ids| ids.get(place).copied())
    }

    /// One is at the question that has the focus.
    pub(super) fn notice(self, target: Option<EventTarget>) {
        let element = target.and_then(|target| target.dyn_into::<Element>().ok());
        let place = element.and_then(|element| place_of(&element));
        if let Some(place) = place.filter(|place| *place != self.current()) {
            self.current.set(place);
        }
    }

    /// Goes to a question; past the last one, to the button that submits.
    pub(super) fn go(self, place: usize) {
        let id = self.id_at(place);
        if id.is_some() {
            self.current.set(place);
        }
        let wanted = id.map_or_else(|| "submit-quiz".to_owned(), |id| format!("question-{id}"));
        browser::before_paint(move || {
            let Some(element) = browser::element(&wanted) else { return };
            let field = |selector| element.query_selector(selector).ok().flatten();
            let inside = field("input:checked:enabled").or_else(|| field("input:enabled"));
            focus(inside.unwrap_or(element));
        });
    }

    /// Shows the question alone, which gets the focus, or all of them again.
    pub(super) fn switch(self) {
        self.one.update(|one| *one = !*one);
        if self.one.get_untracked() {
            self.kept_as.with_value(|key| {
                browser::keep(key, "1");
            });
            self.go(self.current());
        } else {
            self.kept_as.with_value(|key| browser::forget(key));
        }
    }
}

/// Gives an element the focus.
pub(super) fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<leptos::web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// The place of the question around an element.
fn place_of(element: &Element) -> Option<usize> {
    element.closest("[data-place]").ok().flatten()?.get_attribute("data-place")?.parse().ok()
}

/// Back and forth, where questions come one at a time.
#[component]
pub(super) fn Steps(
    /// Which question one is at.
    walk: Walk,
) -> impl IntoView {
    let count = walk.count();
    move || {
        walk.is_one_at_a_time().then(|| {
            let current = walk.current.get();
            let is_last = current + 1 == count;
            view! {
                <nav class="quiz-steps" aria-label="Questions">
                    <button
                        type="button"
                        class="button button-quiet"
                        disabled=current == 0
                        on:click=move |_| walk.go(current.saturating_sub(1))
                    >
                        "Previous"
                    </button>
                    <span>{format!("{} of {count}", current + 1)}</span>
                    <button
                        type="button"
                        class="button button-quiet"
                        disabled=is_last
                        on:click=move |_| walk.go(current + 1)
                    >
                        "Next"
                    </button>
                </nav>
            }
        })
    }
}
