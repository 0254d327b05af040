//! Uploads, whoever asks: REST or a page.

mod check;
mod checksums;
mod complete;
mod discard;
mod media;
mod read;
mod receive;
mod start;
mod take;
#[cfg(test)]
mod take_tests;

pub(super) use media::Asked;
pub(crate) use receive::Received;
pub(crate) use take::Taken;

use super::{
    pictures::Pictures,
    store::{self, UploadRow},
};
use crate::{
    clients::objects::{Head, Objects, PartsError, Place, sign},
    failure::Failure,
    jobs::Jobs,
    settings::{Buckets, UploadSettings},
};
use async_trait::async_trait;
use checksums::PartChecksums;
use db::Db;
use domain::{
    ApiError, ErrorCode, Timestamp, Viewer,
    clock::Clock,
    uploads::{
        CompletedPart, NewUpload, PART_SIZE, PartChecksum, ReceivedPart, SIGNED_PUT_SECONDS, SINGLE_PUT_MAX, SignedGet,
        SignedPart, Transfer, Upload, UploadPurpose, UploadStatus, Uploads,
    },
};
use std::sync::{Arc, OnceLock};
use tokio::sync::{Mutex, MutexGuard};
use uuid::Uuid;

/// Uploads that are completed at the same time without waiting for one another, about.
const LOCKS: usize = 64;

/// Hears of thumbnails, so that whoever shows a picture can show them.
#[async_trait]
pub(crate) trait PictureListener: std::fmt::Debug + Send + Sync {
    /// The picture has its thumbnails and thumbhash. May come more than once.
    async fn on_thumbnails(&self, object_id: Uuid) -> Result<(), Failure>;
}

/// Uploads and files over the database and the object store. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct UploadService {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) jobs: Jobs,
    pub(super) objects: Objects,
    pub(super) settings: UploadSettings,
    pub(super) buckets: Buckets,
    pub(super) pictures: Pictures,
    pub(super) listeners: Arc<OnceLock<Vec<Arc<dyn PictureListener>>>>,
    busy: Arc<Vec<Mutex<()>>>,
}

impl UploadService {
    pub(crate) fn new(
        db: Db,
        clock: Clock,
        jobs: Jobs,
        objects: Objects,
        settings: UploadSettings,
        buckets: Buckets,
    ) -> Self {
        let busy = Arc::new((0..LOCKS).map(|_| Mutex::new(())).collect());
        let (pictures, listeners) = (Pictures::default(), Arc::default());
        Self { db, clock, jobs, objects, settings, buckets, pictures, listeners, busy }
    }

    /// Says who hears of thumbnails; once, when everything is put together.
    pub(crate) fn tell_of_thumbnails(&self, listeners: Vec<Arc<dyn PictureListener>>) {
        if self.listeners.set(listeners).is_err() {
            tracing::error!("who hears of thumbnails was said twice");
        }
    }

    /// Lets the jobs begin that a transaction has just committed.
    pub(crate) fn wake(&self) {
        self.jobs.wake();
    }

    /// Largest file for the purpose, in bytes.
    pub(crate) fn limit(&self, purpose: UploadPurpose) -> u64 {
        self.settings.limit(purpose)
    }

