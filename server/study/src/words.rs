//! Words, their stems, and which of them carry the subject.

use crate::language::Language;
use std::{
    collections::{BTreeSet, HashSet},
    ops::Range,
};

/// Longest stretch without a space that is still taken for a word, in bytes.
const WORD_MAX: usize = 120;

/// Where the words of a text stand, in bytes. A hyphen or apostrophe within a word belongs to it, and so does a decimal
/// point or a thousands separator within a number.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let inside = c.is_alphanumeric() || is_mark(c) || (start.is_some() && joins(text, at, c, next));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(from..text.len());
    }
    found.retain(|word| word.len() <= WORD_MAX);
    found
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}')
}

fn joins(text: &str, at: usize, c: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    let digit_before = text[..at].chars().next_back().is_some_and(|before| before.is_ascii_digit());
    match c {
        '-' | '\'' | '’' | '‑' => next.is_alphanumeric(),
        '.' | ',' => digit_before && next.is_ascii_digit(),
        _ => false,
    }
}

/// The word without the ending that grammar gives it; good enough to see that two words are of one family.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let lower: String = word.to_lowercase();
    let letters: Vec<char> = lower.chars().collect();
    if letters.iter().any(char::is_ascii_digit) {
        return lower;
    }
    let kept = match language {
        Language::En => english_stem(&lower, &letters),
        Language::Pl => match letters.len() {
            0..=4 => letters.len(),
            5 => 4,
            _ => 5,
        },
        Language::Ar => return lower.strip_prefix("ال").unwrap_or(&lower).to_owned(),
        _ => letters.len().min(6),
    };
    letters[..kept].iter().collect()
}

fn english_stem(lower: &str, letters: &[char]) -> usize {
    let length = letters.len();
    if length < 4 {
        return length;
    }
    for (ending, cut) in
        [("ations", 6), ("ation", 5), ("ings", 4), ("ing", 3), ("ies", 3), ("ied", 3), ("’s", 2), ("'s", 2)]
    {
        if lower.ends_with(ending) && length >= cut + 3 {
            return length - cut;
        }
    }
    if lower.ends_with("ed") || (lower.ends_with("es") && length > 5) {
        return length - 2;
    }
    if lower.ends_with("ss") || lower.ends_with("us") || lower.ends_with("is") {
        return length;
    }
    if lower.ends_with('s') || lower.ends_with('e') || lower.ends_with('y') { length - 1 } else { length }
}

/// The words of a language that carry grammar.
pub(crate) struct Grammar {
    language: Language,
    function_words: HashSet<&'static str>,
}

impl Grammar {
    pub(crate) fn new(language: Language) -> Self {
        Self { language, function_words: language.function_words().collect() }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn is_function_word(&self, word: &str) -> bool {
        self.function_words.contains(word.to_lowercase().as_str())
    }

    /// The stems of the words that carry the subject.
    pub(crate) fn stems(&self, text: &str) -> BTreeSet<String> {
        words(text).into_iter().filter_map(|range| self.content_stem(&text[range])).collect()
    }

    /// The stem of a word that carries the subject; none for others.
    pub(crate) fn content_stem(&self, word: &str) -> Option<String> {
        let long_enough =
            word.chars().nth(2).is_some() || word.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
        (long_enough && !self.is_function_word(word)).then(|| stem(word, self.language))
    }
}

/// Whether a word is one of a list, whose words are divided by blanks.
pub(crate) fn is_listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|entry| entry == word)
}

/// With a capital at the beginning.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How much two sets have in common, from 0 to 100: common ones by all.
pub(crate) fn overlap_percent(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    (common * 100).checked_div(all).unwrap_or(0)
}

/// Spaces and line breaks as single spaces, none at the ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed.retain(|c| c != '\u{ad}' && c != '\u{200b}');
    collapsed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_keep_their_hyphens_apostrophes_and_decimals() {
        assert_eq!(of("It's 3.5 kg, 1,000 well-known żółwie."), ["It's", "3.5", "kg", "1,000", "well-known", "żółwie"]);
        assert_eq!(of("(a)-[b] 7. x"), ["a", "b", "7", "x"]);
        assert!(of("🐢🐢 ()()").is_empty());
        assert!(of(&"a".repeat(1_000_000)).is_empty());
    }

    #[test]
    fn stems_bring_a_family_of_words_together() {
        assert_eq!(stem("cells", Language::En), stem("cell", Language::En));
        assert_eq!(stem("divided", Language::En), stem("divides", Language::En));
        assert_eq!(stem("komórkach", Language::Pl), stem("komórek", Language::Pl));
        let grammar = Grammar::new(Language::En);
        assert_eq!(grammar.stems("The cells of a cell").len(), 1);
        assert_eq!(overlap_percent(&grammar.stems("red cell"), &grammar.stems("green cell")), 33);
    }
}
