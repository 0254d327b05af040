//! Numbers written in digits.

mod number;

use crate::words::{is_listed, words};
pub(crate) use number::Number;
use std::ops::Range;

/// A number in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    pub(crate) range: Range<usize>,
    pub(crate) number: Number,
    pub(crate) is_year: bool,
    pub(crate) is_percent: bool,
    /// Whether the text itself says that it is not exact: “about 100”.
    pub(crate) is_rough: bool,
    /// Whether days, months and the like are counted, which come in sixes, sevens and twelves.
    pub(crate) of_time: bool,
}

/// Words before a number that is not exact.
const ROUGHLY: &str = "about approximately around roughly nearly almost some circa około blisko prawie niemal";
/// What time is counted in, by the beginnings of the words.
const UNITS_OF_TIME: [&str; 11] =
    ["month", "day", "hour", "minute", "week", "miesi", "dni", "dzień", "godzin", "minut", "tygod"];

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
        // “in 1972.1 It”: the mark of a footnote stands right behind the full stop.
        let footnoted = after.starts_with(char::is_uppercase) && joined_after && is_footnoted_year(word);
        if follows_digits || named || of_name || day || listed || footnoted {
            continue;
        }
        let is_year = number.may_be_a_year() && is_year(before, after);
        let is_percent =
            text[range.end..].trim_start().starts_with('%') || after == "percent" || after.starts_with("procent");
        let counted = joined_after && after.chars().next().is_some_and(char::is_alphabetic);
        if is_year || is_percent || counted {
            let is_rough = !is_year && (is_listed(ROUGHLY, &before.to_lowercase()) || spans(before, after));
            let of_time = !is_year && UNITS_OF_TIME.iter().any(|unit| after.to_lowercase().starts_with(unit));
            found.push(Figure { range: range.clone(), number, is_year, is_percent, is_rough, of_time });
        }
    }
    found
}

/// Whether a number is the lower end of a span: “from 0.1 to 5.0”.
fn spans(before: &str, after: &str) -> bool {
    matches!((before, after), ("from", "to") | ("od", "do"))
}

/// Whether a decimal number may be a year at the end of a sentence with the number of a footnote.
fn is_footnoted_year(word: &str) -> bool {
    word.split_once('.').is_some_and(|(year, mark)| year.len() == 4 && mark.len() < 3 && year.starts_with(['1', '2']))
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
        assert_eq!(of("The model was proposed in 1972.1 It describes the membrane."), []);
        assert_eq!(of("About 71 % of it is water."), [("71", false)]);
        assert_eq!(of("The Land Law of 1800 was amended in the spring of 1815."), [("1815", true)]);
        assert_eq!(of("Nie stosuje się przepisów ust. 2 i 3 oraz art. 98 ustawy."), []);
        assert_eq!(of("Debian 12 and CIE 1931 and 3-phase and 1998–2001."), []);
        assert_eq!(of("It is 6,650 km long and 2.5 times wider."), [("6,650", false), ("2.5", false)]);
    }

    #[test]
    fn numbers_of_the_same_thing_have_the_same_unit() {
        let units = |text: &str| figures(text).iter().map(|figure| unit(text, figure)).collect::<Vec<_>>();
        assert_eq!(units("It takes 14 days or 1 day."), ["day ", "day "]);
        assert_eq!(units("In 1990 it was 227 million kilometers away."), ["year", "mill kilo"]);
        assert_eq!(units("About 71 % of it and 20 percent."), ["%", "%"]);
    }
}
