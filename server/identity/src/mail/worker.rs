//! Delivers due mails until told to stop. At least once: a mail whose process dies while sending is sent again.

use super::{sender::Delivery, store};
use crate::{error::Fault, state::Provider};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Looks for mails of other processes at least this often.
const POLL: Duration = Duration::from_secs(5);
/// Longer than any try takes, in seconds.
const LEASE_SECONDS: i64 = 120;
/// Longest wait between two tries, in seconds.
const LONGEST_WAIT: i64 = 900;

impl Provider {
    /// Runs until `stop`.
    pub(crate) async fn deliver_mails(&self, stop: CancellationToken) {
        loop {
            match self.deliver_one().await {
                Ok(true) if !stop.is_cancelled() => continue,
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "mail delivery failed"),
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.mail_written.notified() => {}
                () = tokio::time::sleep(POLL) => {}
            }
        }
    }

    /// Delivers one due mail. False when there was none.
    pub(crate) async fn deliver_one(&self) -> Result<bool, Fault> {
        let Some(mailer) = &self.mailer else { return Ok(false) };
        let now = self.now();
        let leased = store::lease(&mut self.db.write().await?, now, now.plus_seconds(LEASE_SECONDS)).await?;
        let Some(mail) = leased else { return Ok(false) };
        if mail.expires_at <= now.micros() {
            tracing::warn!(mail = mail.id, attempts = mail.attempts, "a mail came to its end undelivered");
            store::finish(&mut self.db.write().await?, mail.id, None).await?;
            return Ok(true);
        }
        match mailer.send(&mail).await {
            Delivery::Done => store::finish(&mut self.db.write().await?, mail.id, Some(self.now())).await?,
            Delivery::Refused(reason) => {
                tracing::warn!(mail = mail.id, reason, "a mail was refused for good");
                store::finish(&mut self.db.write().await?, mail.id, None).await?;
            }
            Delivery::Failed(reason) => {
                let wait = wait_after(mail.attempts);
                tracing::warn!(mail = mail.id, attempts = mail.attempts, wait, reason, "a mail waits for another try");
                store::put_off(&mut self.db.write().await?, mail.id, self.now().plus_seconds(wait)).await?;
            }
        }
        Ok(true)
    }
}

/// Seconds until the next try: 5, 10, 20 … 900.
fn wait_after(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or_default();
    (5_i64 << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::wait_after;

    #[test]
    fn tries_come_less_and_less_often() {
        assert_eq!([1, 2, 3, 8, 9, 100].map(wait_after), [5, 10, 20, 640, 900, 900]);
    }
}