    /// Two requests to complete the same upload would assemble it at the same time.
    pub(super) async fn lock(&self, id: Uuid) -> MutexGuard<'_, ()> {
        let [.., low] = id.into_bytes();
        self.busy[usize::from(low) % LOCKS].lock().await
    }

    /// The upload, if it is the viewer's and was not thrown away.
    async fn own(&self, viewer: &Viewer, id: Uuid) -> Result<UploadRow, Failure> {
        let row = store::upload(&mut self.db.read().await?, id, viewer.account_id).await?;
        Ok(row.filter(|row| row.status != "aborted").ok_or_else(no_upload)?)
    }

    /// The upload as its sender sees it, with what is left to be sent.
    async fn describe(&self, row: UploadRow) -> Result<Upload, Failure> {
        let status = status(&row)?;
        let transfer = if status == UploadStatus::Open { self.transfer(&row).await? } else { Transfer::Nothing {} };
        let file = match status {
            UploadStatus::Complete => {
                store::files(&mut self.db.read().await?, &[row.object_id]).await?.remove(&row.object_id)
            }
            UploadStatus::Open | UploadStatus::Failed => None,
        };
        Ok(Upload {
            upload_id: row.id,
            purpose: purpose(&row)?,
            filename: row.filename,
            content_type: row.content_type,
            size: bytes(row.size)?,
            status,
            file,
            transfer,
        })
    }

    async fn transfer(&self, row: &UploadRow) -> Result<Transfer, Failure> {
        if self.objects.head(&row.place()).await?.is_some() {
            return Ok(Transfer::Nothing {});
        }
        if bytes(row.size)? > SINGLE_PUT_MAX {
            self.transfer_in_parts(row).await
        } else {
            self.transfer_whole(row).await
        }
    }

    async fn transfer_whole(&self, row: &UploadRow) -> Result<Transfer, Failure> {
        let announced =
            sign::Announced { size: bytes(row.size)?, content_type: &row.content_type, sha256: row.sha256.as_deref() };
        Ok(Transfer::Put(self.objects.sign_put(&row.place(), announced, self.signed_seconds(row)).await?))
    }

    async fn transfer_in_parts(&self, row: &UploadRow) -> Result<Transfer, Failure> {
        let listed = match &row.multipart_id {
            Some(id) => match self.objects.list_parts(&row.place(), id).await {
                Ok(parts) => Some((id.clone(), parts)),
                // The store has lost it, or a server died between the two.
                Err(PartsError::Gone | PartsError::Refused) => None,
                Err(PartsError::Failed(failure)) => return Err(failure),
            },
            None => None,
        };
        let (id, received) = match listed {
            Some(listed) => listed,
            None => (self.begin_parts(row, row.is_checksummed).await?, Vec::new()),
        };
        let checksums = self.part_checksums(row).await?;
        let received: Vec<_> = received.into_iter().filter(|part| checksums.holds_for(part)).collect();
        let mut parts = Vec::new();
        for (number, size) in parts_of(bytes(row.size)?) {
            if received.iter().any(|part| part.number == number && part.size == size) {
                continue;
            }
            let part = sign::Part { multipart_id: &id, number, size, sha256: checksums.of(number) };
            let put = if checksums.lacks(number) {
                None
            } else {
                Some(self.objects.sign_part(&row.place(), part, self.signed_seconds(row)).await?)
            };
            parts.push(SignedPart { part_number: number, size, put });
        }
        let received = received.into_iter().map(|part| ReceivedPart {
            part_number: part.number,
            size: part.size,
            etag: part.etag,
        });
        Ok(Transfer::Parts { part_size: PART_SIZE, parts, received: received.collect() })
    }

    /// Begins sending in parts at the store, in the place of what was begun before.
    async fn begin_parts(&self, row: &UploadRow, is_checksummed: bool) -> Result<String, Failure> {
        let (place, before) = (row.place(), row.multipart_id.as_deref());
        let id = self.objects.begin_parts(&place, &row.content_type, is_checksummed).await?;
        let is_ours = store::begin_parts(&mut self.db.write().await?, row.id, before, &id, is_checksummed).await?;
        let superfluous = if is_ours { before } else { Some(id.as_str()) };
        if let Some(superfluous) = superfluous {
            self.objects.abort_parts(&place, superfluous).await?;
        }
        if is_ours {
            return Ok(id);
        }
        let detail = "Another request has just begun this upload: ask for it again.";
        Err(ApiError { retry_after_seconds: Some(1), ..ApiError::new(ErrorCode::Conflict, detail) }.into())
    }

    /// Of one upload, either all parts come with checksums or none. Who sends several at once asks for each of them: the
    /// first request begins, the others go along.
    async fn begin_checked_parts(&self, viewer: &Viewer, id: Uuid) -> Result<String, Failure> {
        let _alone = self.lock(id).await;
        let row = self.own(viewer, id).await?;
        match (&row.multipart_id, row.is_checksummed) {
            (Some(begun), true) => Ok(begun.clone()),
            _ => self.begin_parts(&row, true).await,
        }
    }

    /// A signed request lives no longer than the upload.
    fn signed_seconds(&self, row: &UploadRow) -> i64 {
        let left = Timestamp::from_micros(row.expires_at).seconds_since(self.clock.now());
        SIGNED_PUT_SECONDS.min(left).max(1)
    }

    async fn sign(&self, viewer: &Viewer, id: Uuid, parts: Vec<PartChecksum>) -> Result<Vec<SignedPart>, Failure> {
        let row = self.own(viewer, id).await?;
        let sizes = parts_of(bytes(row.size)?);
        let checked = check::part_checksums(&parts, sizes.len());
        let has_parts = bytes(row.size)? > SINGLE_PUT_MAX;
        if status(&row)? != UploadStatus::Open || !has_parts {
            let detail =
                if has_parts { "This upload is no longer open." } else { "This upload is sent in one request." };
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        let checked = checked?;
        let multipart_id = match (&row.multipart_id, row.is_checksummed) {
            (Some(id), true) => id.clone(),
            _ => self.begin_checked_parts(viewer, id).await?,
        };
        self.keep_part_checksums(row.id, &checked).await?;
        let mut signed = Vec::new();
        for (number, sha256) in checked {
            let Some((_, size)) = sizes.iter().find(|(one, _)| *one == number) else { continue };
            let part = sign::Part { multipart_id: &multipart_id, number, size: *size, sha256: Some(&sha256) };
            let put = self.objects.sign_part(&row.place(), part, self.signed_seconds(&row)).await?;
            signed.push(SignedPart { part_number: number, size: *size, put: Some(put) });
        }
        Ok(signed)
    }
}

