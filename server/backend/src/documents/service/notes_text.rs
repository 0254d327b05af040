//! Notes as a text that questions are made of, and the passages that its sentences come from.

use super::{
    DocumentService,
    citing::{Passage, cited, passages},
    store,
};
use crate::{
    failure::Failure,
    markdown::{PlainLine, plain_line},
};
use db::Connection;
use domain::{citation::Citation, documents::NotePoint};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The notes of a document in one of their versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotesSource {
    /// The document's.
    pub(crate) title: String,
    /// 0 while there are none.
    pub(crate) version: i64,
    pub(crate) text: NotesText,
}

/// What notes say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NotesText {
    pub(crate) text: String,
    /// Its code points.
    length: u32,
    /// Whether the next line belongs to the last paragraph.
    is_open: bool,
    places: Vec<Place>,
}

/// A stretch of the text, in code points, and the passages that the notes name for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    start: u32,
    end: u32,
    citations: Vec<Citation>,
}

impl DocumentService {
    /// The notes of a document of this owner, as they are now unless a version is named; none when they have no such
    /// document.
    pub(crate) async fn notes_source(
        &self,
        c: &mut Connection,
        owner_id: i64,
        id: Uuid,
        version: Option<i64>,
    ) -> Result<Option<NotesSource>, Failure> {
        let row = store::document(c, id).await?.filter(|row| row.owner_id == owner_id);
        let Some(row) = row else { return Ok(None) };
        let notes = store::notes(c, id, version.unwrap_or(row.notes_version)).await?;
        let Some(notes) = notes else {
            return Ok(Some(NotesSource { title: row.title, version: 0, text: NotesText::default() }));
        };
        let points: Vec<NotePoint> = serde_json::from_str(&notes.points)
            .map_err(|_| Failure::Broken("the points of stored notes cannot be read"))?;
        let made = match notes.is_edited {
            true => store::made_notes(c, id, notes.version).await?.map(|made| made.markdown).unwrap_or_default(),
            false => notes.markdown.clone(),
        };
        let text = NotesText::new(id, &notes.markdown, &points, &made);
        Ok(Some(NotesSource { title: row.title, version: notes.version, text }))
    }
}

impl NotesText {
    /// `made` are the notes as they were before a person edited them: a line that is still as it was says what its
    /// sentence of the document says, and is given as that sentence.
    fn new(id: Uuid, markdown: &str, points: &[NotePoint], made: &str) -> Self {
        let made: HashSet<&str> = made.lines().map(str::trim).collect();
        let mut by_passage: HashMap<Passage, Vec<&NotePoint>> = HashMap::new();
        for point in points {
            for passage in passages(point) {
                by_passage.entry(passage).or_default().push(point);
            }
        }
        let (mut text, mut told) = (Self::default(), HashSet::new());
        for line in markdown.lines() {
            let links = cited(line, id).into_iter().flatten();
            let behind: Vec<&NotePoint> = links.filter_map(|link| by_passage.get(&link)).flatten().copied().collect();
            let sentence = behind.first().map(|first| first.text.as_str());
            let sentence = sentence
                .filter(|sentence| made.contains(line.trim()) && behind.iter().all(|point| point.text == *sentence));
            match sentence {
                // The same sentence may be in the summary and among the terms.
                Some(sentence) if !told.insert(sentence) => {}
                Some(sentence) => text.add(&one_line(sentence), false, &behind),
                None => text.add_plain(&plain_line(line), &behind),
            }
        }
        text
    }

    fn add_plain(&mut self, line: &PlainLine, behind: &[&NotePoint]) {
        let PlainLine { heading, is_item, words } = line;
        match heading {
            _ if words.is_empty() => self.is_open = false,
            Some(level) => self.add(&format!("{} {words}", "#".repeat(usize::from(*level))), false, behind),
            None if *is_item => self.add(&format!("- {words}"), false, behind),
            None => self.add(words, true, behind),
        }
    }

