//! All documents, and what a search finds among them.

use super::{
    adding::AddDocuments,
    live::{self, Change},
    model::{News, Shelf, shelf::is_under_way},
    paths,
    rows::Rows,
    server_fns::list_documents,
};
use crate::{
    browser,
    error::Failure,
    paths::with_parameter,
    ui::{
        empty_state::EmptyState, icon::Icon, list_parts::ListParts, loaded::Loaded, page_title::PageTitle,
        search_form::SearchForm,
    },
    words::grouped,
};
use domain::documents::{Document, DocumentList};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::sync::Arc;

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    query: String,
    before: Option<String>,
    after: Option<String>,
}

impl Asked {
    async fn load(self) -> Result<DocumentList, Failure> {
        list_documents(Some(self.query), self.before, self.after).await
    }

    /// Whether it is the beginning of the whole list.
    const fn is_all(&self) -> bool {
        self.query.is_empty() && self.is_beginning()
    }

    const fn is_beginning(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }

    fn beginning(&self) -> String {
        if self.query.is_empty() { paths::LIST.to_owned() } else { paths::search(&self.query) }
    }

    /// The address of another part of the same.
    fn further(&self, name: &str, cursor: &str) -> String {
        with_parameter(&self.beginning(), name, cursor)
    }
}

/// The page at `/library`.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let parameters = use_query_map();
    let asked = Memo::new(move |_| {
        parameters.with(|map| Asked {
            query: map.get_str("query").unwrap_or_default().trim().to_owned(),
            before: map.get("before"),
            after: map.get("after"),
        })
    });
    let found = Resource::new(move || asked.get(), Asked::load);
    let news = RwSignal::new(News::default());
    view! {
        <PageTitle text="Library" />
        <div class="page study">
            <header class="study-head">
                <h1 class="page-heading">"Library"</h1>
                <AddDocuments news shows_new=Signal::derive(move || asked.with(Asked::is_all)) />
                <SearchForm
                    label="Part of a title or file name"
                    placeholder="Search your library"
                    action=paths::LIST
                    query=Signal::derive(move || asked.with(|asked| asked.query.clone()))
                />
            </header>
            <p class="quiet without-script">"Adding documents needs a script; reading them does not."</p>
            <Loaded
                resource=found
                what="your documents"
                show=Arc::new(move |found| { view! { <Results found asked=asked.get_untracked() news /> }.into_any() })
            />
        </div>
    }
    .into_any()
}

/// Follows what happens to the documents.
fn keep_up(asked: Asked, documents: Memo<Vec<Document>>, news: RwSignal<News>) {
    let heard = RwSignal::new(0_u32);
    live::follow(move |change| {
        news.try_update(|news| match change {
            Change::Put(document) => news.put(document),
            Change::Gone(id) => news.remove(id),
        });
        heard.try_update(|heard| *heard = heard.wrapping_add(1));
    });
    let waits = Memo::new(move |_| documents.with(|all| all.iter().any(is_under_way)));
    live::ask_while(waits, heard, move || {
        let asked = asked.clone();
        browser::spawn(async move {
            // What cannot be asked now is asked later.
            if let Ok(list) = asked.load().await {
                news.try_update(|news| list.documents.iter().for_each(|document| news.put(document)));
            }
        });
    });
}

#[component]
fn Results(found: DocumentList, asked: Asked, news: RwSignal<News>) -> impl IntoView {
    let DocumentList { documents, older, newer } = found;
    let count = documents.len();
    let shelf = Shelf { documents, takes_new: asked.is_all(), has_older: older.is_some() };
    let documents = Memo::new(move |_| news.with(|news| shelf.with(news)));
    keep_up(asked.clone(), documents, news);
    let is_empty = Memo::new(move |_| documents.with(Vec::is_empty));
    let newer = newer.map(|cursor| asked.further("after", &cursor));
    let older = older.map(|cursor| asked.further("before", &cursor));
    let is_whole = asked.is_all() && older.is_none();
    view! {
        {(!asked.query.is_empty() && count > 0)
            .then(|| view! { <p role="status">{format!("{} found", documents_found(count))}</p> })}
        {move || {
            if is_empty.get() {
                view! { <Nothing is_whole asked=asked.clone() /> }.into_any()
            } else {
                view! { <Rows documents /> }.into_any()
            }
        }}
        <ListParts what="documents" newer older />
    }
}

/// Why nothing is shown.
#[component]
fn Nothing(is_whole: bool, asked: Asked) -> impl IntoView {
    if is_whole {
        return view! { <NothingYet /> }.into_any();
    }
    if !asked.query.is_empty() && asked.is_beginning() {
        return view! { <p role="status">"No document has this in its title or file name. Try a part of a word."</p> }
            .into_any();
    }
    let beginning = (!asked.is_beginning()).then(|| view! { <a href=asked.beginning()>"Go to its beginning"</a> });
    view! { <p role="status">"Nothing is left in this part of the list. " {beginning}</p> }.into_any()
}

fn documents_found(count: usize) -> String {
    if count == 1 { "1 document".to_owned() } else { format!("{} documents", grouped(count as u64)) }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <EmptyState icon=Icon::Library title="No documents yet">
            <p>
                "Drop a PDF, Word, PowerPoint, EPUB, HTML, Markdown or text file anywhere on this page, or choose it with “Add documents”. Minutes later there are notes to read and quizzes to take, and every sentence leads back to its page."
            </p>
        </EmptyState>
    }
}
