//! All versions of a document's notes.

use super::{
    document_id::document_in_address,
    paths,
    server_fns::{EditNotes, load_document, load_versions},
};
use crate::{
    conversations::heading::PaneHeading,
    ui::{
        button::{SubmitButton, Tone},
        form::{FormFailure, failure_of},
        list_parts::ListParts,
        loaded::BothLoaded,
        time::Moment,
        toast::Toasts,
    },
};
use domain::documents::{Document, NotesVersion, NotesVersionList};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::{use_navigate, use_query_map};
use std::sync::Arc;
use uuid::Uuid;

/// The page at `/library/{id}/versions`.
#[component]
pub fn VersionsPage() -> impl IntoView {
    let id = document_in_address();
    let document = Resource::new(move || id.get(), |id| async move { load_document(id?).await });
    let parameters = use_query_map();
    let before = Memo::new(move |_| parameters.with(|map| map.get("before").and_then(|text| text.parse().ok())));
    let versions =
        Resource::new(move || (id.get(), before.get()), |(id, before)| async move { load_versions(id?, before).await });
    view! {
        <BothLoaded
            first=document
            second=versions
            what="the versions"
            above=|| {
                view! { <PaneHeading title="Versions" back=paths::LIST back_label="Library" always=true /> }
            }
            show=Arc::new(|document, versions| view! { <VersionsView document versions /> }.into_any())
        />
    }
    .into_any()
}

#[component]
fn VersionsView(document: Document, versions: NotesVersionList) -> impl IntoView {
    let id = document.id;
    let NotesVersionList { versions, newest, has_older } = versions;
    let older = versions.last().filter(|_| has_older).map(|oldest| paths::versions_before(id, oldest.version));
    let restore = ServerAction::<EditNotes>::new();
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if let Some(Ok(notes)) = restore.value().get() {
            navigate(&paths::document(id), Default::default());
            if let Some(toasts) = toasts {
                toasts.say(format!("Version {} has the text of the one that you chose.", notes.version));
            }
        }
    });
    let is_empty = versions.is_empty();
    let version = move |one: NotesVersion| view! { <Version id one newest restore /> };
    view! {
        <PaneHeading title="Versions of the notes" back=paths::document(id) back_label="the notes" always=true />
        <div class="pane-body">
            <p class="quiet" dir="auto">
                {document.title}
            </p>
            <FormFailure failure=failure_of(restore) />
            {is_empty.then(|| view! { <p>"There are no notes yet."</p> })}
            <div class="versions">{versions.into_iter().map(version).collect_view()}</div>
            <ListParts what="versions" newer=None older />
        </div>
    }
}

#[component]
fn Version(id: Uuid, one: NotesVersion, newest: u32, restore: ServerAction<EditNotes>) -> impl IntoView {
    let is_newest = one.version == newest;
    let by = if one.edited { "Edited " } else { "Made " };
    let markdown = one.markdown.clone();
    view! {
        <details class="version" open=is_newest>
            <summary>
                <span class="list-title">{format!("Version {}", one.version)}</span>
                <span class="quiet">{by} <Moment at=one.created_at /></span>
                {is_newest.then(|| view! { <span class="badge">"Now"</span> })}
            </summary>
            // The server has rendered and sanitised it.
            <div
                class="version-text notes-text prose"
                role="region"
                aria-label=format!("Text of version {}", one.version)
                dir="auto"
                tabindex="0"
                inner_html=one.html
            ></div>
            {(!is_newest)
                .then(|| {
                    view! {
                        <ActionForm action=restore>
                            <input type="hidden" name="id" value=id.to_string() />
                            <input type="hidden" name="version" value=newest.to_string() />
                            <input type="hidden" name="markdown" value=markdown />
                            <SubmitButton tone=Tone::Quiet busy=restore.pending()>
                                {format!("Make version {} the newest", one.version)}
                            </SubmitButton>
                        </ActionForm>
                    }
                })}
        </details>
    }
}
