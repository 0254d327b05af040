//! A passage beside what cites it.

use super::{
    icons,
    model::{Mark, shapes},
    page_text::PageText,
    paths,
    server_fns::load_page,
};
use crate::{
    browser::{self, Focused},
    ui::{
        button::LinkButton,
        icon::{Icon, Pictogram},
        progress::Progress,
    },
};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html::Aside,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlElement},
};
use uuid::Uuid;

/// A passage of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub document: Uuid,
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
        let (path, query) = address.split_once('?')?;
        let document = path.strip_prefix(paths::LIST)?.strip_prefix('/')?.strip_suffix("/read")?.parse().ok()?;
        let query = query.split('#').next()?;
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let number = |name| value(name).and_then(|text| text.parse().ok());
        Some(Self { document, page: number("page")?, start: number("start")?, end: number("end")? })
    }

    /// As the passage that was asked for.
    #[must_use]
    pub const fn mark(self) -> Mark {
        Mark { start: self.start, end: self.end, is_current: true }
    }
}

/// Opens the passage to which a pressed link leads: on a wide screen beside the text. On a narrow one the link leads to
/// the reader.
pub fn open_beside(event: &MouseEvent, place: RwSignal<Option<Place>>) {
    let with_key = event.ctrl_key() || event.meta_key() || event.shift_key();
    if let Some((link, cited)) = cited(event).filter(|_| !with_key && browser::has_room_beside()) {
        event.prevent_default();
        // Not every browser does it on a press, and closing the passage leads back there.
        browser::focus_in_place(&link);
        place.set(Some(cited));
    }
}

fn cited(event: &MouseEvent) -> Option<(HtmlElement, Place)> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    let link = pressed.closest("a[href*='/read?']").ok().flatten()?;
    let place = Place::of_address(&link.get_attribute("href")?)?;
    Some((link.dyn_into().ok()?, place))
}

/// The page around a passage; nothing until one is chosen. It takes the focus, and gives it back when it is closed.
#[component]
pub fn PassagePanel(
    /// The passage.
    place: RwSignal<Option<Place>>,
) -> impl IntoView {
    let wanted = Memo::new(move |_| place.with(|place| place.map(|place| (place.document, place.page))));
    let loaded = LocalResource::new(move || {
        let wanted = wanted.get();
        async move {
            let (document, page) = wanted?;
            Some(((document, page), load_page(document, page).await))
        }
    });
    let panel = NodeRef::<Aside>::new();
    let opener = StoredValue::new(None::<Focused>);
    Effect::new(move || {
        if place.get().is_some()
            && let Some(panel) = panel.get()
        {
            if let Some(focused) = browser::focused().filter(|focused| !focused.is_within(&panel)) {
                opener.set_value(Some(focused));
            }
            let _ = panel.focus();
        }
    });
    let close = move || {
        if let Some(opener) = opener.get_value() {
            opener.take_back();
        }
        place.set(None);
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let content = move |place: Place| {
        // While a page is loaded, the one before it is still there.
        let page = move || loaded.get().flatten().filter(|(of, _)| *of == (place.document, place.page));
        move || match page().map(|(_, page)| page) {
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
                        <LinkButton href=paths::place(chosen.document, chosen.page, chosen.start, chosen.end)>
                            <Pictogram icon=icons::BOOK />
                            "Open in reader"
                        </LinkButton>
                        <button
                            type="button"
                            class="icon-button"
                            title="Close"
                            aria-label="Close the passage"
                            on:click=move |_| close()
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
        let document = Uuid::from_u128(7);
        let place = Place { document, page: 3, start: 10, end: 42 };
        assert_eq!(Place::of_address(&paths::place(document, 3, 10, 42)), Some(place));
        assert_eq!(Place::of_address(&format!("/library/{document}/read?end=42&page=3&start=10")), Some(place));
        for query in ["", "?page=3", "?page=3&start=-1&end=2"] {
            assert_eq!(Place::of_address(&format!("/library/{document}/read{query}")), None, "{query}");
        }
        assert_eq!(Place::of_address("/library/x/read?page=3&start=10&end=42"), None, "of no document");
    }
}
