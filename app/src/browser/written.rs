//! What of a page's forms is kept while somebody signs in again, and under which names.

/// How all the names begin.
pub const ALL: &str = "lyceum.form.";
/// Of one page, in bytes: the longest text that a form takes fits.
const ROOM: usize = 1_000_000;

/// The name under which a person's page is kept.
#[must_use]
pub fn key(person: &str, path: &str) -> String {
    format!("{ALL}{person}.{path}")
}

/// Whether a page of somebody other than this person is kept under a name.
#[must_use]
pub fn is_of_another(key: &str, person: Option<&str>) -> bool {
    let Some(rest) = key.strip_prefix(ALL) else { return false };
    let own = person.and_then(|person| rest.strip_prefix(person));
    !own.is_some_and(|path| path.starts_with('.'))
}

/// Whether a field holds something else than at first. The line break that the parser drops from a loaded page stays
/// in front of the first text where a script has made the field.
#[must_use]
pub fn is_changed(now: &str, first: &str) -> bool {
    now != first && first.strip_prefix('\n') != Some(now)
}

/// Leaves out what is too long to be kept with the rest.
#[must_use]
pub fn fitting(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut room = ROOM;
    let fits = |(_, value): &(String, String)| match room.checked_sub(value.len()) {
        Some(rest) => {
            room = rest;
            true
        }
        None => false,
    };
    fields.into_iter().filter(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_kept_for_one_person() {
        let key = key("ada", "/library/7/edit");
        assert!(!is_of_another(&key, Some("ada")));
        for other in [Some("ben"), Some("ad"), Some("ada.x"), None] {
            assert!(is_of_another(&key, other), "{other:?}");
        }
        assert!(!is_of_another("lyceum.person", None), "something else is kept there");
    }

    #[test]
    fn a_field_is_changed_when_its_text_is_another() {
        assert!(is_changed("mine", "first"));
        assert!(is_changed("", "first"));
        assert!(!is_changed("first", "first"));
        assert!(!is_changed("first", "\nfirst"));
        assert!(is_changed("\nfirst", "first"));
    }

    #[test]
    fn what_is_too_long_is_left_out_and_the_rest_is_kept() {
        let field = |name: &str, length: usize| (name.to_owned(), "x".repeat(length));
        let kept = fitting(vec![field("title", 10), field("text", ROOM), field("notes", ROOM - 10), field("more", 1)]);
        let names: Vec<_> = kept.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["title", "notes"]);
    }
}
