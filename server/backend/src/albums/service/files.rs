//! The files of photos, as the object store has them.

use super::{AlbumService, store};
use crate::{
    failure::Failure,
    uploads::{service::Taken, store as uploads},
};
use db::Connection;
use domain::{
    Viewer,
    albums::{Exif, Preview},
    uploads::{StoredFile, UploadPurpose},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Kinds of pictures of which thumbnails are made.
const RENDERED: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// A photo's file and whether it can be shown.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) file: StoredFile,
    pub(super) preview: Preview,
}

/// What a new photo takes from its file.
#[derive(Clone, Debug)]
pub(super) struct Original {
    pub(super) sha256: String,
    pub(super) filename: String,
    pub(super) exif: Exif,
}

/// The pictures of these objects.
pub(super) async fn pictures(c: &mut Connection, objects: &[Uuid]) -> Result<HashMap<Uuid, Picture>, Failure> {
    let files = uploads::files(c, objects).await?;
    let mut pictures: HashMap<Uuid, Picture> =
        files.into_iter().map(|(id, file)| (id, Picture { preview: preview(&file), file })).collect();
    let is_coming = |(id, picture): (&Uuid, &Picture)| (picture.preview == Preview::Processing).then_some(*id);
    let coming: Vec<Uuid> = pictures.iter().filter_map(is_coming).collect();
    for id in uploads::unrenderable(c, &coming).await? {
        if let Some(picture) = pictures.get_mut(&id) {
            picture.preview = Preview::None;
        }
    }
    Ok(pictures)
}

fn preview(file: &StoredFile) -> Preview {
    if !file.thumbnails.is_empty() {
        return Preview::Ready;
    }
    let is_coming = file.width.is_some() && RENDERED.contains(&file.content_type.as_str());
    if is_coming { Preview::Processing } else { Preview::None }
}

/// What cameras wrote into these objects.
pub(super) async fn exif_of(c: &mut Connection, objects: &[Uuid]) -> Result<HashMap<Uuid, Exif>, Failure> {
    let rows = store::exif_of(c, objects).await?;
    rows.into_iter().map(|(id, json)| Ok((id, exif(&json)?))).collect()
}

fn exif(json: &str) -> Result<Exif, Failure> {
    serde_json::from_str(json).map_err(|_| Failure::Broken("stored EXIF cannot be read"))
}

/// A file that is about to become a photo.
pub(super) async fn original(c: &mut Connection, object_id: Uuid) -> Result<Original, Failure> {
    let row = store::original(c, object_id).await?;
    Ok(Original {
        // Without a checksum it is like no other.
        sha256: row.sha256.unwrap_or_else(|| object_id.to_string()),
        filename: row.filename,
        exif: row.exif.as_deref().map(exif).transpose()?.unwrap_or_default(),
    })
}

impl AlbumService {
    /// The object of a completed upload of the viewer, and the photo of the album that was made of it before.
    ///
    /// # Errors
    /// `validation_failed` for an upload that is not complete or has been used for something else.
    pub(super) async fn take_upload(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        album_id: Uuid,
        upload_id: Uuid,
    ) -> Result<(Uuid, Option<Uuid>), Failure> {
        match self.uploads.take_once(c, viewer, upload_id, UploadPurpose::Photo).await? {
            Taken::Now(object_id) => Ok((object_id, None)),
            Taken::Before(object_id) => match store::photo_by_object(c, album_id, object_id).await? {
                Some(photo) => Ok((object_id, Some(photo))),
                None => Ok((self.uploads.take(c, viewer, upload_id, UploadPurpose::Photo).await?, None)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::uploads::Thumbnail;

    #[test]
    fn a_preview_is_there_or_coming_or_will_never_be() {
        let file = |content_type: &str, width, thumbnails| StoredFile {
            object_id: Uuid::nil(),
            filename: "a".into(),
            content_type: content_type.into(),
            size: 1,
            width,
            height: width,
            url: String::new(),
            thumbhash: None,
            thumbnails,
        };
        let thumbnail = Thumbnail { width: 1, height: 1, url: String::new() };
        assert_eq!(preview(&file("image/jpeg", Some(1), vec![thumbnail])), Preview::Ready);
        assert_eq!(preview(&file("image/jpeg", Some(1), Vec::new())), Preview::Processing);
        assert_eq!(preview(&file("image/heic", Some(1), Vec::new())), Preview::None);
        assert_eq!(preview(&file("image/png", None, Vec::new())), Preview::None);
    }
}
