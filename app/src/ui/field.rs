//! One line of input with its label, hint and error.

use super::icon::{Icon, Pictogram};
use leptos::prelude::*;

/// A labelled line of input. Its error stands under it and is read with it.
#[component]
pub fn Field(
    /// What to write here.
    label: &'static str,
    /// The field's name in the form, unique on the page.
    name: &'static str,
    /// The text at first.
    #[prop(optional, into)]
    value: String,
    /// Helps before anything is wrong.
    #[prop(optional)]
    hint: &'static str,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in (HTML's autofill names), `off` for what is particular to this page.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether the form needs it.
    #[prop(optional)]
    required: bool,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind
                value=value
                dir="auto"
                autocomplete=autocomplete
                required=required
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=move || described_by(name, hint, error.get().is_some())
            />
            <Annotations name hint error />
        </div>
    }
}

/// The hint and the error under a field.
#[component]
pub(crate) fn Annotations(name: &'static str, hint: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        {(!hint.is_empty())
            .then(|| {
                view! {
                    <p id=format!("{name}-hint") class="field-hint">
                        {hint}
                    </p>
                }
            })}
        <p id=format!("{name}-error") class="field-error" aria-live="polite">
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <Pictogram icon=Icon::TriangleAlert />
                            <span dir="auto">{error}</span>
                        }
                    })
            }}
        </p>
    }
}

/// The ids of what describes a field.
pub(crate) fn described_by(name: &str, hint: &str, has_error: bool) -> Option<String> {
    match (hint.is_empty(), has_error) {
        (true, false) => None,
        (false, false) => Some(format!("{name}-hint")),
        (true, true) => Some(format!("{name}-error")),
        (false, true) => Some(format!("{name}-hint {name}-error")),
    }
}
