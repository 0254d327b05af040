//! A photo that is open: the picture and what is known of it.

pub mod editing;
pub mod facts;
pub mod panel;
pub mod stage;

use super::{
    icons,
    model::words,
    open_album::{OpenAlbum, Opened},
    photo_page::load_in_album,
};
use crate::{
    browser,
    error::Failure,
    ui::{
        icon::{Icon, Pictogram},
        page_title::PageTitle,
        zoom::Zoom,
    },
};
use domain::{
    ErrorCode, Timestamp,
    albums::{Photo, PhotoTile},
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys::Element};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use panel::Panel;
use stage::Stage;
use std::sync::Arc;
use uuid::Uuid;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct OpenPhoto {
    /// The album around it.
    pub album: OpenAlbum,
    /// The photo of the address; what is known of it may still be on its way.
    pub current: Memo<Uuid>,
    /// The photo that was loaded last.
    pub photo: RwSignal<Photo>,
    /// Those beside it.
    neighbours: Memo<(Option<Uuid>, Option<Uuid>)>,
    /// Leads to another photo of the album in place of this one, or back to the album.
    go: Callback<Option<Uuid>>,
    /// The photo that the viewer has sent away: no wonder that it is gone.
    sent_away: StoredValue<Option<Uuid>>,
}

impl OpenPhoto {
    /// The photo of the address, once all is known of it.
    #[must_use]
    pub fn known(self) -> Option<Photo> {
        let current = self.current.get();
        self.photo.with(|photo| (photo.id == current).then(|| photo.clone()))
    }

    /// The photo of the address as the gallery knows it.
    fn tile(self) -> Option<PhotoTile> {
        let current = self.current.get();
        self.album.tiles.with(|tiles| tiles.iter().find(|tile| tile.id == current).cloned())
    }

    /// After the viewer has sent it away: the next one, the one before, or the album.
    pub fn go_on(self) {
        self.sent_away.set_value(Some(self.current.get_untracked()));
        let (previous, next) = self.neighbours.get_untracked();
        self.go.run(next.or(previous));
    }
}