#[async_trait]
impl Uploads for UploadService {
    async fn start(&self, viewer: &Viewer, new: NewUpload) -> Result<Upload, ApiError> {
        Ok(self.begin(viewer, new).await?)
    }

    async fn upload(&self, viewer: &Viewer, id: Uuid) -> Result<Upload, ApiError> {
        let row = self.own(viewer, id).await?;
        Ok(self.describe(row).await?)
    }

    async fn sign_parts(
        &self,
        viewer: &Viewer,
        id: Uuid,
        parts: Vec<PartChecksum>,
    ) -> Result<Vec<SignedPart>, ApiError> {
        Ok(self.sign(viewer, id, parts).await?)
    }

    async fn complete(&self, viewer: &Viewer, id: Uuid, parts: Vec<CompletedPart>) -> Result<Upload, ApiError> {
        Ok(self.finish(viewer, id, &parts).await?)
    }

    async fn abort(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        Ok(self.throw_away(viewer, id).await?)
    }

    async fn media(&self, viewer: &Viewer, object_id: Uuid) -> Result<SignedGet, ApiError> {
        Ok(self.address(viewer, object_id, Asked::default()).await?)
    }
}

/// The number and the size of each part.
fn parts_of(size: u64) -> Vec<(u32, u64)> {
    let (mut parts, mut left) = (Vec::new(), size);
    for number in 1.. {
        if left == 0 {
            break;
        }
        let part = left.min(PART_SIZE);
        parts.push((number, part));
        left -= part;
    }
    parts
}

fn no_upload() -> ApiError {
    ApiError::not_found("There is no such upload.")
}

fn bytes(size: i64) -> Result<u64, Failure> {
    u64::try_from(size).map_err(|_| Failure::Broken("a stored size is negative"))
}

fn purpose(row: &UploadRow) -> Result<UploadPurpose, Failure> {
    UploadPurpose::parse(&row.purpose).ok_or(Failure::Broken("a stored purpose is none"))
}

fn status(row: &UploadRow) -> Result<UploadStatus, Failure> {
    match row.status.as_str() {
        "open" => Ok(UploadStatus::Open),
        "complete" => Ok(UploadStatus::Complete),
        "failed" => Ok(UploadStatus::Failed),
        _ => Err(Failure::Broken("a stored status is none")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_one_size_but_for_the_last() {
        assert_eq!(parts_of(PART_SIZE * 2 + 1), [(1, PART_SIZE), (2, PART_SIZE), (3, 1)]);
        assert_eq!(parts_of(PART_SIZE), [(1, PART_SIZE)]);
        assert_eq!(parts_of(200_000_000).len(), 24);
    }
}
