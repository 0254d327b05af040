//! Review without a browser.

use domain::review::{Rating, Reviewed};
use serde::{Deserialize, Serialize};

/// Where it is shown.
pub const PAGE: &str = "/review";

/// The four ratings, as buttons.
pub const RATINGS: [(Rating, &str, &str); 4] = [
    (Rating::Again, "again", "Again"),
    (Rating::Hard, "hard", "Hard"),
    (Rating::Good, "good", "Good"),
    (Rating::Easy, "easy", "Easy"),
];

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What came of it.
    pub reviewed: Reviewed,
    /// Whether the document of the passage is the viewer's.
    pub is_mine: bool,
}

/// How an answer was graded, as an address says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Right.
    Right,
    /// Close.
    Almost,
    /// Wrong.
    Wrong,
}

impl Outcome {
    /// That of an answer.
    #[must_use]
    pub const fn of(reviewed: &Reviewed) -> Self {
        match (reviewed.is_correct, reviewed.almost) {
            (true, _) => Self::Right,
            (false, true) => Self::Almost,
            (false, false) => Self::Wrong,
        }
    }

    /// As it stands in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Almost => "almost",
            Self::Wrong => "wrong",
        }
    }

    /// Reads what [`Self::name`] writes.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Right, Self::Almost, Self::Wrong].into_iter().find(|one| one.name() == name)
    }

    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Right => "Right",
            Self::Almost => "Almost",
            Self::Wrong => "Wrong",
        }
    }

    /// For the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Right => "grade grade-right",
            Self::Almost => "grade grade-almost",
            Self::Wrong => "grade grade-wrong",
        }
    }
}

/// Where a plain form goes on to: the list, with what came of the answer.
#[must_use]
pub fn after_answering(quiz_id: i64, question_id: i64, outcome: Outcome) -> String {
    format!("{PAGE}?answered={question_id}&quiz={quiz_id}&was={}", outcome.name())
}

/// A column of the forecast, from 0 to 10 tenths of the highest.
#[must_use]
pub fn tenths(count: u32, most: u32) -> u32 {
    if count == 0 { 0 } else { (count * 10).div_ceil(most.max(1)).clamp(1, 10) }
}

/// The day of a forecast in words.
#[must_use]
pub fn day(place: usize) -> String {
    match place {
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        _ => format!("In {place} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_never_invisible_while_something_is_due() {
        assert_eq!([tenths(0, 30), tenths(1, 300), tenths(15, 30), tenths(30, 30), tenths(0, 0)], [0, 1, 5, 10, 0]);
    }

    #[test]
    fn an_outcome_survives_the_address() {
        for one in [Outcome::Right, Outcome::Almost, Outcome::Wrong] {
            assert_eq!(Outcome::named(one.name()), Some(one));
        }
        assert_eq!(Outcome::named("<script>"), None);
        assert_eq!(after_answering(3, 4, Outcome::Almost), "/review?answered=4&quiz=3&was=almost");
    }
}
