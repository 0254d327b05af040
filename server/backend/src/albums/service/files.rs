//! The files of photos, as the object store has them.

use super::AlbumService;
use crate::failure::Failure;
use db::Connection;
use domain::{
    Viewer,
    albums::{Exif, Preview},
    uploads::StoredFile,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A photo's file with what is known of its picture.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) file: StoredFile,
    pub(super) preview: Preview,
    pub(super) exif: Exif,
}

/// What a new photo takes from its file.
#[derive(Clone, Debug)]
pub(super) struct Original {
    pub(super) sha256: Vec<u8>,
    pub(super) filename: String,
    pub(super) exif: Exif,
}

/// The pictures of these objects.
pub(super) async fn pictures(_: &mut Connection, _: &[Uuid]) -> Result<HashMap<Uuid, Picture>, Failure> {
    Err(Failure::Broken("there are no files yet"))
}

/// A file that has just become a photo.
pub(super) async fn original(_: &mut Connection, _: Uuid) -> Result<Original, Failure> {
    Err(Failure::Broken("there are no files yet"))
}

impl AlbumService {
    /// The object of a completed upload of the viewer.
    pub(super) async fn take_upload(&self, _: &mut Connection, _: &Viewer, _: Uuid) -> Result<Uuid, Failure> {
        Err(Failure::Broken("there are no files yet"))
    }

    /// Removes objects that nothing refers to.
    pub(super) async fn remove_files(&self, _: &mut Connection, _: &[Uuid]) -> Result<(), Failure> {
        Ok(())
    }
}
