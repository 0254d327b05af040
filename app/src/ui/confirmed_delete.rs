//! A button that deletes for good, and asks before it does.

use super::{
    button::{SubmitButton, Tone},
    dialog::Dialog,
    form::{FormFailure, failure_of},
};
use crate::error::Failure;
use leptos::{
    form::ActionForm,
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
    web_sys::FormData,
};
use serde::de::DeserializeOwned;

/// A form with the button, and the question that scripts put before it. Without scripts the button deletes at once.
#[component]
pub fn ConfirmedDelete<F, Output: 'static>(
    /// Deletes; takes the `id`.
    action: ServerAction<F>,
    /// Names what goes.
    #[prop(into)]
    id: String,
    /// The question.
    question: &'static str,
    /// What is called into question.
    #[prop(into)]
    name: Signal<String>,
    /// What goes, in words: the label of the button.
    #[prop(into)]
    effect: Signal<String>,
    /// What else there is to know.
    #[prop(into)]
    explained: String,
) -> impl IntoView
where
    F: ServerFn<Protocol = Http<PostUrl, Output>, Error = Failure> + DeserializeOwned + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
    F::Client: Client<Failure>,
    <<F::Client as Client<Failure>>::Request as ClientReq<Failure>>::FormData: From<FormData>,
{
    let open = RwSignal::new(false);
    let confirmed = id.clone();
    view! {
        <p class="quiet">{explained.clone()}</p>
        <ActionForm action>
            <FormFailure failure=failure_of(action) />
            <input type="hidden" name="id" value=id />
            <button
                type="submit"
                class="button button-loss"
                on:click=move |event| {
                    event.prevent_default();
                    open.set(true);
                }
            >
                {effect}
            </button>
        </ActionForm>
        <Dialog
            open
            title=question
            action=move || {
                view! {
                    <ActionForm action>
                        <input type="hidden" name="id" value=confirmed />
                        <SubmitButton tone=Tone::Loss busy=action.pending()>
                            {effect}
                        </SubmitButton>
                    </ActionForm>
                }
            }
        >
            <p class="dialog-name" dir="auto">
                {name}
            </p>
            <p>{explained}</p>
        </Dialog>
    }
}
