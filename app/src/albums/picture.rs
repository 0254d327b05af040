//! A picture that has its place and its colours before it is there.

use super::model::words;
use crate::browser;
use domain::uploads::Thumbnail;
use leptos::{
    html::{Canvas, Img},
    prelude::*,
};

/// Pixels of the narrower side that a tile needs at most on a usual screen.
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
    let (canvas, image) = (NodeRef::<Canvas>::new(), NodeRef::<Img>::new());
    let arrived = RwSignal::new(false);
    let blur = thumbhash.clone();
    Effect::new(move || {
        let (Some(canvas), Some(image)) = (canvas.get(), image.get()) else { return };
        if image.complete() {
            arrived.set(true);
        } else if let Some(hash) = &blur {
            browser::paint_thumbhash(&canvas, hash);
        }
    });
    let src = words::at_least(&thumbnails, USUAL_HEIGHT).map(|one| one.url.clone()).unwrap_or_default();
    let srcset = words::srcset(&thumbnails);
    let sizes = move || srcset.is_some().then(|| sizes.get());
    let srcset = words::srcset(&thumbnails);
    view! {
        <span class="picture" data-arrived=move || arrived.get().then_some("")>
            {thumbhash
                .is_some()
                .then(|| view! { <canvas node_ref=canvas width="32" height="32" aria-hidden="true"></canvas> })}
            <img
                node_ref=image
                sizes=sizes
                srcset=srcset
                src=src
                width=width.to_string()
                height=height.to_string()
                alt=""
                loading="lazy"
                decoding="async"
                on:load=move |_| arrived.set(true)
            />
        </span>
    }
}
