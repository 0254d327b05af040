//! Short answers: the answer beside everything that is right, and the best of it counts.

use super::{
    Grade,
    asides::Counted,
    dates::dates,
    fold::fold,
    language::Language,
    numbers::{Number, roman},
    order::{are_swapped, named_first, turned},
    tokens::{Token, Tokens},
    typos::{Likeness, likeness},
};
use unicode_normalization::UnicodeNormalization as _;

/// Answers that are longer, in code points, are wrong without a look at them.
const ANSWER_MAX: usize = 2_000;
/// Right answers that are looked at.
const KEYS_MAX: usize = 100;
/// Pairs of words that are compared letter by letter to see how much of an answer is there.
const PAIRS_MAX: usize = 400;
/// Typos in an answer of several words.
const TYPOS_MAX: usize = 3;

pub(super) fn grade(question: &str, correct: &str, accepted: &[String], answer: &str, language: Option<&str>) -> Grade {
    if answer.chars().nth(ANSWER_MAX).is_some() || answer.trim().is_empty() {
        return Grade::Wrong;
    }
    let language = Language::of(language);
    let answer = Answer::of(answer, Counted::of(question, language), language);
    let keys = std::iter::once(correct).chain(accepted.iter().map(String::as_str)).take(KEYS_MAX);
    let mut best = Grade::Wrong;
    for key in keys.filter(|key| key.chars().nth(ANSWER_MAX).is_none()) {
        for variant in variants(key) {
            best = best.max(answer.beside(&variant, language));
            if best == Grade::Right {
                return best;
            }
        }
    }
    best
}

/// An answer, prepared for being compared.
struct Answer<'a> {
    text: &'a str,
    folded: String,
    with_numbers: Tokens,
    as_words: Tokens,
    counted: Counted,
}

impl<'a> Answer<'a> {
    fn of(text: &'a str, counted: Counted, language: Language) -> Self {
        Self {
            text,
            folded: fold(text),
            with_numbers: Tokens::of(text, language, true),
            as_words: Tokens::of(text, language, false),
            counted,
        }
    }

    fn beside(&self, key: &str, language: Language) -> Grade {
        if self.text.trim().nfc().eq(key.trim().nfc()) {
            return Grade::Right;
        }
        let days = dates(&fold(key), language);
        if let Some(day) = days.first() {
            let answered = dates(&self.folded, language);
            if answered.iter().any(|answer| days.contains(answer)) {
                return Grade::Right;
            }
            if !answered.is_empty() {
                let is_part = answered.iter().any(|answer| day.is_partly(answer));
                return if is_part { Grade::Almost } else { Grade::Wrong };
            }
        }
        let exact = compare(&Tokens::of(key, language, true), &self.with_numbers, &self.counted, language);
        if exact == Grade::Right {
            return exact;
        }
        exact.max(compare(&Tokens::of(key, language, false), &self.as_words, &self.counted, language))
    }
}

/// What else the key says: without what stands in brackets, an abbreviation in brackets alone, each side of a spaced
/// slash, umlauts as two letters, Roman numerals as digits.
fn variants(key: &str) -> Vec<String> {
    let mut found = vec![key.to_owned()];
    found.extend(key.split(" / ").filter(|_| key.contains(" / ")).map(ToOwned::to_owned));
    if let Some((before, (inside, after))) =
        key.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
    {
        let outside = format!("{before}{after}");
        if outside.chars().any(char::is_alphanumeric) && (before.is_empty() || before.ends_with(' ')) {
            found.push(outside);
            let is_abbreviation = inside.len() <= 12 && !inside.chars().any(char::is_lowercase);
            found.extend((is_abbreviation && inside.chars().any(char::is_uppercase)).then(|| inside.to_owned()));
        }
    }
    let mut more = Vec::new();
    for text in &found {
        more.extend(two_lettered(text));
        more.extend(in_digits(text));
    }
    found.extend(more);
    found
}

/// “Müller” as “Mueller”.
fn two_lettered(text: &str) -> Option<String> {
    let spelled: String = text
        .nfc()
        .flat_map(|c| {
            let letters: &[char] = match c {
                'ä' | 'Ä' => &['a', 'e'],
                'ö' | 'Ö' => &['o', 'e'],
                'ü' | 'Ü' => &['u', 'e'],
                'å' | 'Å' => &['a', 'a'],
                _ => &[],
            };
            let unchanged = letters.is_empty().then_some(c);
            letters.iter().copied().chain(unchanged)
        })
        .collect();
    (spelled.chars().count() != text.nfc().count()).then_some(spelled)
}

