//! What can go wrong: at start, inside, and by the caller's doing.

use crate::passwords::Weakness;
use domain::FieldError;
use uuid::Uuid;

/// Whoever meets an outage is asked to come back after so many seconds.
pub(crate) const OUTAGE_PAUSE_SECONDS: i64 = 5;

/// The provider cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Settings that contradict each other or the profile.
    #[error("the identity provider's settings are wrong: {0}")]
    Settings(String),
    /// The mail server's address or the sender cannot be read.
    #[error("the identity provider's mail settings are wrong: {0}")]
    Mail(String),
    /// The database, the keys or the hasher failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something failed on our side. Its cause goes to the log, never into an answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error("the identity database failed: {0}")]
    Database(sqlx::Error),
    /// What was written hangs on an account that was removed a moment ago.
    #[error("the account was removed in the meantime")]
    AccountGone,
    /// Making, reading or using a key.
    #[error("a signing key failed: {0}")]
    Key(&'static str),
    /// Hashing a password.
    #[error("hashing a password failed: {0}")]
    Hash(String),
    /// Writing a page or an answer.
    #[error("writing an answer failed: {0}")]
    Write(String),
}

impl Fault {
    /// Whether the database does not answer, so that the same may work in a moment.
    pub(crate) fn is_outage(&self) -> bool {
        matches!(self, Self::Database(cause) if db::is_outage(cause))
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        // Every foreign key of this package's tables leads to an account.
        match error.as_database_error() {
            Some(database) if database.is_foreign_key_violation() => Self::AccountGone,
            _ => Self::Database(error),
        }
    }
}

/// Why something was not done. Pages and the JSON API each have their own words for it.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// No such account, or not its password: never says which.
    WrongCredentials,
    /// The right password of a sign-up, named here, whose address is not confirmed.
    NotConfirmed(Uuid),
    /// Too many tries; this many seconds until the next one.
    Throttled(i64),
    /// Not the code that was sent, or none was.
    CodeMismatch,
    /// The right code, too late.
    CodeExpired,
    /// The new password breaks the policy.
    Weak(Weakness),
    /// Fields that break their rules.
    Invalid(Vec<FieldError>),
    /// More passwords wait to be hashed than we can take on.
    Busy,
    /// Failed on our side.
    Internal(Fault),
}

impl<E: Into<Fault>> From<E> for Refusal {
    fn from(error: E) -> Self {
        match error.into() {
            Fault::AccountGone => Self::WrongCredentials,
            fault => Self::Internal(fault),
        }
    }
}
