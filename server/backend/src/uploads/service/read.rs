//! The bytes of files, for archives.

use super::{UploadService, store};
use crate::failure::Failure;
use aws_sdk_s3::primitives::ByteStream;
use uuid::Uuid;

impl UploadService {
    /// The file, piece by piece; none when it is out of reach. Whether somebody may see it is up to the caller.
    pub(crate) async fn read(&self, object_id: Uuid) -> Result<Option<ByteStream>, Failure> {
        let row = store::object(&mut self.db.read().await?, object_id).await?;
        match row.filter(|row| row.removed_at.is_none()) {
            Some(row) => Ok(Some(self.objects.stream(&row.place()).await?)),
            None => Ok(None),
        }
    }
}
