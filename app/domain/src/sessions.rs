//! Signed-in browsers: a person sees and ends them.

use crate::{ApiError, Timestamp, Viewer};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Names the session; it is no secret and opens nothing.
    pub id: Uuid,
    /// Browser and system as far as they can be told, such as "Firefox on Linux".
    pub device: String,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// Whether the request came with this session.
    pub current: bool,
}

/// The viewer's signed-in browsers.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// All live sessions of the viewer, the one used last first.
    async fn list(&self, viewer: &Viewer) -> Result<Vec<Session>, ApiError>;

    /// Ends one of the viewer's sessions at once.
    ///
    /// # Errors
    /// `not_found` when it is not a live session of the viewer.
    async fn end(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError>;
}
