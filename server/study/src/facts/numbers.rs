//! Numbers written in digits, and others like them.

use crate::{language::Language, words::words};
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
/// A year of the text that is further away than this tempts nobody.
const YEARS_APART: u64 = 60;
/// Nor does a number so many times as large or as small.
const TIMES: i64 = 10;
/// How many steps made numbers stand away from the right one: in an even row it would be known by its place.
const STEPS: [i64; 12] = [1, 3, 4, 2, 6, 5, 7, 8, 9, 10, 11, 12];

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

    pub(crate) fn has_decimals(&self) -> bool {
        self.decimals > 0
    }

    /// The value times a power of ten: enough to put numbers with as many decimals in order.
    pub(crate) fn scaled(&self) -> i64 {
        self.scaled
    }

    /// Others like it, up to three below and three above: first those of the text, given in `known`, then made ones in
    /// round steps.
    pub(crate) fn others(
        &self,
        figure: &Figure,
        known: &[Self],
        difficulty: Difficulty,
        language: Language,
    ) -> [Vec<String>; 2] {
        let step = if figure.is_year { year_step(difficulty) } else { self.step(difficulty) };
        let top = if figure.is_percent { 100 * 10_i64.pow(self.decimals) } else { i64::MAX };
        let top = if figure.is_year { YEAR_MAX } else { top };
        let fits = |scaled: i64| scaled > 0 && scaled <= top && self.agrees(scaled, language);
        let comparable = |scaled: i64| match figure.is_year {
            true => scaled.abs_diff(self.scaled) <= YEARS_APART,
            false => scaled <= self.scaled.saturating_mul(TIMES) && self.scaled <= scaled.saturating_mul(TIMES),
        };
        let of_text = known.iter().filter(|other| other.decimals == self.decimals).map(|other| other.scaled);
        let mut of_text: Vec<i64> = of_text.filter(|scaled| comparable(*scaled)).collect();
        of_text.sort_unstable_by_key(|scaled| (scaled.abs_diff(self.scaled), *scaled));
        let made = STEPS.iter().map(|count| step.saturating_mul(*count));
        // A made one below a thousand would lack the separator, and be known by that.
        let alike = |scaled: i64| self.separator.is_none() || scaled / 10_i64.pow(self.decimals) >= 1_000;
        let made = made.flat_map(|away| [self.scaled.saturating_sub(away), self.scaled.saturating_add(away)]);
        let made = made.filter(|scaled| alike(*scaled));
        let mut sides = [Vec::new(), Vec::new()];
        for scaled in of_text.into_iter().chain(made).filter(|scaled| fits(*scaled) && *scaled != self.scaled) {
            let side: &mut Vec<i64> = &mut sides[usize::from(scaled > self.scaled)];
            // Beside a number of the text, one that nearly equals it offers no further choice.
            let apart = side.iter().all(|other| other.abs_diff(scaled) >= step.unsigned_abs() / 2 && *other != scaled);
            if side.len() < 3 && apart {
                side.push(scaled);
            }
        }
        // “400” does not tell how “1,000” is written; the text may.
        let small = self.decimals == 0 && self.scaled < 1_000;
        let of_known = known.iter().find_map(|other| other.separator).filter(|_| small);
        let style = Self { separator: self.separator.or(of_known), ..self.clone() };
        sides.map(|values| values.into_iter().map(|scaled| style.written(scaled)).collect())
    }

    /// How far made numbers stand apart: a round part of the number, and as round as it is.
    fn step(&self, difficulty: Difficulty) -> i64 {
        let parts = match difficulty {
            Difficulty::Easy => 3,
            Difficulty::Medium => 4,
            Difficulty::Hard => 6,
        };
        let wanted = (self.scaled + parts / 2) / parts;
        let round = (0..12).flat_map(|power| [10, 20, 25, 50].map(|digits| digits * 10_i64.pow(power)));
        let fitting = [1, 2, 5].into_iter().chain(round);
        fitting
            .filter(|step| step * 3 >= wanted * 2 && *step <= (wanted * 2).max(1))
            .min_by_key(|step| (self.scaled % step != 0, step.abs_diff(wanted)))
            .unwrap_or(1)
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

/// How many years made ones stand apart.
fn year_step(difficulty: Difficulty) -> i64 {
    match difficulty {
        Difficulty::Easy => 10,
        Difficulty::Medium => 5,
        Difficulty::Hard => 2,
    }
}

/// What a figure counts, as it can be compared with others: the beginning of the word after it, and of the next where
/// that is a number too (“227 million kilometres”).
pub(crate) fn unit(text: &str, figure: &Figure) -> String {
    const POWERS: [&str; 8] = ["thous", "milli", "billi", "trill", "tysi", "mln", "mld", "tys"];
    if figure.is_year {
        return "year".to_owned();
    }
    if figure.is_percent {
        return "%".to_owned();
    }
    let rest = &text[figure.range.end..];
    let mut after = words(rest).into_iter().map(|range| singular(&rest[range]));
    let first = after.next().unwrap_or_default();
    let is_power =
        POWERS.iter().any(|power| first.starts_with(power) || (first.len() > 3 && power.starts_with(&first)));
    let second = after.next().filter(|_| is_power).unwrap_or_default();
    format!("{first} {second}")
}

/// The first letters, without the ending of a plural.
fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.strip_suffix('s').filter(|own| own.len() > 2).unwrap_or(&lower).chars().take(4).collect()
}

