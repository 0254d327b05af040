//! Where sentences begin and end.

use crate::language::Language;
use std::ops::Range;

/// Abbreviations that a full stop follows within a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "eg", "ie", "fig", "figs", "no", "vol", "approx",
    "ca", "cf", "inc", "ltd", "jr", "sr", "al", "eq", "sec", "ch", "ed", "eds", "pp", "rev", "gen", "col", "lt", "sgt",
    "mt", "dept", "univ", "u.s", "a.m", "p.m", "b.c", "a.d", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "np", "tzw", "m.in", "in", "itp", "itd", "tj", "tzn", "ok", "ul", "pl", "al", "św",
    "ww", "por", "zob", "rys", "tab", "str", "s", "nr", "poz", "art", "ust", "pkt", "lit", "hab", "inż", "mgr", "płk",
    "gen", "kpt", "ks", "bp", "abp", "min", "max", "godz", "tys", "mln", "mld", "zł", "gr", "łac", "ang", "niem", "gr",
    "fr", "wł", "ros", "ur", "zm", "p.n.e", "n.e", "z.b", "d.h", "u.a", "bzw", "ca", "nr", "sog", "usw", "p.ej", "sr",
    "sra", "env",
];

/// Abbreviations that may just as well end a sentence: `w 1791 r.`, `XVIII w.`
const ENDING_ABBREVIATIONS: &[&str] = &[
    "r", "w", "itp", "itd", "etc", "in", "al", "n.e", "p.n.e", "zł", "u.s", "a.m", "p.m", "b.c", "a.d", "tys", "mln",
    "mld", "inc", "no",
];

/// How far back the beginning of a sentence is looked for. Where it is further away, many words stand between; a sentence
/// of that length is no prose anyway, and each of its full stops would count all that stands before it.
const REACH: usize = 600;
/// So many words are many.
const MANY: usize = 6;

/// Where the sentences of a block stand, in offsets into `chars`, without the space around them.
pub(crate) fn split(chars: &[char], language: Language) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = skip_space(chars, 0);
    let mut at = start;
    while at < chars.len() {
        if !is_terminator(chars[at]) {
            at += 1;
            continue;
        }
        let end = after_closers(chars, at + 1);
        let next = skip_space(chars, end);
        if next >= chars.len()
            || (next > end && begins_sentence(chars, next, language) && !is_abbreviation(chars, start, at, next))
        {
            found.push(start..end);
            start = next;
        }
        at = end.max(at + 1);
    }
    let end = chars.len() - chars.iter().rev().take_while(|c| c.is_whitespace()).count().min(chars.len());
    if start < end {
        found.push(start..end);
    }
    found
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '。')
}

fn skip_space(chars: &[char], from: usize) -> usize {
    from + chars[from.min(chars.len())..].iter().take_while(|c| c.is_whitespace()).count()
}

fn after_closers(chars: &[char], from: usize) -> usize {
    let closers = |c: &&char| is_terminator(**c) || matches!(**c, '"' | '”' | '’' | '»' | ')' | ']' | '\'');
    from + chars[from..].iter().take_while(closers).count()
}

fn begins_sentence(chars: &[char], at: usize, language: Language) -> bool {
    let first = chars[at];
    let opened = matches!(first, '"' | '„' | '“' | '«' | '(' | '[' | '\'' | '‘' | '¿' | '¡' | '*');
    let letter = if opened { chars.get(at + 1).copied().unwrap_or(' ') } else { first };
    letter.is_uppercase()
        || letter.is_ascii_digit()
        || language == Language::Ar
        || (letter.is_alphabetic() && !letter.is_lowercase())
}

/// Whether the full stop at `at` belongs to the word before it.
fn is_abbreviation(chars: &[char], start: usize, at: usize, next: usize) -> bool {
    if chars[at] != '.' {
        return false;
    }
    let mut from = at;
    while from > start && at - from < 8 && (chars[from - 1].is_alphanumeric() || chars[from - 1] == '.') {
        from -= 1;
    }
    let word: String = chars[from..at].iter().flat_map(|c| c.to_lowercase()).collect();
    let words_before = words_between(chars, start, from);
    if ENDING_ABBREVIATIONS.contains(&word.as_str()) {
        return words_before < 5 || !chars[next].is_uppercase();
    }
    let initial = word.chars().count() == 1 && chars[from].is_uppercase();
    let numbering = words_before == 0 && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    initial || numbering || ABBREVIATIONS.contains(&word.as_str())
}

/// How many words stand between the beginning of a sentence and a place in it; from six on it is all the same.
fn words_between(chars: &[char], start: usize, at: usize) -> usize {
    if at - start > REACH {
        return MANY;
    }
    chars[start..at].iter().filter(|c| c.is_whitespace()).take(MANY).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        split(&chars, Language::Pl).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn sentences_end_at_full_stops_that_end_them() {
        assert_eq!(
            of(" Dr. Smith saw 3.5 cells, e.g. Amoeba. He (J. Smith) said: “Good!” Then he left… "),
            ["Dr. Smith saw 3.5 cells, e.g. Amoeba.", "He (J. Smith) said: “Good!”", "Then he left…"]
        );
        assert_eq!(
            of("W 1791 r. Sejm uchwalił konstytucję. Ustawę uchwalono w Warszawie w maju 1791 r. Obowiązywała krótko"),
            [
                "W 1791 r. Sejm uchwalił konstytucję.",
                "Ustawę uchwalono w Warszawie w maju 1791 r.",
                "Obowiązywała krótko"
            ]
        );
        assert!(of("").is_empty());
        assert!(of(" \n ").is_empty());
        assert_eq!(of("..."), ["..."]);
    }

    /// Counting from the beginning at each full stop, this takes more than ten minutes.
    #[test]
    fn full_stops_far_from_the_beginning_cost_no_more_than_others() {
        let text = "x".repeat(400_000) + &" A.".repeat(400_000) + " Then it ends.";
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(split(&chars, Language::En).len(), 1);
        let text = "x".repeat(1_000) + " in 1791 r. Sejm met. It is small.";
        assert_eq!(of(&text).len(), 3, "far from the beginning an abbreviation may end a sentence");
    }
}
