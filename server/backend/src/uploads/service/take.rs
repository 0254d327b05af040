//! Handing a completed upload to what uses it.

use super::{UploadService, store};
use crate::failure::Failure;
use db::Connection;
use domain::{ApiError, FieldError, Viewer, uploads::UploadPurpose};
use uuid::Uuid;

/// What came of taking an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The file is the caller's to use.
    Now(Uuid),
    /// It was taken before, and became this file.
    Before(Uuid),
}

impl UploadService {
    /// Gives the file of a completed upload to the caller, within its transaction, once.
    ///
    /// # Errors
    /// `validation_failed` on `upload_id` when it is unknown, somebody else's, for another purpose, not complete or
    /// taken already.
    pub(crate) async fn take(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        upload_id: Uuid,
        purpose: UploadPurpose,
    ) -> Result<Uuid, Failure> {
        match self.take_once(c, viewer, upload_id, purpose).await? {
            Taken::Now(object_id) => Ok(object_id),
            Taken::Before(_) => Err(refused("used", "This upload was used already: send the file again.")),
        }
    }

    /// The same, but that it was taken already is no error: a request that is repeated must be able to tell.
    ///
    /// # Errors
    /// As above, but for the last.
    pub(crate) async fn take_once(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        upload_id: Uuid,
        purpose: UploadPurpose,
    ) -> Result<Taken, Failure> {
        let (now, account_id) = (self.clock.now(), viewer.account_id);
        if let Some(id) = store::use_upload(c, upload_id, account_id, purpose.as_str(), now).await? {
            if store::attach(c, id, now).await? {
                return Ok(Taken::Now(id));
            }
            return Err(refused("unknown", "The file was thrown away, because nothing used it: send it again."));
        }
        let row = store::upload(c, upload_id, account_id).await?.filter(|row| row.purpose == purpose.as_str());
        match row {
            Some(row) if row.used_at.is_some() => Ok(Taken::Before(row.object_id)),
            Some(row) if row.status == "open" => {
                Err(refused("incomplete", "The upload is not complete: complete it first."))
            }
            Some(row) if row.status == "failed" => {
                Err(refused("failed", "The upload has failed: send the file again."))
            }
            _ => Err(refused("unknown", "There is no such upload of yours for this purpose.")),
        }
    }
}

fn refused(rule: &str, msg: &str) -> Failure {
    ApiError::validation(vec![FieldError::body("upload_id", rule, msg)]).into()
}
