//! Signing up, and the mails that go with it.

use super::{Account, Pending, SignUp, confirm::are_of_several, normalise_email, store};
use crate::{DemoPerson, Refusal, mail, passwords, secrets, state::Provider, throttle::Attempt};
use db::Transaction;
use domain::{Timestamp, clock::random_uuid};
use std::net::IpAddr;
use uuid::Uuid;

/// Length of a password's salt in bytes.
const SALT_LENGTH: usize = 16;
/// Life of a confirmation link and of its code, in seconds.
pub(crate) const CONFIRMATION_SECONDS: i64 = 600;

impl Provider {
    /// Keeps a sign-up and mails its confirmation. For an address that has an account nothing is kept and its owner
    /// is told by mail; the answer looks the same and takes as long.
    pub(crate) async fn sign_up(&self, wish: SignUp, address: Option<IpAddr>) -> Result<Uuid, Refusal> {
        passwords::check(&wish.password).map_err(Refusal::Weak)?;
        let now = self.now();
        let attempt = Attempt::sign_up(self, &wish.email, address);
        let mut tx = self.db.begin().await?;
        attempt.count(&mut tx, now).await?.map_err(Refusal::Throttled)?;
        tx.commit().await?;
        let password_hash = self.hasher.hash_salted(&wish.password, self.sign_up_salt(&wish.email)).await?;
        let sub = random_uuid();
        let code = secrets::random_code();
        let mut tx = self.db.begin().await?;
        if store::by_email(&mut tx, &wish.email).await?.is_some() {
            self.post(&mut tx, &wish.email, mail::Letter::AlreadyThere).await?;
        } else {
            let pending = Pending {
                sub,
                email: wish.email,
                given_name: wish.given_name,
                family_name: wish.family_name,
                name: wish.name,
                password_hash,
                code_hash: self.code_hash("confirm", sub, &code),
                code_expires_at: now.plus_seconds(CONFIRMATION_SECONDS).micros(),
                created_at: now.micros(),
            };
            store::insert_pending(&mut tx, &pending).await?;
            let all = store::pending_by_email(&mut tx, &pending.email).await?;
            self.post_confirmation(&mut tx, &pending, &code, are_of_several(&all)).await?;
        }
        tx.commit().await?;
        self.mail_written.notify_one();
        Ok(sub)
    }

    /// Mails a new link and code for a sign-up of the address, if there is one: for `proved`, whose password was given,
    /// else for the first that can still be confirmed. Where several people signed up and nothing is proved, the mail has
    /// no code, only a link to where the password decides. Never says whether.
    pub(crate) async fn resend_confirmation(
        &self,
        email: &str,
        proved: Option<Uuid>,
        address: Option<IpAddr>,
    ) -> Result<(), Refusal> {
        let Some(email) = normalise_email(email) else { return Ok(()) };
        let mut tx = self.db.begin().await?;
        let attempt = Attempt::mail(self, &email, address);
        attempt.count(&mut tx, self.now()).await?.map_err(Refusal::Throttled)?;
        self.renew_confirmation(&mut tx, &email, proved).await?;
        tx.commit().await?;
        self.mail_written.notify_one();
        Ok(())
    }

    /// A new code and mail, as [`Self::resend_confirmation`] says.
    pub(crate) async fn renew_confirmation(
        &self,
        tx: &mut Transaction,
        email: &str,
        proved: Option<Uuid>,
    ) -> sqlx::Result<()> {
        let pending = store::pending_by_email(tx, email).await?;
        let is_of_several = are_of_several(&pending);
        if is_of_several && proved.is_none() {
            return self.post_choice(tx, &pending).await;
        }
        if let Some(pending) = to_renew(pending, proved, self.now()) {
            let code = secrets::random_code();
            let expires_at = self.now().plus_seconds(CONFIRMATION_SECONDS);
            store::set_code(tx, pending.sub, &self.code_hash("confirm", pending.sub, &code), expires_at).await?;
            self.post_confirmation(tx, &pending, &code, is_of_several).await?;
        }
        Ok(())
    }

    async fn post_confirmation(
        &self,
        tx: &mut Transaction,
        pending: &Pending,
        code: &str,
        is_of_several: bool,
    ) -> sqlx::Result<()> {
        let link = self.confirmation_link(pending);
        let signed_up_at = Timestamp::from_micros(pending.created_at);
        let letter = mail::Letter::Confirm { link: &link, code, signed_up_at, is_of_several };
        self.post(tx, &pending.email, letter).await
    }

    /// A code could be for a stranger's sign-up, and whoever types it would confirm that: the link asks for the password.
    /// It names the oldest, the first that goes: a link that outlives the others must not confirm by itself.
    async fn post_choice(&self, tx: &mut Transaction, pending: &[Pending]) -> sqlx::Result<()> {
        let Some(oldest) = pending.first() else { return Ok(()) };
        let link = self.confirmation_link(oldest);
        self.post(tx, &oldest.email, mail::Letter::Choose { link: &link }).await
    }

    fn confirmation_link(&self, pending: &Pending) -> String {
        let token = self.confirmation_token(pending.sub, self.now().plus_seconds(CONFIRMATION_SECONDS));
        self.settings.address(&format!("/identity/confirm/{token}"))
    }

    /// All sign-ups of an address share a salt, so that one hash tells which of them has a password. Nobody knows it
    /// beforehand, and no other address has it.
    pub(crate) fn sign_up_salt(&self, email: &str) -> Vec<u8> {
        let mut salt = self.keys.sealer.seal("sign-up salt", &[email.as_bytes()]);
        salt.truncate(SALT_LENGTH);
        salt
    }

    /// Codes are short, so they are kept under our own key, not as plain hashes.
    pub(crate) fn code_hash(&self, purpose: &str, sub: Uuid, code: &str) -> Vec<u8> {
        self.keys.sealer.seal("code", &[purpose.as_bytes(), sub.as_bytes(), code.as_bytes()])
    }

    /// Makes the demo people that are missing.
    pub(crate) async fn make_demo_people(&self) -> sqlx::Result<()> {
        for person in &self.settings.demo_people {
            let account = Account {
                sub: random_uuid(),
                email: person.email.trim().to_lowercase(),
                given_name: Some(person.given_name.clone()),
                family_name: Some(person.family_name.clone()),
                name: None,
                password_hash: None,
                demo: true,
            };
            store::insert(&mut self.db.write().await?, &account, self.now()).await?;
        }
        Ok(())
    }

    /// The demo people with their `sub`, in the order of the settings; not those whose address somebody else took.
    pub(crate) async fn demo_people(&self) -> sqlx::Result<Vec<(Uuid, DemoPerson)>> {
        let mut c = self.db.read().await?;
        let mut people = Vec::new();
        for person in &self.settings.demo_people {
            let account = store::by_email(&mut c, &person.email.trim().to_lowercase()).await?;
            people.extend(account.filter(|account| account.demo).map(|account| (account.sub, person.clone())));
        }
        Ok(people)
    }
}

/// The sign-up that a new mail is for. Whoever signs up later displaces nobody.
fn to_renew(pending: Vec<Pending>, proved: Option<Uuid>, now: Timestamp) -> Option<Pending> {
    let at = match proved {
        Some(sub) => pending.iter().position(|pending| pending.sub == sub)?,
        None => pending.iter().position(|pending| pending.code_expires_at > now.micros()).unwrap_or_default(),
    };
    pending.into_iter().nth(at)
}
