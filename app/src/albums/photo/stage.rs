//! The picture itself, as large as the page allows, and the ways to those beside it.

use super::OpenPhoto;
use crate::{
    albums::{icons, model::words, picture::show_blur},
    browser,
    ui::{
        icon::{Icon, Pictogram},
        touch::{Touch, Turn},
        zoom::Zoom,
    },
};
use domain::{
    albums::{PhotoTile, Preview},
    uploads::Thumbnail,
};
use leptos::{
    html::{Div, Img},
    prelude::*,
};
use uuid::Uuid;

/// What is shown of a photo.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    id: Uuid,
    width: u32,
    height: u32,
    preview: Preview,
    thumbhash: Option<String>,
    thumbnails: Vec<Thumbnail>,
}

impl Shown {
    /// From the gallery, which knows it at once; else from what was loaded.
    fn of(open: OpenPhoto) -> Option<Self> {
        let of_tile = |PhotoTile { id, width, height, preview, thumbhash, thumbnails, .. }| Self {
            id,
            width,
            height,
            preview,
            thumbhash,
            thumbnails,
        };
        open.tile().map(of_tile).or_else(|| {
            open.known().map(|photo| Self {
                id: photo.id,
                width: photo.file.width.unwrap_or(1),
                height: photo.file.height.unwrap_or(1),
                preview: photo.preview,
                thumbhash: photo.file.thumbhash,
                thumbnails: photo.file.thumbnails,
            })
        })
    }
}

/// The photo of the address.
#[component]
pub fn Stage(
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
    /// How it stands in its frame.
    zoom: RwSignal<Zoom>,
) -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let shown = Memo::new(move |_| Shown::of(open));
    Effect::new(move || {
        open.current.track();
        zoom.set(Zoom::default());
    });
    let turn = Callback::new(move |turn| {
        let (previous, next) = open.neighbours.get_untracked();
        if let Some(id) = if turn == Turn::Previous { previous } else { next } {
            open.go.run(Some(id));
        }
    });
    let frame = NodeRef::<Div>::new();
    let touch = Touch::new(frame, zoom, turn);
    view! {
        <div
            class="stage"
            node_ref=frame
            data-zoomed=move || zoom.get().is_zoomed().then_some("")
            on:pointerdown=move |event| touch.down(&event)
            on:pointermove=move |event| touch.moved(&event)
            on:pointerup=move |event| touch.up(&event)
            on:pointercancel=move |event| touch.cancelled(&event)
            on:wheel=move |event| touch.wheel(&event)
        >
            {move || shown.get().map(|shown| view! { <Face shown name zoom /> })}
        </div>
        <Beside />
        <ZoomButton zoom can=Signal::derive(move || shown.with(|shown| shown.as_ref().is_some_and(has_picture))) />
        <Prefetch />
    }
}

fn has_picture(shown: &Shown) -> bool {
    shown.preview == Preview::Ready && !shown.thumbnails.is_empty()
}

#[component]
fn Face(shown: Shown, name: Signal<String>, zoom: RwSignal<Zoom>) -> impl IntoView {
    if !has_picture(&shown) {
        let words = if shown.preview == Preview::Processing {
            "This photo is being prepared. It appears by itself."
        } else {
            "No browser shows this kind of file. The original can be downloaded."
        };
        return view! {
            <div class="stage-words">
                <Pictogram icon=icons::FILE />
                <p>{words}</p>
            </div>
        }
        .into_any();
    }
    let Shown { width, height, thumbhash, thumbnails, .. } = shown;
    let image = NodeRef::<Img>::new();
    show_blur(image, thumbhash);
    let ratio = f64::from(width) / f64::from(height.max(1));
    let is_zoomed = Memo::new(move |_| zoom.get().is_zoomed());
    // A picture that is enlarged needs more of it.
    let sizes = move || {
        let times = if is_zoomed.get() { 3.0 } else { 1.0 };
        format!("min({:.0}vw, {:.0}vh)", 100.0 * times, 100.0 * ratio * times)
    };
    // The policy allows styles from scripts only; without one, nothing is enlarged.
    let transform = move || is_zoomed.get().then(|| zoom.get().transform());
    let src = thumbnails.last().map(|one| one.url.clone());
    view! {
        <img
            class="stage-picture"
            node_ref=image
            sizes=sizes
            srcset=words::srcset(&thumbnails)
            src=src
            width=width.to_string()
            height=height.to_string()
            alt=name
            draggable="false"
            style:transform=transform
        />
    }
    .into_any()
}

#[component]
fn Beside() -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let link = move |id: Option<Uuid>, class: &'static str, label: &'static str, icon: Icon| {
        id.map(|id| {
            view! {
                <a
                    class=class
                    href=open.album.photo_address(id)
                    prop:replace=true
                    data-noscroll=""
                    rel=if class.ends_with("next") { "next" } else { "prev" }
                    aria-label=label
                >
                    <Pictogram icon />
                </a>
            }
        })
    };
    view! {
        {move || link(open.neighbours.get().0, "viewer-step viewer-previous", "Previous photo", icons::PREVIOUS)}
        {move || link(open.neighbours.get().1, "viewer-step viewer-next", "Next photo", icons::NEXT)}
    }
}

#[component]
fn ZoomButton(zoom: RwSignal<Zoom>, can: Signal<bool>) -> impl IntoView {
    let zoomed = Memo::new(move |_| zoom.get().is_zoomed());
    let label = move || if zoomed.get() { "Fit to the page" } else { "Zoom in" };
    view! {
        <button
            type="button"
            class="icon-button viewer-zoom"
            hidden=move || !can.get()
            aria-label=label
            aria-pressed=move || if zoomed.get() { "true" } else { "false" }
            on:click=move |_| zoom.set(zoom.get_untracked().toggled_at((0.0, 0.0)))
        >
            {move || {
                view! { <Pictogram icon=if zoomed.get() { icons::ZOOM_OUT } else { icons::ZOOM_IN } /> }
            }}
        </button>
    }
}

/// Loads the pictures beside the shown one, so that they are there when one goes on.
#[component]
fn Prefetch() -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    Effect::new(move || {
        let (previous, next) = open.neighbours.get();
        for id in next.into_iter().chain(previous) {
            let tile = open.album.tiles.with_untracked(|tiles| tiles.iter().find(|tile| tile.id == id).cloned());
            if let Some(tile) = tile {
                let ratio = f64::from(tile.width) / f64::from(tile.height.max(1));
                let sizes = format!("min(100vw, {:.0}vh)", 100.0 * ratio);
                browser::prefetch_picture(&words::srcset(&tile.thumbnails).unwrap_or_default(), &sizes);
            }
        }
    });
}
