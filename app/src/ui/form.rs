//! What every form has beside its fields: the failure that belongs to no field.

use super::{
    error_view::SignInWhenNeeded,
    notice::{Notice, NoticeKind},
};
use crate::{browser, error::Failure};
use leptos::{
    html::Div,
    prelude::*,
    server_fn::ServerFn,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};

/// A field that is marked as wrong, or the first that can be used of a group with an error.
const WRONG: &str = r#"[aria-invalid="true"], fieldset[aria-describedby$="-error"] input:enabled"#;

/// The failure with which a form's last try ended; also the one that a plain form left in the page's address.
pub fn failure_of<F>(action: ServerAction<F>) -> Signal<Option<Failure>>
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || value.with(|value| value.as_ref().and_then(|result| result.as_ref().err().cloned())))
}

/// Whether a form that leads to another page is on its way, or has succeeded: it stays busy until its page has gone.
pub fn busy_until_left<F>(action: ServerAction<F>) -> Signal<bool>
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let (pending, value) = (action.pending(), action.value());
    Signal::derive(move || pending.get() || value.with(|value| matches!(value, Some(Ok(_)))))
}

/// The message for one field of a failed form.
pub fn field_error(failure: Signal<Option<Failure>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.field_message(field))))
}

/// Says why a form failed, unless a field says it: then that field gets the focus.
#[component]
pub fn FormFailure(
    /// The form's failure.
    failure: Signal<Option<Failure>>,
    /// The fields that show their own errors.
    #[prop(optional)]
    fields: &'static [&'static str],
) -> impl IntoView {
    let is_placed = move |failure: &Failure| fields.iter().any(|field| failure.field_message(field).is_some());
    let unplaced = move || failure.get().filter(|failure| !is_placed(failure));
    let place = NodeRef::<Div>::new();
    // A person who has just sent the form finds themselves where the correction is needed.
    Effect::new(move |before: Option<()>| {
        let is_beside_field = failure.with(|failure| failure.as_ref().is_some_and(is_placed));
        if is_beside_field
            && before.is_some()
            && let Some(place) = place.get_untracked()
        {
            // The fields are marked by then.
            browser::before_paint(move || focus_wrong_field(&place));
        }
    });
    view! {
        <div node_ref=place role="alert">
            {move || {
                unplaced()
                    .map(|failure| {
                        let detail = failure.detail.clone();
                        view! { <Notice kind=NoticeKind::Attention>{detail}</Notice> }
                    })
            }}
        </div>
        <SignInWhenNeeded failure />
    }
}

/// Moves the focus to the first wrong field of the form around an element.
fn focus_wrong_field(inside: &Element) {
    let form = inside.closest("form").ok().flatten();
    let field = form.and_then(|form| form.query_selector(WRONG).ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // Fails only when the field has left the page.
        let _ = field.focus();
    }
}
