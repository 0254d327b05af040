//! A few links and actions behind one button.

use leptos::{html::Details, prelude::*};

/// Opens with or without script; closes on Escape, on a choice and on a press elsewhere.
#[component]
pub fn Menu(
    /// What the button is for.
    label: &'static str,
    /// What the button shows.
    #[prop(into)]
    button: ViewFnOnce,
    /// The links and actions.
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<Details>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    let on_escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <details class="menu" node_ref=details on:keydown=on_escape>
            <summary>
                <span class="sr-only">{label}</span>
                {button.run()}
            </summary>
            <div class="menu-scrim" on:click=move |_| close()></div>
            <div class="menu-panel" on:click=move |_| close()>
                {children()}
            </div>
        </details>
    }
}