/// The photo with all that can be done with it.
#[component]
pub fn PhotoView(
    /// The photo that the page was opened with.
    photo: Photo,
    /// The album around it, as it was loaded.
    opened: Opened,
    /// The photo of the address.
    id: Memo<Result<Uuid, Failure>>,
    /// Whether one came from the album's own page.
    from_album: bool,
) -> impl IntoView {
    let album = OpenAlbum::of_page();
    // On the server either may be written first, and the browser must find the same however that went.
    if album.album.with_untracked(Option::is_none) {
        album.show(&opened);
    }
    let first = photo.id;
    let current = Memo::new(move |before: Option<&Uuid>| id.get().unwrap_or_else(|_| before.copied().unwrap_or(first)));
    let loaded = Arc::new(opened.tiles.photos.iter().map(|tile| tile.id).collect::<Vec<_>>());
    let neighbours = Memo::new(move |_| {
        let known: Vec<Uuid> = album.tiles.with(|tiles| tiles.iter().map(|tile| tile.id).collect());
        beside(if known.is_empty() { &loaded } else { &known }, current.get())
    });
    let navigate = use_navigate();
    let go = Callback::new(move |to: Option<Uuid>| {
        let address = to.map_or_else(|| album.address(), |id| album.photo_address(id));
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let open =
        OpenPhoto { album, current, photo: RwSignal::new(photo), neighbours, go, sent_away: StoredValue::new(None) };
    provide_context(open);
    follow_address(open);
    leave_when_gone(open);
    let closing = Close { album, from_album };
    let zoom = RwSignal::new(Zoom::default());
    answer_keys(open, closing, zoom);
    let name = Signal::derive(move || {
        let label = open.tile().map(|tile| tile.label);
        label.unwrap_or_else(|| open.photo.with(|photo| words::photo_name(photo).to_owned()))
    });
    let details = RwSignal::new(true);
    view! {
        <PageTitle text=name />
        <div class="viewer-bar">
            <CloseLink open=album from_album />
            <h2 class="viewer-title" dir="auto">
                {name}
            </h2>
            <button
                type="button"
                class="icon-button viewer-details"
                aria-label="Details"
                aria-expanded=move || if details.get() { "true" } else { "false" }
                on:click=move |_| details.update(|details| *details = !*details)
            >
                <Pictogram icon=icons::INFO />
            </button>
        </div>
        <Stage name zoom />
        <div class="viewer-panel" hidden=move || !details.get()>
            <Panel />
        </div>
    }
}

/// The photos before and after one.
fn beside(order: &[Uuid], id: Uuid) -> (Option<Uuid>, Option<Uuid>) {
    let Some(place) = order.iter().position(|one| *one == id) else { return (None, None) };
    (place.checked_sub(1).map(|place| order[place]), order.get(place + 1).copied())
}

/// Loads what is known of the photo of the address, again whenever its album has changed, and remembers it as the place
/// to come back to.
fn follow_address(open: OpenPhoto) {
    let version = Memo::new(move |_| open.album.album.with(|album| album.as_ref().map(|album| album.updated_at)));
    Effect::new(move |before: Option<Option<Timestamp>>| {
        let (id, version) = (open.current.get(), version.get());
        open.album.active.set(Some(id));
        let is_known = before.is_none_or(|before| before == version);
        let is_shown = open.photo.with_untracked(|photo| photo.id == id);
        // One that has just left the album is not there to be loaded.
        let is_gone = !is_known && untrack(|| open.tile()).is_none();
        if !(is_known && is_shown || is_gone) {
            load(open, id);
        }
        version
    });
}

fn load(open: OpenPhoto, id: Uuid) {
    let Ok(album_id) = open.album.id.get_untracked() else { return };
    browser::spawn(async move {
        let loaded = load_in_album(album_id, id).await;
        if open.current.try_get_untracked() != Some(id) {
            return;
        }
        match loaded {
            Ok(photo) => open.photo.maybe_update(|known| {
                let is_new = *known != photo;
                *known = photo;
                is_new
            }),
            // It has left the album, which is said when the gallery knows.
            Err(failure) if failure.code == ErrorCode::NotFound && untrack(|| open.tile()).is_some() => {}
            Err(failure) => open.album.say(failure.detail.clone()),
        }
    });
}

/// Where the photo of the address stands in its album.
#[derive(Clone, Copy)]
struct Place {
    id: Uuid,
    is_here: bool,
    neighbours: (Option<Uuid>, Option<Uuid>),
}

/// When somebody has deleted the photo or moved it away, goes on to one that stood beside it, or to the album.
fn leave_when_gone(open: OpenPhoto) {
    Effect::new(move |before: Option<Place>| {
        let id = open.current.get();
        let is_in_album = |id: Uuid| open.album.tiles.with(|tiles| tiles.iter().any(|tile| tile.id == id));
        let before = before.filter(|before| before.id == id);
        if is_in_album(id) {
            if before.is_none() {
                open.sent_away.set_value(None);
            }
            return Place { id, is_here: true, neighbours: open.neighbours.get_untracked() };
        }
        let neighbours = before.map_or((None, None), |before| before.neighbours);
        let was_here = before.is_some_and(|before| before.is_here);
        if was_here && open.sent_away.get_value() != Some(id) {
            open.album.say("This photo is no longer in the album.");
            let (previous, next) = neighbours;
            open.go.run(next.filter(|id| is_in_album(*id)).or_else(|| previous.filter(|id| is_in_album(*id))));
        }
        Place { id, is_here: false, neighbours }
    });
}

/// The way back to the album.
#[derive(Clone, Copy)]
struct Close {
    album: OpenAlbum,
    from_album: bool,
}

impl Close {
    /// Whether it went back to the page before, which is the album.
    fn went_back(self) -> bool {
        if self.from_album {
            browser::go_back();
        }
        self.from_album
    }
}

/// Arrow keys lead to the photos beside it, Escape to the album, `+`, `-` and `0` zoom, unless something is being written or asked.
fn answer_keys(open: OpenPhoto, closing: Close, zoom: RwSignal<Zoom>) {
    Effect::new(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            let is_plain = !event.alt_key() && !event.ctrl_key() && !event.meta_key() && !event.default_prevented();
            if !is_plain || is_busy(event.target().and_then(|target| target.dyn_into().ok())) {
                return;
            }
            let (previous, next) = open.neighbours.get_untracked();
            match (event.key().as_str(), previous, next) {
                ("ArrowLeft", Some(id), _) | ("ArrowRight", _, Some(id)) => open.go.run(Some(id)),
                ("Escape", ..) => {
                    if !closing.went_back() {
                        open.go.run(None);
                    }
                }
                ("+" | "=", ..) => zoom.set(zoom.get_untracked().by(1.5, (0.0, 0.0))),
                ("-", ..) => zoom.set(zoom.get_untracked().by(1.0 / 1.5, (0.0, 0.0))),
                ("0", ..) => zoom.set(Zoom::default()),
                _ => {}
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Whether keys mean something else where they are pressed.
fn is_busy(target: Option<Element>) -> bool {
    target.is_some_and(|target| matches!(target.closest("input, textarea, select, dialog"), Ok(Some(_))))
}

/// Leads back to the album.
#[component]
pub fn CloseLink(
    /// The album.
    open: OpenAlbum,
    /// Whether one came from its own page.
    from_album: bool,
) -> impl IntoView {
    let closing = Close { album: open, from_album };
    view! {
        <a
            class="icon-button viewer-close"
            href=move || closing.album.address()
            data-noscroll=""
            aria-label="Back to the album"
            on:click=move |event| {
                let is_plain = !event.ctrl_key() && !event.meta_key() && !event.shift_key();
                if is_plain && closing.went_back() {
                    event.prevent_default();
                }
            }
        >
            <Pictogram icon=Icon::X />
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_photos_beside_one() {
        let order: Vec<Uuid> = (0..3).map(Uuid::from_u128).collect();
        assert_eq!(beside(&order, order[0]), (None, Some(order[1])));
        assert_eq!(beside(&order, order[1]), (Some(order[0]), Some(order[2])));
        assert_eq!(beside(&order, order[2]), (Some(order[1]), None));
        assert_eq!(beside(&order, Uuid::from_u128(9)), (None, None));
    }
}