/// The numbers of a sentence that can be asked for.
pub(crate) fn figures(text: &str) -> Vec<Figure> {
    let words = words(text);
    let mut found = Vec::new();
    let mut part = None;
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
        let of_name = before == "of"
            && index.checked_sub(2).filter(|at| *at > 0).is_some_and(|at| {
                let head = &text[words[at].clone()];
                head.starts_with(char::is_uppercase) && !is_month(head)
            });
        let day = joined_after && is_month(after);
        let follows_part = part.is_some_and(|at: usize| at + 2 == index) && joins_numbers(before);
        if numbers_a_part(before) || follows_part {
            part = Some(index);
            continue;
        }
        let listed = text[range.end..].starts_with(')');
        if follows_digits || named || of_name || day || listed {
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
    // “a 1665 publication” is of that year, as no plural follows the article.
    let dated = ["a", "an"].contains(&before.as_str()) && !after.ends_with("meter") && !after.ends_with("metre");
    dated && !is_counted(&after)
        || BEFORE.split_ascii_whitespace().any(|word| word == before) && !is_counted(&after)
        || is_month(&before)
        || ["r", "roku", "rok", "roki"].contains(&after.as_str())
}

/// Whether the word is something that years have not: “in 1500 metres”, “a 1200 page book”.
fn is_counted(after: &str) -> bool {
    const UNITS: &str = "km m cm mm kg g t lat metre meter kilometre kilometer mile foot feet inch inches square cubic acre people \
        person osób ludzi dni light degree kelvin star galaxies time year month week day hour minute second page word seat bed watt \
        kilowatt megawatt volt ampere hertz megahertz bit byte kilobyte megabyte gigabyte dollar pound gram kilogram ton tonne \
        litre liter gallon calorie";
    let one = after.strip_suffix('s').unwrap_or(after);
    UNITS.split_ascii_whitespace().any(|unit| unit == after || unit == one)
}

/// Whether a word with a capital before a number is no name: “About 71 %”.
fn opens(word: &str) -> bool {
    const OPENING: &str = "about over some nearly around in since only at by the from until almost after before with for of up to within \
        every each w około ponad od do po przed na prawie niemal im seit um nach en vers depuis desde hacia";
    let lower = word.to_lowercase();
    OPENING.split_ascii_whitespace().any(|opening| opening == lower)
}

/// Whether the word before a number says that it names a part of a book, a law or a program: „ust. 2 i 3”.
fn numbers_a_part(word: &str) -> bool {
    const PARTS: &str = "version section chapter article page fig figure table vol volume part art ust pkt nr poz lit rozdz rozdział \
        rozdziale rozdziału str strona stronie tom tomie rys rysunek rysunku ilustracja ilustracji tabela tabeli wersja wersji";
    let lower = word.to_lowercase();
    PARTS.split_ascii_whitespace().any(|part| part == lower)
}

fn joins_numbers(word: &str) -> bool {
    ["and", "or", "to", "i", "oraz", "lub", "albo", "do"].contains(&word)
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
        assert_eq!(of("In a 1665 publication Hooke named the cell."), [("1665", true)]);
        assert_eq!(of("After a 1500 mile journey he read a 1200 page book."), [("1500", false), ("1200", false)]);
        assert_eq!(of("She wrote a letter of 1500 words."), [("1500", false)]);
        assert_eq!(of("About 71 % of it is water."), [("71", false)]);
        assert_eq!(of("The Land Law of 1800 was amended in the spring of 1815."), [("1815", true)]);
        assert_eq!(of("Nie stosuje się przepisów ust. 2 i 3 oraz art. 98 ustawy."), []);
        assert_eq!(of("Debian 12 and CIE 1931 and 3-phase and 1998–2001."), []);
        assert_eq!(of("It is 6,650 km long and 2.5 times wider."), [("6,650", false), ("2.5", false)]);
    }

    #[test]
    fn other_numbers_are_written_in_the_same_way() {
        let others = |text: &str, language| {
            let number = Number::parse(text).unwrap();
            let figure = Figure { range: 0..1, number: number.clone(), is_year: false, is_percent: false };
            number.others(&figure, &[], Difficulty::Medium, language)
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

    #[test]
    fn other_numbers_are_of_the_text_or_far_enough_to_be_told() {
        let others = |text: &str, is_year, is_percent, known: &[&str]| {
            let number = Number::parse(text).unwrap();
            let figure = Figure { range: 0..1, number: number.clone(), is_year, is_percent };
            let known: Vec<Number> = known.iter().filter_map(|text| Number::parse(text)).collect();
            number.others(&figure, &known, Difficulty::Medium, Language::En)
        };
        assert_eq!(others("75", false, true, &[]), [vec!["50", "25"], vec!["100"]]);
        assert_eq!(others("0.82", false, false, &[]), [vec!["0.62", "0.22", "0.02"], vec!["1.02", "1.42", "1.62"]]);
        assert_eq!(
            others("7", false, false, &["14", "30", "7", "21", "900"]),
            [vec!["5", "3"], vec!["14", "21", "30"]]
        );
        assert_eq!(others("400", false, false, &["1,000"])[1][0], "1,000");
        assert_eq!(others("1930", true, false, &["1894", "1930", "1609"])[0], ["1894", "1925", "1915"]);
    }

    #[test]
    fn numbers_of_the_same_thing_have_the_same_unit() {
        let units = |text: &str| figures(text).iter().map(|figure| unit(text, figure)).collect::<Vec<_>>();
        assert_eq!(units("It takes 14 days or 1 day."), ["day ", "day "]);
        assert_eq!(units("In 1990 it was 227 million kilometers away."), ["year", "mill kilo"]);
        assert_eq!(units("About 71 % of it and 20 percent."), ["%", "%"]);
    }
}
