//! The documents that a page shows, kept up to date.

use domain::{
    Timestamp,
    documents::{Document, DocumentStatus, NotesStatus},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was heard of documents since a list was loaded; nothing of one that was deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News(BTreeMap<Uuid, Option<Document>>);

impl News {
    /// A document as it is now, unless something newer is known of it.
    pub fn put(&mut self, document: &Document) {
        let known = self.0.entry(document.id).or_insert_with(|| Some(document.clone()));
        if known.as_ref().is_some_and(|known| known.updated_at <= document.updated_at) {
            *known = Some(document.clone());
        }
    }

    /// It was deleted.
    pub fn remove(&mut self, id: Uuid) {
        self.0.insert(id, None);
    }
}

/// A part of the list of documents as it was loaded, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The documents.
    pub documents: Vec<Document>,
    /// Whether a new one belongs here: not where only a part is shown.
    pub takes_new: bool,
    /// Whether there are older ones than these.
    pub has_older: bool,
}

impl Shelf {
    /// The documents as they are now.
    #[must_use]
    pub fn with(&self, news: &News) -> Vec<Document> {
        let now = |loaded: &Document| match news.0.get(&loaded.id) {
            Some(None) => None,
            Some(Some(heard)) if heard.updated_at >= loaded.updated_at => Some(heard.clone()),
            _ => Some(loaded.clone()),
        };
        let mut documents: Vec<_> = self.documents.iter().filter_map(now).collect();
        for new in news.0.values().flatten().filter(|heard| self.takes(heard)) {
            let at = documents.partition_point(|one| place(one) > place(new));
            documents.insert(at, new.clone());
        }
        documents
    }

    fn takes(&self, heard: &Document) -> bool {
        let is_known = self.documents.iter().any(|one| one.id == heard.id);
        // What is older than the last one stands on a later part.
        let is_later = self.has_older && self.documents.last().is_some_and(|last| place(heard) < place(last));
        self.takes_new && !is_known && !is_later
    }
}

/// By what the list is ordered.
fn place(document: &Document) -> (Timestamp, Uuid) {
    (document.created_at, document.id)
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

    fn news(documents: &[Document]) -> News {
        let mut news = News::default();
        documents.iter().for_each(|document| news.put(document));
        news
    }

    fn ids(documents: &[Document]) -> Vec<u128> {
        documents.iter().map(|one| one.id.as_u128()).collect()
    }

    #[test]
    fn what_is_newer_stays() {
        let shelf = Shelf { documents: vec![sample(1, 10)], ..Shelf::default() };
        let titled = |title: &str, changed_at| Document { title: title.into(), ..sample(1, changed_at) };
        let title = |news: &News| shelf.with(news)[0].title.clone();
        assert_eq!(title(&news(&[titled("Older", 9)])), "Cells");
        assert_eq!(title(&news(&[titled("Same moment, further", 10)])), "Same moment, further");
        assert_eq!(title(&news(&[titled("Newest", 12), titled("Late", 11)])), "Newest");
    }

    #[test]
    fn new_ones_stand_where_the_list_has_them() {
        let shelf = Shelf { documents: vec![sample(2, 20), sample(1, 10)], takes_new: true, has_older: true };
        let heard = news(&[sample(5, 40), sample(4, 30), sample(9, 15), sample(3, 5)]);
        assert_eq!(ids(&shelf.with(&heard)), [5, 4, 2, 9, 1], "the oldest is on the next part");
        let whole = Shelf { has_older: false, ..shelf.clone() };
        assert_eq!(ids(&whole.with(&heard)), [5, 4, 2, 9, 1, 3]);
        let found = Shelf { takes_new: false, ..shelf };
        assert_eq!(ids(&found.with(&heard)), [2, 1], "only a part is shown");
    }

    #[test]
    fn what_was_deleted_does_not_come_back() {
        let shelf = Shelf { documents: vec![sample(1, 10)], takes_new: true, has_older: false };
        let mut heard = news(&[sample(2, 20)]);
        heard.remove(Uuid::from_u128(1));
        heard.remove(Uuid::from_u128(2));
        heard.put(&sample(2, 30));
        assert!(shelf.with(&heard).is_empty());
    }

    #[test]
    fn notes_are_waited_for_only_of_what_can_be_read() {
        let making = Document { notes_status: NotesStatus::Processing, ..sample(1, 0) };
        assert!(is_under_way(&making));
        assert!(!is_under_way(&Document { status: DocumentStatus::Failed, ..making }));
    }
}
