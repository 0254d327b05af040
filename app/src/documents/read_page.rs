//! A document's text, page by page.

use super::{
    document_id::document_in_address,
    heading::StudyHeading,
    icons,
    model::{Mark, shapes},
    page_text::PageText,
    paths,
    reader_tools::{Contents, Find},
    server_fns::{find_in_document, load_contents, load_document, load_page},
};
use crate::{
    browser,
    conversations::heading::BackLink,
    error::Failure,
    ui::{button::LinkButton, icon::Pictogram, loaded::BothLoaded, page_title::PageTitle},
    words::grouped,
};
use domain::documents::{ContentsEntry, Document, DocumentPage, FoundPassage};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// What stays while pages are turned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Book {
    document: Document,
    contents: Vec<ContentsEntry>,
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    page: Option<u32>,
    passage: Option<(u32, u32)>,
    find: String,
    hit: Option<usize>,
    /// Where the reader was when they looked for something.
    from: Option<u32>,
}

/// What is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Reading {
    number: u32,
    page: Option<DocumentPage>,
    passage: Option<(u32, u32)>,
    find: String,
    found: Vec<FoundPassage>,
    hit: Option<usize>,
}

impl Asked {
    async fn load(self, id: Uuid) -> Result<Reading, Failure> {
        let found = if self.find.is_empty() { Vec::new() } else { find_in_document(id, self.find.clone()).await? };
        let hit = self.hit_of(&found);
        let number = hit.and_then(|hit| found.get(hit)).map(|hit| hit.page).or(self.page).or(self.from).unwrap_or(1);
        let page = load_page(id, number).await?;
        Ok(Reading { number, page, passage: self.passage, find: self.find, found, hit })
    }

    /// Which place is shown: the chosen one, else the first from where the reader was, else the first.
    fn hit_of(&self, found: &[FoundPassage]) -> Option<usize> {
        if found.is_empty() || (self.page.is_some() && self.hit.is_none()) {
            return None;
        }
        let from = self.from.unwrap_or_default();
        let next = || found.iter().position(|hit| hit.page >= from).unwrap_or_default();
        Some(self.hit.map_or_else(next, |hit| hit.min(found.len() - 1)))
    }
}

impl Reading {
    /// What is marked on the page.
    fn marks(&self) -> Vec<Mark> {
        let passage = self.passage.map(|(start, end)| Mark { start, end, is_current: true });
        let hits = self.found.iter().enumerate().filter(|(_, hit)| hit.page == self.number);
        let mark = |(place, hit): (usize, &FoundPassage)| {
            let is_current = self.hit == Some(place) && passage.is_none();
            Mark { start: hit.start, end: hit.end, is_current }
        };
        hits.map(mark).chain(passage).collect()
    }
}

/// The page at `/library/{id}/read`.
#[component]
pub fn ReadPage() -> impl IntoView {
    let (id, parameters) = (document_in_address(), use_query_map());
    let asked = Memo::new(move |_| {
        parameters.with(|map| {
            let number = |name: &str| map.get_str(name).and_then(|text| text.parse::<u32>().ok());
            Asked {
                page: number("page"),
                passage: number("start").zip(number("end")),
                find: map.get_str("find").unwrap_or_default().trim().to_owned(),
                hit: map.get_str("hit").and_then(|text| text.parse().ok()),
                from: number("from"),
            }
        })
    });
    let book = Resource::new(
        move || id.get(),
        |id| async move {
            let id = id?;
            Ok(Book { document: load_document(id).await?, contents: load_contents(id).await? })
        },
    );
    let reading = Resource::new(move || (id.get(), asked.get()), |(id, asked)| async move { asked.load(id?).await });
    view! {
        <div class="page study reader">
            <BothLoaded
                first=book
                second=reading
                what="the document"
                above=|| view! { <StudyHeading title="Reader" back=paths::LIST back_label="Library" /> }
                show=Arc::new(|book, reading| view! { <ReadView book reading /> }.into_any())
            />
        </div>
    }
    .into_any()
}

