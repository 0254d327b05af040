//! A document with its notes.

use super::{
    document_id::document_in_address,
    icons,
    live::{self, Change},
    manage::Manage,
    model::shelf::is_under_way,
    notes_view::NotesView,
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
        loaded::BothLoaded,
        page_title::PageTitle,
    },
};
use domain::documents::{Document, DocumentStatus, Notes};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use std::sync::Arc;
use uuid::Uuid;

/// The page at `/library/{id}`.
pub struct DocumentPage {
    id: Memo<Result<Uuid, Failure>>,
    document: Resource<Result<Document, Failure>>,
    notes: Resource<Result<Notes, Failure>>,
}

#[lazy_route]
impl LazyRoute for DocumentPage {
    fn data() -> Self {
        let id = document_in_address();
        let document = Resource::new(move || id.get(), |id| async move { load_document(id?).await });
        let notes = Resource::new(move || id.get(), |id| async move { load_notes(id?).await });
        Self { id, document, notes }
    }

    fn view(this: Self) -> AnyView {
        let DocumentPage { id, document, notes } = this;
        let now = RwSignal::new(None);
        keep_up(id, now, notes);
        view! {
            <div class="page study">
                <BothLoaded
                    first=document
                    second=notes
                    what="the document"
                    above_failure=|| {
                        view! {
                            <PageTitle text="Library" />
                            <BackLink href=paths::LIST.to_owned() label="Library" always=true />
                        }
                    }
                    show=Arc::new(move |loaded, notes| { view! { <DocumentView loaded now notes /> }.into_any() })
                />
            </div>
        }
        .into_any()
    }
}

/// Follows what happens to the document; its notes are loaded anew when they have changed.
fn keep_up(id: Memo<Result<Uuid, Failure>>, now: RwSignal<Option<Document>>, notes: Resource<Result<Notes, Failure>>) {
    let heard = RwSignal::new(0_u32);
    let put = move |document: &Document| {
        let is_it = id.try_get_untracked().is_some_and(|id| id.as_ref() == Ok(&document.id));
        if !is_it {
            return;
        }
        let before = now.try_get_untracked().flatten();
        if before.as_ref().is_some_and(|before| before.updated_at > document.updated_at) {
            return;
        }
        now.try_set(Some(document.clone()));
        let has_changed = before.is_none_or(|before| {
            (before.status, before.notes_status, before.updated_at)
                != (document.status, document.notes_status, document.updated_at)
        });
        if has_changed && document.status != DocumentStatus::Processing {
            notes.refetch();
        }
    };
    live::follow(move |change| {
        if let Change::Put(document) = change {
            put(document);
        }
        heard.try_update(|heard| *heard = heard.wrapping_add(1));
    });
    let waits = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(is_under_way)));
    live::ask_while(waits, heard, move || {
        let Some(Ok(id)) = id.try_get_untracked() else { return };
        browser::spawn(async move {
            if let Ok(document) = load_document(id).await {
                put(&document);
            }
        });
    });
}

#[component]
fn DocumentView(loaded: Document, now: RwSignal<Option<Document>>, notes: Notes) -> impl IntoView {
    let id = loaded.id;
    // What was heard since stays.
    now.update(|now| {
        let is_newer = now.as_ref().is_some_and(|now| now.id == id && now.updated_at >= loaded.updated_at);
        if !is_newer {
            *now = Some(loaded.clone());
        }
    });
    let document = Memo::new(move |_| now.get().filter(|now| now.id == id).unwrap_or_else(|| loaded.clone()));
    let title = Signal::derive(move || document.with(|document| document.title.clone()));
    let is_ready = Memo::new(move |_| document.with(|document| document.status == DocumentStatus::Ready));
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
            <Actions id is_ready document />
        </header>
        <div class="document-progress" aria-live="polite">
            {move || view! { <Progress document=document.get() /> }}
        </div>
        {move || is_ready.get().then(|| view! { <NotesView id notes=notes.clone() document /> })}
        <Manage document now />
    }
}

#[component]
fn Actions(id: Uuid, is_ready: Memo<bool>, document: Memo<Document>) -> impl IntoView {
    view! {
        <div class="study-actions">
            {move || {
                is_ready
                    .get()
                    .then(|| {
                        view! {
                            <LinkButton href=paths::read(id) tone=Tone::Primary>
                                <Pictogram icon=icons::BOOK />
                                "Read"
                            </LinkButton>
                            <LinkButton href=paths::new_quiz(id)>
                                <Pictogram icon=Icon::ListChecks />
                                "Make quiz"
                            </LinkButton>
                        }
                    })
            }}
            <a class="button button-quiet" href=move || document.with(|document| document.url.clone()) rel="external">
                <Pictogram icon=icons::FILE />
                "Original file"
            </a>
        </div>
    }
}
