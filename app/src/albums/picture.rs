//! A picture that has its place and its colours before it is there.

use super::model::words;
use crate::{browser, ui::thumbhash};
use domain::uploads::Thumbnail;
use leptos::{html::Img, prelude::*};

/// Pixels of the height that a tile needs at most on a usual screen.
const USUAL_HEIGHT: u32 = 400;

/// The thumbnail that fits, over a blur of it. Decorates what names it.
#[component]
pub fn Picture(
    /// In pixels, upright.
    width: u32,
    /// In pixels, upright.
    height: u32,
    /// The blur, as base64 of a thumbhash.
    #[prop(optional_no_strip)]
    thumbhash: Option<String>,
    /// The pictures to choose from.
    thumbnails: Vec<Thumbnail>,
    /// How wide it is shown.
    #[prop(into)]
    sizes: Signal<String>,
) -> impl IntoView {
    let image = NodeRef::<Img>::new();
    show_blur(image, thumbhash);
    let src = words::at_least(&thumbnails, USUAL_HEIGHT).map(|one| one.url.clone()).unwrap_or_default();
    let srcset = words::srcset(&thumbnails);
    let has_choice = srcset.is_some();
    view! {
        <img
            class="photo-image"
            node_ref=image
            sizes=move || has_choice.then(|| sizes.get())
            srcset=srcset
            src=src
            width=width.to_string()
            height=height.to_string()
            alt=""
            loading="lazy"
            decoding="async"
        />
    }
}

/// Shows the blur behind a picture that is not there yet.
pub fn show_blur(image: NodeRef<Img>, thumbhash: Option<String>) {
    Effect::new(move || {
        let address = || thumbhash.as_deref().and_then(thumbhash::data_address);
        if let Some(image) = image.get().filter(|image| !image.complete())
            && let Some(address) = address()
        {
            browser::show_behind(&image, &address);
        }
    });
}
