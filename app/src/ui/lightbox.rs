//! Pictures in full, one at a time, above the page.

use super::{
    icon::{Icon, Pictogram},
    thumbhash,
    zoom::{Point, Zoom},
};
use domain::uploads::{StoredFile, Thumbnail};
use leptos::{
    ev::{KeyboardEvent, PointerEvent, WheelEvent},
    html::{Dialog, Div},
    prelude::*,
};
use std::sync::Arc;

const PREVIOUS: Icon = Icon::Drawn(r#"<path d="m15 18-6-6 6-6"/>"#);
const NEXT: Icon = Icon::Drawn(r#"<path d="m9 18 6-6-6-6"/>"#);
const DOWNLOAD: Icon = Icon::Drawn(
    r#"<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>"#,
);
/// A swipe is at least so long, in CSS pixels.
const SWIPE: f64 = 60.0;
/// Two taps within this time and distance are one double tap.
const TAPS_MILLIS: f64 = 300.0;
const TAPS_APART: f64 = 30.0;

/// A picture that can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Names it among all of them.
    pub id: String,
    /// The address of the whole.
    pub url: String,
    /// What it is called.
    pub name: String,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// Smaller ones.
    pub thumbnails: Vec<Thumbnail>,
    /// What to show before it is there.
    pub thumbhash: Option<String>,
    /// What is said about it.
    pub caption: String,
}

impl Picture {
    /// A file that is one.
    #[must_use]
    pub fn of(file: &StoredFile, caption: String) -> Self {
        Self {
            id: file.object_id.to_string(),
            url: file.url.clone(),
            name: file.filename.clone(),
            width: file.width,
            height: file.height,
            thumbnails: file.thumbnails.clone(),
            thumbhash: file.thumbhash.clone(),
            caption,
        }
    }
}

/// What a browser chooses among: each smaller picture with its width.
#[must_use]
pub fn sources(thumbnails: &[Thumbnail]) -> Option<String> {
    let source = |thumbnail: &Thumbnail| format!("{} {}w", thumbnail.url, thumbnail.width);
    let sources: Vec<String> = thumbnails.iter().map(source).collect();
    (!sources.is_empty()).then(|| sources.join(", "))
}

/// The address at which a file is saved rather than shown.
#[must_use]
pub fn download_address(url: &str) -> String {
    format!("{url}?download=1")
}

/// What stands beside a picture, such as what its camera noted.
pub type Aside = Arc<dyn Fn(Picture) -> AnyView + Send + Sync>;

/// Shows the picture whose id is in `shown`. Arrow keys, Home, End and swipes go to others, Escape closes and gives the
/// focus back; pinch, double tap, Ctrl and wheel, `+`, `-` and `0` zoom.
#[component]
pub fn Lightbox(
    /// All that can be gone through, in order.
    #[prop(into)]
    pictures: Signal<Vec<Picture>>,
    /// The one that is shown; none closes.
    shown: RwSignal<Option<String>>,
    /// What stands beside it.
    #[prop(optional)]
    aside: Option<Aside>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let picture = Memo::new(move |_| {
        let id = shown.get()?;
        pictures.with(|pictures| pictures.iter().find(|picture| picture.id == id).cloned())
    });
    let is_open = Memo::new(move |_| picture.with(Option::is_some));
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match (is_open.get(), dialog.open()) {
            // Fails only when the dialog has left the page meanwhile.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let walk = Walk { pictures, shown, zoom: RwSignal::new(Zoom::default()) };
    view! {
        <dialog
            class="lightbox"
            node_ref=dialog
            aria-label="Picture"
            on:close=move |_| {
                if shown.get_untracked().is_some() {
                    shown.set(None);
                }
            }
            on:keydown=move |event| walk.pressed(&event)
        >
            {move || {
                picture
                    .get()
                    .map(|picture| {
                        let beside = aside.as_ref().map(|aside| view! { <aside>{aside(picture.clone())}</aside> });
                        view! {
                            <Bar picture=picture.clone() walk />
                            <Stage picture=picture.clone() walk />
                            {(!picture.caption.is_empty())
                                .then(|| {
                                    view! {
                                        <p class="lightbox-caption" dir="auto">
                                            {picture.caption}
                                        </p>
                                    }
                                })}
                            {beside}
                        }
                    })
            }}
        </dialog>
    }
}

/// The way through the pictures.
#[derive(Clone, Copy)]
struct Walk {
    pictures: Signal<Vec<Picture>>,
    shown: RwSignal<Option<String>>,
    zoom: RwSignal<Zoom>,
}

impl Walk {
    fn place(self) -> Option<(usize, usize)> {
        let id = self.shown.get()?;
        self.pictures.with(|pictures| {
            let place = pictures.iter().position(|picture| picture.id == id)?;
            Some((place, pictures.len()))
        })
    }

    fn go(self, step: impl Fn(usize, usize) -> Option<usize>) {
        let Some((place, count)) = untrack(|| self.place()) else { return };
        let next = step(place, count).filter(|next| *next < count);
        let id = next.and_then(|next| self.pictures.with_untracked(|all| all.get(next).map(|one| one.id.clone())));
        if id.is_some() {
            self.shown.set(id);
        }
    }

    fn previous(self) {
        self.go(|place, _| place.checked_sub(1));
    }

    fn next(self) {
        self.go(|place, _| Some(place + 1));
    }

    fn enlarge(self, factor: f64) {
        self.zoom.set(self.zoom.get_untracked().by(factor, (0.0, 0.0)));
    }

    fn pressed(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowLeft" => self.previous(),
            "ArrowRight" => self.next(),
            "Home" => self.go(|_, _| Some(0)),
            "End" => self.go(|_, count| count.checked_sub(1)),
            "+" | "=" => self.enlarge(1.5),
            "-" => self.enlarge(1.0 / 1.5),
            "0" => self.zoom.set(Zoom::default()),
            _ => return,
        }
        event.prevent_default();
    }
}

/// Name and place, download and close.
#[component]
fn Bar(picture: Picture, walk: Walk) -> impl IntoView {
    let place = move || walk.place().map(|(place, count)| format!("{} of {count}", place + 1));
    view! {
        <header class="lightbox-bar">
            <p class="lightbox-name" role="status">
                <span dir="auto">{picture.name}</span>
                <span class="lightbox-place">{place}</span>
            </p>
            <a
                class="icon-button"
                href=download_address(&picture.url)
                rel="external"
                download=""
                title="Download"
                aria-label="Download"
            >
                <Pictogram icon=DOWNLOAD />
            </a>
            <button
                type="button"
                class="icon-button"
                title="Close (Esc)"
                aria-label="Close"
                autofocus
                on:click=move |_| walk.shown.set(None)
            >
                <Pictogram icon=Icon::X />
            </button>
        </header>
    }
}

/// The picture and what fingers do with it.
#[component]
fn Stage(picture: Picture, walk: Walk) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    walk.zoom.set(Zoom::default());
    let touch = Touch { frame, zoom: walk.zoom, fingers: RwSignal::new(Vec::new()), walk };
    let last_tap = StoredValue::new((f64::MIN, (0.0, 0.0)));
    let start = StoredValue::new((0.0, 0.0));
    let (has_previous, has_next) = (
        move || walk.place().is_some_and(|(place, _)| place > 0),
        move || walk.place().is_some_and(|(place, count)| place + 1 < count),
    );
    let arrow = move |class: &'static str, label: &'static str, icon: Icon, go: fn(Walk)| {
        view! {
            <button type="button" class=class title=label aria-label=label on:click=move |_| go(walk)>
                <Pictogram icon />
            </button>
        }
    };
    let placeholder = picture.thumbhash.as_deref().and_then(thumbhash::data_address);
    view! {
        <div
            class="lightbox-stage"
            node_ref=frame
            on:pointerdown=move |event| {
                start.set_value((f64::from(event.client_x()), f64::from(event.client_y())));
                touch.down(&event);
            }
            on:pointermove=move |event| touch.moved(&event)
            on:pointerup=move |event| {
                let was_alone = touch.up(&event);
                if was_alone {
                    touch.ended(&event, start.get_value(), last_tap);
                }
            }
            on:pointercancel=move |event| {
                touch.up(&event);
            }
            on:wheel=move |event| touch.wheel(&event)
        >
            <img
                class="lightbox-picture"
                src=picture.url
                alt=picture.name
                width=picture.width
                height=picture.height
                draggable="false"
                style:transform=move || touch.zoom.get().transform()
                style:background-image=placeholder.map(|address| format!("url({address})"))
            />
            {move || has_previous().then(|| arrow("lightbox-step", "Previous picture", PREVIOUS, Walk::previous))}
            {move || has_next().then(|| arrow("lightbox-step lightbox-next", "Next picture", NEXT, Walk::next))}
        </div>
    }
}

