//! Who may do what: pure functions over the viewer and the thing.

use domain::{ApiError, Timestamp, Viewer, accounts::CANCEL_AUTHENTICATION_AGE, albums::AlbumRole};

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

/// Nothing is written where everybody else has cancelled their account.
///
/// # Errors
/// `forbidden` there.
pub(crate) fn reaches_somebody(is_deserted: bool) -> Result<(), ApiError> {
    if is_deserted {
        let detail = "Nobody is left here to write to: the account was deleted. What was said stays readable.";
        return Err(ApiError::forbidden(detail));
    }
    Ok(())
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

/// What one does not see is not there.
///
/// # Errors
/// `not_found` without a role.
pub(crate) fn sees_album(role: Option<AlbumRole>) -> Result<AlbumRole, ApiError> {
    role.ok_or_else(|| ApiError::not_found("There is no such album."))
}

/// An album is changed, deleted and shared by its owner.
///
/// # Errors
/// `forbidden` for everybody else who sees it.
pub(crate) fn owns_album(role: AlbumRole) -> Result<(), ApiError> {
    if role == AlbumRole::Owner { Ok(()) } else { Err(ApiError::forbidden("Only the album's owner can do this.")) }
}

/// Photos are added by the owner and the editors.
///
/// # Errors
/// `forbidden` for those who may only look.
pub(crate) fn adds_photos(role: AlbumRole) -> Result<(), ApiError> {
    if role >= AlbumRole::Editor {
        Ok(())
    } else {
        Err(ApiError::forbidden("You may look at this album, not add photos to it: ask its owner."))
    }
}

/// A quiz is edited, deleted and shared by whoever made it.
///
/// # Errors
/// `forbidden` for everybody else who sees it.
pub(crate) fn owns_quiz(viewer: &Viewer, author_id: i64) -> Result<(), ApiError> {
    if viewer.account_id == author_id {
        Ok(())
    } else {
        Err(ApiError::forbidden("Only who made the quiz can do this."))
    }
}

/// How others did would tell those who have the quiz still before them how hard each question is.
///
/// # Errors
/// `forbidden` for whoever has neither made nor submitted it.
pub(crate) fn sees_group_results(viewer: &Viewer, author_id: i64, has_submitted: bool) -> Result<(), ApiError> {
    if viewer.account_id == author_id || has_submitted {
        Ok(())
    } else {
        Err(ApiError::forbidden("Submit the quiz first: then you see how the others did."))
    }
}

/// A file with the answers is for the author and for whoever has submitted the quiz.
///
/// # Errors
/// `forbidden` for everybody else who sees it.
pub(crate) fn exports_quiz(viewer: &Viewer, author_id: i64, has_submitted: bool) -> Result<(), ApiError> {
    if viewer.account_id == author_id || has_submitted {
        Ok(())
    } else {
        Err(ApiError::forbidden("Submit the quiz first: the file has the answers in it."))
    }
}

/// A question is added to one's review once its answer is no secret any more.
///
/// # Errors
/// `forbidden` for whoever has not submitted it.
pub(crate) fn reviews_question(has_submitted: bool) -> Result<(), ApiError> {
    if has_submitted {
        Ok(())
    } else {
        Err(ApiError::forbidden("Submit the quiz first: then you can review its questions."))
    }
}

/// An album's owner may change and delete every photo, an editor those that they added.
pub(crate) fn may_change_photo(viewer: &Viewer, role: AlbumRole, added_by: i64) -> bool {
    role == AlbumRole::Owner || (role == AlbumRole::Editor && viewer.account_id == added_by)
}

/// The same as a rule.
///
/// # Errors
/// `forbidden` for everybody else who sees it.
pub(crate) fn changes_photo(viewer: &Viewer, role: AlbumRole, added_by: i64) -> Result<(), ApiError> {
    if may_change_photo(viewer, role, added_by) {
        Ok(())
    } else {
        Err(ApiError::forbidden("Only the album's owner and who added a photo can change it."))
    }
}

/// Sharing is ended by the owner; everybody ends it for themselves.
///
/// # Errors
/// `forbidden` otherwise.
pub(crate) fn may_unshare(viewer: &Viewer, role: AlbumRole, with: Option<i64>) -> Result<(), ApiError> {
    if with == Some(viewer.account_id) { Ok(()) } else { owns_album(role) }
}

/// A document is its owner's alone; for everybody else it is not there.
pub(crate) fn sees_document(viewer: &Viewer, owner_id: i64) -> bool {
    viewer.account_id == owner_id
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::Sub;

    fn viewer(account_id: i64) -> Viewer {
        Viewer {
            account_id,
            sub: Sub::parse("ada").unwrap(),
            authenticated_at: Timestamp::from_seconds(1_000),
            session_id: None,
        }
    }

    #[test]
    fn an_editor_changes_what_they_added_and_the_owner_everything() {
        use AlbumRole::{Editor, Owner, Viewer};
        for (role, added_by, may) in
            [(Owner, 1, true), (Owner, 2, true), (Editor, 1, true), (Editor, 2, false), (Viewer, 1, false)]
        {
            assert_eq!(may_change_photo(&viewer(1), role, added_by), may, "{role:?} {added_by}");
            assert_eq!(changes_photo(&viewer(1), role, added_by).is_ok(), may, "{role:?} {added_by}");
        }
        for (role, with, may) in [
            (Owner, Some(2), true),
            (Owner, None, true),
            (Viewer, Some(1), true),
            (Editor, Some(2), false),
            (Editor, None, false),
        ] {
            assert_eq!(may_unshare(&viewer(1), role, with).is_ok(), may, "{role:?} {with:?}");
        }
        assert!(adds_photos(Editor).is_ok() && adds_photos(Viewer).is_err());
        assert!(sees_album(None).is_err());
    }

    #[test]
    fn a_document_is_its_owners_alone() {
        assert!(sees_document(&viewer(1), 1));
        assert!(!sees_document(&viewer(1), 2));
    }

    #[test]
    fn five_minutes_are_recent_and_a_second_more_is_not() {
        let viewer = viewer(1);
        assert!(signed_in_recently(&viewer, Timestamp::from_seconds(1_300)).is_ok());
        assert!(signed_in_recently(&viewer, Timestamp::from_seconds(1_301)).is_err());
    }
}
