//! The album that is open: what its gallery and the photo above it share.

use super::{
    live::Throttle,
    model::{Selection, Tiles, words},
    paths,
};
use crate::{error::Failure, ui::toast::Toasts};
use domain::albums::{Album, AlbumRole, PhotoSort, PhotoTile};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// An album with its first photos.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The album.
    pub album: Album,
    /// The first photos of its gallery.
    pub tiles: Tiles,
}

/// The album of this page. It lives as long as the album is open, whatever stands above it.
#[derive(Clone, Copy)]
pub struct OpenAlbum {
    /// As the address names it.
    pub id: Memo<Result<Uuid, Failure>>,
    /// In which order.
    pub sort: Memo<PhotoSort>,
    /// What was loaded at first.
    pub opened: Resource<Result<Opened, Failure>>,
    /// What is known of it now.
    pub album: RwSignal<Option<Album>>,
    /// Its photos as far as they are known now, in order.
    pub tiles: RwSignal<Arc<Vec<PhotoTile>>>,
    /// Those that are chosen.
    pub selection: RwSignal<Selection>,
    /// The photo to which the keyboard returns.
    pub active: RwSignal<Option<Uuid>>,
    /// When it is loaded again.
    pub reloads: Throttle,
    toasts: Option<Toasts>,
}

impl OpenAlbum {
    /// For the album of the address.
    pub fn new(
        id: Memo<Result<Uuid, Failure>>,
        sort: Memo<PhotoSort>,
        opened: Resource<Result<Opened, Failure>>,
    ) -> Self {
        Self {
            id,
            sort,
            opened,
            album: RwSignal::new(None),
            tiles: RwSignal::new(Arc::default()),
            selection: RwSignal::new(Selection::default()),
            active: RwSignal::new(None),
            reloads: Throttle::new(),
            toasts: Toasts::of_app(),
        }
    }

    /// That of the page around this component.
    #[must_use]
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Says what was done or why not.
    pub fn say(self, text: impl Into<String>) {
        if let Some(toasts) = self.toasts {
            toasts.say(text);
        }
    }

    /// Says what was done and offers the way back.
    pub fn offer_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        if let Some(toasts) = self.toasts {
            toasts.offer_undo(text, undo);
        }
    }

    /// Whether the viewer may add photos.
    #[must_use]
    pub fn may_add(self) -> bool {
        self.album.with(|album| album.as_ref().is_some_and(|album| album.role >= AlbumRole::Editor))
    }

    /// Whether it is the viewer's own.
    #[must_use]
    pub fn is_mine(self) -> bool {
        self.album.with(|album| album.as_ref().is_some_and(|album| album.role == AlbumRole::Owner))
    }

    /// The ids of the photos, in order.
    #[must_use]
    pub fn order(self) -> Vec<Uuid> {
        self.tiles.with_untracked(|tiles| tiles.iter().map(|tile| tile.id).collect())
    }

    /// The chosen photos, in order.
    #[must_use]
    pub fn chosen(self) -> Vec<Uuid> {
        let order = self.order();
        self.selection.with_untracked(|selection| selection.in_order(&order))
    }

    /// The album's own part of addresses: its order, unless it is the usual one.
    #[must_use]
    pub fn query(self) -> String {
        match self.sort.get_untracked() {
            PhotoSort::Taken => String::new(),
            other => format!("?sort={}", words::sort_word(other)),
        }
    }

    /// The address of the album as it is open.
    #[must_use]
    pub fn address(self) -> String {
        let id = self.id.get_untracked().unwrap_or_default();
        format!("{}{}", paths::album(id), self.query())
    }

    /// The address of one of its photos.
    #[must_use]
    pub fn photo_address(self, photo_id: Uuid) -> String {
        paths::photo(self.id.get_untracked().unwrap_or_default(), photo_id, &self.query())
    }

    /// Shows what was loaded.
    pub fn show(self, opened: &Opened) {
        self.album.set(Some(opened.album.clone()));
        self.show_tiles(opened.tiles.photos.clone());
    }

    /// Shows these photos, and forgets those that are gone.
    pub fn show_tiles(self, photos: Vec<PhotoTile>) {
        let order: Vec<Uuid> = photos.iter().map(|tile| tile.id).collect();
        self.tiles.set(Arc::new(photos));
        self.selection.maybe_update(|selection| {
            let before = selection.len();
            selection.keep_only(&order);
            selection.len() != before
        });
    }

    /// Takes photos out of the gallery before the server has said anything.
    pub fn hide(self, ids: &[Uuid]) {
        let left =
            self.tiles.with_untracked(|tiles| tiles.iter().filter(|tile| !ids.contains(&tile.id)).cloned().collect());
        self.show_tiles(left);
        self.album.update(|album| {
            if let Some(album) = album {
                album.photo_count -= i64::try_from(ids.len()).unwrap_or_default();
            }
        });
    }
}
