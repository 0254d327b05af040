//! Finding in a page: letters are compared without case and accents, blanks of any kind as one, and what is found is
//! told in code points of the page as it is.

use crate::accounts::folding::plain;
use domain::documents::FoundPassage;

/// Code points that are shown before and after what was found.
const AROUND: usize = 60;

/// A text as it is compared.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    pub(crate) text: String,
    /// Of each of its code points: which one of the original it comes from.
    origins: Vec<u32>,
}

impl Folded {
    pub(crate) fn new(original: &str) -> Self {
        let mut folded = Self::default();
        for (origin, letter) in (0_u32..).zip(original.chars()) {
            match letter {
                letter if letter.is_whitespace() => {
                    if !folded.text.ends_with(' ') {
                        folded.push(' ', origin);
                    }
                }
                letter if letter.is_ascii() => folded.push(letter.to_ascii_lowercase(), origin),
                letter if is_unseen(letter) => {}
                letter => plain(letter.encode_utf8(&mut [0; 4])).chars().for_each(|one| folded.push(one, origin)),
            }
        }
        folded
    }

    fn push(&mut self, letter: char, origin: u32) {
        // PostgreSQL cannot store it, and nobody looks for it.
        if letter != '\0' {
            self.text.push(letter);
            self.origins.push(origin);
        }
    }

    /// Where the folded words stand in the original, from start to end.
    fn places<'a>(&'a self, words: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let (mut bytes, mut letters) = (0, 0);
        self.text.match_indices(words).filter_map(move |(byte, found)| {
            letters += self.text[bytes..byte].chars().count();
            bytes = byte;
            let last = letters + found.chars().count() - 1;
            let (start, last) = (self.origins.get(letters)?, self.origins.get(last)?);
            Some((*start as usize, *last as usize + 1))
        })
    }
}

/// Marks that belong to the letter before them, and signs that take no room.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || is_mark(letter)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The words as they are compared.
pub(crate) fn folded_words(words: &str) -> String {
    Folded::new(words.trim()).text.trim().to_owned()
}

/// The first `most` places where the words, folded, stand on a page.
pub(crate) fn found_on(page: u32, text: &str, words: &str, most: usize) -> Vec<FoundPassage> {
    if words.is_empty() {
        return Vec::new();
    }
    let letters: Vec<char> = text.chars().collect();
    let folded = Folded::new(text);
    folded.places(words).take(most).map(|place| passage(page, &letters, place)).collect()
}

fn passage(page: u32, letters: &[char], (start, mut end): (usize, usize)) -> FoundPassage {
    while letters.get(end).copied().is_some_and(is_mark) {
        end += 1;
    }
    let from = (start.saturating_sub(AROUND)..start).find(|at| begins_word(letters, *at)).unwrap_or(start);
    let to = (end..=(end + AROUND).min(letters.len())).rev().find(|at| begins_word(letters, *at)).unwrap_or(end);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    FoundPassage {
        page,
        start: number(start),
        end: number(end),
        excerpt: [one_line(&letters[from..start]), one_line(&letters[start..end]), one_line(&letters[end..to])],
    }
}

fn begins_word(letters: &[char], at: usize) -> bool {
    let is_blank = |at: usize| letters.get(at).is_none_or(|letter| letter.is_whitespace());
    at == 0 || at == letters.len() || (is_blank(at - 1) != is_blank(at))
}

/// Every blank as a space, so that the three parts can be put together again.
fn one_line(letters: &[char]) -> String {
    letters.iter().map(|letter| if letter.is_whitespace() { ' ' } else { *letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::citation::passage;

    fn found(text: &str, words: &str) -> Vec<(u32, u32)> {
        found_on(1, text, &folded_words(words), 10).into_iter().map(|place| (place.start, place.end)).collect()
    }

    #[test]
    fn case_accents_and_line_breaks_do_not_matter_and_places_are_those_of_the_page() {
        let text = "🐢 Zażółć gęślą\njaźń, ZAŻÓŁĆ gęślą  jaźń";
        let places = found(text, " zazolc GESLA jazn ");
        assert_eq!(places, [(2, 19), (21, 39)]);
        let quotes: Vec<_> = places.iter().map(|(start, end)| passage(text, *start, *end).unwrap()).collect();
        assert_eq!(quotes, ["Zażółć gęślą\njaźń", "ZAŻÓŁĆ gęślą  jaźń"]);
    }

    #[test]
    fn letters_that_become_two_and_marks_of_their_own_are_counted_once() {
        assert_eq!(found("die Straße", "STRASSE"), [(4, 10)]);
        assert_eq!(found("cafe\u{301} noir", "café"), [(0, 5)]);
        assert_eq!(found("hy\u{ad}phen", "hyphen"), [(0, 7)]);
        assert_eq!(found("aaa", "aa"), [(0, 2)]);
        for nothing in ["", " ", "\u{301}", "x"] {
            assert!(found("abc", nothing).is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn no_more_places_are_told_than_are_wanted() {
        let text = "a".repeat(1_000_000);
        let found = found_on(1, &text, "a", 200);
        assert_eq!((found.len(), found[199].start), (200, 199));
        assert!(found_on(1, &text, "a", 0).is_empty());
    }

    #[test]
    fn an_excerpt_has_whole_words_around_what_was_found() {
        let text = format!("{} the cell divides {}", "before ".repeat(30), "after ".repeat(30));
        let place = &found_on(3, &text, "cell", 1)[0];
        let [before, it, after] = &place.excerpt;
        assert_eq!((place.page, it.as_str()), (3, "cell"));
        assert!(before.trim_start().starts_with("before") && before.ends_with("the "), "{before:?}");
        assert!(after.starts_with(" divides") && after.trim_end().ends_with("after"), "{after:?}");
        assert!(before.len() <= 61 && after.len() <= 61);
    }
}
