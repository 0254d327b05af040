//! Who may do what: pure functions over the viewer and the thing.

use domain::{ApiError, Timestamp, Viewer, accounts::CANCEL_AUTHENTICATION_AGE};

/// Cancelling wants a sign-in of the last minutes: an unlocked screen is not enough.
///
/// # Errors
/// `reauthentication_required` when it was longer ago.
pub(crate) fn signed_in_recently(viewer: &Viewer, now: Timestamp) -> Result<(), ApiError> {
    if now.seconds_since(viewer.authenticated_at) <= CANCEL_AUTHENTICATION_AGE {
        Ok(())
    } else {
        Err(ApiError::reauthentication_required())
    }
}

/// Only participants see a conversation; that it exists is no secret.
///
/// # Errors
/// `forbidden` for everybody else.
pub(crate) fn takes_part(is_in: bool) -> Result<(), ApiError> {
    if is_in { Ok(()) } else { Err(ApiError::forbidden("You are not in this conversation.")) }
}

/// A message is changed and taken back by whoever wrote it.
///
/// # Errors
/// `forbidden` for everybody else.
pub(crate) fn owns(viewer: &Viewer, sender_id: i64) -> Result<(), ApiError> {
    if viewer.account_id == sender_id {
        Ok(())
    } else {
        Err(ApiError::forbidden("Only who wrote a message can change it."))
    }
}

/// Everybody may leave a group; whoever made it may take others out.
///
/// # Errors
/// `forbidden` otherwise.
pub(crate) fn may_remove(viewer: &Viewer, target_id: i64, creator_id: i64) -> Result<(), ApiError> {
    if viewer.account_id == target_id || viewer.account_id == creator_id {
        Ok(())
    } else {
        Err(ApiError::forbidden("Only who made the group can take others out of it."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Sub;

    #[test]
    fn five_minutes_are_recent_and_a_second_more_is_not() {
        let viewer = Viewer {
            account_id: 1,
            sub: Sub::parse("ada").unwrap(),
            authenticated_at: Timestamp::from_seconds(1_000),
            session_id: None,
        };
        assert!(signed_in_recently(&viewer, Timestamp::from_seconds(1_300)).is_ok());
        assert!(signed_in_recently(&viewer, Timestamp::from_seconds(1_301)).is_err());
    }
}
