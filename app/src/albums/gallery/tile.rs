//! A photo in the gallery.

use crate::{
    albums::{icons, model::words, picture::Picture},
    ui::icon::Pictogram,
};
use domain::albums::{PhotoTile, Preview};
use leptos::prelude::*;

/// What is seen of a photo: itself, that it is being prepared, or that it has no preview.
#[component]
pub fn TileFace(
    /// The photo.
    tile: PhotoTile,
    /// How wide it is shown.
    #[prop(into)]
    sizes: Signal<String>,
) -> impl IntoView {
    let PhotoTile { width, height, thumbhash, label, preview, thumbnails, .. } = tile;
    match preview {
        Preview::Ready if !thumbnails.is_empty() => {
            view! { <Picture width height thumbhash thumbnails sizes /> }.into_any()
        }
        Preview::Processing => view! {
            <span class="tile-words">
                <span class="progress-mark" aria-hidden="true"></span>
                "Being prepared"
            </span>
        }
        .into_any(),
        Preview::Ready | Preview::None => view! {
            <span class="tile-words">
                <Pictogram icon=icons::FILE />
                <span class="tile-name" dir="auto">
                    {label.clone()}
                </span>
                <span class="tile-kind">
                    {words::extension(&label)
                        .map_or_else(|| "No preview".to_owned(), |kind| format!("{kind} · no preview"))}
                </span>
            </span>
        }
        .into_any(),
    }
}
