//! Addresses of the pages about quizzes, and of the files that REST serves.

use crate::paths::percent_encoded;
use domain::quizzes::ExportFormat;
use serde::{Deserialize, Serialize};

/// The list.
pub const LIST: &str = "/quizzes";
/// The cursor of older results on that page.
pub const SUBMITTED_BEFORE: &str = "submitted-before";
/// The cursor of newer results on that page.
pub const SUBMITTED_AFTER: &str = "submitted-after";
/// Where a quiz is made.
pub const NEW: &str = "/quizzes/new";

/// Where a quiz is taken.
#[must_use]
pub fn take(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// How a quiz is shown where it is taken, as the page's address has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Showing {
    /// Only those questions that have no answer yet.
    pub only_open: bool,
    /// With feedback after each question.
    pub after_each: bool,
}

/// Where a quiz is taken, shown so.
#[must_use]
pub fn take_showing(id: i64, showing: Showing) -> String {
    let query = match (showing.only_open, showing.after_each) {
        (false, false) => "",
        (true, false) => "?only=open",
        (false, true) => "?feedback=each",
        (true, true) => "?only=open&feedback=each",
    };
    format!("{}{query}", take(id))
}

/// The same with only those questions that have no answer yet.
#[must_use]
pub fn take_open(id: i64) -> String {
    take_showing(id, Showing { only_open: true, after_each: false })
}

/// The same at the question that was checked.
#[must_use]
pub fn take_checked(id: i64, question_id: i64, showing: Showing) -> String {
    format!("{}#question-{question_id}", take_showing(id, Showing { after_each: true, ..showing }))
}

/// The viewer's last result.
#[must_use]
pub fn results(id: i64) -> String {
    format!("{LIST}/{id}/results")
}

/// The key, for the author.
#[must_use]
pub fn edit(id: i64) -> String {
    format!("{LIST}/{id}/edit")
}

/// The quiz as a file.
#[must_use]
pub fn export(id: i64, format: ExportFormat) -> String {
    let format = match format {
        ExportFormat::Anki => "anki",
        ExportFormat::Gift => "gift",
        ExportFormat::Markdown => "markdown",
    };
    format!("/api/quiz/{id}/export?format={format}")
}

/// Another part of what the page lists.
#[must_use]
pub fn list_part(cursor_name: &str, cursor: &str) -> String {
    format!("{LIST}?{cursor_name}={}", percent_encoded(cursor))
}
