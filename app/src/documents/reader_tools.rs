//! What stands beside the text of a document: finding, and the table of contents.

use super::{icons, paths};
use crate::ui::icon::{Icon, Pictogram};
use domain::documents::{ContentsEntry, FOUND_MAX, FoundPassage};
use leptos::prelude::*;
use leptos_router::components::Form;
use uuid::Uuid;

/// Looks for words in the whole document.
#[component]
pub fn Find(
    /// The document.
    id: Uuid,
    /// The page that is open.
    number: u32,
    /// What is looked for; empty at first.
    find: String,
    /// Where it stands.
    found: Vec<FoundPassage>,
    /// Which of these places is shown.
    hit: Option<usize>,
) -> impl IntoView {
    let is_asked = !find.is_empty();
    let count = found.len();
    let places = if count == FOUND_MAX {
        format!("The first {count} places")
    } else {
        match count {
            0 => "Nothing found. Try a part of a word.".to_owned(),
            1 => "1 place".to_owned(),
            _ => format!("{count} places"),
        }
    };
    let step = |to: Option<usize>, words: &'static str, icon: Icon| {
        to.map(|to| {
            view! {
                <a class="icon-button" href=paths::hit(id, &find, to) title=words aria-label=words>
                    <Pictogram icon />
                </a>
            }
        })
    };
    let previous = step(hit.and_then(|hit| hit.checked_sub(1)), "Previous place", icons::PREVIOUS);
    let next = step(hit.map(|hit| hit + 1).filter(|next| *next < count), "Next place", icons::NEXT);
    let which = hit.map(|hit| format!("{} of ", hit + 1));
    let looked_for = find.clone();
    let one = move |(place, passage): (usize, FoundPassage)| {
        let [before, words, after] = passage.excerpt;
        view! {
            <li>
                <a href=paths::hit(id, &looked_for, place) aria-current=(hit == Some(place)).then_some("true")>
                    <span class="quiet">{format!("p. {} ", passage.page)}</span>
                    <span dir="auto">{before} <mark>{words}</mark> {after}</span>
                </a>
            </li>
        }
    };
    view! {
        <section class="find" aria-label="Find in the document">
            <Form method="get" action=paths::read(id) attr:class="search-form">
                <label for="find" class="sr-only">
                    "Find in the document"
                </label>
                <input type="hidden" name="from" value=number.to_string() prop:value=number.to_string() />
                <input
                    id="find"
                    name="find"
                    type="search"
                    dir="auto"
                    autocomplete="off"
                    placeholder="Find in the document"
                    value=find.clone()
                    prop:value=find.clone()
                />
                <button type="submit" class="button button-quiet">
                    <Pictogram icon=Icon::Search />
                    <span class="search-word">"Find"</span>
                </button>
            </Form>
            {is_asked
                .then(|| {
                    view! {
                        <div class="find-steps">
                            <p role="status">{which} {places}</p>
                            {previous}
                            {next}
                        </div>
                        <ol class="find-places" role="list">
                            {found.into_iter().enumerate().map(one).collect_view()}
                        </ol>
                    }
                })}
        </section>
    }
}

/// The headings, with the way to each.
#[component]
pub fn Contents(
    /// The document.
    id: Uuid,
    /// Its headings.
    contents: Vec<ContentsEntry>,
    /// The page that is open.
    number: u32,
) -> impl IntoView {
    if contents.is_empty() {
        return ().into_any();
    }
    // The section that one is in: the last one that begins on this page or before it.
    let current = contents.iter().rposition(|entry| entry.page <= number);
    let entry = |(place, entry): (usize, ContentsEntry)| {
        let class = format!("contents-{}", entry.level.clamp(1, 4));
        view! {
            <li class=class>
                <a
                    href=paths::place(id, entry.page, entry.start, entry.end)
                    aria-current=(current == Some(place)).then_some("true")
                >
                    <span dir="auto">{entry.title}</span>
                    <span class="quiet">{entry.page}</span>
                </a>
            </li>
        }
    };
    view! {
        <details class="book-contents">
            <summary>"Contents"</summary>
            <nav aria-label="Contents of the document">
                <ol role="list">{contents.into_iter().enumerate().map(entry).collect_view()}</ol>
            </nav>
        </details>
    }
    .into_any()
}
