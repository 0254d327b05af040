//! A document with its notes.

use super::{
    document_id::document_in_address,
    heading::StudyHeading,
    icons,
    live::{self, Change},
    manage::Manage,
    model::shelf::is_under_way,
    notes_view::NotesView,
    passage_panel::PassagePanel,
    paths,
    rows::{Facts, Progress},
    server_fns::{load_document, load_notes},
};
use crate::{
    browser,
    conversations::heading::BackLink,
    error::Failure,
    ui::{
        button::{LinkButton, Tone},
        icon::{Icon, Pictogram},
        loaded::Loaded,
        page_title::PageTitle,
    },
};
use domain::documents::{Document, DocumentStatus, Notes};
use leptos::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

/// The page at `/library/{id}`.
#[component]
pub fn DocumentPage() -> impl IntoView {
    let id = document_in_address();
    let document = Resource::new(move || id.get(), |id| async move { load_document(id?).await });
    let notes = Resource::new(move || id.get(), |id| async move { load_notes(id?).await });
    view! {
        <div class="page study">
            <Loaded
                resource=document
                what="the document"
                above=|| view! { <StudyHeading title="Document" back=paths::LIST back_label="Library" /> }
                show=Arc::new(move |loaded| { view! { <DocumentView loaded notes /> }.into_any() })
            />
        </div>
    }
    .into_any()
}

/// Follows what happens to the document; its notes are loaded anew when they have changed.
fn keep_up(document: RwSignal<Document>, notes: Resource<Result<Notes, Failure>>) {
    let id = document.with_untracked(|document| document.id);
    let heard = RwSignal::new(0_u32);
    let put = move |now: &Document| {
        let Some(before) = document.try_get_untracked() else { return };
        if now.id != id || before.updated_at > now.updated_at {
            return;
        }
        document.set(now.clone());
        let has_changed =
            (before.status, before.notes_status, before.updated_at) != (now.status, now.notes_status, now.updated_at);
        if has_changed && now.status != DocumentStatus::Processing {
            notes.refetch();
        }
    };
    live::follow(move |change| {
        if let Change::Put(document) = change {
            put(document);
        }
        heard.try_update(|heard| *heard = heard.wrapping_add(1));
    });
    let waits = Memo::new(move |_| document.with(is_under_way));
    live::ask_while(waits, heard, move || {
        browser::spawn(async move {
            if let Ok(document) = load_document(id).await {
                put(&document);
            }
        });
    });
}

#[component]
fn DocumentView(loaded: Document, notes: Resource<Result<Notes, Failure>>) -> impl IntoView {
    let id = loaded.id;
    let document = RwSignal::new(loaded);
    keep_up(document, notes);
    let title = Signal::derive(move || document.with(|document| document.title.clone()));
    let status = Memo::new(move |_| document.with(|document| document.status));
    let is_ready = Memo::new(move |_| status.get() == DocumentStatus::Ready);
    let is_being_read =
        Memo::new(move |_| matches!(status.get(), DocumentStatus::Uploaded | DocumentStatus::Processing));
    let place = RwSignal::new(None);
    view! {
        <PageTitle text=title />
        <header class="study-head">
            <div class="study-title">
                <BackLink href=paths::LIST.to_owned() label="Library" always=true />
                <div>
                    <h1 class="page-heading" dir="auto">
                        {title}
                    </h1>
                    {move || view! { <Facts document=document.get() /> }}
                </div>
            </div>
            <Actions id status document />
        </header>
        <div class="document-progress" aria-live="polite">
            {move || view! { <Progress document=document.get() /> }}
        </div>
        {move || {
            is_being_read
                .get()
                .then(|| {
                    view! {
                        <p class="quiet">
                            "Once it is read, its notes are made. You can ask for a quiz of it already."
                        </p>
                    }
                })
        }}
        <div class="with-passage">
            <Loaded
                resource=notes
                what="the notes"
                show=Arc::new(move |notes: Notes| {
                    let shown = move || {
                        is_ready.get().then(|| view! { <NotesView notes=notes.clone() document place /> })
                    };
                    shown.into_any()
                })
            />
            <PassagePanel place />
        </div>
        <Manage document />
    }
}

#[component]
fn Actions(id: Uuid, status: Memo<DocumentStatus>, document: RwSignal<Document>) -> impl IntoView {
    let read = move || {
        view! {
            <LinkButton href=paths::read(id) tone=Tone::Primary>
                <Pictogram icon=icons::BOOK />
                "Read"
            </LinkButton>
        }
    };
    let make_quiz = move || {
        view! {
            <LinkButton href=paths::new_quiz(id)>
                <Pictogram icon=Icon::ListChecks />
                "Make quiz"
            </LinkButton>
        }
    };
    view! {
        <div class="study-actions">
            {move || (status.get() == DocumentStatus::Ready).then(read)}
            {move || (status.get() != DocumentStatus::Failed).then(make_quiz)}
            <a class="button button-quiet" href=move || document.with(|document| document.url.clone()) rel="external">
                <Pictogram icon=icons::FILE />
                "Original file"
            </a>
        </div>
    }
}
