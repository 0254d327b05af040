//! A sentence by its words, as it is looked through for what it states.

use crate::{
    language::Language,
    words::{Grammar, words},
};
use std::ops::Range;

pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    pub(super) grammar: &'a Grammar,
    /// Where its words stand, in bytes.
    pub(super) words: Vec<Range<usize>>,
    /// The same words without capitals.
    pub(super) lower: Vec<String>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(text: &'a str, language: Language, grammar: &'a Grammar) -> Self {
        let words = words(text);
        let lower = words.iter().map(|range| text[range.clone()].to_lowercase()).collect();
        Self { text, language, grammar, words, lower }
    }

    /// A word without capitals; empty where there is none.
    pub(super) fn word(&self, index: usize) -> &str {
        self.lower.get(index).map_or("", String::as_str)
    }

    /// What stands between a word and the one after it, or the end.
    pub(super) fn after(&self, index: usize) -> &str {
        match (self.words.get(index), self.words.get(index + 1)) {
            (Some(one), Some(other)) => &self.text[one.end..other.start],
            (Some(one), None) => &self.text[one.end..],
            _ => "",
        }
    }
}
