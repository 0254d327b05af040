//! What may stand beside a number and says nothing more: that it is a year, or what the question counts.

use super::{
    language::{Language, denies},
    tokens::{Token, Tokens},
    typos::{Likeness, likeness},
};

/// Words that lead to a year, in the languages that are known.
const BEFORE_YEAR: [&str; 28] = [
    "in",
    "the",
    "year",
    "of",
    "ad",
    "anno",
    "domini",
    "w",
    "we",
    "rok",
    "roku",
    "im",
    "jahr",
    "jahre",
    "en",
    "el",
    "ano",
    "de",
    "l",
    "an",
    "annee",
    "nel",
    "nell",
    "em",
    "في",
    "عام",
    "سنه",
    "العام",
];
/// Words that follow one: that it is a year, and of our era.
const AFTER_YEAR: [&str; 18] = [
    "r",
    "rok",
    "roku",
    "year",
    "ad",
    "a d",
    "ce",
    "c e",
    "n e",
    "naszej ery",
    "n chr",
    "nach christus",
    "apr j c",
    "apres j c",
    "d c",
    "م",
    "ميلادي",
    "ميلاديه",
];
/// Before our era, in whatever language.
const BEFORE_OUR_ERA: [&str; 12] =
    ["bc", "b c", "bce", "b c e", "pne", "p n e", "przed nasza era", "v chr", "vor christus", "av j c", "a c", "ق م"];
/// What asks for a number of things.
const COUNTING: [&[&str]; 14] = [
    &["how", "many"],
    &["how", "much"],
    &["ile"],
    &["ilu"],
    &["wie", "viele"],
    &["wieviele"],
    &["combien", "de"],
    &["cuantos"],
    &["cuantas"],
    &["quanti"],
    &["quante"],
    &["quantos"],
    &["quantas"],
    &["كم"],
];
/// Words behind such a question, or behind a gap, that may name what is counted.
const COUNTED_MAX: usize = 3;

/// A year without the words around it: “in the year 1989 AD” is “1989”. Before our era stays so, in one form.
pub(super) fn bare_year(item: &[Token]) -> Option<Vec<Token>> {
    let place = item.iter().position(|token| matches!(token, Token::Number(number) if number.may_be_year()))?;
    let (before, after) = (words(&item[..place])?, words(&item[place + 1..])?);
    let leads = before == ["a", "d"] || before.iter().all(|word| BEFORE_YEAR.contains(word));
    let mut rest = after.join(" ");
    while let Some(less) = AFTER_YEAR.iter().find_map(|phrase| without_first(&rest, phrase)) {
        rest = less;
    }
    let is_before_our_era = BEFORE_OUR_ERA.contains(&rest.as_str());
    (leads && (rest.is_empty() || is_before_our_era)).then(|| {
        let era = is_before_our_era.then(|| Token::Word("bc".to_owned()));
        std::iter::once(item[place].clone()).chain(era).collect()
    })
}

fn words(tokens: &[Token]) -> Option<Vec<&str>> {
    tokens.iter().map(|token| if let Token::Word(word) = token { Some(word.as_str()) } else { None }).collect()
}

fn without_first(text: &str, phrase: &str) -> Option<String> {
    let rest = text.strip_prefix(phrase)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start().to_owned())
}

/// What a question counts: whoever names it beside the number, or leaves it out, says the same.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    things: Vec<Token>,
    /// Whether the question names them as what it counts. Else they are all of its words, of which one may be it.
    is_told: bool,
}

impl Counted {
    /// By the words of the question.
    pub(super) fn of(question: &str, language: Language) -> Self {
        let asked = |text: &str| Tokens::of(text, language, false).flat();
        let behind = match question.rsplit_once("__") {
            Some((_, after)) => Some(asked(after)),
            None => behind_counting(&asked(question)),
        };
        let is_told = behind.is_some();
        let mut things = behind.unwrap_or_else(|| asked(question));
        if is_told {
            things.truncate(COUNTED_MAX);
        }
        things.retain(|token| may_be_counted(token, language));
        Self { things, is_told }
    }

    /// A number and what it counts as the number alone, where the other one is a number alone.
    pub(super) fn left_out<'a>(&self, tokens: &'a [Token], other: &[Token], language: Language) -> &'a [Token] {
        match (tokens, other) {
            ([Token::Number(_), unit @ ..], [Token::Number(_)]) if self.are_named_by(unit, language) => &tokens[..1],
            _ => tokens,
        }
    }

    fn are_named_by(&self, unit: &[Token], language: Language) -> bool {
        let mut things = self.things.iter();
        let is_short = unit.len() <= if self.is_told { COUNTED_MAX } else { 1 };
        is_short && unit.iter().all(|word| things.any(|thing| are_same(thing, word, language)))
    }
}

fn behind_counting(asked: &[Token]) -> Option<Vec<Token>> {
    let words: Vec<&str> =
        asked.iter().map(|token| if let Token::Word(word) = token { word.as_str() } else { "" }).collect();
    let end =
        |at: usize| COUNTING.iter().find(|phrase| words[at..].starts_with(phrase)).map(|phrase| at + phrase.len());
    (0..words.len()).find_map(end).map(|end| asked[end..].to_vec())
}

/// Whether the word may name what is counted: no number, no “million”, and nothing that denies.
fn may_be_counted(token: &Token, language: Language) -> bool {
    match token {
        Token::Word(word) => {
            language.zeros(word).is_none() && language.number(word).is_none() && !denies(word, language)
        }
        Token::Sign(sign) => *sign == '%',
        Token::Number(_) | Token::Break => false,
    }
}

fn are_same(thing: &Token, named: &Token, language: Language) -> bool {
    match (thing, named) {
        (Token::Word(thing), Token::Word(named)) => likeness(thing, named, language, true) == Likeness::Same,
        _ => thing == named,
    }
}
