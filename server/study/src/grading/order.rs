//! Words in another order that mean the same: surnames first, Polish adjectives, “Versailles Treaty”.

use super::{
    language::{Language, denies},
    numbers::roman,
    tokens::Token,
};

/// Words of a name at most.
const NAME_MAX: usize = 5;
/// Small words in names.
const PARTICLES: [&str; 17] =
    ["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "van", "von", "z"];
/// What is “of” something just as the other way round. A cup of tea is no tea cup.
const NAMED_AFTER: [&str; 30] = [
    "accord",
    "act",
    "agreement",
    "armistice",
    "battle",
    "conference",
    "congress",
    "constitution",
    "convention",
    "council",
    "declaration",
    "diet",
    "dynasty",
    "edict",
    "law",
    "massacre",
    "pact",
    "partition",
    "peace",
    "principle",
    "revolution",
    "siege",
    "statute",
    "synod",
    "theorem",
    "theory",
    "treaty",
    "truce",
    "union",
    "war",
];

/// Whether a text looks like a person's name: capital letters, and no number of a king's.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let is_capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let is_numeral = |word: &&str| roman(word).is_some() && !word.contains(['L', 'C', 'D', 'M']);
    (2..=NAME_MAX).contains(&words.len())
        && !text.contains([',', ';', '/', '&', '+'])
        && !text.contains(|c: char| c.is_numeric())
        && !words.iter().any(is_numeral)
        && words.iter().filter(is_capital).count() >= 2
        && words.iter().all(|word| is_capital(&word) || PARTICLES.contains(word))
}

/// A name with its last words first, in each way.
pub(super) fn turned(name: &[Token]) -> impl Iterator<Item = Vec<Token>> {
    let all = if name.len() <= NAME_MAX { 1..name.len() } else { 0..0 };
    all.map(|first| [&name[first..], &name[..first]].concat())
}

/// Whether both are the same two words of Polish, where an adjective stands before its noun or behind it.
pub(super) fn are_swapped(wanted: &[Token], given: &[Token], language: Language) -> bool {
    let ([Token::Word(first), Token::Word(second)], [Token::Word(other), Token::Word(last)]) = (wanted, given) else {
        return false;
    };
    let carries = |word: &str| word.chars().nth(2).is_some() && !denies(word, language);
    language == Language::Polish && (first, second) == (last, other) && carries(first) && carries(second)
}

/// “Treaty of Versailles” as “Versailles Treaty”.
pub(super) fn named_first(tokens: &[Token], language: Language) -> Option<Vec<Token>> {
    let [head @ Token::Word(kind), Token::Word(of), rest @ ..] = tokens else { return None };
    let rest = match rest {
        [Token::Word(the), more @ ..] if the == "the" => more,
        _ => rest,
    };
    let fits = language == Language::English && of == "of" && NAMED_AFTER.contains(&kind.as_str());
    (fits && (1..=3).contains(&rest.len())).then(|| rest.iter().chain([head]).cloned().collect())
}
