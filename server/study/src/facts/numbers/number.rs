//! A number as it is written, and others that are written alike.

use super::Figure;
use crate::language::Language;
use domain::quizzes::Difficulty;

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

/// No year after this is asked for.
const YEAR_MAX: i64 = 2030;
/// A year of the text that is further away than this tempts nobody.
const YEARS_APART: u64 = 60;
/// Nor does a number so many times as large or as small.
const TIMES: i64 = 10;
/// How many times as large or as small made numbers are where the right one is not exact.
const ROUGH_TIMES: [i64; 3] = [2, 5, 10];
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

    /// Whether it is written as a year is.
    pub(super) fn may_be_a_year(&self) -> bool {
        self.decimals == 0 && self.separator.is_none() && (1_000..=YEAR_MAX).contains(&self.scaled)
    }

    pub(crate) fn has_decimals(&self) -> bool {
        self.decimals > 0
    }

    /// The value times a power of ten: enough to put numbers with as many decimals in order.
    pub(crate) fn scaled(&self) -> i64 {
        self.scaled
    }

    /// The value, near enough to put numbers in order.
    pub(crate) fn value(&self) -> f64 {
        self.scaled as f64 / 10_f64.powi(i32::try_from(self.decimals).unwrap_or_default())
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
        let step = if figure.is_year { year_step(difficulty) } else { self.step(difficulty, figure.of_time) };
        let rough = figure.is_rough && self.is_one_digit();
        let top = if figure.is_percent { 100 * 10_i64.pow(self.decimals) } else { i64::MAX };
        let top = if figure.is_year { YEAR_MAX } else { top };
        let fits = |scaled: i64| scaled > 0 && scaled <= top && self.agrees(scaled, language);
        let comparable = |scaled: i64| match figure.is_year {
            true => scaled.abs_diff(self.scaled) <= YEARS_APART,
            false => scaled <= self.scaled.saturating_mul(TIMES) && self.scaled <= scaled.saturating_mul(TIMES),
        };
        let of_text = known.iter().filter(|other| other.decimals == self.decimals).map(|other| other.scaled);
        let plainly = |scaled: i64| !rough || scaled >= self.scaled.saturating_mul(2) || scaled <= self.scaled / 2;
        let mut of_text: Vec<i64> = of_text.filter(|scaled| comparable(*scaled) && plainly(*scaled)).collect();
        of_text.sort_unstable_by_key(|scaled| (scaled.abs_diff(self.scaled), *scaled));
        let made = STEPS.iter().map(|count| step.saturating_mul(*count));
        // A made one below a thousand would lack the separator, and be known by that.
        let alike = |scaled: i64| self.separator.is_none() || scaled / 10_i64.pow(self.decimals) >= 1_000;
        let near = made.flat_map(|away| [self.scaled.saturating_sub(away), self.scaled.saturating_add(away)]);
        // Beside “about 100”, 75 and 125 are not plainly wrong.
        let far = ROUGH_TIMES.iter().flat_map(|times| {
            let smaller = if self.scaled % times == 0 { self.scaled / times } else { 0 };
            [smaller, self.scaled.saturating_mul(*times)]
        });
        let made: Vec<i64> = if rough { far.collect() } else { near.collect() };
        let made = made.into_iter().filter(|scaled| alike(*scaled));
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

    /// Whether it has one digit and else zeros.
    fn is_one_digit(&self) -> bool {
        self.scaled.to_string().trim_end_matches('0').len() == 1
    }

    /// How far made numbers stand apart: a round part of the number, and as round as it is.
    fn step(&self, difficulty: Difficulty, of_time: bool) -> i64 {
        let parts = match difficulty {
            Difficulty::Easy => 3,
            Difficulty::Medium => 4,
            Difficulty::Hard => 6,
        };
        let wanted = (self.scaled + parts / 2) / parts;
        let round = (0..12).flat_map(|power| [10, 20, 25, 50].map(|digits| digits * 10_i64.pow(power)));
        let of_clock: &[i64] = if of_time && self.decimals == 0 { &[6, 7, 12] } else { &[] };
        let fitting = [1, 2, 5].into_iter().chain(round).chain(of_clock.iter().copied());
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

#[cfg(test)]
mod tests {
    use super::{super::figures, *};

    #[test]
    fn other_numbers_are_written_in_the_same_way() {
        let others = |text: &str, language| {
            let number = Number::parse(text).unwrap();
            let figure = Figure {
                range: 0..1,
                number: number.clone(),
                is_year: false,
                is_percent: false,
                is_rough: false,
                of_time: false,
            };
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
            let figure =
                Figure { range: 0..1, number: number.clone(), is_year, is_percent, is_rough: false, of_time: false };
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
    fn beside_a_rough_number_only_far_ones_are_wrong_and_time_goes_in_its_own_steps() {
        let others = |text: &str, language| {
            let figure = figures(text).remove(0);
            figure.number.others(&figure, &[], Difficulty::Medium, language)
        };
        assert_eq!(
            others("It holds about 100 megabytes.", Language::En),
            [vec!["50", "20"], vec!["200", "500", "1000"]]
        );
        assert_eq!(others("Cells range from 0.1 to 5.0 μm.", Language::En), [vec![], vec!["0.2", "0.5", "1.0"]]);
        assert_eq!(others("Moc maleje co 18 miesięcy.", Language::Pl), [vec!["12", "6"], vec!["36", "30", "48"]]);
        assert_eq!(others("It holds 100 megabytes.", Language::En)[0][0], "75");
    }
}
