//! What something raised is, told by what stands before and behind it:
//!
//! * after `10`, beside `=`, `+` or `×`, after a unit with a number, a variable, a function or a formula in parentheses
//!   it is a power; so is everything with a sign, such as `-3` or the charge `2+`;
//! * after punctuation, a year, a long number or an ordinary word digits are the mark of a note, and so are stars,
//!   daggers and what stands in brackets;
//! * letters after numbers and words belong to them: `1st`, `XXe`, `Mme`.
//!
//! A short number may have either. It keeps what is raised as a superscript, which is right for both.

use super::letters;

/// How far before what is raised is looked.
const REACH: usize = 64;
const UNITS: [&str; 36] = [
    "m", "mm", "cm", "dm", "km", "nm", "µm", "μm", "pm", "fm", "s", "ms", "ns", "µs", "kg", "g", "mg", "K", "mol", "A",
    "cd", "ft", "in", "yd", "mi", "sec", "pc", "kpc", "Mpc", "ly", "eV", "h", "min", "rad", "Pa", "px",
];
const FUNCTIONS: [&str; 13] =
    ["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "log", "ln", "exp", "tg"];
/// Single letters that numbers in order end with.
const ORDINALS: [&str; 8] = ["e", "o", "a", "r", "d", "s", "º", "ª"];
/// Words after which a number is one of a law.
const ARTICLES: [&str; 6] = ["art.", "Art.", "artykuł", "§", "ust.", "pkt"];

/// What something raised is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Power,
    /// A power whose `10` has a space behind it.
    PowerOfTen,
    /// The mark of a note.
    Mark,
    Letters,
    /// The sign of a degree, written as a raised letter.
    Degree,
}

pub(super) fn meaning(before: &str, raised: &str, after: &str) -> Meaning {
    let base = Base::of(before);
    if is_bracketed(raised) {
        return Meaning::Mark;
    }
    if raised.chars().all(is_note_sign) {
        return if raised == "*" && base.is_variable() { Meaning::Letters } else { Meaning::Mark };
    }
    if raised.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(&base, raised, after);
    }
    if raised.chars().all(char::is_alphabetic) {
        return letters(&base, raised, after);
    }
    if raised.starts_with(letters::is_sign) || raised.ends_with(letters::is_sign) {
        return if base.can_have_sign() { Meaning::Power } else { Meaning::Letters };
    }
    if base.is_mathematical(after) {
        return Meaning::Power;
    }
    let is_list = raised.chars().all(|char| char.is_ascii_digit() || matches!(char, ',' | ';' | '-' | '–' | ' '));
    let is_lettered = raised.starts_with(|char: char| char.is_ascii_digit()) && raised.chars().count() < 4;
    if is_list || is_lettered { Meaning::Mark } else { Meaning::Letters }
}

/// Whether a power may stand behind the text, and is written in digits, letters and signs.
pub(super) fn is_power(before: &str, power: &str, after: &str) -> bool {
    let is_plain = power.chars().all(|char| char.is_alphanumeric() || "+-−–=()/*. ".contains(char));
    let meaning = match meaning(before, power, after) {
        Meaning::Mark if Base::of(before).is_number() => return false,
        meaning => meaning,
    };
    is_plain && (meaning == Meaning::Power || Base::of(before).is_variable())
}

/// Whether an index may stand below the end of the text.
pub(super) fn can_have_index(before: &str) -> bool {
    before.ends_with(|char: char| {
        char.is_alphanumeric() || matches!(char, ')' | ']' | '∑' | '∏' | '∫') || letters::is_raised(char)
    })
}

/// Whether this is what leads to a note: a number, a letter or a sign.
pub(super) fn names_note(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')', '.', ' ']);
    let is_number = inner.starts_with(|char: char| char.is_ascii_digit()) && inner.chars().count() <= 5;
    let is_letter = inner.chars().nth(1).is_none() || inner.chars().all(|char| "ivx".contains(char));
    is_bracketed(text) || is_number || is_letter || inner.chars().all(|char| !char.is_alphanumeric())
}

