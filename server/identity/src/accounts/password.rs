//! New passwords: by somebody signed in, or with a code after forgetting the old one.

use super::{Account, normalise_email, store};
use crate::{Refusal, mail::Letter, passwords, secrets, state::Provider, throttle::Attempt};
use std::net::IpAddr;

/// Life of a code for a new password, in seconds.
pub(crate) const RESET_SECONDS: i64 = 3_600;

impl Provider {
    /// Mails a code for a new password, or a new confirmation to somebody who never confirmed. Never says whether
    /// the address is known.
    pub(crate) async fn forgot_password(&self, email: &str, address: Option<IpAddr>) -> Result<(), Refusal> {
        let Some(email) = normalise_email(email) else { return Ok(()) };
        let now = self.now();
        let mut tx = self.db.begin().await?;
        let attempt = Attempt::mail(self, &email, address);
        attempt.count(&mut tx, now).await?.map_err(Refusal::Throttled)?;
        match store::by_email(&mut tx, &email).await? {
            Some(account) if !account.demo => {
                let code = secrets::random_code();
                let hash = self.code_hash("reset", account.sub, &code);
                store::set_reset(&mut tx, account.sub, &hash, now.plus_seconds(RESET_SECONDS)).await?;
                self.post(&mut tx, &email, Letter::Reset { code: &code }).await?;
            }
            Some(_) => {}
            None => self.renew_confirmation(&mut tx, &email, None).await?,
        }
        tx.commit().await?;
        self.mail_written.notify_one();
        Ok(())
    }

    /// Sets a new password with a mailed code. Everything that was signed in with the old one ends: whoever needs
    /// this may have lost it to somebody. An unknown address is answered like a wrong code.
    pub(crate) async fn reset_password(
        &self,
        email: &str,
        code: &str,
        password: &str,
        address: Option<IpAddr>,
    ) -> Result<(), Refusal> {
        passwords::check(password).map_err(Refusal::Weak)?;
        let email = normalise_email(email).ok_or(Refusal::CodeMismatch)?;
        let attempt = Attempt::code(self, "reset", &email, address);
        let mut tx = self.db.begin().await?;
        attempt.count(&mut tx, self.now()).await?.map_err(Refusal::Throttled)?;
        let account = store::by_email(&mut tx, &email).await?;
        let kept = match &account {
            Some(account) => store::reset(&mut tx, account.sub).await?,
            None => None,
        };
        tx.commit().await?;
        let (Some(account), Some((hash, expires_at))) = (account, kept) else { return Err(Refusal::CodeMismatch) };
        if !secrets::equal(&self.code_hash("reset", account.sub, code), &hash) {
            return Err(Refusal::CodeMismatch);
        }
        if expires_at <= self.now().micros() {
            return Err(Refusal::CodeExpired);
        }
        let password_hash = self.hasher.hash(password).await?;
        let mut tx = self.db.begin().await?;
        if !store::take_reset(&mut tx, account.sub, &hash).await? {
            return Err(Refusal::CodeMismatch);
        }
        store::set_password(&mut tx, account.sub, &password_hash).await?;
        self.sign_out_everywhere(&mut tx, account.sub).await?;
        attempt.forgive(&mut tx).await?;
        Attempt::sign_in(self, &email, address).forgive(&mut tx).await?;
        self.post(&mut tx, &email, Letter::PasswordChanged).await?;
        tx.commit().await?;
        self.mail_written.notify_one();
        Ok(())
    }

    /// Replaces a password that is known. As with Cognito, what is signed in stays so.
    pub(crate) async fn change_password(
        &self,
        account: &Account,
        previous: &str,
        proposed: &str,
        address: Option<IpAddr>,
    ) -> Result<(), Refusal> {
        passwords::check(proposed).map_err(Refusal::Weak)?;
        self.sign_in(&account.email, previous, address).await?;
        let password_hash = self.hasher.hash(proposed).await?;
        let mut tx = self.db.begin().await?;
        store::set_password(&mut tx, account.sub, &password_hash).await?;
        self.post(&mut tx, &account.email, Letter::PasswordChanged).await?;
        tx.commit().await?;
        self.mail_written.notify_one();
        Ok(())
    }
}
