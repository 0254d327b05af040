//! The picture itself, as large as the page allows, and the ways to those beside it.

use super::OpenPhoto;
use crate::{
    albums::{icons, model::words},
    browser,
    ui::icon::{Icon, Pictogram},
};
use domain::{
    albums::{PhotoTile, Preview},
    uploads::Thumbnail,
};
use leptos::{ev::PointerEvent, html::Canvas, prelude::*};
use uuid::Uuid;

/// So far, in pixels, a finger must go to turn over.
const SWIPE: i32 = 60;

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
) -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let shown = Memo::new(move |_| Shown::of(open));
    let zoomed = RwSignal::new(false);
    Effect::new(move || {
        open.current.track();
        zoomed.set(false);
    });
    let began = StoredValue::new(None::<(i32, i32)>);
    let ended = move |event: &PointerEvent| {
        let Some((x, y)) = began.get_value().filter(|_| event.pointer_type() == "touch") else { return };
        let (across, down) = (event.client_x() - x, event.client_y() - y);
        if zoomed.get_untracked() || across.abs() < SWIPE || across.abs() < 2 * down.abs() {
            return;
        }
        let (previous, next) = open.neighbours.get_untracked();
        if let Some(id) = if across > 0 { previous } else { next } {
            open.go.run(Some(id));
        }
    };
    view! {
        <div
            class="stage"
            data-zoomed=move || zoomed.get().then_some("")
            on:pointerdown=move |event| began.set_value(Some((event.client_x(), event.client_y())))
            on:pointerup=move |event| ended(&event)
            on:dblclick=move |_| zoomed.update(|zoomed| *zoomed = !*zoomed)
        >
            {move || shown.get().map(|shown| view! { <Face shown name zoomed /> })}
        </div>
        <Beside />
        <ZoomButton zoomed can=Signal::derive(move || shown.with(|shown| shown.as_ref().is_some_and(has_picture))) />
        <Prefetch />
    }
}

fn has_picture(shown: &Shown) -> bool {
    shown.preview == Preview::Ready && !shown.thumbnails.is_empty()
}

#[component]
fn Face(shown: Shown, name: Signal<String>, zoomed: RwSignal<bool>) -> impl IntoView {
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
    let canvas = NodeRef::<Canvas>::new();
    let (blur, arrived) = (thumbhash.clone(), RwSignal::new(false));
    Effect::new(move || {
        if let (Some(canvas), Some(hash)) = (canvas.get(), &blur) {
            browser::paint_thumbhash(&canvas, hash);
        }
    });
    let ratio = f64::from(width) / f64::from(height.max(1));
    let sizes = move || {
        let times = if zoomed.get() { 2.0 } else { 1.0 };
        format!("min({:.0}vw, {:.0}vh)", 100.0 * times, 100.0 * ratio * times)
    };
    let src = thumbnails.last().map(|one| one.url.clone());
    view! {
        <div class="stage-picture" data-arrived=move || arrived.get().then_some("")>
            <canvas node_ref=canvas width=width.to_string() height=height.to_string() aria-hidden="true"></canvas>
            <img
                sizes=sizes
                srcset=words::srcset(&thumbnails)
                src=src
                width=width.to_string()
                height=height.to_string()
                alt=name
                on:load=move |_| arrived.set(true)
            />
        </div>
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
fn ZoomButton(zoomed: RwSignal<bool>, can: Signal<bool>) -> impl IntoView {
    let label = move || if zoomed.get() { "Fit to the page" } else { "Zoom in" };
    view! {
        <button
            type="button"
            class="icon-button viewer-zoom"
            hidden=move || !can.get()
            aria-label=label
            aria-pressed=move || if zoomed.get() { "true" } else { "false" }
            on:click=move |_| zoomed.update(|zoomed| *zoomed = !*zoomed)
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