    /// Adds a line; one that is to be continued is one paragraph with what is continued before and after it.
    fn add(&mut self, line: &str, is_open: bool, behind: &[&NotePoint]) {
        if !self.text.is_empty() {
            self.push(if self.is_open && is_open { "\n" } else { "\n\n" });
        }
        self.is_open = is_open;
        let start = self.length;
        self.push(line);
        let mut citations: Vec<Citation> = Vec::new();
        for citation in behind.iter().flat_map(|point| &point.citations) {
            if !citations.contains(citation) {
                citations.push(citation.clone());
            }
        }
        if !citations.is_empty() {
            self.places.push(Place { start, end: self.length, citations });
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length = self.length.saturating_add(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    }

    /// Where words of this text come from: the passage that the notes name for them, if they stand there, else the notes
    /// themselves.
    pub(crate) fn traced(&self, citation: Citation) -> Citation {
        let Citation::Text { start, end, quote } = &citation else { return citation };
        let place = self.places.iter().find(|place| place.start <= *start && *end <= place.end);
        let mut named = place.into_iter().flat_map(|place| &place.citations);
        let passage = named.find(|passage| says(passage.quote(), quote)).cloned();
        passage.unwrap_or(citation)
    }
}

/// Whether the words stand in the passage, as whole words; line breaks and spaces may differ.
fn says(passage: &str, words: &str) -> bool {
    let (passage, words) = (one_line(passage), one_line(words));
    let is_apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let mut found = passage.match_indices(&words).map(|(at, found)| passage.split_at(at + found.len()));
    !words.is_empty()
        && found.any(|(before, after)| {
            let before = before.strip_suffix(words.as_str()).and_then(|before| before.chars().next_back());
            is_apart(before) && is_apart(after.chars().next())
        })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::text::passage_path;
    use domain::citation::passage;

    const ID: Uuid = Uuid::from_u128(5);
    const PAGE: &str = "Mitosis is the division\nof a nucleus. A cell divides.";

    fn point(start: u32, end: u32) -> NotePoint {
        let quote = passage(PAGE, start, end).unwrap().to_owned();
        let text = one_line(&quote);
        NotePoint { text, citations: vec![Citation::Document { document_id: ID, page: 1, start, end, quote }] }
    }

    /// As a provider cites the words in the text.
    fn quoted(text: &str, quote: &str) -> Citation {
        let start = text[..text.find(quote).unwrap()].chars().count();
        let end = start + quote.chars().count();
        Citation::Text {
            start: u32::try_from(start).unwrap(),
            end: u32::try_from(end).unwrap(),
            quote: quote.to_owned(),
        }
    }

    #[test]
    fn what_is_as_it_was_made_is_told_in_the_words_of_the_document() {
        let (mitosis, cell) = (point(0, 37), point(38, 53));
        let term = format!("- **Mitosis** – the division of a nucleus [p. 1]({})", passage_path(ID, 1, 0, 37));
        let line = format!("- A cell divides. [p. 1]({})", passage_path(ID, 1, 38, 53));
        let made = format!("## Cells\n\n{term}\n{line}\n{line}\n");
        let mine = "My żółw\nsleeps.\n\n- An item";
        let text = NotesText::new(ID, &format!("{made}{mine}"), &[mitosis.clone(), cell], &made);
        let expected =
            "## Cells\n\nMitosis is the division of a nucleus.\n\nA cell divides.\n\nMy żółw\nsleeps.\n\n- An item";
        assert_eq!(text.text, expected);
        let sentence = quoted(&text.text, "Mitosis is the division of a nucleus.");
        assert_eq!(text.traced(sentence), mitosis.citations[0]);
        for own in ["My żółw\nsleeps.", "An item", "nucleus.\n\nA cell"] {
            let own = quoted(&text.text, own);
            assert_eq!(text.traced(own.clone()), own);
        }
    }

    #[test]
    fn a_line_that_was_edited_leads_to_its_passage_only_with_words_that_stand_there() {
        let cell = point(38, 53);
        let link = format!("[p. 1]({})", passage_path(ID, 1, 38, 53));
        let made = format!("- A cell divides. {link}\n");
        let edited = format!("- A cell divides twice. {link}\n- Every day a cell divides. {link}\n");
        let text = NotesText::new(ID, &edited, std::slice::from_ref(&cell), &made);
        assert_eq!(text.text, "- A cell divides twice.\n\n- Every day a cell divides.");
        for (words, is_there) in [
            ("A cell divides twice.", false),
            ("A cell divides", true),
            ("cell divides.", true),
            ("ell divides", false),
            ("a cell divides.", false),
        ] {
            let own = quoted(&text.text, words);
            let traced = text.traced(own.clone());
            assert_eq!(traced, if is_there { cell.citations[0].clone() } else { own }, "{words}");
        }
    }
}
