//! Albums and the photos in them.

use crate::{
    ApiError, FieldError, Timestamp, Viewer,
    accounts::Person,
    text,
    uploads::{StoredFile, Thumbnail},
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest title of an album or a photo, in code points.
pub const TITLE_MAX: usize = 200;
/// Longest description, in code points.
pub const DESCRIPTION_MAX: usize = 4_000;
/// Longest tag, in code points.
pub const TAG_MAX: usize = 50;
/// Most tags of one photo.
pub const TAGS_MAX: usize = 50;
/// Most photos that one call changes, moves, copies, deletes or downloads.
pub const BATCH_MAX: usize = 2_000;
/// Seconds within which deleting can be undone.
pub const UNDO_SECONDS: i64 = 30;

/// What a person may do with an album. Ordered: each may do what the ones before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlbumRole {
    /// Look and download.
    Viewer,
    /// Add photos, and change or delete the ones that they added.
    Editor,
    /// Everything.
    Owner,
}

/// A person with whom an album is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumMember {
    /// Who.
    #[serde(flatten)]
    pub person: Person,
    /// What they may do.
    pub role: AlbumRole,
}

/// A conversation with whose participants an album is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumConversation {
    /// Which.
    pub conversation_id: i64,
    /// Its title, or the names of its people, for the viewer; none for a viewer who is not in it.
    pub title: Option<String>,
    /// What its participants may do.
    pub role: AlbumRole,
}

/// What stands for an album in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumCover {
    /// The photo: the chosen one, or the first.
    pub photo_id: Uuid,
    /// In pixels, upright; of what has no preview, none.
    pub width: Option<u32>,
    /// In pixels, upright; of what has no preview, none.
    pub height: Option<u32>,
    /// What to show before it is there, as base64 of a thumbhash.
    pub thumbhash: Option<String>,
    /// Smaller ones, narrowest first.
    pub thumbnails: Vec<Thumbnail>,
}

/// An album as the viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Album {
    /// Names it.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// What it is about; empty when nothing was written.
    pub description: String,
    /// Whose it is.
    pub owner: Person,
    /// What the viewer may do.
    pub role: AlbumRole,
    /// The picture of it; none while it is empty.
    pub cover: Option<AlbumCover>,
    /// Photos in it.
    pub photo_count: i64,
    /// With whom it is shared, in the order of sharing.
    pub members: Vec<AlbumMember>,
    /// With which conversations it is shared.
    pub conversations: Vec<AlbumConversation>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its title, description, cover or photos were last changed.
    pub updated_at: Timestamp,
}

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

/// A part of a list, by a cursor that an earlier part has told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Words that must all be found; everything without.
    pub query: Option<String>,
    /// Where to go on: [`AlbumList::next`] or [`PhotoList::next`].
    pub after: Option<String>,
    /// 1 to 100.
    pub limit: i64,
}

/// Albums, last changed first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumList {
    /// The albums.
    pub albums: Vec<Album>,
    /// Where the list goes on.
    pub next: Option<String>,
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

/// An album to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAlbum {
    /// 1 to [`TITLE_MAX`] code points in one line.
    pub title: String,
    /// At most [`DESCRIPTION_MAX`] code points.
    #[serde(default)]
    pub description: String,
}

/// What to change of an album. A field left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumChange {
    /// As for [`NewAlbum`].
    #[serde(default)]
    pub title: Option<String>,
    /// As for [`NewAlbum`].
    #[serde(default)]
    pub description: Option<String>,
    /// A photo of the album.
    #[serde(default)]
    pub cover_photo_id: Option<Uuid>,
}

/// A photo to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPhoto {
    /// A completed upload of the viewer, for the purpose `photo`.
    pub upload_id: Uuid,
    /// At most [`TITLE_MAX`] code points in one line.
    #[serde(default)]
    pub title: String,
    /// At most [`DESCRIPTION_MAX`] code points.
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

/// With whom to share an album.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareWith {
    /// A person, by their sub.
    Person(String),
    /// The participants of a conversation of the viewer, whoever they are at the time.
    Conversation(i64),
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

/// Albums and photos. Whatever the viewer may not see is `not_found`; what they see but may not change, `forbidden`.
#[async_trait]
pub trait Albums: Send + Sync {
    /// The albums that the viewer may see, with every word of the query in title or description.
    async fn albums(&self, viewer: &Viewer, part: Part) -> Result<AlbumList, ApiError>;

