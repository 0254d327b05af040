//! Addresses of the pages about documents.

use crate::paths::percent_encoded;
use domain::citation::Citation;
use uuid::Uuid;

/// The list.
pub const LIST: &str = "/library";

/// Documents with these words.
#[must_use]
pub fn search(query: &str) -> String {
    format!("{LIST}?query={}", percent_encoded(query))
}

/// A document with its notes.
#[must_use]
pub fn document(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// Where it is renamed and deleted.
#[must_use]
pub fn manage(id: Uuid) -> String {
    format!("{LIST}/{id}#manage")
}

/// Its text.
#[must_use]
pub fn read(id: Uuid) -> String {
    format!("{LIST}/{id}/read")
}

/// A page of its text.
#[must_use]
pub fn page(id: Uuid, page: u32) -> String {
    format!("{LIST}/{id}/read?page={page}")
}

/// A place in its text.
#[must_use]
pub fn place(id: Uuid, page: u32, start: u32, end: u32) -> String {
    format!("{LIST}/{id}/read?page={page}&start={start}&end={end}#cited")
}

/// One of the places where something was found in it.
#[must_use]
pub fn hit(id: Uuid, words: &str, hit: usize) -> String {
    format!("{LIST}/{id}/read?find={}&hit={hit}#cited", percent_encoded(words))
}

/// Where its notes are written.
#[must_use]
pub fn edit(id: Uuid) -> String {
    format!("{LIST}/{id}/edit")
}

/// All versions of its notes.
#[must_use]
pub fn versions(id: Uuid) -> String {
    format!("{LIST}/{id}/versions")
}

/// Those before one of them.
#[must_use]
pub fn versions_before(id: Uuid, version: u32) -> String {
    format!("{LIST}/{id}/versions?before={version}")
}

/// Where a quiz is made of it.
#[must_use]
pub fn new_quiz(id: Uuid) -> String {
    format!("/quizzes/new?document={id}")
}

/// Where a quiz is made of its notes.
#[must_use]
pub fn new_quiz_of_notes(id: Uuid) -> String {
    format!("{}&from=notes", new_quiz(id))
}

/// The reader at a citation; none for what is no document.
#[must_use]
pub fn cited(citation: &Citation) -> Option<String> {
    match citation {
        Citation::Document { document_id, page, start, end, .. } => Some(place(*document_id, *page, *start, *end)),
        Citation::Text { .. } | Citation::Audio { .. } | Citation::Photo { .. } | Citation::Message { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_stays_one_parameter() {
        let nil = Uuid::nil();
        assert_eq!(hit(nil, "a&b ż", 3), format!("/library/{nil}/read?find=a%26b%20%C5%BC&hit=3#cited"));
    }
}
