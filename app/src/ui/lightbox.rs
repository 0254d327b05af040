//! Pictures in full, one at a time, above the page.

use super::{
    icon::{Icon, Pictogram},
    thumbhash,
    touch::{Touch, Turn},
    zoom::Zoom,
};
use domain::uploads::{StoredFile, Thumbnail};
use leptos::{
    ev::KeyboardEvent,
    html::{Dialog, Div},
    prelude::*,
};

const PREVIOUS: Icon = Icon::Drawn(r#"<path d="m15 18-6-6 6-6"/>"#);
const NEXT: Icon = Icon::Drawn(r#"<path d="m9 18 6-6-6-6"/>"#);
const DOWNLOAD: Icon = Icon::Drawn(
    r#"<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>"#,
);

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

/// Shows the picture whose id is in `shown`. Arrow keys, Home, End and swipes go to others, Escape closes and gives the
/// focus back; pinch, double tap, Ctrl and wheel, `+`, `-` and `0` zoom.
#[component]
pub fn Lightbox(
    /// All that can be gone through, in order.
    #[prop(into)]
    pictures: Signal<Vec<Picture>>,
    /// The one that is shown; none closes.
    shown: RwSignal<Option<String>>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let picture = Memo::new(move |_| {
        let id = shown.get()?;
        pictures.with(|pictures| pictures.iter().find(|picture| picture.id == id).cloned())
    });
    let id = Memo::new(move |_| picture.with(|picture| picture.as_ref().map(|picture| picture.id.clone())));
    let is_open = Memo::new(move |_| id.with(Option::is_some));
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
            {move || id.get().and_then(|_| picture.get_untracked()).map(|first| view! { <Face first picture walk /> })}
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

/// One picture, as long as it is the one that is shown: what is told of it meanwhile, such as its smaller pictures or
/// its changed text, leaves zoom, fingers and focus alone.
#[component]
fn Face(first: Picture, picture: Memo<Option<Picture>>, walk: Walk) -> impl IntoView {
    let picture = Memo::new(move |last: Option<&Picture>| {
        let last = last.unwrap_or(&first);
        picture.get().filter(|picture| picture.id == last.id).unwrap_or_else(|| last.clone())
    });
    let caption = Memo::new(move |_| picture.with(|picture| picture.caption.clone()));
    view! {
        <Bar picture walk />
        <Stage picture walk />
        {move || {
            Some(caption.get())
                .filter(|caption| !caption.is_empty())
                .map(|caption| {
                    view! {
                        <p class="lightbox-caption" dir="auto">
                            {caption}
                        </p>
                    }
                })
        }}
    }
}

/// Name and place, download and close.
#[component]
fn Bar(picture: Memo<Picture>, walk: Walk) -> impl IntoView {
    let place = move || walk.place().map(|(place, count)| format!("{} of {count}", place + 1));
    view! {
        <header class="lightbox-bar">
            <p class="lightbox-name" role="status">
                <span dir="auto">{move || picture.with(|picture| picture.name.clone())}</span>
                <span class="lightbox-place">{place}</span>
            </p>
            <a
                class="icon-button"
                href=move || picture.with(|picture| download_address(&picture.url))
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
fn Stage(picture: Memo<Picture>, walk: Walk) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    walk.zoom.set(Zoom::default());
    let turn = Callback::new(move |turn| match turn {
        Turn::Previous => walk.previous(),
        Turn::Next => walk.next(),
    });
    let touch = Touch::new(frame, walk.zoom, turn);
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
    let placeholder = move || picture.with(|picture| picture.thumbhash.as_deref().and_then(thumbhash::data_address));
    view! {
        <div
            class="lightbox-stage"
            node_ref=frame
            on:pointerdown=move |event| touch.down(&event)
            on:pointermove=move |event| touch.moved(&event)
            on:pointerup=move |event| touch.up(&event)
            on:pointercancel=move |event| touch.cancelled(&event)
            on:wheel=move |event| touch.wheel(&event)
        >
            <img
                class="lightbox-picture"
                src=move || picture.with(|picture| picture.url.clone())
                alt=move || picture.with(|picture| picture.name.clone())
                width=move || picture.with(|picture| picture.width)
                height=move || picture.with(|picture| picture.height)
                draggable="false"
                style:transform=move || walk.zoom.get().transform()
                style:background-image=move || placeholder().map(|address| format!("url({address})"))
            />
            {move || has_previous().then(|| arrow("lightbox-step", "Previous picture", PREVIOUS, Walk::previous))}
            {move || has_next().then(|| arrow("lightbox-step lightbox-next", "Next picture", NEXT, Walk::next))}
        </div>
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
