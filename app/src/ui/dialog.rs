//! A question that stands above the page, as the browser's own modal dialog.

use super::button::{Button, Tone};
use leptos::{html::Dialog as DialogElement, prelude::*};

/// Asks before something is lost. Opens while `open` is true; Escape and the quiet button close it.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The question.
    title: &'static str,
    /// Leaves everything as it is, in words.
    #[prop(default = "Keep it")]
    dismiss: &'static str,
    /// The button or form that goes ahead.
    #[prop(into)]
    action: ViewFnOnce,
    /// What will happen.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<DialogElement>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // Fails only when the dialog has left the page meanwhile.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog class="dialog" node_ref=dialog aria-label=title on:close=move |_| open.set(false)>
            <h2>{title}</h2>
            {children()}
            <div class="dialog-actions">
                <Button tone=Tone::Quiet on_press=Callback::new(move |()| open.set(false))>
                    {dismiss}
                </Button>
                {action.run()}
            </div>
        </dialog>
    }
}
