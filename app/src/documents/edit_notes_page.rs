//! Writing the notes of a document.

use super::{
    document_id::document_in_address,
    paths,
    server_fns::{EditNotes, load_document, load_notes},
};
use crate::{
    conversations::heading::PaneHeading,
    error::Failure,
    ui::{
        button::{LinkButton, SubmitButton},
        form::{FormFailure, failure_of, field_error},
        loaded::BothLoaded,
        text_area::TextArea,
        toast::Toasts,
    },
};
use domain::{
    ErrorCode,
    documents::{Document, Notes},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;
use uuid::Uuid;

/// The page at `/library/{id}/edit`.
#[component]
pub fn EditNotesPage() -> impl IntoView {
    let id = document_in_address();
    let document = Resource::new(move || id.get(), |id| async move { load_document(id?).await });
    let notes = Resource::new(move || id.get(), |id| async move { load_notes(id?).await });
    view! {
        <BothLoaded
            first=document
            second=notes
            what="the notes"
            above=|| {
                view! { <PaneHeading title="Edit notes" back=paths::LIST back_label="Library" always=true /> }
            }
            show=Arc::new(|document, notes| view! { <EditView document notes /> }.into_any())
        />
    }
    .into_any()
}

#[component]
fn EditView(document: Document, notes: Notes) -> impl IntoView {
    let id = document.id;
    let edit = ServerAction::<EditNotes>::new();
    let failure = failure_of(edit);
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if let Some(Ok(notes)) = edit.value().get() {
            navigate(&paths::document(id), Default::default());
            if let Some(toasts) = toasts {
                toasts.say(format!("Saved as version {}.", notes.version));
            }
        }
    });
    let version = RwSignal::new(notes.version);
    // A plain form that was refused comes back without what was written in it.
    let tries = edit.version();
    let is_reloaded = Signal::derive(move || tries.get() == 0);
    view! {
        <PaneHeading title="Edit notes" back=paths::document(id) back_label="the notes" always=true />
        <div class="pane-body notes-edit">
            <p class="quiet" dir="auto">
                {document.title}
            </p>
            <ActionForm action=edit>
                <FormFailure failure fields=&["markdown"] />
                <Newer id failure version is_reloaded />
                <input type="hidden" name="id" value=id.to_string() />
                <input
                    type="hidden"
                    name="version"
                    value=notes.version.to_string()
                    prop:value=move || version.get().to_string()
                />
                <TextArea
                    label="Notes"
                    name="markdown"
                    value=notes.markdown
                    rows=24
                    hint="Markdown: # for headings, - for points, **bold**. A link in square brackets is a citation; leave it to keep it."
                    error=field_error(failure, "markdown")
                />
                <div class="form-actions">
                    <SubmitButton busy=edit.pending()>"Save notes"</SubmitButton>
                    <LinkButton href=paths::document(id)>"Discard changes"</LinkButton>
                </div>
            </ActionForm>
        </div>
    }
}

/// When there is a newer version by now: what is written stays, and can be saved above it. Only a page that was loaded
/// anew has the newer version in its field.
#[component]
fn Newer(
    id: Uuid,
    failure: Signal<Option<Failure>>,
    version: RwSignal<u32>,
    is_reloaded: Signal<bool>,
) -> impl IntoView {
    let is_conflict = Memo::new(move |_| {
        failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.code == ErrorCode::Conflict))
    });
    Effect::new(move || {
        if is_conflict.get() {
            crate::browser::spawn(async move {
                if let Ok(notes) = load_notes(id).await {
                    version.try_set(notes.version);
                }
            });
        }
    });
    move || {
        if !is_conflict.get() {
            return ().into_any();
        }
        if is_reloaded.get() {
            return view! {
                <p>
                    "The newer version stands below, without what you wrote. Go back one page: your words may still be there. Copy them, come here again and save them."
                </p>
            }
            .into_any();
        }
        view! {
            <p>
                "What you wrote is still here. " <a href=paths::versions(id) target="_blank" rel="noopener">
                    "Look at the newer version"
                </a> " in another tab. If you save again, yours comes after it, and both stay among the versions."
            </p>
        }
        .into_any()
    }
}
