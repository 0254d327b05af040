//! Confirming an address, by the link or by the code.
//!
//! Anybody can sign up with anybody's address, and the mails all go to its owner. So as soon as sign-ups with different
//! passwords wait for one address, the password decides which of them becomes the account. Two cases remain: somebody
//! confirms an address with which only a stranger signed up, and a program sends a code out of the mail for a
//! stranger's sign-up. The mail names the time of its sign-up for that, and says when others wait.

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
    /// Nothing yet: several people signed up with the address.
    AsksPassword,
    /// Ours, but older than ten minutes.
    Expired,
    /// Not ours, or of a sign-up that is gone.
    Invalid,
}

impl LinkOutcome {
    const fn of(confirmed: bool) -> Self {
        if confirmed { Self::Confirmed } else { Self::Invalid }
    }
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

    /// Follows a confirmation link. When several people signed up with the address, it does not confirm yet.
    pub(crate) async fn confirm_by_link(&self, token: &str) -> Result<LinkOutcome, Fault> {
        let mut tx = self.db.begin().await?;
        let pending = match self.pending_of_link(&mut tx, token).await? {
            Ok(pending) => pending,
            Err(outcome) => return Ok(outcome),
        };
        if are_of_several(&store::pending_by_email(&mut tx, &pending.email).await?) {
            return Ok(LinkOutcome::AsksPassword);
        }
        let confirmed = self.confirm(&mut tx, pending).await?;
        tx.commit().await?;
        Ok(LinkOutcome::of(confirmed))
    }

    /// Follows the link of an address with which several people signed up: it proves the mailbox, the password tells
    /// which sign-up is its owner's.
    pub(crate) async fn confirm_by_link_and_password(
        &self,
        token: &str,
        password: &str,
        address: Option<IpAddr>,
    ) -> Result<LinkOutcome, Refusal> {
        let mut tx = self.db.begin().await?;
        let found = self.pending_of_link(&mut tx, token).await?;
        tx.commit().await?;
        let email = match found {
            Ok(pending) => pending.email,
            Err(outcome) => return Ok(outcome),
        };
        let sub = match self.sign_in(&email, password, address).await {
            Ok(_) => return Ok(LinkOutcome::AlreadyConfirmed),
            Err(Refusal::NotConfirmed(sub)) => sub,
            Err(refusal) => return Err(refusal),
        };
        let mut tx = self.db.begin().await?;
        let Some(pending) = store::pending_by_sub(&mut tx, sub).await? else { return Ok(LinkOutcome::Invalid) };
        let confirmed = self.confirm(&mut tx, pending).await?;
        tx.commit().await?;
        Ok(LinkOutcome::of(confirmed))
    }

    /// The sign-up of a link that holds, or what the link is instead.
    async fn pending_of_link(&self, tx: &mut Transaction, token: &str) -> sqlx::Result<Result<Pending, LinkOutcome>> {
        let Some((sub, expires_at)) = self.read_confirmation_token(token) else {
            return Ok(Err(LinkOutcome::Invalid));
        };
        if store::by_sub(tx, sub).await?.is_some() {
            return Ok(Err(LinkOutcome::AlreadyConfirmed));
        }
        let pending = store::pending_by_sub(tx, sub).await?.ok_or(LinkOutcome::Invalid);
        Ok(pending.and_then(|pending| if expires_at <= self.now() { Err(LinkOutcome::Expired) } else { Ok(pending) }))
    }

    /// Confirms by the code that was mailed, for a program, whatever else waits for the address. An unknown address is
    /// answered like a wrong code.
    pub(crate) async fn confirm_by_code(
        &self,
        email: &str,
        code: &str,
        address: Option<IpAddr>,
    ) -> Result<(), Refusal> {
        self.use_code(email, code, address, false).await.map(|_| ())
    }

    /// Confirms by the code, for a person: when several people signed up with the address it gives the link's token,
    /// where the password is asked for.
    pub(crate) async fn confirm_by_typed_code(
        &self,
        email: &str,
        code: &str,
        address: Option<IpAddr>,
    ) -> Result<Option<String>, Refusal> {
        self.use_code(email, code, address, true).await
    }

    async fn use_code(
        &self,
        email: &str,
        code: &str,
        address: Option<IpAddr>,
        may_ask: bool,
    ) -> Result<Option<String>, Refusal> {
        let email = normalise_email(email).ok_or(Refusal::CodeMismatch)?;
        let attempt = Attempt::code(self, "confirm", &email, address);
        let mut tx = self.db.begin().await?;
        attempt.count(&mut tx, self.now()).await?.map_err(Refusal::Throttled)?;
        let pending = store::pending_by_email(&mut tx, &email).await?;
        let asks = may_ask && are_of_several(&pending);
        let result = match self.with_code(pending, code) {
            Err(refusal) => Err(refusal),
            Ok(pending) => {
                attempt.forgive(&mut tx).await?;
                if asks {
                    let expires_at = Timestamp::from_micros(pending.code_expires_at);
                    Ok(Some(self.confirmation_token(pending.sub, expires_at)))
                } else {
                    self.confirm(&mut tx, pending).await?.then_some(None).ok_or(Refusal::CodeMismatch)
                }
            }
        };
        // Also after a wrong code: the attempt counts.
        tx.commit().await?;
        result
    }

    /// The sign-up that the code was mailed for, whoever else signed up. How often mail is sent to an address bounds the
    /// codes that a guess could hit.
    fn with_code(&self, pending: Vec<Pending>, code: &str) -> Result<Pending, Refusal> {
        let now = self.now().micros();
        let (valid, expired): (Vec<_>, Vec<_>) = pending.into_iter().partition(|pending| pending.code_expires_at > now);
        let matches =
            |pending: &Pending| secrets::equal(&self.code_hash("confirm", pending.sub, code), &pending.code_hash);
        if let Some(pending) = valid.into_iter().find(matches) {
            return Ok(pending);
        }
        Err(if expired.iter().any(matches) { Refusal::CodeExpired } else { Refusal::CodeMismatch })
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

/// Whether sign-ups have different passwords: then they are not one person's, and whose mail was opened tells nothing.
pub(super) fn are_of_several(pending: &[Pending]) -> bool {
    pending.first().is_some_and(|first| pending.iter().any(|other| other.password_hash != first.password_hash))
}
