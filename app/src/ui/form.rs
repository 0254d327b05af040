//! What every form has beside its fields: the failure that belongs to no field.

use super::{
    error_view::SignInWhenNeeded,
    notice::{Notice, NoticeKind},
};
use crate::error::Failure;
use leptos::{prelude::*, server_fn::ServerFn};

/// The failure with which a form's last try ended; also the one that a plain form left in the page's address.
pub fn failure_of<F>(action: ServerAction<F>) -> Signal<Option<Failure>>
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || value.with(|value| value.as_ref().and_then(|result| result.as_ref().err().cloned())))
}

/// The message for one field of a failed form.
pub fn field_error(failure: Signal<Option<Failure>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.field_message(field))))
}

/// Says why a form failed, unless a field says it.
#[component]
pub fn FormFailure(
    /// The form's failure.
    failure: Signal<Option<Failure>>,
    /// The fields that show their own errors.
    #[prop(optional)]
    fields: &'static [&'static str],
) -> impl IntoView {
    let unplaced =
        move || failure.get().filter(|failure| !fields.iter().any(|field| failure.field_message(field).is_some()));
    view! {
        <div role="alert">
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