pub(super) fn is_bracketed(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']')
}

/// What closes something, so that no space is wanted before it.
pub(super) fn closes(char: char) -> bool {
    matches!(
        char,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '»'
            | '”'
            | '’'
            | '"'
            | '\''
            | '…'
            | '%'
            | '/'
            | '-'
            | '–'
            | '—'
    )
}

fn digits(base: &Base<'_>, raised: &str, after: &str) -> Meaning {
    match base {
        Base::Nothing | Base::Blank(_) if raised.len() > 1 && begins_with_element(after) => Meaning::Power,
        Base::Blank(before) if begins_with_element(after) && !ends_sentence(before) => Meaning::Power,
        Base::Blank(before) if Base::of(before).is_ten_times() => Meaning::PowerOfTen,
        Base::Word { word, .. } if UNITS.contains(word) && base.is_measured() && !matches!(raised, "2" | "3" | "4") => {
            Meaning::Mark
        }
        _ if base.is_mathematical(after) || base.is_short_number() => Meaning::Power,
        _ => Meaning::Mark,
    }
}

fn letters(base: &Base<'_>, raised: &str, after: &str) -> Meaning {
    let is_single = raised.chars().nth(1).is_none();
    match base {
        Base::Number { .. } if raised == "o" && after.trim_start().starts_with(['C', 'F']) => Meaning::Degree,
        Base::Number { .. } if is_single && !ORDINALS.contains(&raised) => Meaning::Power,
        Base::Word { word, .. } if is_single && is_abbreviated(word, raised) => Meaning::Letters,
        Base::Word { .. } if is_single && base.is_mathematical(after) => Meaning::Power,
        Base::Closing { .. } if base.is_mathematical(after) => Meaning::Power,
        Base::Word { .. } | Base::Closing { .. } | Base::Other(_) if is_single => Meaning::Mark,
        _ => Meaning::Letters,
    }
}

/// `XXe`, `Dr`, `No`.
fn is_abbreviated(word: &str, raised: &str) -> bool {
    let is_roman = word.chars().all(|char| "IVXLCDM".contains(char));
    ORDINALS.contains(&raised) && (is_roman || matches!(word, "n" | "N" | "D" | "M" | "S"))
}

/// What something raised stands behind.
enum Base<'t> {
    Nothing,
    /// A blank, and the text before it.
    Blank(&'t str),
    Number {
        number: &'t str,
        before: &'t str,
    },
    Word {
        word: &'t str,
        before: &'t str,
    },
    /// A parenthesis, and what it closes.
    Closing {
        inner: &'t str,
    },
    Other(char),
}

impl<'t> Base<'t> {
    fn of(before: &'t str) -> Self {
        let near = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
        let text = before[near..].trim_end_matches(|char| letters::is_lowered(char) || letters::is_raised(char));
        let token = |belongs: fn(char) -> bool| text.split_at(text.trim_end_matches(belongs).len());
        match text.chars().next_back() {
            None => Self::Nothing,
            Some(char) if char.is_whitespace() => Self::Blank(text.trim_end()),
            Some(char) if char.is_ascii_digit() => {
                let (before, number) = token(|char| char.is_ascii_digit() || matches!(char, '.' | ','));
                Self::Number { number, before }
            }
            Some(char) if char.is_alphabetic() => {
                let (before, word) = token(char::is_alphabetic);
                Self::Word { word, before }
            }
            Some(')') => Self::Closing { inner: text.rfind('(').map_or("", |at| &text[at + 1..text.len() - 1]) },
            Some(char) => Self::Other(char),
        }
    }

    fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }

    fn is_variable(&self) -> bool {
        matches!(self, Self::Word { word, .. } if word.chars().nth(1).is_none())
    }

    fn can_have_sign(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Blank(_) | Self::Other(_)) || self.is_symbol()
    }

    fn is_symbol(&self) -> bool {
        matches!(self, Self::Other('∇' | '∂' | '∑' | '∏' | '∫' | '|' | '′' | ']'))
    }

    /// A unit of something counted, or of something divided by it.
    fn is_measured(&self) -> bool {
        let Self::Word { before, .. } = self else { return false };
        let is_space = |char: char| char.is_whitespace();
        before.trim_end_matches(is_space).ends_with(|char: char| {
            char.is_ascii_digit() || matches!(char, '/' | '·' | '⋅') || letters::is_raised(char)
        })
    }

    /// Whether a power surely makes sense here.
    fn is_mathematical(&self, after: &str) -> bool {
        let is_operated =
            |before: &str| before.trim_end().ends_with(is_operator) || after.trim_start().starts_with(is_operator);
        match self {
            Self::Number { number, before } => *number == "10" || is_operated(before) || is_article(before),
            Self::Word { word, before } => {
                let count = word.chars().count();
                let is_alone = !before.ends_with(['-', '\'', '’']);
                count == 1 && is_alone && !is_king(word, before)
                    || FUNCTIONS.contains(word)
                    || UNITS.contains(word) && (self.is_measured() || !matches!(*word, "in" | "min" | "mi" | "sec"))
                    || count <= 3 && !is_ordinal_end(word) && (is_operated(before) || is_counted(word, before))
            }
            Self::Closing { inner } => is_formula(inner),
            _ => self.is_symbol(),
        }
    }

    /// A number that is no year and has no thousands: it may have a power as well as a mark.
    fn is_short_number(&self) -> bool {
        let Self::Number { number, before } = self else { return false };
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let has_thousands = digits == 3
            && before.ends_with(char::is_whitespace)
            && before.trim_end().ends_with(|char: char| char.is_ascii_digit());
        digits <= 3 && !has_thousands
    }

    /// A ten that something is multiplied with.
    fn is_ten_times(&self) -> bool {
        matches!(self, Self::Number { number: "10", before } if before.trim_end().ends_with(is_operator))
    }
}

fn is_operator(char: char) -> bool {
    matches!(
        char,
        '=' | '+'
            | '×'
            | '·'
            | '⋅'
            | '∙'
            | '*'
            | '÷'
            | '−'
            | '±'
            | '√'
            | '∝'
            | '≈'
            | '<'
            | '>'
            | '≤'
            | '≥'
            | '≡'
            | '→'
    )
}

fn is_note_sign(char: char) -> bool {
    matches!(char, '*' | '†' | '‡' | '§' | '¶' | '‖' | '#')
}

fn is_article(before: &str) -> bool {
    let before = before.trim_end();
    ARTICLES.iter().any(|article| before.ends_with(article))
}

/// The number of a king behind his name.
fn is_king(word: &str, before: &str) -> bool {
    let name = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(word, "I" | "V" | "X") && name.chars().count() > 2 && name.starts_with(char::is_uppercase)
}

/// The end of `19th`.
fn is_ordinal_end(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "er" | "re")
}

/// `2πr`: what has a factor directly before it, or Greek letters in it.
fn is_counted(word: &str, before: &str) -> bool {
    before.ends_with(|char: char| char.is_ascii_digit())
        || word.chars().any(|char| matches!(char, 'α'..='ω')) && word.chars().any(|char| char.is_ascii())
}

/// What stands in parentheses is a formula when no word is in it.
fn is_formula(inner: &str) -> bool {
    let mut words = inner.split(|char: char| !char.is_alphabetic());
    let is_year = inner.len() == 4 && inner.bytes().all(|byte| byte.is_ascii_digit());
    !inner.is_empty() && !is_year && words.all(|word| word.chars().count() < 3 || FUNCTIONS.contains(&word))
}

/// The symbol of a chemical element: one or two letters, the first of them large.
fn begins_with_element(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|char| char.is_ascii_uppercase())
        && (chars.next().is_none_or(|char| !char.is_alphabetic())
            || text.chars().nth(1).is_some_and(char::is_lowercase)
                && chars.next().is_none_or(|char| !char.is_alphabetic()))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '”', '"'])
}
