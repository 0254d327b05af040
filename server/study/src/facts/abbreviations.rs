//! Abbreviations and what they stand for.

use crate::words::words;
use std::ops::Range;

/// “random access memory (RAM)”, as stretches of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Abbreviation {
    pub(crate) short: Range<usize>,
    pub(crate) long: Range<usize>,
}

/// The first abbreviation that a sentence explains.
pub(crate) fn abbreviation(text: &str) -> Option<Abbreviation> {
    let words = words(text);
    for (index, range) in words.iter().enumerate() {
        let short = &text[range.clone()];
        let letters: Vec<char> = short.chars().collect();
        let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
        let bracketed = text[..range.start].ends_with('(') && text[range.end..].starts_with(')');
        if !bracketed || !(2..=6).contains(&letters.len()) || capitals != letters.len() || index < letters.len() {
            continue;
        }
        let first = index - letters.len();
        let initials = words[first..index].iter().zip(&letters).all(|(word, letter)| {
            text[word.clone()].chars().next().is_some_and(|initial| initial.to_uppercase().eq(letter.to_uppercase()))
        });
        let joined = words[first..index].windows(2).all(|pair| text[pair[0].end..pair[1].start].trim().is_empty());
        if initials && joined && text[words[index - 1].end..range.start].trim() == "(" {
            return Some(Abbreviation { short: range.clone(), long: words[first].start..words[index - 1].end });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_is_found_where_its_letters_are_the_initials() {
        let text = "A computer has random access memory (RAM) and more.";
        let found = abbreviation(text).unwrap();
        assert_eq!((&text[found.short], &text[found.long]), ("RAM", "random access memory"));
        for text in ["The memory (RAM) is full.", "Some words stand here (see below).", "(ABC)"] {
            assert_eq!(abbreviation(text), None, "{text}");
        }
    }
}
