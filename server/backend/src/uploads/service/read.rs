//! The bytes of files, for archives and for whoever makes something of them.

use super::{Received, UploadService, store};
use crate::failure::Failure;
use aws_sdk_s3::primitives::ByteStream;
use domain::{ApiError, ErrorCode};
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

    /// The whole file; none when it is out of reach. The caller knows that it is not too large.
    pub(crate) async fn read_whole(&self, object_id: Uuid) -> Result<Option<Vec<u8>>, Failure> {
        let row = store::object(&mut self.db.read().await?, object_id).await?;
        match row.filter(|row| row.removed_at.is_none()) {
            Some(row) => Ok(Some(self.objects.whole(&row.place()).await?)),
            None => Ok(None),
        }
    }

    /// The file on this machine's disk, as if its sender had just sent it; none when it is out of reach.
    ///
    /// # Errors
    /// `payload_too_large` when it has more than `limit` bytes.
    pub(crate) async fn fetch(&self, object_id: Uuid, limit: u64) -> Result<Option<Received>, Failure> {
        let row = store::object(&mut self.db.read().await?, object_id).await?;
        let Some(row) = row.filter(|row| row.removed_at.is_none()) else { return Ok(None) };
        if !u64::try_from(row.size).is_ok_and(|size| size <= limit) {
            let detail = format!("The file has {} bytes: choose one of at most {limit}.", row.size);
            return Err(ApiError::new(ErrorCode::PayloadTooLarge, detail).into());
        }
        let mut received = Received::new(row.filename.clone(), row.content_type.clone()).await?;
        let mut stream = self.objects.stream(&row.place()).await?;
        while let Some(piece) = stream.next().await {
            let broken = |_| ApiError::unavailable("The file store stopped to answer. Try again in a moment.");
            received.write(&piece.map_err(broken)?).await?;
        }
        received.finish().await?;
        Ok(Some(received))
    }
}
