//! A document's title, and its end.

use super::{
    model::words,
    paths,
    server_fns::{DeleteDocument, RenameDocument},
};
use crate::ui::{
    button::{SubmitButton, Tone},
    dialog::Dialog,
    field::Field,
    form::{FormFailure, failure_of, field_error},
    toast::Toasts,
};
use domain::documents::Document;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;

/// Renaming and deleting.
#[component]
pub fn Manage(
    /// The document as it is now.
    document: Memo<Document>,
    /// Where what it has become is told.
    now: RwSignal<Option<Document>>,
) -> impl IntoView {
    let rename = ServerAction::<RenameDocument>::new();
    let failure = failure_of(rename);
    let toasts = Toasts::of_app();
    Effect::new(move || {
        let Some(Ok(renamed)) = rename.value().get() else { return };
        if let Some(toasts) = toasts {
            toasts.say(format!("It is called “{}” now.", renamed.title));
        }
        now.set(Some(renamed));
    });
    let (id, title) = document.with_untracked(|document| (document.id.to_string(), document.title.clone()));
    view! {
        <section id="manage" class="section no-print" aria-labelledby="manage-title">
            <h2 id="manage-title">"Rename or delete"</h2>
            <ActionForm action=rename>
                <FormFailure failure fields=&["title"] />
                <input type="hidden" name="id" value=id />
                <Field label="Title" name="title" value=title required=true error=field_error(failure, "title") />
                <SubmitButton tone=Tone::Quiet busy=rename.pending()>
                    "Rename"
                </SubmitButton>
            </ActionForm>
            <Delete document />
        </section>
    }
}

#[component]
fn Delete(document: Memo<Document>) -> impl IntoView {
    let delete = ServerAction::<DeleteDocument>::new();
    let open = RwSignal::new(false);
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if delete.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(paths::LIST, Default::default());
            if let Some(toasts) = toasts {
                let title = document.with_untracked(|document| document.title.clone());
                toasts.say(format!("“{title}” is deleted."));
            }
        }
    });
    let effect = move || document.with(words::delete);
    let id = document.with_untracked(|document| document.id.to_string());
    let explained = "Its file, its text and all versions of its notes go for good. Quizzes made of it stay.";
    let confirmed = id.clone();
    view! {
        <p class="quiet">{explained}</p>
        <ActionForm action=delete>
            <FormFailure failure=failure_of(delete) />
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
            title="Delete this document?"
            action=move || {
                view! {
                    <ActionForm action=delete>
                        <input type="hidden" name="id" value=confirmed />
                        <SubmitButton tone=Tone::Loss busy=delete.pending()>
                            {effect}
                        </SubmitButton>
                    </ActionForm>
                }
            }
        >
            <p class="dialog-name" dir="auto">
                {move || document.with(|document| document.title.clone())}
            </p>
            <p>{explained}</p>
        </Dialog>
    }
}
