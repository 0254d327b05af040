//! Numbers as they are written in different countries, compared exactly.

use super::language::Language;

/// A number as decimal digits. What is written may be read in two ways: `1.234` is one or a thousand and something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// As the language has it.
    value: String,
    /// As other languages have it.
    other: Option<String>,
    /// Whether it was written as a word for a multiple of ten, to which a unit may be added.
    is_tens_word: bool,
}

impl Number {
    /// A number that was written as a word.
    pub(super) fn word(value: u32) -> Self {
        Self { value: value.to_string(), other: None, is_tens_word: (20..100).contains(&value) }
    }

    /// Whether `answer` may mean this number, which is the right one.
    pub(super) fn is_met_by(&self, answer: &Self) -> bool {
        self.value == answer.value || answer.other.as_ref() == Some(&self.value)
    }

    /// Whether it may be the number of a year.
    pub(super) fn may_be_year(&self) -> bool {
        (2..=4).contains(&self.value.len()) && self.value.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(super) fn ends_in_ten(&self) -> bool {
        self.is_tens_word
    }

    /// Adds a unit to a multiple of ten.
    pub(super) fn add(&mut self, unit: u32) {
        self.value.pop();
        self.value.push_str(&unit.to_string());
        self.is_tens_word = false;
    }

    /// Multiplies by a power of ten.
    pub(super) fn add_zeros(&mut self, zeros: usize) {
        self.value = shifted(&self.value, zeros);
        self.other = self.other.as_deref().map(|value| shifted(value, zeros));
        self.is_tens_word = false;
    }
}

fn shifted(value: &str, zeros: usize) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let kept = fraction.len().min(zeros);
    let (moved, rest) = fraction.split_at(kept);
    plain(&format!("{whole}{moved}{}", "0".repeat(zeros - kept)), rest)
}

/// The number without zeros that say nothing.
fn plain(whole: &str, fraction: &str) -> String {
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", if whole.is_empty() { "0" } else { whole })
}

/// A run of digits with the separator before it.
struct Piece {
    separator: char,
    digits: String,
}

/// Reads the number that begins at `from`; the second value is where it ends.
pub(super) fn read(chars: &[char], from: usize, negative: bool, language: Language) -> (Number, usize) {
    let (first, mut end) = digits(chars, from);
    let mut pieces: Vec<Piece> = Vec::new();
    while let Some((piece, piece_end)) = next_piece(chars, end, &first, &pieces) {
        pieces.push(piece);
        end = piece_end;
    }
    // `1,2,3` is a list.
    if matches!(pieces.as_slice(), [Piece { separator: ',', .. }])
        && chars.get(end) == Some(&',')
        && chars.get(end + 1).is_some_and(char::is_ascii_digit)
    {
        pieces.clear();
        end = from + first.len();
    }
    let whole = if negative { format!("-{first}") } else { first };
    let (value, other) = readings(&whole, &pieces, language);
    (Number { value, other, is_tens_word: false }, end)
}

fn digits(chars: &[char], from: usize) -> (String, usize) {
    let run: String = chars[from..].iter().take_while(|c| c.is_ascii_digit()).collect();
    let end = from + run.len();
    (run, end)
}

fn next_piece(chars: &[char], at: usize, first: &str, before: &[Piece]) -> Option<(Piece, usize)> {
    let separator = *chars.get(at)?;
    if !matches!(separator, '.' | ',' | ' ' | '\'' | '_') || !chars.get(at + 1)?.is_ascii_digit() {
        return None;
    }
    let (digits, end) = digits(chars, at + 1);
    let groups_so_far = (1..=3).contains(&first.len()) && before.iter().all(|piece| piece.digits.len() == 3);
    let is_group = groups_so_far && digits.len() == 3 && before.iter().all(|piece| piece.separator == separator);
    let fits = match separator {
        // `1,2,3` is a list, `1.2.3` a version.
        ',' => before.iter().all(|piece| piece.separator != ',') || is_group,
        '.' => true,
        _ => is_group,
    };
    fits.then_some((Piece { separator, digits }, end))
}

