//! A photo, what is known of it, and changing it.

use crate::{
    FieldError, Timestamp,
    accounts::Person,
    text,
    uploads::{StoredFile, Thumbnail},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest tag, in code points.
pub const TAG_MAX: usize = 50;
/// Most tags of one photo.
pub const TAGS_MAX: usize = 50;

/// What the camera wrote into a photo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exif {
    /// Who made the camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub make: Option<String>,
    /// Which camera.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Which lens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lens: Option<String>,
    /// In seconds, as photographers write it: `1/250`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure_time: Option<String>,
    /// The aperture's number: 2.8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub f_number: Option<f64>,
    /// Sensitivity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso: Option<u32>,
    /// In millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focal_length: Option<f64>,
    /// As the camera's clock showed it, with its offset where the camera knew it: `2026-07-01T09:30:00+02:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<String>,
    /// In degrees, north positive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// In degrees, east positive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// In metres above the sea.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub altitude: Option<f64>,
}

/// Whether a photo can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preview {
    /// Its thumbnails are being made.
    Processing,
    /// They are there.
    Ready,
    /// No decoder here reads it; the original can be downloaded.
    None,
}

/// A photo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Names it.
    pub id: Uuid,
    /// The album that it is in.
    pub album_id: Uuid,
    /// Its title; empty when none was given.
    pub title: String,
    /// What is to be said about it; empty when nothing was written.
    pub description: String,
    /// In alphabetical order.
    pub tags: Vec<String>,
    /// Who added it.
    pub added_by: Person,
    /// Whether the viewer may change and delete it.
    pub may_change: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// When its title, description or tags were last changed.
    pub updated_at: Timestamp,
    /// When it was taken, from the camera's clock, else when it was added: the order of an album by time.
    pub taken_at: Timestamp,
    /// Whether it can be shown.
    pub preview: Preview,
    /// The original and its thumbnails.
    #[serde(flatten)]
    pub file: StoredFile,
    /// What the camera wrote.
    pub exif: Exif,
}

/// The order of photos.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoSort {
    /// By when they were taken, oldest first.
    #[default]
    Taken,
    /// By when they were added, newest first.
    Added,
    /// By title, then file name.
    Title,
}

/// Photos.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhotoList {
    /// The photos.
    pub photos: Vec<Photo>,
    /// Where the list goes on.
    pub next: Option<String>,
}

/// What a gallery must know of each photo to lay all of them out before any is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoTile {
    /// Names it.
    pub id: Uuid,
    /// In pixels, upright; a square where it is not known.
    pub width: u32,
    /// In pixels, upright.
    pub height: u32,
    /// What to show before it is there, as base64 of a thumbhash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbhash: Option<String>,
    /// Its title, or its file name: what it is called in words.
    pub label: String,
    /// Whether it can be shown.
    pub preview: Preview,
    /// Smaller ones, narrowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thumbnails: Vec<Thumbnail>,
}

/// A photo to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPhoto {
    /// A completed upload of the viewer, for the purpose `photo`.
    pub upload_id: Uuid,
    /// At most [`TITLE_MAX`](super::TITLE_MAX) code points in one line.
    #[serde(default)]
    pub title: String,
    /// At most [`DESCRIPTION_MAX`](super::DESCRIPTION_MAX) code points.
    #[serde(default)]
    pub description: String,
    /// At most [`TAGS_MAX`].
    #[serde(default)]
    pub tags: Vec<String>,
}

/// What adding a photo did.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedPhoto {
    /// The photo.
    pub photo: Photo,
    /// False when the album had the same file already: the photo is that one.
    pub created: bool,
}

/// What to change of photos. A field left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoChange {
    /// As for [`NewPhoto`].
    #[serde(default)]
    pub title: Option<String>,
    /// As for [`NewPhoto`].
    #[serde(default)]
    pub description: Option<String>,
    /// All tags, in place of those that there are.
    #[serde(default)]
    pub tags: Option<Vec<String>>,
    /// Tags to add.
    #[serde(default)]
    pub add_tags: Vec<String>,
    /// Tags to take away.
    #[serde(default)]
    pub remove_tags: Vec<String>,
}

/// A tag and how many photos that the viewer sees have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// Photos.
    pub count: i64,
}

/// Tags as they are kept: each one line, in lower case, once, in alphabetical order.
///
/// # Errors
/// The broken rule of `field`.
pub fn checked_tags(field: &str, tags: &[String]) -> Result<Vec<String>, FieldError> {
    let mut kept = Vec::new();
    for tag in tags.iter().filter(|tag| !tag.trim().is_empty()) {
        let tag = text::line(field, tag.trim().trim_start_matches('#'), TAG_MAX)?.to_lowercase();
        if tag.contains(',') {
            return Err(FieldError::body(field, "comma", "A tag has no comma: make two of it."));
        }
        kept.push(tag);
    }
    kept.sort();
    kept.dedup();
    if kept.len() > TAGS_MAX {
        let msg = format!("There are {} tags: leave {TAGS_MAX}.", kept.len());
        return Err(FieldError::body(field, "too_many", msg));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_kept_once_in_order_and_lower_case() {
        let tags = |tags: &[&str]| checked_tags("tags", &tags.iter().map(|tag| (*tag).into()).collect::<Vec<_>>());
        assert_eq!(tags(&["Zoo", " #anatomy ", "zoo", ""]).unwrap(), ["anatomy", "zoo"]);
        assert_eq!(tags(&["a,b"]).unwrap_err().rule, "comma");
        assert_eq!(tags(&[&"x".repeat(TAG_MAX + 1)]).unwrap_err().rule, "too_long");
        let many: Vec<String> = (0..=TAGS_MAX).map(|number| format!("t{number}")).collect();
        assert_eq!(checked_tags("tags", &many).unwrap_err().rule, "too_many");
    }
}
