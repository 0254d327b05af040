//! Numbers written in digits, and others like them.

use crate::{language::Language, random::Random, words::words};
use domain::quizzes::Difficulty;
use std::ops::Range;

/// A number with the way it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// The value times ten to the `decimals`.
    scaled: i64,
    decimals: u32,
    point: char,
    /// What divides thousands.
    separator: Option<char>,
}

/// A number in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) range: Range<usize>,
    pub(crate) number: Number,
    pub(crate) is_year: bool,
    pub(crate) is_percent: bool,
}

/// No year after this is asked for.
const YEAR_MAX: i64 = 2030;

impl Number {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut digits = String::new();
        let mut parts = text.split([',', '.', ' ', '\u{a0}', '\u{202f}']).peekable();
        let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        digits.push_str(parts.next()?);
        let (mut decimals, mut point, mut separator) = (0, '.', None);
        let mut left = separators.as_slice();
        while let (Some(part), Some((mark, rest))) = (parts.next(), left.split_first()) {
            left = rest;
            let leading_zero = digits == "0";
            if part.len() == 3 && !leading_zero && (separator.is_none() || separator == Some(*mark)) && decimals == 0 {
                separator = Some(*mark);
            } else if rest.is_empty() && *mark != ' ' && !part.is_empty() {
                point = *mark;
                decimals = u32::try_from(part.len()).ok()?;
            } else {
                return None;
            }
            digits.push_str(part);
        }
        let plain = !digits.is_empty()
            && digits.len() <= 12
            && decimals <= 4
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        let zeros = digits.len() > 1 && digits.starts_with('0') && decimals == 0;
        (plain && !zeros).then(|| digits.parse().ok())?.map(|scaled| Self { scaled, decimals, point, separator })
    }

    fn written(&self, scaled: i64) -> String {
        let factor = 10_i64.pow(self.decimals);
        let whole = (scaled / factor).to_string();
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if let Some(separator) = self.separator
                && index > 0
                && (whole.len() - index).is_multiple_of(3)
            {
                text.push(separator);
            }
            text.push(digit);
        }
        if self.decimals > 0 {
            text.push(self.point);
            text.push_str(&format!("{:0width$}", scaled % factor, width = self.decimals as usize));
        }
        text
    }

    /// Written without a separator of thousands; none when it has none.
    pub(crate) fn plain(&self) -> Option<String> {
        self.separator?;
        Some(Self { separator: None, ..self.clone() }.written(self.scaled))
    }

    pub(crate) fn is_whole(&self, value: i64) -> bool {
        self.decimals == 0 && self.scaled == value
    }

    /// Others like it, up to three below and three above, nearest first.
    pub(crate) fn others(
        &self,
        figure: &Figure,
        difficulty: Difficulty,
        language: Language,
        random: &mut Random,
    ) -> [Vec<String>; 2] {
        let (unit, steps) =
            if figure.is_year { (1, year_steps(difficulty, random)) } else { (self.unit(), steps(difficulty, random)) };
        let top = if figure.is_percent { 100 * 10_i64.pow(self.decimals) } else { i64::MAX };
        let top = if figure.is_year { YEAR_MAX } else { top };
        let fits = |scaled: &i64| *scaled > 0 && *scaled <= top && self.agrees(*scaled, language);
        let mut below: Vec<i64> = Vec::new();
        let mut above: Vec<i64> = Vec::new();
        for step in steps {
            below.extend(Some(self.scaled - unit * step).filter(fits));
            above.extend(Some(self.scaled.saturating_add(unit * step + unit * i64::from(figure.is_year))).filter(fits));
        }
        [below, above].map(|values| values.into_iter().take(3).map(|scaled| self.written(scaled)).collect())
    }

    /// The step to a number that looks just as round.
    fn unit(&self) -> i64 {
        let digits = u32::try_from(self.scaled.to_string().len()).unwrap_or(1);
        let mut round = 1;
        while self.scaled % (round * 10) == 0 && round * 10 * 2 <= self.scaled {
            round *= 10;
        }
        round.max(10_i64.pow(digits.saturating_sub(2)))
    }

    /// Whether a noun after it keeps its form: „3 litery” but „5 liter”, “1 litre” but “2 litres”.
    fn agrees(&self, scaled: i64, language: Language) -> bool {
        if self.decimals > 0 || self.scaled > 2_100 && language != Language::Pl {
            return true;
        }
        let class = |value: i64| match language {
            Language::Pl if value == 1 => 0,
            Language::Pl if (2..=4).contains(&(value % 10)) && !(12..=14).contains(&(value % 100)) => 1,
            Language::Pl => 2,
            _ => i32::from(value != 1),
        };
        class(scaled) == class(self.scaled) || (1_000..=2_100).contains(&self.scaled) && self.separator.is_none()
    }
}

fn steps(difficulty: Difficulty, random: &mut Random) -> Vec<i64> {
    let pool: &[i64] = match difficulty {
        Difficulty::Easy => &[3, 4, 5, 6, 7, 8, 9, 10, 12, 14],
        Difficulty::Medium => &[1, 2, 3, 4, 5, 6, 7, 8, 10, 12],
        Difficulty::Hard => &[1, 2, 3, 4, 5, 6, 7, 10, 11, 12],
    };
    spread(pool, random)
}

fn year_steps(difficulty: Difficulty, random: &mut Random) -> Vec<i64> {
    let pool: &[i64] = match difficulty {
        Difficulty::Easy => &[12, 17, 24, 31, 38, 46],
        Difficulty::Medium => &[4, 7, 11, 15, 19, 26],
        Difficulty::Hard => &[1, 2, 3, 5, 6, 8],
    };
    spread(pool, random)
}

