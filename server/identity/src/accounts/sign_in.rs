//! Checking a password.

use super::{Account, Pending, normalise_email, store};
use crate::{Refusal, passwords::Place, state::Provider, throttle::Attempt};
use std::net::IpAddr;
use uuid::Uuid;

impl Provider {
    /// The account of a sign-in name (email or sub) and its password. Whatever is wrong, it takes as long: also when
    /// several sign-ups wait for the address, one hash tells whether it is the password of any.
    pub(crate) async fn sign_in(
        &self,
        username: &str,
        password: &str,
        address: Option<IpAddr>,
    ) -> Result<Account, Refusal> {
        let username = username.trim().to_lowercase();
        // Before the attempt is counted: those that only wait for a place must not look like a burst of wrong ones.
        let place = self.hasher.place().await?;
        let mut tx = self.db.begin().await?;
        let email = normalise_email(&username);
        let sub = Uuid::parse_str(&username).ok();
        let account = match (&email, sub) {
            (Some(email), _) => store::by_email(&mut tx, email).await?,
            (None, Some(sub)) => store::by_sub(&mut tx, sub).await?,
            (None, None) => None,
        };
        // Under one name, whichever was given: nobody has as many attempts again by another way of writing it.
        let known = account.as_ref().map(|account| account.email.clone()).or_else(|| email.clone());
        let name = known.or_else(|| sub.map(|sub| sub.to_string())).unwrap_or(username);
        let attempt = Attempt::sign_in(self, &name, address);
        attempt.count(&mut tx, self.now()).await?.map_err(Refusal::Throttled)?;
        let pending = match (&account, &email) {
            (None, Some(email)) => store::pending_by_email(&mut tx, email).await?,
            _ => Vec::new(),
        };
        tx.commit().await?;
        let proved = match (account, &email) {
            (None, Some(email)) => Err(self.sign_up_with(place, password, email, &pending).await?),
            (account, _) => {
                let hash = account.as_ref().and_then(|account| account.password_hash.as_deref());
                let holds = self.hasher.verify(place, password, hash).await?;
                Ok(account.filter(|_| holds).ok_or(Refusal::WrongCredentials)?)
            }
        };
        let mut tx = self.db.begin().await?;
        attempt.forgive(&mut tx).await?;
        tx.commit().await?;
        proved.map_err(Refusal::NotConfirmed)
    }

    /// The first sign-up of an address that has this password.
    async fn sign_up_with(
        &self,
        place: Place,
        password: &str,
        email: &str,
        pending: &[Pending],
    ) -> Result<Uuid, Refusal> {
        let hashes: Vec<_> = pending.iter().map(|pending| &*pending.password_hash).collect();
        let found = self.hasher.find(place, password, self.sign_up_salt(email), &hashes).await?;
        found.and_then(|at| pending.get(at)).map(|pending| pending.sub).ok_or(Refusal::WrongCredentials)
    }
}
