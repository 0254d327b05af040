//! A passage beside what cites it.

use super::{
    icons,
    model::{Mark, shapes},
    page_text::PageText,
    paths,
    server_fns::load_page,
};
use crate::{
    browser,
    ui::{
        button::LinkButton,
        icon::{Icon, Pictogram},
        progress::Progress,
    },
};
use leptos::{ev::KeyboardEvent, html::Aside, prelude::*};
use uuid::Uuid;

/// A passage of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// On which page.
    pub page: u32,
    /// Where it begins, in code points.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

impl Place {
    /// Reads the address of the reader at a passage.
    #[must_use]
    pub fn of_address(address: &str) -> Option<Self> {
        let (_, query) = address.split_once('?')?;
        let query = query.split('#').next()?;
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name)?.1.parse().ok()
        };
        Some(Self { page: value("page")?, start: value("start")?, end: value("end")? })
    }

    /// As the passage that was asked for.
    #[must_use]
    pub const fn mark(self) -> Mark {
        Mark { start: self.start, end: self.end, is_current: true }
    }
}

/// The page around a passage; nothing until one is chosen.
#[component]
pub fn PassagePanel(
    /// The document.
    id: Uuid,
    /// The passage.
    place: RwSignal<Option<Place>>,
) -> impl IntoView {
    let page = Memo::new(move |_| place.with(|place| place.map(|place| place.page)));
    let text = LocalResource::new(move || {
        let page = page.get();
        async move {
            match page {
                Some(page) => load_page(id, page).await,
                None => Ok(None),
            }
        }
    });
    let panel = NodeRef::<Aside>::new();
    Effect::new(move || {
        if place.get().is_some()
            && let Some(panel) = panel.get()
        {
            let _ = panel.focus();
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            place.set(None);
        }
    };
    let content = move |place: Place| {
        move || match text.get() {
            None => view! { <Progress what="the passage" /> }.into_any(),
            Some(Err(failure)) => view! { <p role="alert">{failure.detail.clone()}</p> }.into_any(),
            Some(Ok(None)) => view! { <p>"This page has no text."</p> }.into_any(),
            Some(Ok(Some(page))) => {
                let shapes = shapes(&page, &[place.mark()]);
                browser::before_paint(|| {
                    if let Some(cited) = browser::element("cited") {
                        browser::scroll_to(&cited);
                    }
                });
                view! { <PageText shapes /> }.into_any()
            }
        }
    };
    move || {
        place.get().map(|chosen| {
            view! {
                <aside
                    class="passage no-print"
                    node_ref=panel
                    tabindex="-1"
                    aria-label="The passage in the document"
                    on:keydown=on_key
                >
                    <header class="passage-head">
                        <h3>{format!("Page {}", chosen.page)}</h3>
                        <LinkButton href=paths::place(id, chosen.page, chosen.start, chosen.end)>
                            <Pictogram icon=icons::BOOK />
                            "Open in reader"
                        </LinkButton>
                        <button
                            type="button"
                            class="icon-button"
                            title="Close"
                            aria-label="Close the passage"
                            on:click=move |_| place.set(None)
                        >
                            <Pictogram icon=Icon::X />
                        </button>
                    </header>
                    <div class="passage-text" tabindex="0" role="region" aria-label="Text of the page">
                        {content(chosen)}
                    </div>
                </aside>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_a_link() {
        let place = Place { page: 3, start: 10, end: 42 };
        assert_eq!(Place::of_address("/library/x/read?page=3&start=10&end=42#cited"), Some(place));
        assert_eq!(Place::of_address("/library/x/read?end=42&page=3&start=10"), Some(place));
        for other in ["/library/x/read", "/library/x/read?page=3", "/library/x/read?page=3&start=-1&end=2", ""] {
            assert_eq!(Place::of_address(other), None, "{other}");
        }
    }
}
