//! Albums and the photos in them.

mod album;
mod photo;

pub use album::{
    Album, AlbumChange, AlbumConversation, AlbumCover, AlbumList, AlbumMember, AlbumRole, NewAlbum, ShareWith,
};
pub use photo::{
    AddedPhoto, Exif, NewPhoto, Photo, PhotoChange, PhotoList, PhotoSort, PhotoTile, Preview, TAG_MAX, TAGS_MAX,
    TagCount, checked_tags,
};

use crate::{ApiError, Viewer};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest title of an album or a photo, in code points.
pub const TITLE_MAX: usize = 200;
/// Longest description, in code points.
pub const DESCRIPTION_MAX: usize = 4_000;
/// Most photos that one call changes, moves, copies, deletes or downloads.
pub const BATCH_MAX: usize = 2_000;
/// Most albums that one conversation has.
pub const CONVERSATION_ALBUMS_MAX: usize = 100;
/// Seconds within which deleting can be undone.
pub const UNDO_SECONDS: i64 = 30;

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
