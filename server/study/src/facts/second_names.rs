//! Other names that a text gives a thing right after its name: “random access memory (RAM)”, „kalibracja, zwana też …”.

use crate::{
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

/// What announces another name, in brackets or between commas; longer ones before those that they begin with.
const ENGLISH_CUES: [&str; 9] = [
    "also called ",
    "also known as ",
    "also termed ",
    "also ",
    "abbreviated as ",
    "abbreviated ",
    "known as ",
    "called ",
    "or ",
];
const POLISH_CUES: [&str; 5] = ["lub inaczej ", "albo inaczej ", "w skrócie ", "inaczej ", "lub "];
/// The same with an ending, which a word for “also” may follow.
const POLISH_CALLED: &str = "zwany zwana zwane zwani nazywany nazywana nazywane nazywani określany określana określane";
const POLISH_ALSO: &str = "też także również inaczej potocznie czasem niekiedy";
/// A bare word in brackets may limit or explain; these do not name.
const NO_NAMES: &str =
    "see approximately about usually often below above now today then respectively dawniej dziś obecnie czyli głównie";
/// Words that announce the name in another language.
const FOREIGN: [&str; 5] = ["ang. ", "łac. ", "gr. ", "niem. ", "fr. "];
/// Most words and letters of a name.
const NAME_WORDS_MAX: usize = 4;
const BARE_MAX: usize = 12;
/// Most names that are taken after one.
const NAMES_MAX: usize = 4;

/// The names that stand right after another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SecondNames {
    pub(crate) names: Vec<String>,
    /// Where the sentence goes on after them.
    pub(crate) end: usize,
}

/// What the text names a thing with whose name ends at `end`. A bare word in brackets counts only where it is `explained`
/// by the sentence, or is an abbreviation: elsewhere it may say which one is meant.
pub(crate) fn second_names(text: &str, end: usize, language: Language, explained: bool) -> SecondNames {
    let mut found = SecondNames { names: Vec::new(), end };
    while let Some((names, length)) = next_names(&text[found.end..], language, explained) {
        found.names.extend(names);
        found.end += length;
        if found.names.len() >= NAMES_MAX {
            break;
        }
    }
    found
}

/// Where names end after which another may stand, without those that plainly have none.
pub(crate) fn places_of_second_names(text: &str) -> impl Iterator<Item = usize> + '_ {
    const OPENINGS: [&str; 4] = [" (", ", ", " lub inaczej ", " albo inaczej "];
    OPENINGS.iter().flat_map(move |opening| text.match_indices(opening).map(|(at, _)| at))
}

fn next_names(rest: &str, language: Language, explained: bool) -> Option<(Vec<String>, usize)> {
    if let Some(inside) = rest.strip_prefix(" (") {
        let inside = inside.split_once(')').map(|(inside, _)| inside).filter(|inside| !inside.contains('('))?;
        return Some((bracketed(inside, language, explained), inside.len() + 3));
    }
    if let Some(aside) = rest.strip_prefix(", ") {
        let length = aside.find([',', ';', '.', '('])?;
        let closed = aside[length..].starts_with(", ") || aside[length..].starts_with('.');
        let name = announced(&aside[..length], language).filter(|_| closed)?;
        // „X, lub Y, …” is an enumeration, “X, or Y, is …” is not.
        let verb = aside[length..].strip_prefix(", ").is_some_and(|next| {
            is_listed("is are was were to jest są był była było były", next.split(' ').next().unwrap_or_default())
        });
        let alternative = ["or ", "lub ", "albo "].iter().any(|word| aside.starts_with(word));
        let comma = usize::from(aside[length..].starts_with(','));
        return (!alternative || verb).then(|| (vec![name], length + 2 + comma));
    }
    let inner = [" lub inaczej ", " albo inaczej "]
        .iter()
        .find_map(|cue| rest.strip_prefix(cue).map(|inner| (cue.len(), inner)))?;
    let (cue, inner) = inner;
    let length = [" to ", " jest ", " są ", ", ", "."].iter().filter_map(|mark| inner.find(mark)).min()?;
    name(&inner[..length]).map(|name| (vec![name], cue + length))
}

