//! A source read: its sections and sentences, each with where it stands.

use crate::{
    Source, SourceId,
    blocks::blocks_of,
    clean::damage,
    connectives::without_connectives,
    glossary,
    language::{self, Language},
    sentences::split,
    standing::stands_alone,
    words::{Grammar, collapse},
};
use domain::{
    citation::Citation,
    documents::{Block, BlockKind},
};
use std::ops::Range;

/// Longest sentence that is looked at, in code points; longer ones are no prose.
const SENTENCE_MAX: usize = 600;
/// Shortest and longest sentence that notes and questions are made of, in code points.
const GOOD_LENGTH: Range<usize> = 30..281;
/// Most sentences of one source that are kept; a text has fewer unless it is hostile.
const SENTENCES_MAX: usize = 200_000;

/// A source as it was read.
pub(crate) struct Reading<'a> {
    pub(crate) source: &'a Source,
    pub(crate) language: Language,
    pub(crate) grammar: Grammar,
    pub(crate) sections: Vec<Section>,
    pub(crate) sentences: Vec<Sentence>,
}

/// What stands under one heading.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// The heading; empty before the first.
    pub(crate) title: String,
    /// 1 to 6; 0 before the first heading.
    pub(crate) level: u8,
    pub(crate) sentences: Range<usize>,
}

/// A sentence or an item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// Which page of the source, counted from 0.
    pub(crate) page: usize,
    /// Code points of that page.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Its words with single spaces, without those that only tie it to others.
    pub(crate) text: String,
    pub(crate) in_list: bool,
    /// Whether it begins a paragraph.
    pub(crate) first: bool,
    pub(crate) section: usize,
    /// Whether it is whole, of good length, and can be understood by itself.
    pub(crate) good: bool,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(source: &'a Source) -> Self {
        let language = language::of_source(source);
        let mut reading =
            Self { source, language, grammar: Grammar::new(language), sections: Vec::new(), sentences: Vec::new() };
        reading.sections.push(Section { title: String::new(), level: 0, sentences: 0..0 });
        for (index, page) in source.pages.iter().enumerate() {
            let chars: Vec<char> = page.text.chars().collect();
            for block in blocks_of(page, &chars) {
                reading.take_block(index, block, &chars);
            }
        }
        reading.close_section();
        reading.sections.retain(|section| !section.sentences.is_empty());
        for (index, section) in reading.sections.iter().enumerate() {
            for sentence in &mut reading.sentences[section.sentences.clone()] {
                sentence.section = index;
            }
        }
        reading
    }

    fn take_block(&mut self, page: usize, block: Block, chars: &[char]) {
        let (Ok(start), Ok(end)) = (usize::try_from(block.start), usize::try_from(block.end)) else { return };
        match block.kind {
            BlockKind::Heading { level } => {
                let title: String = chars[start..end].iter().take(200).collect();
                self.close_section();
                let from = self.sentences.len();
                self.sections.push(Section { title: collapse(&title), level, sentences: from..from });
            }
            BlockKind::Paragraph => self.take_prose(page, start, &chars[start..end], false),
            BlockKind::ListItem => self.take_item(page, start, &chars[start..end]),
            BlockKind::Table | BlockKind::Code => {}
        }
    }

    fn close_section(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            section.sentences.end = self.sentences.len();
        }
    }

    /// An item of a list: an entry of a glossary, or prose.
    fn take_item(&mut self, page: usize, offset: usize, chars: &[char]) {
        let entry = collapse(&chars.iter().take(SENTENCE_MAX + 1).collect::<String>());
        let fits = chars.len() <= SENTENCE_MAX && self.sentences.len() < SENTENCES_MAX;
        let Some(text) = glossary::sentence(&entry, self.language).filter(|_| fits) else {
            return self.take_prose(page, offset, chars, true);
        };
        let (Ok(start), Ok(end)) = (u32::try_from(offset), u32::try_from(offset + chars.len())) else { return };
        let good = self.is_good(&text);
        self.sentences.push(Sentence { page, start, end, text, in_list: true, first: true, section: 0, good });
    }

    fn take_prose(&mut self, page: usize, offset: usize, chars: &[char], in_list: bool) {
        for (index, range) in split(chars, self.language).into_iter().enumerate() {
            if range.len() > SENTENCE_MAX || self.sentences.len() == SENTENCES_MAX {
                continue;
            }
            let written = collapse(&chars[range.clone()].iter().collect::<String>());
            let text = without_connectives(&written, self.language);
            let (Ok(start), Ok(end)) = (u32::try_from(offset + range.start), u32::try_from(offset + range.end)) else {
                continue;
            };
            let good = self.is_good(&text);
            self.sentences.push(Sentence { page, start, end, text, in_list, first: index == 0, section: 0, good });
        }
    }

    fn is_good(&self, text: &str) -> bool {
        // Arabic, Chinese and others have no capitals.
        let begins = text.starts_with(|c: char| {
            (c.is_alphabetic() && !c.is_lowercase()) || c.is_ascii_digit() || matches!(c, '„' | '“' | '"')
        });
        begins
            && GOOD_LENGTH.contains(&text.chars().count())
            && text.split(' ').count() > 4
            && damage(text).is_none()
            && stands_alone(text, self.language)
    }

    /// The citation of a sentence: its letters as they stand on its page.
    pub(crate) fn cite(&self, sentence: &Sentence) -> Option<Citation> {
        let page = self.source.pages.get(sentence.page)?;
        let quote = domain::citation::passage(&page.text, sentence.start, sentence.end)?.to_owned();
        let (start, end) = (sentence.start, sentence.end);
        Some(match self.source.id {
            SourceId::Document(document_id) => Citation::Document { document_id, page: page.page, start, end, quote },
            SourceId::Text => Citation::Text { start, end, quote },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::documents::DocumentPage;

    #[test]
    fn sentences_know_their_section_and_place() {
        let text = "Intro words stand here at the start.\n\n# Cells\n\nThe cell is the smallest\nunit of all life. It is small.";
        let page = DocumentPage { page: 3, text: text.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        assert_eq!(reading.sections.iter().map(|section| section.title.as_str()).collect::<Vec<_>>(), ["", "Cells"]);
        let sentence = &reading.sentences[1];
        assert_eq!(sentence.text, "The cell is the smallest unit of all life.");
        assert!(sentence.good && sentence.first && sentence.section == 1);
        assert!(!reading.sentences[2].good);
        let citation = reading.cite(sentence).unwrap();
        assert_eq!(citation.quote(), "The cell is the smallest\nunit of all life.");
        assert!(citation.stands_in(text));
    }
}
