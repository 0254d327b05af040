//! Saying what is about to be sent.

use super::{UploadService, check, no_upload, store};
use crate::{clients::objects::Place, failure::Failure};
use domain::{
    ApiError, ErrorCode, Viewer,
    clock::random_uuid,
    uploads::{NewUpload, UPLOAD_SECONDS, Upload},
};
use uuid::Uuid;

impl UploadService {
    pub(super) async fn begin(&self, viewer: &Viewer, new: NewUpload) -> Result<Upload, Failure> {
        let id = self.announce(viewer, &new).await?;
        let row = store::upload(&mut self.db.read().await?, id, viewer.account_id).await?;
        self.describe(row.ok_or_else(no_upload)?).await
    }

    /// Writes the upload down and gives its id; nothing is signed yet.
    pub(crate) async fn announce(&self, viewer: &Viewer, new: &NewUpload) -> Result<Uuid, Failure> {
        let checked = check::new_upload(new, &self.settings)?;
        let size = i64::try_from(new.size).map_err(|_| over_quota(self.settings.quota))?;
        let (id, now) = (random_uuid(), self.clock.now());
        let place = Place { bucket: self.buckets.of(new.purpose).clone(), key: id.to_string() };
        let mut transaction = self.db.begin().await?;
        if !store::lock_account(&mut transaction, viewer.account_id).await? {
            return Err(ApiError::unauthorized().into());
        }
        let (open, announced) = store::open_uploads(&mut transaction, viewer.account_id).await?;
        if open >= self.settings.open_max {
            let detail = format!("{open} uploads of yours are under way: finish or throw away some of them first.");
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        let used = store::used_bytes(&mut transaction, viewer.account_id).await?;
        let all = used.saturating_add(announced).saturating_add(size);
        if u64::try_from(all).map_or(true, |all| all > self.settings.quota) {
            return Err(over_quota(self.settings.quota).into());
        }
        let row = store::NewRow {
            id,
            account_id: viewer.account_id,
            purpose: new.purpose.as_str(),
            filename: &checked.filename,
            content_type: &checked.content_type,
            size,
            sha256: checked.sha256.as_deref(),
            place: &place,
            object_id: random_uuid(),
            created_at: now,
            expires_at: now.plus_seconds(UPLOAD_SECONDS),
        };
        store::insert_upload(&mut transaction, &row).await?;
        transaction.commit().await?;
        Ok(id)
    }
}

fn over_quota(quota: u64) -> ApiError {
    let quota = check::readable(quota);
    let detail = format!("You would keep more than your {quota}: delete files that you no longer need.");
    ApiError::new(ErrorCode::PayloadTooLarge, detail)
}