    /// One album.
    async fn album(&self, viewer: &Viewer, id: Uuid) -> Result<Album, ApiError>;

    /// Makes an album of the viewer.
    ///
    /// # Errors
    /// `validation_failed` naming each broken rule.
    async fn make(&self, viewer: &Viewer, new: NewAlbum) -> Result<Album, ApiError>;

    /// Changes an album of the viewer.
    ///
    /// # Errors
    /// `validation_failed` naming each broken rule, also for a cover of another album.
    async fn change(&self, viewer: &Viewer, id: Uuid, change: AlbumChange) -> Result<Album, ApiError>;

    /// Deletes an album of the viewer with its photos, out of reach at once; its objects go after [`UNDO_SECONDS`].
    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError>;

    /// Takes back the deletion of an album within [`UNDO_SECONDS`].
    async fn restore(&self, viewer: &Viewer, id: Uuid) -> Result<Album, ApiError>;

    /// Shares an album of the viewer, or changes what those with whom it is shared may do.
    ///
    /// # Errors
    /// `validation_failed` for a person that is not registered, the owner, a conversation that the viewer is not in,
    /// or the role of an owner.
    async fn share(&self, viewer: &Viewer, id: Uuid, with: ShareWith, role: AlbumRole) -> Result<Album, ApiError>;

    /// Ends sharing with somebody; anybody ends it for themselves.
    ///
    /// # Errors
    /// `not_found` when it was not shared with them; `conflict` when the owner would leave.
    async fn unshare(&self, viewer: &Viewer, id: Uuid, with: ShareWith) -> Result<(), ApiError>;

    /// Photos of one album.
    ///
    /// # Errors
    /// `validation_failed` for a cursor that is not of this list.
    async fn photos(&self, viewer: &Viewer, id: Uuid, sort: PhotoSort, part: Part) -> Result<PhotoList, ApiError>;

    /// Every photo of one album, as little of each as a gallery needs.
    async fn tiles(&self, viewer: &Viewer, id: Uuid, sort: PhotoSort) -> Result<Vec<PhotoTile>, ApiError>;

    /// Photos of all albums with every word of the query in title, description, tags or file name, newest first.
    async fn find_photos(&self, viewer: &Viewer, part: Part) -> Result<PhotoList, ApiError>;

    /// One photo.
    async fn photo(&self, viewer: &Viewer, id: Uuid) -> Result<Photo, ApiError>;

    /// Adds a photo.
    ///
    /// # Errors
    /// `validation_failed` naming each broken rule, also for an upload that is not complete or has been used.
    async fn add_photo(&self, viewer: &Viewer, album_id: Uuid, new: NewPhoto) -> Result<AddedPhoto, ApiError>;

    /// Changes photos, all or none, and answers with them in the order of the ids.
    ///
    /// # Errors
    /// `validation_failed` naming each broken rule.
    async fn change_photos(&self, viewer: &Viewer, ids: Vec<Uuid>, change: PhotoChange)
    -> Result<Vec<Photo>, ApiError>;

    /// Deletes photos, out of reach at once; their objects go after [`UNDO_SECONDS`].
    async fn delete_photos(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), ApiError>;

    /// Takes back the deletion of photos within [`UNDO_SECONDS`].
    async fn restore_photos(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), ApiError>;

    /// Moves photos to another album that the viewer may add to, with title, description and tags; files that are
    /// there already stay one photo.
    async fn move_photos(&self, viewer: &Viewer, ids: Vec<Uuid>, to: Uuid) -> Result<(), ApiError>;

    /// Puts the same photos into another album as well.
    async fn copy_photos(&self, viewer: &Viewer, ids: Vec<Uuid>, to: Uuid) -> Result<(), ApiError>;

    /// The tags of photos that the viewer sees which begin with `beginning`, the most used first; at most 20.
    async fn tags(&self, viewer: &Viewer, beginning: &str) -> Result<Vec<TagCount>, ApiError>;
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

    #[test]
    fn a_role_may_do_what_lesser_ones_may() {
        assert!(AlbumRole::Owner > AlbumRole::Editor && AlbumRole::Editor > AlbumRole::Viewer);
    }
}
