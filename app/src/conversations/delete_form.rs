//! Deleting a message without scripts: with them it is among what can be done with the message.

use super::server_fns::DeleteMessage;
use crate::ui::{
    button::{SubmitButton, Tone},
    form::{FormFailure, failure_of},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// Opens to the question and the button, below the form that changes the message.
#[component]
pub fn DeleteForm(
    /// The message.
    message_id: i64,
) -> impl IntoView {
    let failure = failure_of(ServerAction::<DeleteMessage>::new());
    view! {
        <FormFailure failure />
        <details class="composer-delete without-script">
            <summary>"Delete this message"</summary>
            <form method="post" action=DeleteMessage::PATH>
                <p class="quiet">
                    "Its text, file and reactions are gone for everybody in the conversation. That a message was deleted stays visible."
                </p>
                <input type="hidden" name="message_id" value=message_id.to_string() />
                <SubmitButton tone=Tone::Loss>"Delete message"</SubmitButton>
            </form>
        </details>
    }
}