/// The pool from a place near its beginning, so that not every number has the same neighbours.
fn spread(pool: &[i64], random: &mut Random) -> Vec<i64> {
    let from = random.below(3);
    pool.iter().skip(from).copied().collect()
}

/// The numbers of a sentence that can be asked for.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let words = words(text);
    let mut found = Vec::new();
    for (index, range) in words.iter().enumerate() {
        let word = &text[range.clone()];
        let before = index.checked_sub(1).map_or("", |before| &text[words[before].clone()]);
        let after = words.get(index + 1).map_or("", |after| &text[after.clone()]);
        let touches = text[..range.start].ends_with(['-', '/', '–', '.', '#', '$', '€', '+', '−', ':', '№'])
            || text[range.end..].starts_with(['/', '–', '-', '°', ':', '\'', '′', '″']);
        let joined_after = text[range.end..].starts_with(' ');
        let Some(number) = Number::parse(word).filter(|_| !touches) else { continue };
        let follows_digits = before.ends_with(|c: char| c.is_ascii_digit())
            || (joined_after && after.starts_with(|c: char| c.is_ascii_digit()));
        let named = before.starts_with(char::is_uppercase)
            && !is_month(before)
            && !opens(before)
            && text[..range.start].ends_with(' ');
        let day = joined_after && is_month(after);
        let listed = text[range.end..].starts_with(')')
            || before.eq_ignore_ascii_case("version")
            || before.eq_ignore_ascii_case("art");
        if follows_digits || named || day || listed {
            continue;
        }
        let year = number.decimals == 0 && number.separator.is_none() && (1_000..=YEAR_MAX).contains(&number.scaled);
        let is_year = year && is_year(before, after);
        let is_percent =
            text[range.end..].trim_start().starts_with('%') || after == "percent" || after.starts_with("procent");
        let counted = joined_after && after.chars().next().is_some_and(char::is_alphabetic);
        if is_year || is_percent || counted {
            found.push(Figure { range: range.clone(), number, is_year, is_percent });
        }
    }
    found
}

fn is_year(before: &str, after: &str) -> bool {
    const BEFORE: &str = "in since by until till from of after before around about circa w od do po przed około z year rok roku \
        im jahr عام سنة seit um en desde hasta dès depuis vers";
    let before = before.to_lowercase();
    let after = after.to_lowercase();
    BEFORE.split_ascii_whitespace().any(|word| word == before) && !is_counted(&after)
        || is_month(&before)
        || ["r", "roku", "rok", "roki"].contains(&after.as_str())
}

/// Whether the word is something that years have not: “in 1500 metres”.
fn is_counted(after: &str) -> bool {
    const UNITS: &str = "km m cm mm kg g t years lat metres meters kilometres kilometers miles feet people osób ludzi days dni light \
        degrees kelvin stars galaxies times hours minutes seconds";
    UNITS.split_ascii_whitespace().any(|unit| unit == after)
}

/// Whether a word with a capital before a number is no name: “About 71 %”.
fn opens(word: &str) -> bool {
    const OPENING: &str = "about over some nearly around in since only at by the from until almost after before with for of up to within \
        every each w około ponad od do po przed na prawie niemal im seit um nach en vers depuis desde hacia";
    let lower = word.to_lowercase();
    OPENING.split_ascii_whitespace().any(|opening| opening == lower)
}

fn is_month(word: &str) -> bool {
    const MONTHS: &str = "january february march april may june july august september october november december stycznia lutego \
        marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia januar februar märz mai juni juli \
        oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo \
        abril mayo junio julio agosto septiembre octubre noviembre diciembre styczniu lutym marcu kwietniu maju czerwcu lipcu \
        sierpniu wrześniu październiku listopadzie grudniu";
    let lower = word.to_lowercase();
    MONTHS.split_ascii_whitespace().any(|month| month == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(&str, bool)> {
        figures(text).into_iter().map(|figure| (&text[figure.range], figure.is_year)).collect()
    }

    #[test]
    fn numbers_that_count_something_and_years_are_found() {
        assert_eq!(of("The Sejm has 460 members since 1989."), [("460", false), ("1989", true)]);
        assert_eq!(of("Konstytucję uchwalono 3 maja 1791 roku."), [("1791", true)]);
        assert_eq!(of("About 71 % of it is water."), [("71", false)]);
        assert_eq!(of("Debian 12 and CIE 1931 and 3-phase and 1998–2001."), []);
        assert_eq!(of("It is 6,650 km long and 2.5 times wider."), [("6,650", false), ("2.5", false)]);
    }

    #[test]
    fn other_numbers_are_written_in_the_same_way() {
        let others = |text: &str, language| {
            let number = Number::parse(text).unwrap();
            let figure = Figure { range: 0..1, number: number.clone(), is_year: false, is_percent: false };
            number.others(&figure, Difficulty::Medium, language, &mut Random::named(1, "test"))
        };
        let [below, above] = others("6,650", Language::En);
        assert!(
            below.iter().chain(&above).all(|other| other.contains(',') && other.ends_with("50")),
            "{below:?} {above:?}"
        );
        let [below, above] = others("2.5", Language::En);
        assert!(below.iter().chain(&above).all(|other| other.contains('.')), "{below:?} {above:?}");
        let [below, above] = others("3", Language::Pl);
        assert!(
            below
                .iter()
                .chain(&above)
                .all(|other| ["2", "4"].contains(&other.as_str()) || other.ends_with(['2', '3', '4'])),
            "{below:?} {above:?}"
        );
        assert_eq!(Number::parse("1,000").and_then(|number| number.plain()).as_deref(), Some("1000"));
        for text in ["", "1.2.3", "007", "12345678901234", "x"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
