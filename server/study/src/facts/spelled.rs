//! Small numbers in words.

use crate::{language::Language, words::words};
use std::ops::Range;

/// A number in words in a sentence, with others of the same form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) range: Range<usize>,
    /// The numbers below it, nearest first.
    pub(crate) below: Vec<&'static str>,
    /// The numbers above it, nearest first.
    pub(crate) above: Vec<&'static str>,
    /// In digits.
    pub(crate) digits: usize,
}

/// Rows of numbers that take the same form of the noun, with the first one's value.
const ROWS: [(Language, usize, &str); 4] = [
    (Language::En, 2, "two three four five six seven eight nine ten eleven twelve"),
    (Language::Pl, 5, "pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście"),
    (Language::Pl, 2, "dwóch trzech czterech pięciu sześciu siedmiu ośmiu dziewięciu dziesięciu"),
    (Language::De, 2, "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
];

/// The first number in words that counts something.
pub(crate) fn spelled(text: &str, language: Language) -> Option<Spelled> {
    let words = words(text);
    for (index, range) in words.iter().enumerate() {
        let lower = text[range.clone()].to_lowercase();
        let counts = words.get(index + 1).is_some_and(|next| &text[range.end..next.start] == " ");
        let Some(next) = words.get(index + 1).map(|next| text[next.clone()].to_lowercase()) else { continue };
        let row = ROWS.iter().filter(|(of, ..)| *of == language).find_map(|(_, first, row)| {
            let row: Vec<&'static str> = row.split_ascii_whitespace().collect();
            let at = row.iter().position(|word| *word == lower)?;
            (row.len() > 3).then_some((*first, row, at))
        });
        if let Some((first, row, at)) = row
            && counts
            && text[range.clone()].starts_with(char::is_lowercase)
            && !["of", "or", "and", "to", "i", "lub", "z", "oder", "und"].contains(&next.as_str())
        {
            let below = row[..at].iter().rev().take(3).copied().collect();
            let above = row[at + 1..].iter().take(3).copied().collect();
            return Some(Spelled { range: range.clone(), below, above, digits: first + at });
        }
    }
    None
}

/// The value of a number in one of the languages.
pub(crate) fn spelled_value(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    ROWS.iter()
        .find_map(|(_, first, row)| row.split_ascii_whitespace().position(|word| word == lower).map(|at| first + at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_come_with_others_of_their_form() {
        let found = spelled("The heart has four chambers.", Language::En).unwrap();
        assert_eq!((found.digits, found.below, found.above), (4, vec!["three", "two"], vec!["five", "six", "seven"]));
        let text = "Serce składa się z czterech jam.";
        let found = spelled(text, Language::Pl).unwrap();
        assert_eq!((&text[found.range], found.digits), ("czterech", 4));
        assert!(spelled("Two of them left.", Language::En).is_none());
    }
}
