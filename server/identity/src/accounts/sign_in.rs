//! Checking a password.

use super::{Account, normalise_email, store};
use crate::{Refusal, state::Provider, throttle::Attempt};
use std::net::IpAddr;
use uuid::Uuid;

impl Provider {
    /// The account of a sign-in name (email or sub) and its password. Whatever is wrong, it takes as long.
    pub(crate) async fn sign_in(
        &self,
        username: &str,
        password: &str,
        address: Option<IpAddr>,
    ) -> Result<Account, Refusal> {
        let username = username.trim().to_lowercase();
        let attempt = Attempt::sign_in(self, &username, address);
        // Before the attempt is counted: those that only wait for a place must not look like a burst of wrong ones.
        let place = self.hasher.place().await?;
        let mut tx = self.db.begin().await?;
        attempt.count(&mut tx, self.now()).await?.map_err(Refusal::Throttled)?;
        let email = normalise_email(&username);
        let account = match (&email, Uuid::parse_str(&username)) {
            (Some(email), _) => store::by_email(&mut tx, email).await?,
            (None, Ok(sub)) => store::by_sub(&mut tx, sub).await?,
            (None, Err(_)) => None,
        };
        let pending = match (&account, &email) {
            (None, Some(email)) => store::pending_by_email(&mut tx, email).await?.into_iter().next(),
            _ => None,
        };
        tx.commit().await?;
        let hash = match (&account, &pending) {
            (Some(account), _) => account.password_hash.as_deref(),
            (None, Some(pending)) => Some(&*pending.password_hash),
            (None, None) => None,
        };
        if !self.hasher.verify(place, password, hash).await? {
            return Err(Refusal::WrongCredentials);
        }
        let mut tx = self.db.begin().await?;
        attempt.forgive(&mut tx).await?;
        tx.commit().await?;
        account.ok_or(Refusal::NotConfirmed)
    }
}
