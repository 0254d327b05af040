//! Notes of a text: its key sentences by section, and its terms.

mod outline;
mod written;

use crate::{
    Source,
    facts::{Form, definition},
    rank::{Vocabulary, ranks},
    reading::Reading,
};
use domain::documents::NotePoint;
use outline::{Part, outline};
use std::collections::BTreeSet;
use written::{Line, Written};

/// Notes as they come out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeNotes {
    /// The notes; each point ends with the link to where it stands.
    pub markdown: String,
    /// The statements, in the order of the notes.
    pub points: Vec<NotePoint>,
    /// What the reader should know: a language that is done less well, or why there is nothing.
    pub remark: Option<String>,
}

/// Most points of notes.
const POINTS_MAX: usize = 160;
/// Most terms.
const TERMS_MAX: usize = 24;
/// Most points of the summary and of a section.
const SUMMARY_MAX: usize = 5;
const SECTION_MAX: usize = 6;
/// Two points more alike than this say the same.
const SAME: f64 = 0.55;

const NOTHING: &str = "No notes could be made: the text has no whole sentences that can be understood by themselves. \
    Lists, tables, formulas and fragments are not noted.";

/// Makes notes. `citation_link` gives the address of a passage by page, start and end in code points.
#[must_use]
pub fn make_notes(source: &Source, citation_link: &dyn Fn(u32, u32, u32) -> String) -> MadeNotes {
    let reading = Reading::of(source);
    let chosen = Chosen::of(&reading);
    let mut written = Written::new(&reading, citation_link);
    for (heading, level, lines) in chosen.parts {
        written.part(&heading, level, &lines);
    }
    let remarks = [reading.language.remark(), written.points.is_empty().then(|| NOTHING.to_owned())];
    let remark = remarks.into_iter().flatten().collect::<Vec<_>>().join(" ");
    MadeNotes { markdown: written.markdown, points: written.points, remark: (!remark.is_empty()).then_some(remark) }
}

/// The sentences that go into the notes.
struct Chosen<'a> {
    reading: &'a Reading<'a>,
    vocabulary: Vocabulary,
    ranks: Vec<f64>,
    taken: Vec<usize>,
    parts: Vec<(String, u8, Vec<Line>)>,
}

impl<'a> Chosen<'a> {
    fn of(reading: &'a Reading<'a>) -> Self {
        let vocabulary = Vocabulary::of(reading);
        let ranks = ranks(reading, &vocabulary);
        let mut chosen = Self { reading, vocabulary, ranks, taken: Vec::new(), parts: Vec::new() };
        let words = written::words_of(reading.language);
        let parts = outline(reading, &chosen.vocabulary);
        let summary = chosen.summary(&parts);
        let terms = chosen.terms();
        if !summary.is_empty() {
            chosen.parts.push((words.summary.to_owned(), 0, summary));
        }
        for (index, part) in parts.iter().enumerate() {
            let left = POINTS_MAX.saturating_sub(chosen.taken.len()) / (parts.len() - index);
            let quota = (part.sentences.len() / 5).clamp(1, SECTION_MAX).min(left.max(1));
            let lines = chosen.best(&part.sentences, quota);
            if !lines.is_empty() && chosen.taken.len() <= POINTS_MAX {
                let title = if part.title.is_empty() { words.opening.to_owned() } else { part.title.clone() };
                chosen.parts.push((title, part.level, lines));
            }
        }
        if !terms.is_empty() {
            chosen.parts.push((words.terms.to_owned(), 0, terms));
        }
        chosen
    }

    /// The best of some sentences, in the order of the text, none like one that was taken already.
    fn best(&mut self, sentences: &[usize], quota: usize) -> Vec<Line> {
        let mut order: Vec<usize> = sentences.iter().copied().filter(|index| self.ranks[*index] > 0.0).collect();
        order.sort_by(|one, other| self.ranks[*other].total_cmp(&self.ranks[*one]).then(one.cmp(other)));
        let mut found = Vec::new();
        for index in order.into_iter().take(quota * 12) {
            if found.len() == quota {
                break;
            }
            if self.is_new(index) {
                self.taken.push(index);
                found.push(index);
            }
        }
        found.sort_unstable();
        found.into_iter().map(|sentence| Line { sentence, term: None }).collect()
    }

