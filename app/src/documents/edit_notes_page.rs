//! Writing the notes of a document.

use super::{
    document_id::document_in_address,
    paths,
    server_fns::{EditNotes, load_document, load_notes},
};
use crate::{
    conversations::heading::PaneHeading,
    ui::{
        button::{LinkButton, SubmitButton},
        form::{FormFailure, busy_until_left, failure_of, field_error},
        loaded::BothLoaded,
        refused_form::{RefusedForm, written},
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
    let (newest, markdown) = (notes.html, written::<EditNotes>("markdown", notes.markdown));
    view! {
        <PaneHeading title="Edit notes" back=paths::document(id) back_label="the notes" always=true />
        <div class="pane-body notes-edit">
            <p class="quiet" dir="auto">
                {document.title}
            </p>
            <ActionForm action=edit>
                <FormFailure failure fields=&["markdown"] />
                <Newer id edit version newest />
                <input type="hidden" name="id" value=id.to_string() />
                <input
                    type="hidden"
                    name="version"
                    value=notes.version.to_string()
                    prop:value=move || version.get().to_string()
                    data-kept=""
                    on:input:target=move |event| {
                        if let Ok(known) = event.target().value().parse() {
                            version.set(known);
                        }
                    }
                />
                <TextArea
                    label="Notes"
                    name="markdown"
                    value=markdown
                    rows=24
                    hint="Markdown: # for headings, - for points, **bold**. A link in square brackets is a citation; leave it to keep it."
                    error=field_error(failure, "markdown")
                />
                <div class="form-actions">
                    <SubmitButton busy=busy_until_left(edit)>"Save notes"</SubmitButton>
                    <LinkButton href=paths::document(id)>"Discard changes"</LinkButton>
                </div>
            </ActionForm>
        </div>
    }
}

/// When there is a newer version by now: what is written stays, and can be saved above it.
#[component]
fn Newer(
    id: Uuid,
    edit: ServerAction<EditNotes>,
    version: RwSignal<u32>,
    /// The notes as they were when the page was loaded.
    newest: String,
) -> impl IntoView {
    let failure = failure_of(edit);
    let is_conflict = Memo::new(move |_| {
        failure.with(|failure| failure.as_ref().is_some_and(|failure| failure.code == ErrorCode::Conflict))
    });
    // Saving again is offered when it will do: each refusal may be because of yet another version.
    let is_offered = RwSignal::new(false);
    Effect::new(move || {
        failure.track();
        is_offered.set(false);
        if is_conflict.get_untracked() {
            crate::browser::spawn(async move {
                if let Ok(notes) = load_notes(id).await {
                    version.try_set(notes.version);
                    is_offered.try_set(true);
                }
            });
        }
    });
    // A plain form has its page loaded anew, and the newer version with it.
    let tries = edit.version();
    let is_reloaded = Signal::derive(move || tries.get() == 0);
    let newest = StoredValue::new(newest);
    move || match (is_conflict.get(), is_reloaded.get()) {
        (false, _) => ().into_any(),
        (true, true) => view! { <Beside newest=newest.get_value() /> }.into_any(),
        (true, false) if !is_offered.get() => ().into_any(),
        (true, false) => view! {
            <p>
                "What you wrote is still here. " <a href=paths::versions(id) target="_blank" rel="noopener">
                    "Look at the newer version"
                </a> " in another tab. If you save again, yours comes after it, and both stay among the versions."
            </p>
        }
        .into_any(),
    }
}

/// The newer version beside what was written. It is the server that knows whether that is still there; the words alone
/// differ, so that a script takes the page over as it is.
#[component]
fn Beside(newest: String) -> impl IntoView {
    let words = if RefusedForm::of::<EditNotes>().is_some() {
        "What you wrote is still in the field. If you save again, yours comes after the newer version, and both stay among the versions."
    } else {
        "The newer version stands in the field, without what you wrote. Go back one page: your words may still be there. Copy them, come here again and save them."
    };
    view! {
        <p>{words}</p>
        <details class="version">
            <summary>
                <span class="list-title">"The newer version"</span>
            </summary>
            // The server has rendered and sanitised it.
            <div
                class="version-text notes-text prose"
                role="region"
                aria-label="Text of the newer version"
                dir="auto"
                tabindex="0"
                inner_html=newest
            ></div>
        </details>
    }
}
