//! What is wrong with a field, beside it.

use crate::error::Failure;
use leptos::prelude::*;

/// The error of whichever of these names a field has at the service.
pub(super) fn first_error(failure: Signal<Option<Failure>>, names: &'static [&'static str]) -> Signal<Option<String>> {
    Signal::derive(move || {
        failure.with(|failure| failure.as_ref().and_then(|one| names.iter().find_map(|name| one.field_message(name))))
    })
}

/// For `aria-invalid`.
pub(super) fn is_wrong(error: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Send + Clone {
    move || error.get().is_some().then_some("true")
}

/// For `aria-describedby`: the id of the error while there is one.
pub(super) fn described_by(
    id: &'static str,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<&'static str> + Send + Clone {
    move || error.get().is_some().then_some(id)
}

/// The place of the error.
#[component]
pub(super) fn FieldError(id: &'static str, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p id=id class="field-error" aria-live="polite">
            {move || error.get()}
        </p>
    }
}
