//! Made-up people behind the domain's traits.

use async_trait::async_trait;
use domain::{
    ApiError, ErrorCode, FieldError, Timestamp, Viewer,
    accounts::{
        Accounts, CANCEL_CONFIRMATION, Person, Profile, ProfileChange, Registration, RegistrationClaims, checked_query,
    },
    id::Sub,
    sessions::{Session, Sessions},
    viewer::Authentication,
};
use uuid::Uuid;

/// Closes what a name may stand in, and tries to run something.
pub(crate) const HOSTILE: &str = r#"</title></textarea>"'><script>alert(1)</script>&lt;"#;

/// Who asks, by what happens to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Nobody,
    Unregistered,
    Hostile,
    /// Everything that is asked for them fails on our side.
    Unlucky,
    SignedInLongAgo,
}

impl Who {
    pub(crate) fn authentication(self) -> Authentication {
        let account_id = match self {
            Self::Nobody => return Authentication::Anonymous,
            Self::Unregistered => {
                return Authentication::Refused(ApiError::new(ErrorCode::NotRegistered, "Register first."));
            }
            Self::Hostile => 1,
            Self::Unlucky => 2,
            Self::SignedInLongAgo => 3,
        };
        let sub = sub("viewer");
        let authenticated_at = Timestamp::from_seconds(0);
        Authentication::Registered(Viewer { account_id, sub, authenticated_at, session_id: None })
    }
}

pub(crate) fn is_unlucky(viewer: &Viewer) -> bool {
    viewer.account_id == 2
}

pub(crate) fn sub(text: &str) -> Sub {
    Sub::parse(text).unwrap()
}

pub(crate) struct Fakes;

#[async_trait]
impl Accounts for Fakes {
    async fn register(&self, _: RegistrationClaims) -> Result<Registration, ApiError> {
        Err(ApiError::internal())
    }

    async fn profile(&self, viewer: &Viewer) -> Result<Profile, ApiError> {
        if is_unlucky(viewer) {
            return Err(ApiError::internal());
        }
        Ok(Profile {
            sub: viewer.sub.clone(),
            email: format!("{HOSTILE}@example.org"),
            given_name: HOSTILE.into(),
            family_name: HOSTILE.into(),
            display_name: HOSTILE.into(),
            avatar_url: Some(format!("/media/{HOSTILE}")),
            read_receipts: true,
            created_at: Timestamp::from_seconds(0),
        })
    }

    async fn set_avatar(&self, viewer: &Viewer, _: Option<Uuid>) -> Result<Profile, ApiError> {
        self.profile(viewer).await
    }

    async fn update_profile(&self, viewer: &Viewer, change: ProfileChange) -> Result<Profile, ApiError> {
        change.checked()?;
        self.profile(viewer).await
    }

    async fn search_people(&self, viewer: &Viewer, query: &str) -> Result<Vec<Person>, ApiError> {
        let query = checked_query(query)?;
        if is_unlucky(viewer) {
            return Err(ApiError::unavailable("The database does not answer."));
        }
        let person =
            Person { sub: sub("a"), display_name: HOSTILE.into(), avatar_url: None, email: Some(query.clone()) };
        Ok(if query == "nobody" { Vec::new() } else { vec![person] })
    }

    async fn cancel(&self, viewer: &Viewer, confirm: &str) -> Result<(), ApiError> {
        if confirm != CANCEL_CONFIRMATION {
            return Err(ApiError::validation(vec![FieldError::body("confirm", "mismatch", "Type DELETE.")]));
        }
        if viewer.account_id == 3 {
            return Err(ApiError::new(ErrorCode::ReauthenticationRequired, "Your sign-in is too old for this."));
        }
        Ok(())
    }
}

#[async_trait]
impl Sessions for Fakes {
    async fn list(&self, viewer: &Viewer) -> Result<Vec<Session>, ApiError> {
        if is_unlucky(viewer) {
            return Err(ApiError::internal());
        }
        let moment = Timestamp::from_seconds(0);
        let session = |number, current| Session {
            id: Uuid::from_u128(number),
            device: HOSTILE.into(),
            created_at: moment,
            last_used_at: moment,
            expires_at: moment,
            current,
        };
        Ok(vec![session(1, true), session(2, false)])
    }

    async fn end(&self, _: &Viewer, id: Uuid) -> Result<(), ApiError> {
        if id == Uuid::from_u128(2) { Ok(()) } else { Err(ApiError::not_found("This session has already ended.")) }
    }
}
