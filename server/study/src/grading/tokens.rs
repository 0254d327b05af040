//! An answer as words, numbers and signs.

use super::{
    asides::bare_year,
    fold::{fold, is_letter},
    language::{Language, denies},
    numbers::{self, Number},
    order::is_name,
};

/// Tokens of an answer at most; nobody answers with more.
const TOKENS_MAX: usize = 300;
/// Signs that mean something. Every other one is punctuation.
const SIGNS: &str = "+=<>%^*/#$€£¥°√±∞≤≥≠→←~|\\@";

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Number(Number),
    Sign(char),
    /// What stands between the items of a list.
    Break,
}

/// An answer in parts.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    /// The parts, each list item by itself.
    pub(super) items: Vec<Vec<Token>>,
    /// How often it denies.
    pub(super) denials: usize,
    /// Whether it looks like a person's name.
    pub(super) is_name: bool,
}

impl Tokens {
    /// Takes a text apart. `with_number_words` makes numbers of number words, so that they equal digits; without, they
    /// are words, in which a typo may be.
    pub(super) fn of(text: &str, language: Language, with_number_words: bool) -> Self {
        let mut found = scan(&fold(text), language);
        if with_number_words {
            found = join_numbers(found, language);
        }
        let denials = found.iter().filter(|token| matches!(token, Token::Word(word) if denies(word, language))).count();
        mark_joins(&mut found, language);
        let items = found
            .split(|token| *token == Token::Break)
            .map(|item| bare_year(item).unwrap_or_else(|| without_article(item, language).to_vec()))
            .filter(|item| !item.is_empty())
            .collect();
        Self { items, denials, is_name: is_name(text) }
    }

    /// All parts, without what stood between the items.
    pub(super) fn flat(&self) -> Vec<Token> {
        self.items.concat()
    }
}

/// Takes an article from the beginning, unless nothing would be left.
fn without_article(item: &[Token], language: Language) -> &[Token] {
    match item {
        [Token::Word(first), rest @ ..] if !rest.is_empty() && language.articles().contains(&first.as_str()) => {
            // “to the” and the like.
            match rest {
                [Token::Word(second), more @ ..]
                    if !more.is_empty() && first == "to" && matches!(second.as_str(), "the" | "a" | "an") =>
                {
                    more
                }
                _ => rest,
            }
        }
        _ => item,
    }
}

/// Turns “and” between two items into a break.
fn mark_joins(found: &mut [Token], language: Language) {
    let is_item = |token: Option<&Token>| matches!(token, Some(Token::Word(_) | Token::Number(_) | Token::Break));
    for place in 1..found.len().saturating_sub(1) {
        let joins =
            matches!(&found[place], Token::Word(word) if language.joins(word)) || found[place] == Token::Sign('&');
        if joins && is_item(found.get(place - 1)) && is_item(found.get(place + 1)) {
            found[place] = Token::Break;
        }
    }
}

fn scan(folded: &str, language: Language) -> Vec<Token> {
    let folded = contractions(folded, language);
    let chars: Vec<char> = folded.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() && found.len() < TOKENS_MAX {
        let c = chars[at];
        if c.is_ascii_digit() {
            let negative = is_minus(&chars, at);
            let (number, end) = numbers::read(&chars, at, negative, language);
            found.push(Token::Number(number));
            at = after_ordinal(&chars, end);
        } else if is_letter(c) || c.is_numeric() {
            let end = word_end(&chars, at);
            push_words(&chars[at..end], language, &mut found);
            at = end;
        } else {
            if let Some(token) = sign(&chars, at) {
                found.push(token);
            }
            at += 1;
        }
    }
    found
}

