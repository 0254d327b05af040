//! The documents that a page shows, kept up to date.

use domain::documents::{Document, DocumentStatus, NotesStatus};
use uuid::Uuid;

/// Documents, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The documents.
    pub documents: Vec<Document>,
    /// Whether a new one belongs here: not where only a part is shown.
    pub takes_new: bool,
}

impl Shelf {
    /// Shows a document as it is now, unless something newer is known of it.
    pub fn put(&mut self, document: &Document) {
        match self.documents.iter_mut().find(|one| one.id == document.id) {
            Some(known) if known.updated_at > document.updated_at => {}
            Some(known) => *known = document.clone(),
            None if self.takes_new => self.documents.insert(0, document.clone()),
            None => {}
        }
    }

    /// Takes a document away.
    pub fn remove(&mut self, id: Uuid) {
        self.documents.retain(|document| document.id != id);
    }

    /// Whether something is still being made.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.documents.iter().any(is_under_way)
    }
}

/// Whether its text or its notes are still being made.
#[must_use]
pub fn is_under_way(document: &Document) -> bool {
    match document.status {
        DocumentStatus::Uploaded | DocumentStatus::Processing => true,
        DocumentStatus::Ready => document.notes_status == NotesStatus::Processing,
        DocumentStatus::Failed => false,
    }
}

#[cfg(test)]
pub(super) fn sample(id: u128, changed_at: i64) -> Document {
    let at = domain::Timestamp::from_seconds(changed_at);
    Document {
        id: Uuid::from_u128(id),
        title: "Cells".into(),
        filename: "cells.pdf".into(),
        content_type: "application/pdf".into(),
        size: 1,
        status: DocumentStatus::Ready,
        progress: None,
        failure: None,
        pages: Some(3),
        words: Some(1_234),
        language: Some("en".into()),
        notes_status: NotesStatus::Ready,
        url: "/media/1".into(),
        created_at: at,
        updated_at: at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_newer_stays() {
        let mut shelf = Shelf { documents: vec![sample(1, 10)], takes_new: true };
        shelf.put(&Document { title: "Older".into(), ..sample(1, 9) });
        assert_eq!(shelf.documents[0].title, "Cells");
        shelf.put(&Document { title: "Same moment, further".into(), ..sample(1, 10) });
        assert_eq!(shelf.documents[0].title, "Same moment, further");
    }

    #[test]
    fn a_new_one_stands_first_where_it_belongs() {
        let mut shelf = Shelf { documents: vec![sample(1, 10)], takes_new: true };
        shelf.put(&sample(2, 11));
        assert_eq!(shelf.documents.iter().map(|one| one.id.as_u128()).collect::<Vec<_>>(), [2, 1]);
        let mut found = Shelf { documents: vec![], takes_new: false };
        found.put(&sample(2, 11));
        assert!(found.documents.is_empty());
    }

    #[test]
    fn notes_are_waited_for_only_of_what_can_be_read() {
        let making = Document { notes_status: NotesStatus::Processing, ..sample(1, 0) };
        assert!(is_under_way(&making));
        assert!(!is_under_way(&Document { status: DocumentStatus::Failed, ..making }));
    }
}
