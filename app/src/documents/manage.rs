//! A document's title, and its end.

use super::{
    model::words,
    paths,
    server_fns::{DeleteDocument, RenameDocument},
};
use crate::ui::{
    button::{SubmitButton, Tone},
    confirmed_delete::ConfirmedDelete,
    field::Field,
    form::{FormFailure, failure_of, field_error},
    refused_form::written,
    toast::Toasts,
};
use domain::documents::Document;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;

/// Renaming and deleting.
#[component]
pub fn Manage(
    /// The document as it is now.
    document: RwSignal<Document>,
) -> impl IntoView {
    let rename = ServerAction::<RenameDocument>::new();
    let failure = failure_of(rename);
    let toasts = Toasts::of_app();
    Effect::new(move || {
        let Some(Ok(renamed)) = rename.value().get() else { return };
        if let Some(toasts) = toasts {
            toasts.say(format!("It is called “{}” now.", renamed.title));
        }
        document.set(renamed);
    });
    let (id, title) = document.with_untracked(|document| (document.id.to_string(), document.title.clone()));
    let title = written::<RenameDocument>("title", title);
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
fn Delete(document: RwSignal<Document>) -> impl IntoView {
    let delete = ServerAction::<DeleteDocument>::new();
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
    view! {
        <ConfirmedDelete
            action=delete
            id=document.with_untracked(|document| document.id.to_string())
            question="Delete this document?"
            effect=Signal::derive(move || document.with(words::delete))
            name=Signal::derive(move || document.with(|document| document.title.clone()))
            explained="Its file, its text and all versions of its notes go for good. Quizzes made of it stay."
        />
    }
}
