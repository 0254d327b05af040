//! Where a file can be fetched.

use super::{
    super::{disposition::disposition, kind},
    UploadService, sign, store,
};
use crate::failure::Failure;
use domain::{
    ApiError, Timestamp, Viewer,
    uploads::{MEDIA_WINDOW_SECONDS, SignedGet, UploadPurpose},
};
use uuid::Uuid;

/// A film or a recording is fetched piece by piece for as long as it is played.
const PLAYED_SECONDS: i64 = 4 * 3_600;

/// How a file is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::uploads) struct Asked {
    /// To be saved, also when it could be shown.
    pub(in crate::uploads) is_saved: bool,
    /// Without its bytes.
    pub(in crate::uploads) is_head: bool,
}

impl UploadService {
    /// Where a file can be fetched, or what is known of it.
    pub(in crate::uploads) async fn address(
        &self,
        viewer: &Viewer,
        object_id: Uuid,
        asked: Asked,
    ) -> Result<SignedGet, Failure> {
        let mut connection = self.db.read().await?;
        let row = store::visible_object(&mut connection, object_id, viewer.account_id).await?;
        let row = row.ok_or_else(|| ApiError::not_found("There is no such file."))?;
        // A face is always small, whatever the person has sent.
        let is_face = row.purpose.as_deref() == Some(UploadPurpose::Avatar.as_str());
        let smaller = if is_face { store::smallest_thumbnail(&mut connection, row.id).await? } else { None };
        let row = smaller.unwrap_or(row);
        drop(connection);
        let is_shown = !asked.is_saved && kind::is_shown(&row.content_type);
        let disposition = disposition(is_shown, &row.filename);
        // Markup is told to be nothing in particular: whoever opens the saved file decides what it is.
        let content_type = match row.content_type.as_str() {
            "text/html" | "application/xml" => kind::UNKNOWN,
            known => known,
        };
        let cache_control = format!("private, max-age={MEDIA_WINDOW_SECONDS}, immutable");
        let shown = sign::Shown { content_type, disposition: &disposition, cache_control: &cache_control };
        let (from, left) = window(self.clock.now());
        // The same address through the window, and good for one more for whoever got it in its last second.
        let life = if kind::is_played(content_type) { PLAYED_SECONDS } else { 0 } + 2 * MEDIA_WINDOW_SECONDS;
        let url = if asked.is_head {
            self.objects.sign_head(&row.place(), shown, from, life).await?
        } else {
            self.objects.sign_get(&row.place(), shown, from, life).await?
        };
        Ok(SignedGet { url, same_for_seconds: left })
    }
}

/// When the present window began, and for how many more seconds it lasts.
fn window(now: Timestamp) -> (Timestamp, i64) {
    let passed = now.seconds().rem_euclid(MEDIA_WINDOW_SECONDS);
    (Timestamp::from_seconds(now.seconds() - passed), MEDIA_WINDOW_SECONDS - passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_lasts_ten_minutes_for_everybody() {
        assert_eq!(window(Timestamp::from_seconds(1_200)), (Timestamp::from_seconds(1_200), 600));
        assert_eq!(window(Timestamp::from_seconds(1_799)), (Timestamp::from_seconds(1_200), 1));
    }
}