/// “XIX wiek” as “19 wiek”.
fn in_digits(text: &str) -> Option<String> {
    let mut has_changed = false;
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let numeral = word.trim_matches(|c: char| !c.is_alphanumeric());
            let is_numeral = numeral.len() > 1 || (text.contains(' ') && matches!(numeral, "I" | "V" | "X"));
            match roman(numeral).filter(|_| is_numeral) {
                Some(value) => {
                    has_changed = true;
                    value.to_string()
                }
                None => word.to_owned(),
            }
        })
        .collect();
    has_changed.then(|| words.join(" "))
}

fn compare(key: &Tokens, answer: &Tokens, counted: &Counted, language: Language) -> Grade {
    let (wanted, given) = (key.flat(), answer.flat());
    if wanted.is_empty() || given.is_empty() || key.denials != answer.denials {
        return Grade::Wrong;
    }
    let (alone, answered) = (counted.left_out(&wanted, &given, language), counted.left_out(&given, &wanted, language));
    let mut best = in_order(alone, answered, language).max(in_another_order(key, &wanted, &given, language));
    if key.items.len() > 1 {
        best = best.max(as_list(key, answer, language));
    }
    // “Curie, Maria”
    if let ([_], [last, first]) = (key.items.as_slice(), answer.items.as_slice()) {
        let turned = [first.as_slice(), last.as_slice()].concat();
        if turned.len() <= 4 {
            best = best.max(in_order(&wanted, &turned, language));
        }
    }
    if best == Grade::Wrong && is_partly_there(&wanted, &given, language) {
        best = Grade::Almost;
    }
    best
}

/// A surname first, a Polish adjective behind its noun, “Versailles Treaty” for “Treaty of Versailles”.
fn in_another_order(key: &Tokens, wanted: &[Token], given: &[Token], language: Language) -> Grade {
    if are_swapped(wanted, given, language) {
        return Grade::Right;
    }
    let mut best = Grade::Wrong;
    if key.is_name && wanted.len() == given.len() {
        let grades = turned(given).map(|turned| in_order(wanted, &turned, language));
        best = grades.max().unwrap_or(best);
    }
    let named = (named_first(wanted, language), named_first(given, language));
    if named.0.is_some() != named.1.is_some() {
        let (wanted, given) = (named.0.as_deref().unwrap_or(wanted), named.1.as_deref().unwrap_or(given));
        best = best.max(in_order(wanted, given, language));
    }
    best
}

/// Word by word; then with the spaces elsewhere.
fn in_order(wanted: &[Token], given: &[Token], language: Language) -> Grade {
    let mut likenesses = Vec::new();
    if wanted.len() == given.len() {
        let last = wanted.len() - 1;
        likenesses =
            wanted.iter().zip(given).enumerate().map(|(at, (a, b))| alike(a, b, language, at == last)).collect();
    }
    let by_word = overall(&likenesses);
    if by_word == Grade::Right {
        return by_word;
    }
    by_word.max(run_together(wanted, given, language))
}

fn overall(likenesses: &[Likeness]) -> Grade {
    let typos: usize =
        likenesses.iter().map(|likeness| if let Likeness::Typo(edits) = likeness { *edits } else { 0 }).sum();
    match likenesses.iter().max() {
        None | Some(Likeness::Far) => Grade::Wrong,
        Some(Likeness::Same) => Grade::Right,
        Some(Likeness::Typo(_)) if typos <= TYPOS_MAX => Grade::Slip,
        Some(_) => Grade::Almost,
    }
}

fn alike(key: &Token, answer: &Token, language: Language, is_last: bool) -> Likeness {
    match (key, answer) {
        (Token::Word(key), Token::Word(answer)) => likeness(key, answer, language, is_last),
        (Token::Number(key), Token::Number(answer)) if key.is_met_by(answer) => Likeness::Same,
        (Token::Sign(key), Token::Sign(answer)) if key == answer => Likeness::Same,
        _ => Likeness::Far,
    }
}

