//! Forgets what has run out.

use crate::{
    events::Events,
    failure::Failure,
    http::{rate_limit::RateLimit, store as http_store},
    jobs,
    outbox::Relay,
    sessions,
    settings::SessionSettings,
    uploads::service::UploadService,
};
use db::Db;
use domain::clock::Clock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const INTERVAL: Duration = Duration::from_secs(300);
/// Whoever has not had a job done for so long is as if they never had.
const TURN_SECONDS: i64 = 86_400;

/// Deletes rows past their time. Nothing depends on it: every reader looks at the time itself.
#[derive(Clone)]
pub(crate) struct Cleanup {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) sessions: SessionSettings,
    pub(crate) rate_limit: RateLimit,
    pub(crate) events: Events,
    pub(crate) uploads: UploadService,
    pub(crate) relay: Relay,
}

impl Cleanup {
    /// Until told to stop.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.once().await {
                tracing::error!(cause = %error, "the clean-up failed");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(INTERVAL) => {}
            }
        }
    }

    pub(crate) async fn once(&self) -> Result<(), Failure> {
        self.rate_limit.tidy();
        let now = self.clock.now();
        let mut connection = self.db.write().await?;
        let idle_since = now.plus_seconds(-self.sessions.idle_seconds);
        sessions::store::forget_ended(&mut connection, now, idle_since).await?;
        sessions::store::forget_attempts(&mut connection, now).await?;
        sessions::store::forget_forms(&mut connection, now).await?;
        http_store::forget_keys(&mut connection, now).await?;
        http_store::forget_days(&mut connection, now.day()).await?;
        jobs::store::forget_turns(&mut connection, now.plus_seconds(-TURN_SECONDS)).await?;
        // It takes a connection of its own, and SQLite has one for writing.
        drop(connection);
        self.uploads.forget_old().await?;
        self.relay.forget_old(now).await?;
        Ok(self.events.forget_old(now).await?)
    }
}
