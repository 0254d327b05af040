//! The gallery as one long page of which only what is near the window is in the document.

use super::tile::TileFace;
use crate::{
    albums::{
        model::{Layout, Place, Step, layout},
        open_album::OpenAlbum,
    },
    browser::{self, View},
    ui::icon::{Icon, Pictogram},
};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html::Ul,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::HtmlElement,
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// Between two photos, in pixels. The style sheet has the same.
const GAP: f64 = 4.0;
/// Windows above and below the window whose rows are in the document.
const AHEAD: f64 = 1.0;

/// Where everything stands, and which part of it is seen.
#[derive(Clone, Copy)]
struct GridPlace {
    open: OpenAlbum,
    view: RwSignal<View>,
    layout: Memo<Layout>,
    index: Memo<Arc<HashMap<Uuid, usize>>>,
}

impl GridPlace {
    fn new(open: OpenAlbum) -> Self {
        let view = RwSignal::new(View::default());
        let width = Memo::new(move |_| view.with(|view| (view.width, view.is_narrow())));
        let ratios = Memo::new(move |_| {
            open.tiles.with(|tiles| tiles.iter().map(|tile| layout::ratio(tile.width, tile.height)).collect::<Vec<_>>())
        });
        let layout = Memo::new(move |_| {
            let (width, is_narrow) = width.get();
            // The style sheet has the same heights.
            let height = if is_narrow { 120.0 } else { 200.0 };
            ratios.with(|ratios| Layout::justified(ratios, layout::Measure { width, height, gap: GAP }))
        });
        let index = Memo::new(move |_| {
            open.tiles.with(|tiles| Arc::new(tiles.iter().enumerate().map(|(index, tile)| (tile.id, index)).collect()))
        });
        Self { open, view, layout, index }
    }

    fn index_of(self, id: Uuid) -> Option<usize> {
        self.index.with(|index| index.get(&id).copied())
    }

    fn id_at(self, index: usize) -> Option<Uuid> {
        self.open.tiles.with_untracked(|tiles| tiles.get(index).map(|tile| tile.id))
    }

    fn place_of(self, id: Uuid) -> Place {
        let index = self.index_of(id);
        self.layout.with(|layout| index.and_then(|index| layout.place(index))).unwrap_or_default()
    }

    /// The photo that has the keyboard: the last one that had it, else the first.
    fn active(self) -> Option<Uuid> {
        let active = self.open.active.get().filter(|id| self.index_of(*id).is_some());
        active.or_else(|| self.open.tiles.with(|tiles| tiles.first().map(|tile| tile.id)))
    }

    /// Those that are in the document: near the window, and the one that has the keyboard.
    fn shown(self) -> Vec<Uuid> {
        let view = self.view.get();
        let ahead = view.window_height * AHEAD;
        let near = self.layout.with(|layout| layout.between(view.top - ahead, view.top + view.window_height + ahead));
        let active = self.active().and_then(|id| self.index_of(id)).filter(|index| !near.contains(index));
        let before = active.filter(|index| *index < near.start);
        let after = active.filter(|index| *index >= near.end);
        self.open.tiles.with(|tiles| {
            let id = |index: usize| tiles.get(index).map(|tile| tile.id);
            before.into_iter().chain(near).chain(after).filter_map(id).collect()
        })
    }

    fn pressed(self, event: &KeyboardEvent) {
        let Some(active) = self.active() else { return };
        let step = match event.key().as_str() {
            "ArrowLeft" => Step::Left,
            "ArrowRight" => Step::Right,
            "ArrowUp" => Step::Up,
            "ArrowDown" => Step::Down,
            "Home" => Step::First,
            "End" => Step::Last,
            " " => {
                event.prevent_default();
                return self.choose(active, event.shift_key());
            }
            "a" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                let order = self.open.order();
                return self.open.selection.update(|selection| selection.all(&order));
            }
            "Escape" => return self.open.selection.update(crate::albums::model::Selection::clear),
            _ => return,
        };
        event.prevent_default();
        let from = self.index.with_untracked(|index| index.get(&active).copied()).unwrap_or_default();
        let to = self.layout.with_untracked(|layout| layout.step(from, step));
        if let Some(id) = self.id_at(to) {
            self.open.active.set(Some(id));
            focus(id);
        }
    }

    fn choose(self, id: Uuid, range: bool) {
        let order = self.open.order();
        self.open
            .selection
            .update(|selection| if range { selection.extend_to(id, &order) } else { selection.toggle(id) });
    }

    /// While photos are chosen, a press on another one chooses it too.
    fn clicked(self, id: Uuid, event: &MouseEvent) {
        let chooses = event.shift_key() || event.ctrl_key() || event.meta_key();
        if chooses || !self.open.selection.with_untracked(crate::albums::model::Selection::is_empty) {
            event.prevent_default();
            self.choose(id, event.shift_key());
        }
    }
}