/// What fingers, mouse and wheel do.
#[derive(Clone, Copy)]
struct Touch {
    frame: NodeRef<Div>,
    zoom: RwSignal<Zoom>,
    fingers: RwSignal<Vec<(i32, Point)>>,
    walk: Walk,
}

impl Touch {
    /// Where something is, from the middle of the frame.
    fn point(self, x: i32, y: i32) -> Point {
        let Some(frame) = self.frame.get_untracked() else { return (0.0, 0.0) };
        let middle_x = f64::from(frame.offset_left()) + f64::from(frame.offset_width()) / 2.0;
        let middle_y = f64::from(frame.offset_top()) + f64::from(frame.offset_height()) / 2.0;
        (f64::from(x) - middle_x, f64::from(y) - middle_y)
    }

    fn set(self, zoom: Zoom) {
        let size = self.frame.get_untracked().map(|frame| (frame.offset_width(), frame.offset_height()));
        let (width, height) = size.unwrap_or_default();
        self.zoom.set(zoom.within((f64::from(width), f64::from(height))));
    }

    fn down(self, event: &PointerEvent) {
        let point = self.point(event.client_x(), event.client_y());
        self.fingers.update_untracked(|fingers| fingers.push((event.pointer_id(), point)));
    }

    fn moved(self, event: &PointerEvent) {
        let point = self.point(event.client_x(), event.client_y());
        let mut fingers = self.fingers.get_untracked();
        let Some(finger) = fingers.iter_mut().find(|(id, _)| *id == event.pointer_id()) else { return };
        let before = std::mem::replace(&mut finger.1, point);
        let zoom = self.zoom.get_untracked();
        match fingers.as_slice() {
            [_] if zoom.is_zoomed() => self.set(zoom.moved(point.0 - before.0, point.1 - before.1)),
            [one, other] => {
                let still = if one.0 == event.pointer_id() { other.1 } else { one.1 };
                self.set(zoom.pinched((before, still), (point, still)));
            }
            _ => {}
        }
        self.fingers.update_untracked(|kept| *kept = fingers);
    }

