//! What stood in a plain form that was refused, for the page that shows it again. A browser without scripts has nowhere
//! to keep it, and it is too long and too private for an address.

use super::store::{self, FormRow};
use crate::{Backend, failure::Failure};
use domain::ApiError;
use uuid::Uuid;

/// How long somebody may take to correct it.
const KEPT_SECONDS: i64 = 3_600;
/// Longest form that is kept, in bytes.
const FIELDS_MAX: usize = 1_000_000;

impl Backend {
    /// Keeps the fields of a form as the browser sent them, in place of what the session had refused before. Of a form
    /// that is too long, or has what cannot be stored, nothing is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_refused_form(
        &self,
        session_id: Uuid,
        page: &str,
        function: &str,
        fields: &str,
    ) -> Result<(), ApiError> {
        if page.len() + fields.len() > FIELDS_MAX || fields.contains('\0') {
            return self.forget_refused_form(session_id).await;
        }
        let form = FormRow { function: function.to_owned(), fields: fields.to_owned() };
        let expires_at = self.clock().now().plus_seconds(KEPT_SECONDS);
        let kept = async {
            let mut connection = self.db().write().await?;
            store::keep_form(&mut connection, session_id, page, &form, expires_at).await
        };
        Ok(kept.await.map_err(Failure::from)?)
    }

    /// Forgets what the session had refused before: a later form that is not kept was refused.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_refused_form(&self, session_id: Uuid) -> Result<(), ApiError> {
        let forgotten = async {
            let mut connection = self.db().write().await?;
            store::forget_form(&mut connection, session_id).await
        };
        Ok(forgotten.await.map_err(Failure::from)?)
    }

    /// Which function refused the session's last form on this page, and the fields as the browser sent them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn refused_form(&self, session_id: Uuid, page: &str) -> Result<Option<(String, String)>, ApiError> {
        let found = async {
            let mut connection = self.db().read().await?;
            store::find_form(&mut connection, session_id, page, self.clock().now()).await
        };
        Ok(found.await.map_err(Failure::from)?.map(|FormRow { function, fields }| (function, fields)))
    }
}
