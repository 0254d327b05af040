//! Originals of photos, for an archive.

use super::{AlbumService, checks, no_photo, store};
use crate::{
    archives::{Archive, Interrupted},
    failure::Failure,
    uploads::{service::UploadService, store as uploads},
};
use domain::{Timestamp, Viewer};
use store::{PhotoFilter, PhotoRow};
use uuid::Uuid;

/// A photo that goes into an archive.
#[derive(Debug)]
pub(crate) struct Original {
    pub(crate) object_id: Uuid,
    pub(crate) filename: String,
    pub(crate) taken_at: Timestamp,
}

impl AlbumService {
    /// The album's title, and its photos by when they were taken.
    pub(crate) async fn album_originals(&self, viewer: &Viewer, id: Uuid) -> Result<(String, Vec<Original>), Failure> {
        let mut connection = self.db.read().await?;
        self.standing(&mut connection, viewer, id).await?;
        let (title, _) = store::album_texts(&mut connection, id).await?;
        let filter = PhotoFilter { album_id: Some(id), ..PhotoFilter::default() };
        let rows = store::photos(&mut connection, viewer.account_id, &filter).await?;
        Ok((title, originals(&mut connection, rows).await?))
    }

    /// These photos, by when they were taken.
    pub(crate) async fn several_originals(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<Vec<Original>, Failure> {
        let ids = checks::batch(ids)?;
        let mut connection = self.db.read().await?;
        let filter = PhotoFilter { ids: Some(&ids), ..PhotoFilter::default() };
        let rows = store::photos(&mut connection, viewer.account_id, &filter).await?;
        if rows.len() != ids.len() {
            return Err(no_photo().into());
        }
        originals(&mut connection, rows).await
    }
}

async fn originals(c: &mut db::Connection, rows: Vec<PhotoRow>) -> Result<Vec<Original>, Failure> {
    let objects: Vec<Uuid> = rows.iter().map(|row| row.object_id).collect();
    let mut files = uploads::files(c, &objects).await?;
    let original = |row: PhotoRow| {
        let file = files.remove(&row.object_id)?;
        let taken_at = Timestamp::from_micros(row.taken_at);
        Some(Original { object_id: row.object_id, filename: file.filename, taken_at })
    };
    Ok(rows.into_iter().filter_map(original).collect())
}

/// Puts a file into the archive, byte for byte. One that was deleted meanwhile is left out.
pub(crate) async fn add_original(
    archive: &mut Archive,
    uploads: &UploadService,
    path: &str,
    object_id: Uuid,
    modified: Timestamp,
) -> Result<(), Interrupted> {
    let Some(mut bytes) = uploads.read(object_id).await? else { return Ok(()) };
    let mut file = archive.file(path, modified).await?;
    while let Some(piece) = bytes.next().await {
        let piece = piece.map_err(|_| Failure::Broken("the object store broke a file off"))?;
        file.write(&piece).await?;
    }
    file.finish().await
}
