//! Made-up documents, quizzes and reviews.

mod documents;
mod quizzes;
mod reviews;

pub(crate) use documents::{READ, READING, SCAN, SENT, SENT_SCAN, passage};
pub(crate) use quizzes::{CHECKED, FAILED, MINE, QUOTE, SECRET, SHARED};

use domain::Timestamp;

const MOMENT: Timestamp = Timestamp::from_seconds(0);