/// “isn't” as “is not”, “cannot” as “can not”.
fn contractions(folded: &str, language: Language) -> String {
    if language != Language::English {
        return folded.to_owned();
    }
    folded
        .replace("can't", "can not")
        .replace("won't", "will not")
        .replace("n't", " not")
        .split(' ')
        .map(|word| if word == "cannot" { "can not" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a hyphen before the digit at `at` makes it negative rather than joining it to what is before.
fn is_minus(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| chars.get(before)) == Some(&'-')
        && at.checked_sub(2).and_then(|before| chars.get(before)).is_none_or(|c| !c.is_alphanumeric() && *c != '-')
}

/// Past the ending of an ordinal number, as in `19th`.
fn after_ordinal(chars: &[char], at: usize) -> usize {
    const ENDINGS: [&str; 13] = ["st", "nd", "rd", "th", "e", "er", "eme", "ste", "te", "ty", "ta", "sty", "ego"];
    let from = if chars.get(at) == Some(&'-') { at + 1 } else { at };
    let length = chars[from.min(chars.len())..].iter().take(6).take_while(|c| c.is_alphanumeric()).count();
    let ending: String = chars[from.min(chars.len())..].iter().take(length).collect();
    if ENDINGS.contains(&ending.as_str()) { from + length } else { at }
}

fn word_end(chars: &[char], at: usize) -> usize {
    let mut end = at;
    while let Some(c) = chars.get(end) {
        let joins = *c == '\'' && chars.get(end + 1).is_some_and(|next| is_letter(*next));
        // Digits are exact, wherever they stand: `B12` is B and 12.
        if c.is_ascii_digit() || !(is_letter(*c) || c.is_numeric() || joins) {
            break;
        }
        end += 1;
    }
    end
}

/// A word without its apostrophes; a French or Italian article before one is a word of its own, an English possessive goes.
fn push_words(chars: &[char], language: Language, found: &mut Vec<Token>) {
    let text: String = chars.iter().collect();
    let text = text.strip_suffix("'s").filter(|_| language == Language::English).unwrap_or(&text);
    let (before, rest) = text.split_once('\'').unwrap_or(("", text));
    let is_first = matches!(found.last(), None | Some(Token::Break));
    // An article, whatever the language of the question is.
    if is_first && matches!(before, "l" | "un") {
        found.push(Token::Word(rest.replace('\'', "")));
        return;
    }
    if matches!(before, "l" | "un" | "dell" | "all" | "nell" | "sull" | "dall") {
        found.push(Token::Word(before.to_owned()));
        found.push(Token::Word(rest.replace('\'', "")));
        return;
    }
    let word = text.replace('\'', "");
    found.push(match word.as_str() {
        "percent" | "procent" | "prozent" => Token::Sign('%'),
        _ => Token::Word(without_arabic_article(&word).to_owned()),
    });
}

/// Takes the Arabic article off, unless hardly anything is left. The name of God has none that could be left out.
fn without_arabic_article(word: &str) -> &str {
    let noun = word.strip_prefix("ال").filter(|noun| *noun != "له" && noun.chars().nth(1).is_some());
    noun.unwrap_or(word)
}

fn sign(chars: &[char], at: usize) -> Option<Token> {
    let c = chars[at];
    let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
    let after = chars.get(at + 1).copied();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match c {
        ',' | ';' | '\n' => Some(Token::Break),
        '&' => Some(Token::Sign('&')),
        ':' => (is_digit(before) && is_digit(after)).then_some(Token::Sign(':')),
        // A closing minus, as in `Cl-`, and a minus between terms, as in `a - b`.
        '-' => {
            let ends = before.is_some_and(is_letter) && after.is_none();
            let stands_free = before == Some(' ') && after == Some(' ') && chars.contains(&'=');
            (ends || stands_free).then_some(Token::Sign('-'))
        }
        _ => SIGNS.contains(c).then_some(Token::Sign(c)),
    }
}

/// Number words as numbers, and “million” and its like taken into the number before.
fn join_numbers(found: Vec<Token>, language: Language) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(found.len());
    for token in found {
        let Token::Word(word) = &token else {
            joined.push(token);
            continue;
        };
        let zeros = language.zeros(word);
        let value = language.number(word);
        match (joined.last_mut(), zeros, value) {
            (Some(Token::Number(number)), Some(zeros), _) => number.add_zeros(zeros),
            (Some(Token::Number(number)), None, Some(value @ 1..=9)) if number.ends_in_ten() => number.add(value),
            (_, _, Some(value)) => joined.push(Token::Number(Number::word(value))),
            _ => joined.push(token),
        }
    }
    joined
}