    fn is_new(&self, index: usize) -> bool {
        self.taken.iter().all(|taken| *taken != index && self.vocabulary.likeness(*taken, index) < SAME)
    }

    /// The best sentence of the best parts.
    fn summary(&mut self, parts: &[Part]) -> Vec<Line> {
        let good = self.ranks.iter().filter(|rank| **rank > 0.0).count();
        let best_of = |part: &Part| {
            part.sentences
                .iter()
                .copied()
                .max_by(|one, other| self.ranks[*one].total_cmp(&self.ranks[*other]).then(other.cmp(one)))
        };
        let mut leaders: Vec<usize> =
            parts.iter().filter_map(best_of).filter(|index| self.ranks[*index] > 0.0).collect();
        leaders.sort_by(|one, other| self.ranks[*other].total_cmp(&self.ranks[*one]).then(one.cmp(other)));
        leaders.truncate(SUMMARY_MAX * 4);
        let quota = (good / 8).clamp(usize::from(good > 2), SUMMARY_MAX);
        let mut lines = self.best(&leaders, quota);
        if lines.len() < quota && parts.len() < SUMMARY_MAX {
            let all: Vec<usize> = (0..self.ranks.len()).collect();
            lines.extend(self.best(&all, quota - lines.len()));
            lines.sort_by_key(|line| line.sentence);
        }
        lines
    }

    /// The terms that the text explains.
    fn terms(&mut self) -> Vec<Line> {
        let mut order: Vec<usize> = (0..self.ranks.len()).filter(|index| self.ranks[*index] > 0.0).collect();
        order.sort_by(|one, other| self.ranks[*other].total_cmp(&self.ranks[*one]).then(one.cmp(other)));
        let mut seen = BTreeSet::new();
        let mut lines = Vec::new();
        for index in order {
            if lines.len() == TERMS_MAX {
                break;
            }
            let text = &self.reading.sentences[index].text;
            let Some(found) = definition(text, self.reading.language, &self.reading.grammar) else { continue };
            if found.form != Form::Mentioned
                && self.is_new(index)
                && seen.insert(text[found.term.clone()].to_lowercase())
            {
                self.taken.push(index);
                lines.push(Line { sentence: index, term: Some((found.term, found.description)) });
            }
        }
        lines.sort_by_key(|line| line.sentence);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceId;
    use domain::documents::DocumentPage;

    fn notes(text: &str) -> MadeNotes {
        let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: None, pages: vec![page] };
        make_notes(&source, &|page, start, end| format!("/read?page={page}&start={start}&end={end}"))
    }

    #[test]
    fn every_bullet_ends_with_the_link_to_its_place() {
        let text = "# Plants\n\nPhotosynthesis is a process by which plants make sugar from light and water. It is slow.\n\n\
            The leaves of most plants are green because they contain chlorophyll. The roots take up water and minerals from the soil.";
        let made = notes(text);
        let bullets: Vec<&str> = made.markdown.lines().filter(|line| line.starts_with("- ")).collect();
        assert_eq!(bullets.len(), made.points.len());
        assert!(
            bullets.iter().all(|line| line.contains(" [p. 1](/read?page=1&start=") && line.ends_with(')')),
            "{}",
            made.markdown
        );
        assert!(made.points.iter().all(|point| point.citations.iter().all(|citation| citation.stands_in(text))));
        assert!(!made.markdown.contains("It is slow"));
        assert_eq!(made.remark, None);
    }

    #[test]
    fn a_text_without_sentences_says_why_there_are_no_notes() {
        for text in ["", "12 34 56", "a b c", "Heading only"] {
            let made = notes(text);
            assert!(made.points.is_empty() && made.markdown.is_empty(), "{text}");
            assert!(made.remark.is_some_and(|remark| remark.contains("No notes could be made")));
        }
    }

    #[test]
    fn markup_in_the_text_stays_text() {
        let made = notes(
            "The star * and the <b>bold</b> sign are known to all people who write. The [link](x) is a way to lead readers on.",
        );
        assert!(!made.markdown.contains("<b>"), "{}", made.markdown);
        assert!(!made.markdown.contains(" [link]"), "{}", made.markdown);
    }
}
