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