/// Moves the keyboard to a photo, once it is in the document; the browser brings it into view.
pub fn focus(id: Uuid) {
    browser::before_paint(move || {
        let link = browser::element(&link_id(id)).and_then(|link| link.dyn_into::<HtmlElement>().ok());
        if let Some(link) = link {
            // Fails only for what has left the page.
            let _ = link.focus();
        }
    });
}

fn link_id(id: Uuid) -> String {
    format!("photo-{id}")
}

/// All photos of the album.
#[component]
pub fn Grid() -> impl IntoView {
    let open = OpenAlbum::of_page();
    let place = GridPlace::new(open);
    let list = NodeRef::<Ul>::new();
    Effect::new(move || {
        if let Some(list) = list.get() {
            browser::follow_view(&list, move |view| {
                if place.view.try_with_untracked(|before| *before != view) == Some(true) {
                    place.view.set(view);
                }
            });
        }
    });
    let shown = Memo::new(move |_| place.shown());
    let height = move || format!("{:.2}px", place.layout.with(Layout::height));
    let is_choosing = move || (!open.selection.with(crate::albums::model::Selection::is_empty)).then_some("");
    view! {
        <p class="gallery-keys" id="gallery-keys">
            "Arrow keys move between photos, Enter opens one, Space chooses it."
        </p>
        <ul
            class="gallery gallery-long"
            node_ref=list
            role="list"
            aria-label="Photos"
            aria-describedby="gallery-keys"
            data-choosing=is_choosing
            style:height=height
            on:keydown=move |event| place.pressed(&event)
        >
            <For each=move || shown.get() key=|id| *id let:id>
                <GridTile id place />
            </For>
        </ul>
    }
}

#[component]
fn GridTile(id: Uuid, place: GridPlace) -> impl IntoView {
    let open = place.open;
    let stands = Memo::new(move |_| place.place_of(id));
    let tile = Memo::new(move |_| {
        let index = place.index_of(id)?;
        open.tiles.with(|tiles| tiles.get(index).cloned())
    });
    let label = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| tile.label.clone()).unwrap_or_default()));
    let chosen = Memo::new(move |_| open.selection.with(|selection| selection.has(&id)));
    let pixels = move |value: fn(&Place) -> f64| format!("{:.2}px", stands.with(value));
    let shape = Memo::new(move |_| tile.with(|tile| tile.as_ref().map(|tile| (tile.width, tile.height))));
    let sizes = Signal::derive(move || {
        let (width, height) = shape.get().unwrap_or_default();
        format!("{:.0}px", stands.with(|place| place.picture_width(width, height)))
    });
    let position = move || place.index_of(id).map(|index| (index + 1).to_string());
    view! {
        <li
            class="tile"
            data-chosen=move || chosen.get().then_some("")
            aria-posinset=position
            aria-setsize=move || open.tiles.with(|tiles| tiles.len()).to_string()
            style:left=move || pixels(|place| place.left)
            style:top=move || pixels(|place| place.top)
            style:width=move || pixels(|place| place.width)
            style:height=move || pixels(|place| place.height)
        >
            <a
                id=link_id(id)
                class="tile-link"
                href=open.photo_address(id)
                data-noscroll=""
                aria-label=move || label.get()
                tabindex=move || if place.active() == Some(id) { "0" } else { "-1" }
                on:focus=move |_| open.active.set(Some(id))
                on:click=move |event| place.clicked(id, &event)
            >
                {move || tile.get().map(|tile| view! { <TileFace tile sizes /> })}
            </a>
            <button
                type="button"
                class="tile-check"
                role="checkbox"
                tabindex="-1"
                aria-checked=move || if chosen.get() { "true" } else { "false" }
                aria-label=move || format!("Choose {}", label.get())
                on:click=move |event| place.choose(id, event.shift_key())
            >
                <Pictogram icon=Icon::Check />
            </button>
        </li>
    }
}