/// What the pieces mean in the language, and what they may mean elsewhere.
fn readings(whole: &str, pieces: &[Piece], language: Language) -> (String, Option<String>) {
    let Some((last, earlier)) = pieces.split_last() else {
        return (plain(whole, ""), None);
    };
    let joined = |pieces: &[Piece]| pieces.iter().fold(whole.to_owned(), |sum, piece| sum + &piece.digits);
    let all_groups = pieces.iter().all(|piece| piece.digits.len() == 3);
    let is_first_long = whole.trim_start_matches('-').len() > 3;
    if !matches!(last.separator, '.' | ',') {
        return (plain(&joined(pieces), ""), None);
    }
    if earlier.iter().any(|piece| piece.separator == last.separator) {
        let is_grouped = all_groups && pieces.iter().all(|piece| piece.separator == last.separator);
        if is_grouped {
            return (plain(&joined(pieces), ""), None);
        }
        let written = pieces.iter().fold(whole.to_owned(), |sum, piece| sum + "." + &piece.digits);
        return (format!("{written}."), None);
    }
    let as_fraction = plain(&joined(earlier), &last.digits);
    let may_be_group = earlier.is_empty()
        && last.digits.len() == 3
        && !is_first_long
        && !whole.trim_start_matches('-').starts_with('0');
    if !may_be_group {
        return (as_fraction, None);
    }
    let as_group = plain(&joined(pieces), "");
    if (last.separator == ',') == language.has_decimal_comma() {
        (as_fraction, Some(as_group))
    } else {
        (as_group, Some(as_fraction))
    }
}

/// The value of a Roman numeral in capital letters, written as it should be.
pub(super) fn roman(word: &str) -> Option<u32> {
    const PARTS: [(&str, u32); 13] = [
        ("M", 1_000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    if word.is_empty() || word.len() > 15 {
        return None;
    }
    let (mut rest, mut value) = (word, 0);
    for (part, worth) in PARTS {
        while let Some(shorter) = rest.strip_prefix(part) {
            rest = shorter;
            value += worth;
        }
    }
    let mut left = value;
    let mut written = String::new();
    for (part, worth) in PARTS {
        while left >= worth {
            left -= worth;
            written.push_str(part);
        }
    }
    (rest.is_empty() && written == word && value < 4_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, language: Language) -> (String, Option<String>) {
        let chars: Vec<char> = text.chars().collect();
        let (number, end) = read(&chars, 0, false, language);
        assert_eq!(end, chars.len(), "{text}");
        (number.value, number.other)
    }

    #[test]
    fn numbers_are_read_as_their_language_writes_them() {
        let english = |text| value(text, Language::English);
        let polish = |text| value(text, Language::Polish);
        for text in ["1000000", "1,000,000", "1 000 000", "1.000.000", "1'000'000", "1,000,000.00"] {
            assert_eq!(english(text).0, "1000000", "{text}");
        }
        assert_eq!(english("1,000"), ("1000".into(), Some("1".into())));
        assert_eq!(polish("1,000"), ("1".into(), Some("1000".into())));
        assert_eq!(polish("3,14"), ("3.14".into(), None));
        assert_eq!(english("3,14"), ("3.14".into(), None));
        assert_eq!(polish("1.234,50"), ("1234.5".into(), None));
        assert_eq!(english("0.125"), ("0.125".into(), None));
        assert_eq!(english("007"), ("7".into(), None));
        assert_eq!(english("1.2.3").0, "1.2.3.");
        assert_eq!(shifted("1.5", 6), "1500000");
        assert_eq!(shifted("0.25", 1), "2.5");
    }

    #[test]
    fn roman_numerals_are_those_that_are_written_right() {
        for (word, number) in [("XIX", 19), ("IV", 4), ("MCMXLV", 1_945), ("III", 3), ("VIII", 8)] {
            assert_eq!(roman(word), Some(number), "{word}");
        }
        for word in ["", "IIII", "VX", "VV", "IXI", "ABC", "xix", "MMMMMMMMMMMMMMMMMMMM"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }
}
