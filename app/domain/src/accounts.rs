//! People: their profile, finding one another, leaving.

use crate::{ApiError, FieldError, Timestamp, Viewer, id::Sub, text};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// What one must type to cancel an account.
pub const CANCEL_CONFIRMATION: &str = "DELETE";
/// Oldest sign-in, in seconds, with which an account can be cancelled.
pub const CANCEL_AUTHENTICATION_AGE: i64 = 300;
/// Most people that a search answers with.
pub const SEARCH_LIMIT: i64 = 20;
/// The name that stays on what a cancelled account leaves behind.
pub const CANCELLED_NAME: &str = "Deleted user";

/// A person as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The identity provider's name for the person.
    pub sub: Sub,
    /// Where mail reaches them; the sign-in name.
    pub email: String,
    /// From the identity provider.
    pub given_name: String,
    /// From the identity provider.
    pub family_name: String,
    /// The name others see; at first given and family name.
    pub display_name: String,
    /// Address of the profile picture, none at first.
    pub avatar_url: Option<String>,
    /// Whether others see how far the person has read; at first they do.
    pub read_receipts: bool,
    /// When they registered.
    pub created_at: Timestamp,
}

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The identity provider's name for the person.
    pub sub: Sub,
    /// The name they chose to show.
    pub display_name: String,
    /// Address of the profile picture.
    pub avatar_url: Option<String>,
    /// Only when the searcher typed it in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// What a person may change of their profile. A field left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChange {
    /// The name others see, 1–100 code points in one line.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Whether others see how far the person has read.
    #[serde(default)]
    pub read_receipts: Option<bool>,
}

impl ProfileChange {
    /// The same change with every field checked and trimmed.
    ///
    /// # Errors
    /// `validation_failed` naming each broken rule.
    pub fn checked(self) -> Result<Self, ApiError> {
        let Self { display_name, read_receipts } = self;
        let display_name = display_name.map(|name| text::line("display_name", &name, text::NAME_MAX)).transpose();
        Ok(Self { display_name: display_name.map_err(|error| ApiError::validation(vec![error]))?, read_receipts })
    }
}

/// The attributes of a verified ID token that registration reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationClaims {
    /// The token's `sub`.
    pub sub: Sub,
    /// The token's `email`.
    pub email: Option<String>,
    /// The token's `given_name`.
    pub given_name: Option<String>,
    /// The token's `family_name`.
    pub family_name: Option<String>,
}

/// What registering did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// The account is new.
    Created,
    /// The account was there.
    AlreadyThere,
}

/// Checks a search query: 1–200 code points in one line.
///
/// # Errors
/// `validation_failed` naming `query`.
pub fn checked_query(query: &str) -> Result<String, ApiError> {
    text::line("query", query, text::QUERY_MAX)
        .map_err(|error| ApiError::validation(vec![FieldError::query("query", &error.rule, error.msg)]))
}

/// Profiles and people.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Makes an account from the attributes of a verified ID token; a second call changes nothing.
    ///
    /// # Errors
    /// `missing_attributes` without email, given or family name; `unauthorized` for a cancelled account.
    async fn register(&self, claims: RegistrationClaims) -> Result<Registration, ApiError>;

    /// The viewer's own profile.
    async fn profile(&self, viewer: &Viewer) -> Result<Profile, ApiError>;

    /// Gives the viewer a picture, from a completed upload of theirs for the purpose `avatar`, or none.
    ///
    /// # Errors
    /// `validation_failed` for an upload that cannot be used.
    async fn set_avatar(&self, viewer: &Viewer, upload_id: Option<uuid::Uuid>) -> Result<Profile, ApiError>;

    /// Changes the viewer's own profile and answers with the new one.
    async fn update_profile(&self, viewer: &Viewer, change: ProfileChange) -> Result<Profile, ApiError>;

    /// People whose name has every word of the query, or whose email is the query; at most [`SEARCH_LIMIT`],
    /// the viewer not among them, ordered by name.
    async fn search_people(&self, viewer: &Viewer, query: &str) -> Result<Vec<Person>, ApiError>;

    /// Cancels the viewer's account: their sessions end at once, their identity is removed at the provider (tried
    /// again until it works).
    ///
    /// # Errors
    /// `validation_failed` unless `confirm` is [`CANCEL_CONFIRMATION`]; `reauthentication_required` when the
    /// sign-in is older than [`CANCEL_AUTHENTICATION_AGE`].
    async fn cancel(&self, viewer: &Viewer, confirm: &str) -> Result<(), ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_name_is_checked_before_it_is_stored() {
        let change = ProfileChange { display_name: Some("  Ada  ".into()), read_receipts: None };
        assert_eq!(change.checked().unwrap().display_name.as_deref(), Some("Ada"));
        let error = ProfileChange { display_name: Some(" ".into()), read_receipts: None }.checked().unwrap_err();
        assert_eq!(error.errors[0].loc, ["body", "display_name"]);
    }
}