    /// A finger has gone; says whether it was the only one.
    fn up(self, event: &PointerEvent) -> bool {
        let before = self.fingers.get_untracked();
        self.fingers.update_untracked(|fingers| fingers.retain(|(id, _)| *id != event.pointer_id()));
        before.len() == 1
    }

    fn ended(self, event: &PointerEvent, start: Point, last_tap: StoredValue<(f64, Point)>) {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (right, down) = (x - start.0, y - start.1);
        let point = self.point(event.client_x(), event.client_y());
        if right.hypot(down) < TAPS_APART / 3.0 {
            let (at, place) = last_tap.get_value();
            let is_second =
                event.time_stamp() - at < TAPS_MILLIS && (point.0 - place.0).hypot(point.1 - place.1) < TAPS_APART;
            if is_second {
                self.set(self.zoom.get_untracked().toggled_at(point));
            }
            last_tap.set_value(if is_second { (f64::MIN, point) } else { (event.time_stamp(), point) });
        } else if !self.zoom.get_untracked().is_zoomed() && right.abs() > SWIPE && right.abs() > 2.0 * down.abs() {
            if right > 0.0 { self.walk.previous() } else { self.walk.next() }
        }
    }

    fn wheel(self, event: &WheelEvent) {
        if event.ctrl_key() {
            event.prevent_default();
            let point = self.point(event.client_x(), event.client_y());
            self.set(self.zoom.get_untracked().by((-event.delta_y() / 200.0).exp(), point));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_chooses_by_width() {
        let thumbnail = |width: u32| Thumbnail { width, height: 10, url: format!("/media/x/{width}") };
        assert_eq!(sources(&[thumbnail(320), thumbnail(640)]).as_deref(), Some("/media/x/320 320w, /media/x/640 640w"));
        assert_eq!(sources(&[]), None);
    }
}