/// The names that brackets hold; none where they hold something else.
fn bracketed(inside: &str, language: Language, explained: bool) -> Vec<String> {
    if let Some(foreign) = FOREIGN.iter().find_map(|cue| inside.strip_prefix(cue)) {
        return foreign.split(", ").filter_map(name).collect();
    }
    if let Some(named) = announced(inside, language) {
        return vec![named];
    }
    let letters = inside.chars().count();
    let capitals = inside.chars().filter(|c| c.is_uppercase()).count();
    let bare = letters < BARE_MAX && inside.chars().all(char::is_alphabetic) && !is_listed(NO_NAMES, inside);
    let abbreviation = capitals > 1 && inside.chars().all(char::is_alphanumeric) && letters < BARE_MAX;
    if abbreviation || (bare && explained) { vec![inside.to_owned()] } else { Vec::new() }
}

/// The name after the words that announce it.
fn announced(text: &str, language: Language) -> Option<String> {
    let cues: &[&str] = match language {
        Language::En => &ENGLISH_CUES,
        Language::Pl => &POLISH_CUES,
        _ => return None,
    };
    if let Some(rest) = cues.iter().find_map(|cue| text.strip_prefix(cue)) {
        return name(rest);
    }
    let (first, rest) = text.split_once(' ')?;
    let called = language == Language::Pl && is_listed(POLISH_CALLED, first);
    let rest = rest.split_once(' ').filter(|(also, _)| is_listed(POLISH_ALSO, also)).map_or(rest, |(_, rest)| rest);
    called.then(|| name(rest)).flatten()
}

/// A name as it is written in an answer.
fn name(text: &str) -> Option<String> {
    let plain = text.trim().trim_matches(['“', '”', '„', '"', '‘', '’', '\'']);
    let plain = ["the ", "a ", "an "].iter().find_map(|article| plain.strip_prefix(article)).unwrap_or(plain);
    let fits = plain.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '’' | '\''))
        && (1..=NAME_WORDS_MAX).contains(&words(plain).len())
        && plain.chars().nth(1).is_some();
    fits.then(|| plain.to_owned())
}

/// The stretches of the last words before `end`, the longest first, that may be the name.
pub(crate) fn names_before(text: &str, end: usize) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = end;
    while starts.len() < NAME_WORDS_MAX {
        let start = text[..at].rfind(' ').map_or(0, |space| space + 1);
        if start < at {
            starts.push(start);
        }
        if start == 0 {
            break;
        }
        at = start - 1;
    }
    starts.into_iter().rev().map(|start| start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_are_found_after_a_name() {
        let of = |text: &str, first: &str, language, explained| {
            let end = text.find(first).unwrap_or_default() + first.len();
            let found = second_names(text, end, language, explained);
            (found.names.join("; "), text[found.end..].to_owned())
        };
        for (text, first, language, names, rest) in [
            ("Random access memory (RAM) is fast.", "memory", Language::En, "RAM", " is fast."),
            ("Deoxyribonucleic acid, or DNA, is a molecule.", "acid", Language::En, "DNA", " is a molecule."),
            ("Resolving power, also called resolution, is small.", "power", Language::En, "resolution", " is small."),
            ("A lens (also known as a loupe) bends light.", "lens", Language::En, "loupe", " bends light."),
            ("Iron, copper, and zinc are metals.", "Iron", Language::En, "", ", copper, and zinc are metals."),
            ("The cell (about 3 mm) is big.", "cell", Language::En, "", " is big."),
            (
                "Kalibracja, zwana też wzorcowaniem, jest trudna.",
                "Kalibracja",
                Language::Pl,
                "wzorcowaniem",
                " jest trudna.",
            ),
            (
                "Waluty surowcowe (ang. backed currencies) lub inaczej pieniądz kruszcowy to pieniądz.",
                "surowcowe",
                Language::Pl,
                "backed currencies; pieniądz kruszcowy",
                " to pieniądz.",
            ),
            (
                "Charakteryzacja (lub profilowanie) to proces.",
                "Charakteryzacja",
                Language::Pl,
                "profilowanie",
                " to proces.",
            ),
        ] {
            assert_eq!(of(text, first, language, false), (names.to_owned(), rest.to_owned()), "{text}");
        }
        let text = "Charakteryzacja (profil) to proces.";
        assert_eq!(of(text, "Charakteryzacja", Language::Pl, true).0, "profil");
        assert_eq!(of(text, "Charakteryzacja", Language::Pl, false).0, "");
    }

    #[test]
    fn the_words_before_a_place_may_be_a_name() {
        let text = "The random access memory (RAM)";
        let found: Vec<&str> = names_before(text, 24).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["The random access memory", "random access memory", "access memory", "memory"]);
    }
}
