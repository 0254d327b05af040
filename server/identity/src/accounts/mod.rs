//! People: signing up, confirming, passwords, leaving. Pages and the JSON API both call what is here.

mod attributes;
mod confirm;
mod leave;
mod password;
mod sign_in;
mod sign_up;
pub(crate) mod store;

pub(crate) use attributes::{SignUp, normalise_email};
pub(crate) use confirm::LinkOutcome;
pub(crate) use password::RESET_SECONDS;
pub(crate) use sign_up::CONFIRMATION_SECONDS;
use uuid::Uuid;

/// A person with a confirmed email address.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Account {
    pub(crate) sub: Uuid,
    pub(crate) email: String,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) name: Option<String>,
    /// None for demo people, whom no password signs in.
    pub(crate) password_hash: Option<String>,
    pub(crate) demo: bool,
}

/// A sign-up that waits for its confirmation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Pending {
    pub(crate) sub: Uuid,
    pub(crate) email: String,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) password_hash: String,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) code_expires_at: i64,
    pub(crate) created_at: i64,
}
