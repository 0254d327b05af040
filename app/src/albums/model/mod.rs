//! What the pages about albums work out without a page.

pub mod exif;
pub mod layout;
pub mod months;
pub mod selection;
pub mod tags;
pub mod words;

pub use layout::{Layout, Place, Step};
pub use selection::Selection;

use domain::albums::PhotoTile;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the form of a photo was given, as it is written there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPhoto {
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// What was said about it.
    #[serde(default)]
    pub description: String,
    /// Its tags, with commas between them.
    #[serde(default)]
    pub tags: String,
}

/// An album's photos as its gallery knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiles {
    /// The first ones, or all.
    pub photos: Vec<PhotoTile>,
    /// Whether there are more.
    pub more: bool,
}

impl Tiles {
    /// At most so many of these.
    #[must_use]
    pub fn new(mut photos: Vec<PhotoTile>, limit: usize) -> Self {
        let more = photos.len() > limit;
        photos.truncate(limit);
        Self { photos, more }
    }
}

/// What became of an upload that was put into an album.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The photo.
    pub id: Uuid,
    /// False when the album had the same file already.
    pub created: bool,
}
