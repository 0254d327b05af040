//! An album's photos: a plain page of them for a browser without scripts, one endless page with scripts.

pub mod adding;
pub mod album_choice;
pub mod dialogs;
pub mod grid;
pub mod selection_bar;
pub mod tile;

use super::{
    model::{Tiles, layout, words},
    open_album::OpenAlbum,
};
use crate::ui::{empty_state::EmptyState, icon::Icon};
use domain::albums::{Album, PhotoTile};
use grid::Grid;
use leptos::prelude::*;
use selection_bar::SelectionBar;
use tile::TileFace;

/// How wide a photo is about, where no script has measured it.
const ABOUT: &str = "(max-width: 40rem) 50vw, 320px";

/// The photos of the open album.
#[component]
pub fn Gallery(
    /// The album.
    album: Signal<Album>,
    /// What the page brought along.
    opened: Tiles,
) -> impl IntoView {
    let open = OpenAlbum::of_page();
    let scripted = RwSignal::new(false);
    Effect::new(move || scripted.set(true));
    let is_empty =
        Memo::new(move |_| album.with(|album| album.photo_count == 0) && open.tiles.with(|tiles| tiles.is_empty()));
    let hidden = opened.more.then(|| words::photos(opened.photos.len()));
    let plain = move || {
        let tiles = opened.photos.iter().map(|tile| (open.photo_address(tile.id), tile.clone()));
        view! { <PlainGallery tiles=tiles.collect() /> }
    };
    view! {
        {move || match (is_empty.get(), scripted.get()) {
            (true, _) => view! { <NothingYet /> }.into_any(),
            (false, false) => plain().into_any(),
            (false, true) => view! { <Grid /> }.into_any(),
        }}
        {hidden
            .map(|shown| {
                view! {
                    <p class="quiet without-script">
                        {format!("The first {shown}. The others need a script; the download has them all.")}
                    </p>
                }
            })}
        <SelectionBar />
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    let open = OpenAlbum::of_page();
    move || {
        if open.may_add() {
            view! {
                <EmptyState icon=Icon::Images title="Nothing in it yet">
                    <p>
                        "Drop photos anywhere on this page, or choose them with “Add photos”. They keep their full size."
                    </p>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <EmptyState icon=Icon::Images title="Nothing in it yet">
                    <p>"As soon as somebody adds photos, you see them here."</p>
                </EmptyState>
            }
            .into_any()
        }
    }
}

/// Photos with their addresses, in rows that the style sheet makes.
#[component]
pub fn PlainGallery(
    /// Where each leads, and the photo.
    tiles: Vec<(String, PhotoTile)>,
) -> impl IntoView {
    let one = |(href, tile): (String, PhotoTile)| {
        let ratio = format!("{:.4}", layout::ratio(tile.width, tile.height));
        let label = tile.label.clone();
        view! {
            <li class="tile" data-ratio=ratio>
                <a class="tile-link" href=href data-noscroll="" aria-label=label>
                    <TileFace tile sizes=ABOUT />
                </a>
            </li>
        }
    };
    view! {
        <ul class="gallery gallery-plain" role="list" aria-label="Photos">
            {tiles.into_iter().map(one).collect_view()}
        </ul>
    }
}
