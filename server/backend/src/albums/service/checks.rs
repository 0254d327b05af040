//! What titles, descriptions, queries and lists of ids must be.

use crate::accounts::folding::plain_patterns;
use domain::{
    ApiError, FieldError,
    albums::{AlbumRole, BATCH_MAX, DESCRIPTION_MAX, TITLE_MAX},
    conversations::PAGE_MAX,
    text,
};
use std::collections::HashSet;
use uuid::Uuid;

/// Collects broken rules, so that a refusal names all of them.
#[derive(Debug, Default)]
pub(super) struct Broken(Vec<FieldError>);

impl Broken {
    /// The value, or its default beside the rule that it breaks.
    pub(super) fn take<T: Default>(&mut self, checked: Result<T, FieldError>) -> T {
        checked.unwrap_or_else(|error| {
            self.0.push(error);
            T::default()
        })
    }

    /// # Errors
    /// `validation_failed` when any rule was broken.
    pub(super) fn finish(self) -> Result<(), ApiError> {
        if self.0.is_empty() { Ok(()) } else { Err(ApiError::validation(self.0)) }
    }
}

/// The title of an album.
pub(super) fn album_title(title: &str) -> Result<String, FieldError> {
    text::line("title", title, TITLE_MAX)
}

/// The title of a photo, which may be empty.
pub(super) fn photo_title(title: &str) -> Result<String, FieldError> {
    if title.trim().is_empty() { Ok(String::new()) } else { text::line("title", title, TITLE_MAX) }
}

/// Lines of text, none of them necessary.
pub(super) fn description(description: &str) -> Result<String, FieldError> {
    let text = description.trim().replace("\r\n", "\n");
    let length = text.chars().count();
    if length > DESCRIPTION_MAX {
        let msg = format!("Description has {length} characters: shorten it to {DESCRIPTION_MAX}.");
        return Err(FieldError::body("description", "too_long", msg));
    }
    if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\t')) {
        let msg = "Description has a control character: remove it.";
        return Err(FieldError::body("description", "control_character", msg));
    }
    Ok(text)
}

/// Patterns of the words of a query; none for a blank one.
///
/// # Errors
/// `validation_failed` when it is too long.
pub(super) fn query_patterns(query: Option<&str>) -> Result<Vec<String>, ApiError> {
    let Some(query) = query.filter(|query| !query.trim().is_empty()) else { return Ok(Vec::new()) };
    let checked = text::line("query", query, text::QUERY_MAX)
        .map_err(|error| ApiError::validation(vec![FieldError::query("query", &error.rule, error.msg)]));
    Ok(plain_patterns(&checked?))
}

/// # Errors
/// `validation_failed` unless it is 1 to [`PAGE_MAX`].
pub(super) fn limit(limit: i64) -> Result<(), ApiError> {
    if (1..=PAGE_MAX).contains(&limit) {
        return Ok(());
    }
    let msg = format!("Ask for 1 to {PAGE_MAX} entries.");
    Err(ApiError::validation(vec![FieldError::query("limit", "range", msg)]))
}

/// Each id once, in the order given.
///
/// # Errors
/// `validation_failed` for none or more than [`BATCH_MAX`].
pub(super) fn batch(mut ids: Vec<Uuid>) -> Result<Vec<Uuid>, ApiError> {
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(*id));
    let (rule, msg) = match ids.len() {
        0 => ("missing", "Name at least one photo.".to_owned()),
        number if number > BATCH_MAX => ("too_many", format!("There are {number} photos: leave {BATCH_MAX}.")),
        _ => return Ok(ids),
    };
    Err(ApiError::validation(vec![FieldError::body("ids", rule, msg)]))
}

/// The role that somebody is to have, as it is stored.
///
/// # Errors
/// The broken rule: an album has one owner.
pub(super) fn shared_role(role: AlbumRole) -> Result<i64, FieldError> {
    match role {
        AlbumRole::Viewer => Ok(1),
        AlbumRole::Editor => Ok(2),
        AlbumRole::Owner => {
            Err(FieldError::body("role", "owner", "An album has one owner: share it to view or to add."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_its_lines_and_no_other_control_characters() {
        assert_eq!(description(" a\r\n\tb \n").unwrap(), "a\n\tb");
        assert_eq!(description("\u{7}").unwrap_err().rule, "control_character");
        assert_eq!(description(&"ż".repeat(DESCRIPTION_MAX)).unwrap().chars().count(), DESCRIPTION_MAX);
        assert_eq!(description(&"x".repeat(DESCRIPTION_MAX + 1)).unwrap_err().rule, "too_long");
    }

    #[test]
    fn a_photo_needs_no_title_and_an_album_does() {
        assert_eq!(photo_title(" ").unwrap(), "");
        assert_eq!(photo_title("a\nb").unwrap_err().rule, "control_character");
        assert_eq!(album_title(" ").unwrap_err().rule, "blank");
        assert_eq!(album_title(&"x".repeat(TITLE_MAX + 1)).unwrap_err().rule, "too_long");
    }

    #[test]
    fn a_batch_has_each_photo_once_and_not_too_many() {
        let id = Uuid::from_u128;
        assert_eq!(batch(vec![id(2), id(1), id(2)]).unwrap(), [id(2), id(1)]);
        assert_eq!(batch(Vec::new()).unwrap_err().errors[0].rule, "missing");
        let many = (0..=2_000).map(id).collect();
        assert_eq!(batch(many).unwrap_err().errors[0].rule, "too_many");
    }
}