/// “photo synthesis” is “photosynthesis”. Numbers and signs keep their places. Typos are forgiven only where the
/// difference cannot be a little word, such as the A of “vitamin A” or the II of “World War II”.
fn run_together(wanted: &[Token], given: &[Token], language: Language) -> Grade {
    let has_little_word =
        wanted.iter().chain(given).any(|token| matches!(token, Token::Word(word) if word.chars().nth(2).is_none()));
    let exactly =
        wanted.len() == given.len() || has_little_word || !(numerals(wanted).is_empty() && numerals(given).is_empty());
    let (wanted, given) = (without_spaces(wanted), without_spaces(given));
    if wanted.len() != given.len() || (exactly && wanted != given) {
        return Grade::Wrong;
    }
    let likenesses: Vec<Likeness> = wanted.iter().zip(&given).map(|(a, b)| alike(a, b, language, true)).collect();
    overall(&likenesses)
}

fn without_spaces(tokens: &[Token]) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::new();
    for token in tokens {
        match (joined.last_mut(), token) {
            (Some(Token::Word(sum)), Token::Word(word)) => sum.push_str(word),
            _ => joined.push(token.clone()),
        }
    }
    joined
}

/// The items of a list in any order, each of them once.
fn as_list(key: &Tokens, answer: &Tokens, language: Language) -> Grade {
    let mut left: Vec<&[Token]> = answer.items.iter().map(Vec::as_slice).collect();
    if key.items.len() * left.len() > PAIRS_MAX {
        return Grade::Wrong;
    }
    let mut worst = Grade::Right;
    let mut missing = 0;
    for item in &key.items {
        let grades = left.iter().enumerate().map(|(place, given)| (in_order(item, given, language), place));
        // The first of the best: an exact item is not taken by one with a typo.
        let best = grades.max_by(|(a, at), (b, other)| a.cmp(b).then(other.cmp(at)));
        match best {
            Some((grade, place)) if grade > Grade::Wrong => {
                worst = worst.min(grade);
                left.remove(place);
            }
            _ => missing += 1,
        }
    }
    if missing * 2 > key.items.len() {
        Grade::Wrong
    } else if missing > 0 || !left.is_empty() {
        Grade::Almost
    } else {
        worst
    }
}

/// Whether two fifths of the key are in the answer, no number is another, and the answer is not a heap of guesses.
fn is_partly_there(wanted: &[Token], given: &[Token], language: Language) -> bool {
    if given.len() > 3 * wanted.len() + 2 || have_other_numbers(wanted, given) {
        return false;
    }
    let with_typos = wanted.len() * given.len() <= PAIRS_MAX;
    let is_given = |token: &&Token| {
        given.iter().any(|other| {
            *token == other
                || (with_typos && matches!(alike(token, other, language, true), Likeness::Same | Likeness::Typo(_)))
        })
    };
    let all: usize = wanted.iter().map(weight).sum();
    let there: usize = wanted.iter().filter(is_given).map(weight).sum();
    there > 0 && there * 5 >= all * 2
}

/// What a part says: little words hardly anything.
fn weight(token: &Token) -> usize {
    match token {
        Token::Word(word) if word.chars().count() <= 3 => 0,
        Token::Word(word) => word.chars().count(),
        Token::Number(_) => 4,
        Token::Sign(_) | Token::Break => 0,
    }
}

/// Whether the answer has a number, or beside numbers a Roman numeral, that the key has not.
fn have_other_numbers(wanted: &[Token], given: &[Token]) -> bool {
    let (right, answered) = (numbers(wanted), numbers(given));
    let is_other = |number: &Number| !right.iter().any(|right| right.is_met_by(number));
    let (right_numerals, numerals) = (numerals(wanted), numerals(given));
    let is_other_numeral = |number: &Number| is_other(number) && !right_numerals.contains(number);
    answered.iter().any(is_other)
        || (!(right.is_empty() && right_numerals.is_empty()) && numerals.iter().any(is_other_numeral))
}

fn numbers(tokens: &[Token]) -> Vec<Number> {
    let number = |token: &Token| if let Token::Number(number) = token { Some(number.clone()) } else { None };
    tokens.iter().filter_map(number).collect()
}

fn numerals(tokens: &[Token]) -> Vec<Number> {
    let numeral = |token: &Token| match token {
        // “mm”, “cm” and “dl” are units.
        Token::Word(word) if word.contains(['i', 'v', 'x']) => roman(&word.to_uppercase()).map(Number::word),
        _ => None,
    };
    tokens.iter().filter_map(numeral).collect()
}
