//! Parts of lists that show the newest first, and cursors: places in one list, which lead nowhere in another.

use super::store::ListPlace;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{ApiError, FieldError, conversations::PAGE_MAX, quizzes::QuizzesPart};

/// Which list a cursor is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum List {
    Quizzes,
    Submissions,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            Self::Quizzes => "quizzes",
            Self::Submissions => "submissions",
        }
    }

    /// The cursor that stands at an entry.
    fn at(self, id: i64) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{id}", self.name()))
    }

    /// The entry that the cursor stands at.
    fn read(self, parameter: &str, cursor: &str) -> Result<i64, ApiError> {
        let decoded = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let place = decoded.as_deref().and_then(|text| text.split_once('\n'));
        let id = place.filter(|(list, _)| *list == self.name()).and_then(|(_, id)| id.parse().ok());
        id.filter(|id| *id > 0).ok_or_else(|| {
            let msg = "This is not a cursor of this list: take it from a Link header.";
            ApiError::validation(vec![FieldError::query(parameter, "cursor", msg)])
        })
    }

    /// Where the part begins.
    ///
    /// # Errors
    /// `validation_failed` for a foreign cursor, two cursors or a limit out of range.
    pub(super) fn place(self, part: &QuizzesPart) -> Result<ListPlace, ApiError> {
        let wrong = |name, rule, msg: &str| Err(ApiError::validation(vec![FieldError::query(name, rule, msg)]));
        if !(1..=PAGE_MAX).contains(&i64::from(part.limit)) {
            return wrong("limit", "range", &format!("Ask for 1 to {PAGE_MAX} entries."));
        }
        match (&part.before, &part.after) {
            (None, None) => Ok(ListPlace::Latest),
            (Some(cursor), None) => Ok(ListPlace::Older(self.read("before", cursor)?)),
            (None, Some(cursor)) => Ok(ListPlace::Newer(self.read("after", cursor)?)),
            (Some(_), Some(_)) => wrong("before", "conflict", "Name either before or after, not both."),
        }
    }
}

/// The rows of a part, newest first, and what leads out of it.
#[derive(Debug)]
pub(super) struct Listed<T> {
    pub(super) rows: Vec<T>,
    pub(super) older: Option<String>,
    pub(super) newer: Option<String>,
}

/// The part of `limit` rows out of `rows`, which are nearest first and one more than that if there are more.
pub(super) fn listed<T>(
    list: List,
    place: ListPlace,
    limit: u32,
    mut rows: Vec<T>,
    id: impl Fn(&T) -> i64,
) -> Listed<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    if matches!(place, ListPlace::Newer(_)) {
        rows.reverse();
    }
    // Where one came from, there is more; on the far side only if it was found.
    let (has_newer, has_older) = match place {
        ListPlace::Latest => (false, has_more),
        ListPlace::Older(_) => (true, has_more),
        ListPlace::Newer(_) => (has_more, true),
    };
    let newer = rows.first().filter(|_| has_newer).map(|row| list.at(id(row)));
    let older = rows.last().filter(|_| has_older).map(|row| list.at(id(row)));
    Listed { rows, older, newer }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place_and_nothing_else_does() {
        let list = List::Quizzes;
        assert_eq!(list.read("before", &list.at(7)).unwrap(), 7);
        let foreign = [List::Submissions.at(7), URL_SAFE_NO_PAD.encode("albums\n7"), "A".repeat(500)];
        let broken = ["".to_owned(), "7".to_owned(), "x".to_owned(), URL_SAFE_NO_PAD.encode("quizzes\n-7")];
        for bad in foreign.iter().chain(&broken) {
            assert_eq!(list.read("before", bad).unwrap_err().errors[0].rule, "cursor", "{bad}");
        }
    }
}
