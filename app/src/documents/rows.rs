//! Documents as rows.

use super::{
    icons,
    model::{shelf::is_under_way, words},
    paths,
};
use crate::{
    ui::{icon::Pictogram, menu::Menu},
    uploads::model::texts,
};
use domain::documents::{Document, DocumentStatus};
use leptos::prelude::*;
use uuid::Uuid;

/// All documents, each by its row.
#[component]
pub fn Rows(
    /// The documents.
    documents: Memo<Vec<Document>>,
) -> impl IntoView {
    let ids = Memo::new(move |_| documents.with(|all| all.iter().map(|one| one.id).collect::<Vec<_>>()));
    view! {
        <ul class="documents" role="list" aria-label="Documents">
            <For each=move || ids.get() key=|id| *id let:id>
                <Row documents id />
            </For>
        </ul>
    }
}

#[component]
fn Row(documents: Memo<Vec<Document>>, id: Uuid) -> impl IntoView {
    let document = Memo::new(move |_| documents.with(|all| all.iter().find(|document| document.id == id).cloned()));
    // Its row goes a moment after it.
    move || document.get().map(|document| view! { <DocumentRow document /> })
}

#[component]
fn DocumentRow(document: Document) -> impl IntoView {
    let id = document.id;
    let kind = words::kind(&document.content_type, &document.filename).unwrap_or("File");
    let title = document.title.clone();
    view! {
        <li class="document-row">
            <span class="document-kind" aria-hidden="true">
                {kind}
            </span>
            <div class="document-text">
                <a class="document-title" href=paths::document(id) dir="auto">
                    {document.title.clone()}
                </a>
                <Facts document=document.clone() />
                <Progress document=document.clone() />
            </div>
            <Tools id title status=document.status />
        </li>
    }
}

/// What is known of a document, in pieces.
#[component]
pub fn Facts(
    /// The document.
    document: Document,
) -> impl IntoView {
    let piece = |text: String| view! { <span class="piece">{text}</span> };
    let kind = words::kind(&document.content_type, &document.filename).map(ToOwned::to_owned);
    let language = document.language.as_deref().map(|code| words::language(code).to_owned());
    let pages = document.pages.map(words::pages);
    let count = document.words.map(words::word_count);
    let size = document.pages.is_none().then(|| texts::size(document.size));
    view! { <p class="quiet">{[kind, pages, count, language, size].into_iter().flatten().map(piece).collect_view()}</p> }
}

/// How far a document has come, or why it does not go on.
#[component]
pub fn Progress(
    /// The document.
    document: Document,
) -> impl IntoView {
    let failure = document.failure.clone().filter(|_| document.status == DocumentStatus::Failed);
    let percent = words::percent(&document);
    let turns = is_under_way(&document) && percent.is_none();
    let state = words::state(&document);
    let label = format!("Reading of {}", document.title);
    view! {
        {failure
            .map(|failure| {
                view! {
                    <p class="document-failure">
                        <Pictogram icon=crate::ui::icon::Icon::TriangleAlert />
                        <span dir="auto">{failure.message}</span>
                    </p>
                }
            })}
        {state
            .map(|state| {
                view! {
                    <p class="document-state">
                        {turns.then(|| view! { <span class="progress-mark" aria-hidden="true"></span> })} {state}
                    </p>
                }
            })}
        {percent
            .map(|percent| {
                view! {
                    <progress class="bar" max="100" value=percent.to_string() aria-label=label>
                        {format!("{percent} %")}
                    </progress>
                }
            })}
    }
}

#[component]
fn Tools(id: Uuid, title: String, status: DocumentStatus) -> impl IntoView {
    // A quiz of what is being read is made as soon as that is done.
    let may_be_asked = status != DocumentStatus::Failed;
    view! {
        <div class="document-tools">
            {may_be_asked
                .then(|| {
                    view! {
                        <a class="button button-quiet" href=paths::new_quiz(id)>
                            <Pictogram icon=crate::ui::icon::Icon::ListChecks />
                            "Make quiz"
                            <span class="sr-only">{format!(" of {title}")}</span>
                        </a>
                    }
                })} <Menu label="More about this document" button=|| view! { <Pictogram icon=icons::MORE /> }>
                <a class="menu-item" href=paths::document(id)>
                    <Pictogram icon=icons::NOTES />
                    "Notes"
                </a>
                {(status == DocumentStatus::Ready)
                    .then(|| {
                        view! {
                            <a class="menu-item" href=paths::read(id)>
                                <Pictogram icon=icons::BOOK />
                                "Read"
                            </a>
                        }
                    })}
                <a class="menu-item" href=paths::manage(id)>
                    <Pictogram icon=icons::PENCIL />
                    "Rename or delete"
                </a>
            </Menu>
        </div>
    }
}
