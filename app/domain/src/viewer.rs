//! Who is asking.

use crate::{ApiError, Timestamp, id::Sub};
use uuid::Uuid;

/// A registered person making a request. Services take it and decide what it may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Our own key of the person's account.
    pub account_id: i64,
    /// The identity provider's name for the person.
    pub sub: Sub,
    /// When the person last proved who they are (the token's `auth_time`).
    pub authenticated_at: Timestamp,
    /// The browser session that carries the request; none with a bearer token.
    pub session_id: Option<Uuid>,
}

/// What the request's credentials amount to; worked out once per request, before any handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// No credentials at all.
    Anonymous,
    /// Credentials that do not hold, or a person who may not pass: the refusal to answer with.
    Refused(ApiError),
    /// A registered person.
    Registered(Viewer),
}

impl Authentication {
    /// The viewer, or the refusal.
    ///
    /// # Errors
    /// `unauthorized` without valid credentials; the stored refusal otherwise.
    pub fn viewer(&self) -> Result<&Viewer, ApiError> {
        match self {
            Self::Anonymous => Err(ApiError::unauthorized()),
            Self::Refused(error) => Err(error.clone()),
            Self::Registered(viewer) => Ok(viewer),
        }
    }
}
