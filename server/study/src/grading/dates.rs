//! Dates in the forms in which people write them.

use super::language::{Language, month};

/// A day, a month of a year, or a day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

enum Part {
    Month(u32),
    Figures { value: u32, length: usize },
}

/// What the whole of a folded text means as a date: nothing where it is none, two dates where day and month could be
/// either.
pub(super) fn dates(folded: &str, language: Language) -> Vec<Date> {
    let Some(parts) = parts(folded) else {
        return Vec::new();
    };
    let found: Vec<Option<Date>> = match parts.as_slice() {
        [
            Part::Figures { value: year, length: 4 },
            Part::Figures { value: month, .. },
            Part::Figures { value: day, .. },
        ] => {
            vec![date(Some(*year), *month, Some(*day))]
        }
        [
            Part::Figures { value: a, length: 1..=2 },
            Part::Figures { value: b, length: 1..=2 },
            Part::Figures { value: year, length: 4 },
        ] => {
            let day_first = date(Some(*year), *b, Some(*a));
            // Only English has the month first.
            if language == Language::English {
                vec![day_first, date(Some(*year), *a, Some(*b))]
            } else {
                vec![day_first]
            }
        }
        [
            Part::Figures { value: day, length: 1..=2 },
            Part::Month(month),
            Part::Figures { value: year, length: 3..=4 },
        ]
        | [
            Part::Month(month),
            Part::Figures { value: day, length: 1..=2 },
            Part::Figures { value: year, length: 3..=4 },
        ]
        | [Part::Figures { value: year, length: 4 }, Part::Month(month), Part::Figures { value: day, length: 1..=2 }] =>
        {
            vec![date(Some(*year), *month, Some(*day))]
        }
        [Part::Month(month), Part::Figures { value: year, length: 3..=4 }] => vec![date(Some(*year), *month, None)],
        [Part::Month(month), Part::Figures { value: day, length: 1..=2 }]
        | [Part::Figures { value: day, length: 1..=2 }, Part::Month(month)] => vec![date(None, *month, Some(*day))],
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

fn date(year: Option<u32>, month: u32, day: Option<u32>) -> Option<Date> {
    let is_sound = (1..=12).contains(&month) && day.is_none_or(|day| (1..=31).contains(&day));
    is_sound.then_some(Date { year, month, day })
}

impl Date {
    /// Whether the other says a part of it and nothing else.
    pub(super) fn is_partly(&self, other: &Self) -> bool {
        self.month == other.month
            && (other.year.is_none() || self.year == other.year)
            && (other.day.is_none() || self.day == other.day)
    }
}

/// Figures and names of months; none if anything else stands there.
fn parts(folded: &str) -> Option<Vec<Part>> {
    /// What may stand between or beside them.
    const FILLERS: [&str; 18] = [
        "the", "of", "on", "de", "del", "den", "am", "im", "in", "le", "r", "roku", "rok", "dnia", "w", "year", "di",
        "do",
    ];
    let mut parts = Vec::new();
    for word in folded.split([' ', '.', '/', '-', ',']).filter(|word| !word.is_empty()) {
        if FILLERS.contains(&word) {
            continue;
        }
        let figures = word.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == 'º');
        let ending = &word[figures.len()..];
        let part = if !figures.is_empty() && figures.len() <= 4 && figures.bytes().all(|byte| byte.is_ascii_digit()) {
            let is_ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "r");
            Part::Figures { value: figures.parse().ok().filter(|_| is_ordinal)?, length: figures.len() }
        } else {
            Part::Month(month(word)?)
        };
        parts.push(part);
        if parts.len() > 3 {
            return None;
        }
    }
    (parts.len() >= 2).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_in_every_form() {
        let day = Date { year: Some(1945), month: 5, day: Some(1) };
        for text in
            ["1 may 1945", "may 1, 1945", "1st of may 1945", "1.05.1945", "1945-05-01", "1 maja 1945 r.", "1. mai 1945"]
        {
            assert!(dates(text, Language::English).contains(&day), "{text}");
        }
        assert_eq!(dates("1/5/1945", Language::Polish), [day]);
        assert_eq!(dates("1/5/1945", Language::English).len(), 2);
        for text in ["may", "1945", "32 may 1945", "1 2", "3/4", "the may queen 1945", "1 may 1945 1"] {
            assert_eq!(dates(text, Language::English), [], "{text}");
        }
        let month = Date { day: None, ..day };
        assert!(day.is_partly(&month) && !month.is_partly(&day));
    }
}
