//! Letting bytes go, for good: also those that a signed request which still holds could bring back.

use super::{UploadService, complete::cleaned_place, no_upload, store};
use crate::{
    clients::objects::Place,
    failure::Failure,
    jobs,
    uploads::work::{self, Leftover},
};
use db::Connection;
use domain::{
    ApiError, ErrorCode, Timestamp, Viewer,
    uploads::{SIGNED_PUT_SECONDS, SINGLE_PUT_MAX, UPLOAD_SECONDS},
};
use store::GoneRow;
use uuid::Uuid;

/// After that a request that was signed a moment ago can no longer be under way.
const LATEST_SECONDS: i64 = SIGNED_PUT_SECONDS + 600;
/// Rows of one clean-up at most, so that it holds no lock for long.
const BATCH: i64 = 500;

impl UploadService {
    pub(super) async fn throw_away(&self, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let row = store::upload(&mut transaction, id, viewer.account_id).await?.ok_or_else(no_upload)?;
        if store::abort(&mut transaction, id).await? {
            let places = vec![row.place(), cleaned_place(&row)];
            self.discard(&mut transaction, places, row.multipart_id.clone()).await?;
        } else if row.status == "complete" {
            let detail = "The upload is complete: delete what uses the file instead.";
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        transaction.commit().await?;
        self.jobs.wake();
        Ok(())
    }

    /// Deletes the bytes soon, and again when no signed request can bring them back.
    pub(super) async fn discard(
        &self,
        c: &mut Connection,
        places: Vec<Place>,
        multipart_id: Option<String>,
    ) -> Result<(), Failure> {
        let now = self.clock.now();
        let leftover = Leftover { places, multipart_id };
        jobs::enqueue(c, None, jobs::DISCARD_UPLOAD, &leftover, now).await?;
        jobs::enqueue_at(c, None, jobs::DISCARD_UPLOAD, &leftover, now, now.plus_seconds(LATEST_SECONDS)).await
    }

    /// Puts files out of reach that nothing uses any more, and has their bytes deleted at the given time. What
    /// something still uses stays.
    pub(crate) async fn remove(&self, c: &mut Connection, object_ids: &[Uuid], at: Timestamp) -> Result<(), Failure> {
        let now = self.clock.now();
        for object_id in object_ids {
            if store::put_out_of_reach(c, *object_id, now).await? {
                let job = work::ObjectJob { object_id: *object_id };
                jobs::enqueue_at(c, None, jobs::DELETE_OBJECT, &job, now, at).await?;
            }
        }
        self.jobs.wake();
        Ok(())
    }

    /// What a person who cancels their account has sent and nobody uses. What is used goes with what uses it.
    pub(crate) async fn remove_unused(&self, c: &mut Connection, account_id: i64) -> Result<(), Failure> {
        let unused = store::unattached_of(c, account_id).await?;
        self.remove(c, &unused, self.clock.now()).await?;
        let gone = store::forget_uploads(c, account_id).await?;
        self.discard_all(c, gone).await
    }

    /// Forgets uploads whose time is over and files that were never used. Part of the clean-up.
    pub(crate) async fn forget_old(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        let mut transaction = self.db.begin().await?;
        let gone = store::forget_expired(&mut transaction, now, BATCH).await?;
        self.discard_all(&mut transaction, gone).await?;
        let unused = store::unattached(&mut transaction, now.plus_seconds(-UPLOAD_SECONDS), BATCH).await?;
        self.remove(&mut transaction, &unused, now).await?;
        transaction.commit().await?;
        self.jobs.wake();
        Ok(())
    }

    async fn discard_all(&self, c: &mut Connection, gone: Vec<GoneRow>) -> Result<(), Failure> {
        // Of a complete one the bytes are the file's; those of an aborted or failed one are being deleted.
        for row in gone.into_iter().filter(|row| row.status == "open") {
            let place = Place { bucket: row.bucket, key: row.object_key };
            let clean = Place { key: format!("{}-clean", place.key), bucket: place.bucket.clone() };
            let is_in_parts = u64::try_from(row.size).is_ok_and(|size| size > SINGLE_PUT_MAX);
            let multipart_id = row.multipart_id.or_else(|| is_in_parts.then(String::new));
            self.discard(c, vec![place, clean], multipart_id).await?;
        }
        Ok(())
    }
}
