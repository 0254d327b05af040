//! Albums and photos, whoever asks: REST or a page.

mod adding;
mod albums;
mod changing;
mod checks;
mod cursor;
mod download;
mod files;
mod photos;
mod purge;
mod sharing;
mod telling;
mod view;

pub(crate) use download::{Original, add_original};

use super::store;
use crate::{access, events::Events, failure::Failure, uploads::service::UploadService};
use async_trait::async_trait;
use db::{Connection, Db};
use domain::{
    ApiError, Viewer,
    albums::{
        AddedPhoto, Album, AlbumChange, AlbumList, AlbumRole, Albums, NewAlbum, NewPhoto, Part, Photo, PhotoChange,
        PhotoList, PhotoSort, PhotoTile, ShareWith, TagCount,
    },
    clock::Clock,
};
use uuid::Uuid;

/// Albums and photos over the database and the object store.
#[derive(Clone, Debug)]
pub(crate) struct AlbumService {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) events: Events,
    pub(crate) uploads: UploadService,
}

impl AlbumService {
    /// What the viewer may do with the album.
    ///
    /// # Errors
    /// `not_found` for whoever does not see it.
    async fn standing(&self, c: &mut Connection, viewer: &Viewer, id: Uuid) -> Result<AlbumRole, Failure> {
        let stored = store::standing(c, id, viewer.account_id).await?;
        Ok(access::sees_album(stored.map(view::role).transpose()?)?)
    }

    /// The same in a transaction that will change it: until its end nobody else does.
    async fn locked(&self, c: &mut Connection, viewer: &Viewer, id: Uuid) -> Result<AlbumRole, Failure> {
        store::lock_album(c, id).await?;
        self.standing(c, viewer, id).await
    }
}

#[async_trait]
impl Albums for AlbumService {
    async fn albums(&self, viewer: &Viewer, part: Part) -> Result<AlbumList, ApiError> {
        Ok(self.list(viewer, part).await?)
    }

    async fn album(&self, viewer: &Viewer, id: Uuid) -> Result<Album, ApiError> {
        Ok(self.find(viewer, id).await?)
    }

    async fn make(&self, viewer: &Viewer, new: NewAlbum) -> Result<Album, ApiError> {
        Ok(self.make_album(viewer, &new).await?)
    }

    async fn change(&self, viewer: &Viewer, id: Uuid, change: AlbumChange) -> Result<Album, ApiError> {
        self.change_album(viewer, id, change).await?;
        Ok(self.find(viewer, id).await?)
    }

    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        Ok(self.delete_album(viewer, id).await?)
    }

    async fn restore(&self, viewer: &Viewer, id: Uuid) -> Result<Album, ApiError> {
        self.restore_album(viewer, id).await?;
        Ok(self.find(viewer, id).await?)
    }

    async fn share(&self, viewer: &Viewer, id: Uuid, with: ShareWith, role: AlbumRole) -> Result<Album, ApiError> {
        self.share_album(viewer, id, &with, role).await?;
        Ok(self.find(viewer, id).await?)
    }

    async fn unshare(&self, viewer: &Viewer, id: Uuid, with: ShareWith) -> Result<(), ApiError> {
        Ok(self.unshare_album(viewer, id, &with).await?)
    }

    async fn photos(&self, viewer: &Viewer, id: Uuid, sort: PhotoSort, part: Part) -> Result<PhotoList, ApiError> {
        Ok(self.album_photos(viewer, id, sort, part).await?)
    }

    async fn tiles(&self, viewer: &Viewer, id: Uuid, sort: PhotoSort) -> Result<Vec<PhotoTile>, ApiError> {
        Ok(self.album_tiles(viewer, id, sort).await?)
    }

    async fn find_photos(&self, viewer: &Viewer, part: Part) -> Result<PhotoList, ApiError> {
        Ok(self.search_photos(viewer, part).await?)
    }

    async fn photo(&self, viewer: &Viewer, id: Uuid) -> Result<Photo, ApiError> {
        Ok(self.one_photo(viewer, id).await?)
    }

    async fn add_photo(&self, viewer: &Viewer, album_id: Uuid, new: NewPhoto) -> Result<AddedPhoto, ApiError> {
        Ok(self.add(viewer, album_id, &new).await?)
    }

    async fn change_photos(
        &self,
        viewer: &Viewer,
        ids: Vec<Uuid>,
        change: PhotoChange,
    ) -> Result<Vec<Photo>, ApiError> {
        Ok(self.change_several(viewer, ids, change).await?)
    }

    async fn delete_photos(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), ApiError> {
        Ok(self.delete_several(viewer, ids).await?)
    }

    async fn restore_photos(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), ApiError> {
        Ok(self.restore_several(viewer, ids).await?)
    }

    async fn move_photos(&self, viewer: &Viewer, ids: Vec<Uuid>, to: Uuid) -> Result<(), ApiError> {
        Ok(self.move_several(viewer, ids, to).await?)
    }

    async fn copy_photos(&self, viewer: &Viewer, ids: Vec<Uuid>, to: Uuid) -> Result<(), ApiError> {
        Ok(self.copy_several(viewer, ids, to).await?)
    }

    async fn tags(&self, viewer: &Viewer, beginning: &str) -> Result<Vec<TagCount>, ApiError> {
        Ok(self.tags_beginning(viewer, beginning).await?)
    }
}

fn no_photo() -> ApiError {
    ApiError::not_found("There is no such photo.")
}
