//! Notes as Markdown.

use crate::{language::Language, reading::Reading, words::capitalised};
use domain::documents::{NOTES_MAX, NotePoint};
use std::ops::Range;

/// A bullet: a sentence of the source, and for a term the term and what it is, as stretches of the sentence.
pub(crate) struct Line {
    pub(crate) sentence: usize,
    pub(crate) term: Option<(Range<usize>, Range<usize>)>,
}

/// The notes' own words.
pub(crate) struct OwnWords {
    pub(crate) summary: &'static str,
    pub(crate) opening: &'static str,
    pub(crate) terms: &'static str,
    page: &'static str,
}

pub(crate) fn words_of(language: Language) -> OwnWords {
    let (summary, opening, terms, page) = match language {
        Language::En | Language::Other => ("Summary", "Beginning", "Key terms", "p."),
        Language::Pl => ("Podsumowanie", "Wprowadzenie", "Kluczowe pojęcia", "s."),
        Language::De => ("Zusammenfassung", "Anfang", "Begriffe", "S."),
        Language::Fr => ("Résumé", "Introduction", "Notions clés", "p."),
        Language::Es => ("Resumen", "Introducción", "Conceptos clave", "p."),
        Language::Ar => ("ملخص", "مقدمة", "مصطلحات", "ص"),
    };
    OwnWords { summary, opening, terms, page }
}

/// Notes that are being written.
pub(crate) struct Written<'a> {
    reading: &'a Reading<'a>,
    link: &'a dyn Fn(u32, u32, u32) -> String,
    highest: u8,
    pub(crate) markdown: String,
    pub(crate) points: Vec<NotePoint>,
    length: usize,
}

impl<'a> Written<'a> {
    pub(crate) fn new(reading: &'a Reading<'a>, link: &'a dyn Fn(u32, u32, u32) -> String) -> Self {
        let highest =
            reading.sections.iter().map(|section| section.level).filter(|level| *level > 0).min().unwrap_or(1);
        Self { reading, link, highest, markdown: String::new(), points: Vec::new(), length: 0 }
    }

    /// A heading with its bullets; level 0 is the notes' own.
    pub(crate) fn part(&mut self, heading: &str, level: u8, lines: &[Line]) {
        let mut text = String::new();
        let mut points = Vec::new();
        for line in lines {
            let sentence = &self.reading.sentences[line.sentence];
            let Some(citation) = self.reading.cite(sentence) else { continue };
            let page = self.reading.source.pages[sentence.page].page;
            let link = (self.link)(page, sentence.start, sentence.end);
            let words = match &line.term {
                Some((term, description)) => explained(&sentence.text, term, description),
                None => escaped(&sentence.text),
            };
            text.push_str(&format!("- {words} [{} {page}]({link})\n", words_of(self.reading.language).page));
            points.push(NotePoint { text: sentence.text.clone(), citations: vec![citation] });
        }
        let marks = if level == 0 { 2 } else { usize::from(2 + level.saturating_sub(self.highest).min(2)) };
        let part = format!("{} {}\n\n{text}\n", "#".repeat(marks), escaped(heading));
        let length = part.chars().count();
        if !points.is_empty() && self.length + length <= NOTES_MAX {
            self.length += length;
            self.markdown.push_str(&part);
            self.points.extend(points);
        }
    }
}

/// A term and what it is; where that begins with the verb, the sentence as it stands.
fn explained(sentence: &str, term: &Range<usize>, description: &Range<usize>) -> String {
    let shown = escaped(&capitalised(&sentence[term.clone()]));
    let goes_on = sentence.get(term.end..description.start).is_some_and(|between| between.trim().is_empty());
    if goes_on {
        return format!("**{shown}** {}", escaped(sentence[term.end..].trim_start()));
    }
    format!("**{shown}** – {}", escaped(&sentence[description.clone()]))
}

/// Text in which Markdown finds nothing of its own.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let numbering = digits > 0 && at == digits && matches!(c, '.' | ')');
        let opening = at == 0 && matches!(c, '#' | '-' | '+');
        if numbering || opening || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_whose_sentence_goes_on_with_the_verb_keeps_it() {
        let of = |text: &str, description: &str| {
            let start = text.find(description).unwrap_or_default();
            explained(text, &(0..text.find(' ').unwrap_or_default()), &(start..start + description.len()))
        };
        assert_eq!(of("Fundacja jest osobą prawną.", "jest osobą prawną"), "**Fundacja** jest osobą prawną.");
        assert_eq!(of("Fotoliza to rozkład wody.", "rozkład wody"), "**Fotoliza** – rozkład wody");
    }

    #[test]
    fn nothing_of_the_text_is_markup() {
        assert_eq!(escaped("# a *b* <i> [x](y)"), "\\# a \\*b\\* \\<i\\> \\[x\\](y)");
        assert_eq!(escaped("12. May 1791"), "12\\. May 1791");
        assert_eq!(escaped("In 12. place"), "In 12. place");
    }
}
