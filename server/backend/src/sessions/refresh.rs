//! Renewing the provider's tokens: one request at a time for a session, in whichever process it arrives.

use super::{
    cookie::Secret,
    store::{self, SessionRow},
    vault::{self, KeptTokens},
};
use crate::{
    clients::identity::{Identity, TokenError, Tokens, VerifyError},
    failure::Failure,
};
use db::Db;
use domain::{Timestamp, clock::Clock};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

/// Refreshed when the access token has no more than this left.
const MARGIN_SECONDS: i64 = 60;
/// Longer than the provider's slowest answer and [`KEEPING_PATIENCE`] together.
const LEASE_SECONDS: i64 = 90;
/// How long a provider that did not answer is left alone.
const AGAIN_SECONDS: i64 = 30;
/// For how long the new tokens are tried to be kept: the provider may have withdrawn the old refresh token already, so
/// losing them in an outage of the database would sign the person out.
const KEEPING_PATIENCE: Duration = Duration::from_secs(45);
/// Between two tries.
const PAUSE: Duration = Duration::from_secs(1);

/// What became of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It goes on, refreshed or not.
    Kept,
    /// The provider no longer knows it: it has ended.
    Ended,
}

/// Refreshes sessions.
#[derive(Clone, Debug)]
pub(crate) struct Refresher {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) identity: Arc<Identity>,
}

impl Refresher {
    /// Whoever gets the lease refreshes; the others go on with what there is, because our session, not the
    /// provider's token, says who is signed in.
    pub(crate) async fn refresh_if_due(&self, secret: Secret, row: &SessionRow) -> Result<Outcome, Failure> {
        let now = self.clock.now();
        let due = row.access_expires_at <= now.plus_seconds(MARGIN_SECONDS).micros();
        if !due || row.refresh_lease_until > now.micros() {
            return Ok(Outcome::Kept);
        }
        let Some(tokens) = row.tokens.as_deref().and_then(|sealed| vault::open(secret, row.id, sealed)) else {
            return Ok(Outcome::Kept);
        };
        let Some(refresh_token) = tokens.refresh_token else { return Ok(Outcome::Kept) };
        let until = now.plus_seconds(LEASE_SECONDS);
        if !store::lease(&mut self.db.write().await?, row.id, row.access_expires_at, until, now).await? {
            return Ok(Outcome::Kept);
        }
        // In a task of its own: the provider may have replaced the refresh token when the browser gives up on us,
        // and the new one must be kept.
        let (refresher, row) = (self.clone(), row.clone());
        let task = tokio::spawn(async move { refresher.refresh(secret, &row, refresh_token).await });
        task.await.map_err(|_| Failure::Broken("a refresh did not finish"))?
    }

    async fn refresh(&self, secret: Secret, row: &SessionRow, refresh_token: String) -> Result<Outcome, Failure> {
        match self.identity.refresh(&refresh_token).await {
            Ok(tokens) if self.same_person(row, &tokens).await => self.keep(secret, row, refresh_token, tokens).await,
            Ok(_) | Err(TokenError::InvalidGrant) => {
                store::end(&mut self.db.write().await?, row.id).await?;
                tracing::info!(session = %row.id, "a session ended: the provider no longer takes its refresh token");
                Ok(Outcome::Ended)
            }
            Err(TokenError::Unavailable(cause)) => {
                tracing::warn!(cause, "tokens could not be refreshed; tried again later");
                let (now, seen) = (self.clock.now(), row.access_expires_at);
                let (again, own) = (now.plus_seconds(AGAIN_SECONDS), now.plus_seconds(LEASE_SECONDS));
                store::lease(&mut self.db.write().await?, row.id, seen, again, own).await?;
                Ok(Outcome::Kept)
            }
        }
    }

    /// OpenID Connect Core §12.2: a new ID token must be of the same person.
    async fn same_person(&self, row: &SessionRow, tokens: &Tokens) -> bool {
        let Some(id_token) = &tokens.id_token else { return true };
        match self.identity.verify_own(id_token, None).await {
            Ok(claims) => claims.sub.as_str() == row.sub,
            Err(VerifyError::Unavailable(_)) => true,
            Err(VerifyError::Invalid(reason)) => {
                tracing::error!(?reason, "the provider gave an invalid ID token at a refresh");
                false
            }
        }
    }

    async fn keep(
        &self,
        secret: Secret,
        row: &SessionRow,
        refresh_token: String,
        tokens: Tokens,
    ) -> Result<Outcome, Failure> {
        let kept = KeptTokens {
            access_token: tokens.access_token,
            // Without rotation the old one goes on.
            refresh_token: Some(tokens.refresh_token.unwrap_or(refresh_token)),
        };
        let sealed = vault::seal(secret, row.id, &kept)?;
        let expires_at: Timestamp = self.clock.now().plus_seconds(tokens.expires_in);
        let until = Instant::now() + KEEPING_PATIENCE;
        loop {
            match self.renew(row, &sealed, expires_at).await {
                Err(cause) if db::is_outage(&cause) && Instant::now() < until => {
                    tracing::warn!(%cause, "new tokens could not be kept yet");
                    sleep(PAUSE).await;
                }
                outcome => return Ok(outcome.map(|()| Outcome::Kept)?),
            }
        }
    }

    async fn renew(&self, row: &SessionRow, sealed: &[u8], expires_at: Timestamp) -> Result<(), sqlx::Error> {
        store::renew(&mut self.db.write().await?, row.id, row.access_expires_at, sealed, expires_at).await
    }
}
