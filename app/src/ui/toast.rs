//! Short words about what has just been done, with a way back where there is one.

use super::icon::{Icon, Pictogram};
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

const READING_TIME: Duration = Duration::from_secs(6);
const UNDO_TIME: Duration = Duration::from_secs(30);

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    undo: Option<Undo>,
}

/// It outlives the page that did what it takes back.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// The toasts on the page; one for the whole app, provided by it.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u32>,
}

impl Toasts {
    /// Provides the toasts to every page.
    pub fn provide() {
        provide_context(Self { shown: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) });
    }

    /// The app's toasts.
    #[must_use]
    pub fn of_app() -> Option<Self> {
        use_context()
    }

    /// Says what was done. Only for effects and handlers, which run in the browser.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), None, READING_TIME);
    }

    /// Says what was done and offers the way back.
    pub fn offer_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(text.into(), Some(Arc::new(undo)), UNDO_TIME);
    }

    fn show(self, text: String, undo: Option<Undo>, time: Duration) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id.wrapping_add(1));
        self.shown.update(|shown| shown.push(Toast { id, text, undo }));
        // Without a timer the toast stays until it is dismissed.
        let _ = set_timeout(move || self.remove(id), time);
    }

    fn remove(self, id: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where the toasts appear: a region that is read aloud as it changes.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = Toasts::of_app();
    let shown = move || toasts.map(|toasts| toasts.shown.get()).unwrap_or_default();
    let remove = move |id| {
        if let Some(toasts) = toasts {
            toasts.remove(id);
        }
    };
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=shown key=|toast| toast.id let:toast>
                <div class="toast">
                    <span dir="auto">{toast.text}</span>
                    {toast
                        .undo
                        .map(|undo| {
                            view! {
                                <button
                                    type="button"
                                    class="toast-undo"
                                    on:click=move |_| {
                                        undo();
                                        remove(toast.id);
                                    }
                                >
                                    <Pictogram icon=Icon::Undo />
                                    "Undo"
                                </button>
                            }
                        })}
                    <button type="button" class="icon-button" on:click=move |_| remove(toast.id)>
                        <Pictogram icon=Icon::X label="Dismiss" />
                    </button>
                </div>
            </For>
        </div>
    }
}
