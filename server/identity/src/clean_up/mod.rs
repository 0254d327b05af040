//! Removes what time has made worthless.

mod store;

use crate::state::Provider;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(600);

impl Provider {
    /// Runs until `stop`. Several processes may do it at once.
    pub(crate) async fn clean_up(&self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.clean_up_once().await {
                tracing::error!(%error, "removing expired rows failed");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    pub(crate) async fn clean_up_once(&self) -> sqlx::Result<()> {
        // One connection per statement: on SQLite others want to write in between.
        for statement in store::STATEMENTS {
            let before = self.now().plus_seconds(-self.kept_seconds(statement.kept));
            store::delete(&mut self.db.write().await?, statement, before).await?;
        }
        Ok(())
    }

    const fn kept_seconds(&self, kept: store::Kept) -> i64 {
        match kept {
            store::Kept::Seconds(seconds) => seconds,
            // An access token may be issued in the refresh token's last second and asks for its row until its end.
            store::Kept::AccessToken => self.settings.access_token_seconds,
        }
    }
}
