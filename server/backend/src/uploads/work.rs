//! What is done with files after the request that asked for it.

use super::{
    kind,
    service::UploadService,
    store::{self, ObjectRow},
};
use crate::{clients::objects::Place, failure::Failure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::clock::random_uuid;
use images::Rendered;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest sides of the thumbnails, in pixels.
pub(super) const THUMBNAIL_SIDES: [u32; 3] = [320, 800, 1_600];

/// Payload of jobs about one file.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct ObjectJob {
    pub(crate) object_id: Uuid,
}

/// Payload of [`crate::jobs::DISCARD_UPLOAD`]: bytes that belong to nothing.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Leftover {
    pub(crate) places: Vec<Place>,
    /// The store's name of an upload in parts; empty when there may be one whose name nobody knows.
    pub(crate) multipart_id: Option<String>,
}

impl UploadService {
    /// Deletes bytes that belong to nothing. Again changes nothing.
    pub(crate) async fn discard_leftover(&self, leftover: Leftover) -> Result<(), Failure> {
        let Leftover { places, multipart_id } = leftover;
        if let (Some(place), Some(id)) = (places.first(), &multipart_id) {
            if !id.is_empty() {
                self.objects.abort_parts(place, id).await?;
            }
            self.objects.abort_all_parts(place).await?;
        }
        for place in &places {
            self.objects.delete(place).await?;
        }
        Ok(())
    }

    /// Deletes a file that is out of reach, its thumbnails, and then its row: in this order, so that nothing is left
    /// in the store that no row tells of.
    pub(crate) async fn delete_object(&self, job: ObjectJob) -> Result<(), Failure> {
        let places = store::removed_places(&mut self.db.read().await?, job.object_id).await?;
        for place in &places {
            self.objects.delete(place).await?;
        }
        if !places.is_empty() {
            store::forget_object(&mut self.db.write().await?, job.object_id).await?;
        }
        Ok(())
    }

    /// Makes the thumbnails of a picture and tells those who show it. Again changes nothing.
    pub(crate) async fn make_thumbnails(&self, job: ObjectJob) -> Result<(), Failure> {
        let row = store::object(&mut self.db.read().await?, job.object_id).await?;
        let Some(row) = row.filter(|row| row.removed_at.is_none() && kind::is_picture(&row.content_type)) else {
            return Ok(());
        };
        let turn = self.pictures.turn().await;
        let bytes = self.objects.whole(&row.place()).await?;
        match turn.render(bytes, &THUMBNAIL_SIDES).await? {
            Ok(rendered) => self.keep_thumbnails(&row, rendered).await?,
            Err(error) => {
                // The picture is there all the same; it is shown as it is, or as a file.
                tracing::info!(object = %row.id, cause = %error, "a picture has no thumbnails");
                store::set_thumbhash(&mut self.db.write().await?, row.id, "").await?;
            }
        }
        for listener in self.listeners.get().into_iter().flatten() {
            listener.on_thumbnails(job.object_id).await?;
        }
        Ok(())
    }

    /// Each under a key that depends on the picture alone, so that a second try writes over the first.
    async fn keep_thumbnails(&self, picture: &ObjectRow, rendered: Rendered) -> Result<(), Failure> {
        let Rendered { thumbnails, thumbhash } = rendered;
        let mut rows = Vec::new();
        for thumbnail in thumbnails {
            let side = thumbnail.width.max(thumbnail.height);
            let place = Place { bucket: picture.bucket.clone(), key: format!("{}-{side}", picture.id) };
            let size = i64::try_from(thumbnail.bytes.len()).unwrap_or(i64::MAX);
            self.objects.put(&place, thumbnail.content_type, thumbnail.bytes).await?;
            let sides = (i64::from(thumbnail.width), i64::from(thumbnail.height));
            rows.push((place, thumbnail.content_type, size, sides));
        }
        let mut transaction = self.db.begin().await?;
        for (place, content_type, size, sides) in &rows {
            let row = store::NewThumbnail {
                id: random_uuid(),
                parent_id: picture.id,
                key: &place.key,
                content_type,
                size: *size,
                sides: *sides,
                created_at: self.clock.now(),
            };
            store::insert_thumbnail(&mut transaction, &row).await?;
        }
        let is_there = store::set_thumbhash(&mut transaction, picture.id, &STANDARD.encode(thumbhash)).await?;
        transaction.commit().await?;
        if !is_there {
            // It was removed while its thumbnails were made; nothing else would find them.
            for (place, ..) in &rows {
                self.objects.delete(place).await?;
            }
        }
        Ok(())
    }
}
