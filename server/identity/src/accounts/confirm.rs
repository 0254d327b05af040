//! Confirming an address, by the link or by the code.

use super::{Account, Pending, normalise_email, store};
use crate::{Refusal, error::Fault, secrets, state::Provider, throttle::Attempt};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use db::Transaction;
use domain::Timestamp;
use std::net::IpAddr;
use uuid::Uuid;

/// What following a confirmation link did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkOutcome {
    Confirmed,
    AlreadyConfirmed,
    /// Ours, but older than ten minutes.
    Expired,
    /// Not ours, or of a sign-up that is gone.
    Invalid,
}

impl Provider {
    /// What a confirmation link ends in: the user id and the end of its life, signed.
    pub(crate) fn confirmation_token(&self, sub: Uuid, expires_at: Timestamp) -> String {
        let mut token = sub.as_bytes().to_vec();
        token.extend(expires_at.seconds().to_be_bytes());
        token.extend(self.keys.sealer.seal("confirmation link", &[&token]));
        BASE64.encode(token)
    }

    fn read_confirmation_token(&self, token: &str) -> Option<(Uuid, Timestamp)> {
        let token = BASE64.decode(token).ok()?;
        let (content, seal) = token.split_at_checked(token.len().checked_sub(secrets::HASH_LENGTH)?)?;
        let (sub, expires_at) = content.split_at_checked(16)?;
        let expires_at = Timestamp::from_seconds(i64::from_be_bytes(expires_at.try_into().ok()?));
        let ours = self.keys.sealer.verify("confirmation link", &[content], seal);
        ours.then_some((Uuid::from_slice(sub).ok()?, expires_at))
    }

    /// Follows a confirmation link.
    pub(crate) async fn confirm_by_link(&self, token: &str) -> Result<LinkOutcome, Fault> {
        let Some((sub, expires_at)) = self.read_confirmation_token(token) else { return Ok(LinkOutcome::Invalid) };
        let mut tx = self.db.begin().await?;
        if store::by_sub(&mut tx, sub).await?.is_some() {
            return Ok(LinkOutcome::AlreadyConfirmed);
        }
        let Some(pending) = store::pending_by_sub(&mut tx, sub).await? else { return Ok(LinkOutcome::Invalid) };
        if expires_at <= self.now() {
            return Ok(LinkOutcome::Expired);
        }
        let confirmed = self.confirm(&mut tx, pending).await?;
        tx.commit().await?;
        Ok(if confirmed { LinkOutcome::Confirmed } else { LinkOutcome::Invalid })
    }

    /// Confirms by the code that was mailed. An unknown address is answered like a wrong code.
    pub(crate) async fn confirm_by_code(
        &self,
        email: &str,
        code: &str,
        address: Option<IpAddr>,
    ) -> Result<(), Refusal> {
        let email = normalise_email(email).ok_or(Refusal::CodeMismatch)?;
        let attempt = Attempt::code(self, "confirm", &email, address);
        let mut tx = self.db.begin().await?;
        attempt.count(&mut tx, self.now()).await?.map_err(Refusal::Throttled)?;
        let pending = store::pending_by_email(&mut tx, &email).await?;
        let matching = pending
            .into_iter()
            .find(|pending| secrets::equal(&self.code_hash("confirm", pending.sub, code), &pending.code_hash));
        let result = match matching {
            None => Err(Refusal::CodeMismatch),
            Some(pending) if pending.code_expires_at <= self.now().micros() => Err(Refusal::CodeExpired),
            Some(pending) => {
                let confirmed = self.confirm(&mut tx, pending).await?;
                attempt.forgive(&mut tx).await?;
                confirmed.then_some(()).ok_or(Refusal::CodeMismatch)
            }
        };
        // Also after a wrong code: the attempt counts.
        tx.commit().await?;
        result
    }

    /// Makes the account. False when the address was confirmed by another sign-up before.
    async fn confirm(&self, tx: &mut Transaction, pending: Pending) -> sqlx::Result<bool> {
        let account = Account {
            sub: pending.sub,
            email: pending.email,
            given_name: pending.given_name,
            family_name: pending.family_name,
            name: pending.name,
            password_hash: Some(pending.password_hash),
            demo: false,
        };
        let made = store::insert(tx, &account, self.now()).await?;
        store::delete_pending(tx, &account.email).await?;
        Ok(made)
    }
}