#[component]
fn ReadView(book: Book, reading: Reading) -> impl IntoView {
    let Book { document, contents } = book;
    let id = document.id;
    let title = document.title.clone();
    let last = document.pages.unwrap_or(reading.number);
    let has_pages = last > 1;
    scroll_to_passage();
    view! {
        <PageTitle text=title.clone() />
        <header class="study-head no-print">
            <div class="study-title">
                <BackLink href=paths::document(id) label="the notes" always=true />
                <h1 class="page-heading" dir="auto">
                    {title}
                </h1>
            </div>
            <div class="study-actions">
                <LinkButton href=paths::document(id)>
                    <Pictogram icon=icons::NOTES />
                    "Notes"
                </LinkButton>
                <LinkButton href=document.url.clone() external=true>
                    <Pictogram icon=icons::FILE />
                    "Original file"
                </LinkButton>
            </div>
        </header>
        <div class="reader-body">
            <div class="reader-tools no-print">
                <Find id number=reading.number find=reading.find.clone() found=reading.found.clone() hit=reading.hit />
                <Contents id contents number=reading.number />
            </div>
            <article class="reader-page" aria-label=format!("Page {} of {last}", reading.number)>
                {has_pages.then(|| view! { <Turn label="Pages, above the text" id number=reading.number last /> })}
                <h2 class="page-number">{format!("Page {}", reading.number)}</h2>
                <Text reading=reading.clone() language=document.language />
                {has_pages.then(|| view! { <Turn label="Pages, below the text" id number=reading.number last /> })}
            </article>
        </div>
    }
}

/// Brings the passage that was asked for into view.
fn scroll_to_passage() {
    Effect::new(|| {
        // After the router has gone to the top of the page.
        let _ = browser::after(50, || {
            if let Some(cited) = browser::element("cited") {
                browser::scroll_to(&cited);
            }
        });
    });
}

#[component]
fn Text(reading: Reading, language: Option<String>) -> impl IntoView {
    let marks = reading.marks();
    match reading.page {
        Some(page) if !page.text.trim().is_empty() => {
            let shapes = shapes(&page, &marks);
            view! {
                <div lang=language>
                    <PageText shapes />
                </div>
            }
            .into_any()
        }
        _ => view! { <p class="quiet">"There is no text on this page."</p> }.into_any(),
    }
}

#[component]
fn Turn(label: &'static str, id: Uuid, number: u32, last: u32) -> impl IntoView {
    let previous = (number > 1).then(|| {
        view! {
            <LinkButton href=paths::page(id, number - 1)>
                <Pictogram icon=icons::PREVIOUS />
                "Previous page"
            </LinkButton>
        }
    });
    let next = (number < last).then(|| {
        view! { <LinkButton href=paths::page(id, number + 1)>"Next page" <Pictogram icon=icons::NEXT /></LinkButton> }
    });
    view! {
        <nav class="turn no-print" aria-label=label>
            <span class="turn-previous">{previous}</span>
            <Form method="get" action=paths::read(id) attr:class="turn-to">
                <label>
                    <span class="sr-only">"Page"</span>
                    <input
                        type="number"
                        name="page"
                        min="1"
                        max=last.to_string()
                        value=number.to_string()
                        prop:value=number.to_string()
                        required
                        inputmode="numeric"
                    />
                </label>
                <span>{format!("of {}", grouped(u64::from(last)))}</span>
                <button type="submit" class="button button-quiet">
                    "Go"
                    <span class="sr-only">" to this page"</span>
                </button>
            </Form>
            <span class="turn-next">{next}</span>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pages: &[u32]) -> Vec<FoundPassage> {
        let one = |page: &u32| FoundPassage { page: *page, start: 0, end: 4, excerpt: Default::default() };
        pages.iter().map(one).collect()
    }

    #[test]
    fn finding_goes_on_from_where_one_is() {
        let asked = Asked { find: "cell".into(), from: Some(5), ..Asked::default() };
        assert_eq!(asked.hit_of(&found(&[1, 4, 7, 9])), Some(2));
        assert_eq!(asked.hit_of(&found(&[1, 4])), Some(0), "round to the beginning");
        assert_eq!(asked.hit_of(&[]), None);
        let chosen = Asked { hit: Some(9), ..asked };
        assert_eq!(chosen.hit_of(&found(&[1, 4])), Some(1));
    }

    #[test]
    fn turning_a_page_leaves_the_places_where_they_are() {
        let asked = Asked { find: "cell".into(), page: Some(3), ..Asked::default() };
        assert_eq!(asked.hit_of(&found(&[1, 4])), None);
    }

    #[test]
    fn the_passage_that_was_asked_for_is_the_current_one() {
        let reading = Reading {
            number: 4,
            page: None,
            passage: Some((10, 20)),
            find: "cell".into(),
            found: found(&[1, 4]),
            hit: Some(1),
        };
        let marks = reading.marks();
        assert_eq!(marks.len(), 2);
        assert!(!marks[0].is_current && marks[1].is_current);
    }
}
