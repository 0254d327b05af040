//! Questions for numbers and years.

use super::{
    draft::{Draft, OPTIONS, Wrong},
    drafts::{FALSE_FACT, Maker, Origin},
    phrases::{self, Blank, GAP},
    wh,
};
use crate::{
    facts::{Figure, Number, figures, spelled},
    random::Random,
    words::{is_listed, words},
};
use domain::quizzes::QuestionForm;
use std::ops::Range;

/// Words after which a number is only the least that something is, or the most.
const LOWER_BOUNDS: [&str; 8] =
    ["more than", "over", "at least", "ponad", "powyżej", "co najmniej", "przynajmniej", "więcej niż"];
const UPPER_BOUNDS: [&str; 8] =
    ["less than", "fewer than", "under", "at most", "poniżej", "co najwyżej", "najwyżej", "mniej niż"];

impl Maker<'_> {
    pub(super) fn of_figure(&self, origin: &Origin<'_>, figure: &Figure, random: &mut Random, made: &mut Vec<Draft>) {
        let right = &origin.text[figure.range.clone()];
        let small = !figure.is_year && (0..=1).any(|value| figure.number.is_whole(value));
        let told = !figure.is_year && counts_itself(origin.text, &figure.range);
        if small || told || is_estimate(origin.text, &figure.range) || is_beside_the_point(origin.text, figure) {
            return;
        }
        let known = self.pool.other_numbers(origin.text, figure);
        let others = figure.number.others(figure, &known, self.difficulty, self.language());
        let within = within_the_range(others, origin.text, figure);
        let [below, above] = beyond_the_bound(within, origin.text, &figure.range);
        let blank = if figure.is_year { Blank::Year } else { Blank::Number };
        let asked = wh::for_number(origin.text, &figure.range, figure.is_year, self.language(), &|phrase| {
            self.pool.lowered(phrase)
        });
        let accepted: Vec<String> = figure.number.plain().into_iter().collect();
        let others: Vec<&String> = below.iter().take(1).chain(above.iter().take(1)).collect();
        let other = others.get(random.below(others.len())).filter(|_| !is_bound(origin.text, &figure.range));
        if let Some(other) = other {
            made.push(self.false_statement(origin, origin.text, (&figure.range, other), FALSE_FACT));
        }
        let asked_from = made.len();
        self.of_number(origin, (&figure.range, blank, right), asked, [below, above], &accepted, made);
        // Nobody is to write two decimals where the size is the point.
        if figure.number.has_decimals() {
            let written = made.split_off(asked_from).into_iter().filter(|draft| draft.form == QuestionForm::Mcq);
            made.extend(written);
        }
    }

    pub(super) fn of_spelled(&self, origin: &Origin<'_>, made: &mut Vec<Draft>) {
        let Some(found) = spelled(origin.text, self.language()) else { return };
        if is_estimate(origin.text, &found.range) || counts_itself(origin.text, &found.range) {
            return;
        }
        let right = &origin.text[found.range.clone()];
        let own = |words: Vec<&'static str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let asked =
            wh::for_number(origin.text, &found.range, false, self.language(), &|phrase| self.pool.lowered(phrase));
        if let Some(other) = found.above.first() {
            made.push(self.false_statement(origin, origin.text, (&found.range, other), FALSE_FACT - 0.1));
        }
        // „dwa do siedmiu”: what is beyond the other end would be seen at once.
        let [from, to] = ends_of_a_range(origin.text, &found.range);
        let around = [
            if to { Vec::new() } else { own(found.below) },
            if from { own(found.above.into_iter().take(1).collect()) } else { own(found.above) },
        ];
        self.of_number(origin, (&found.range, Blank::Number, right), asked, around, &[found.digits.to_string()], made);
    }

    fn of_number(
        &self,
        origin: &Origin<'_>,
        (range, blank, right): (&Range<usize>, Blank, &str),
        asked: Option<String>,
        around: [Vec<String>; 2],
        accepted: &[String],
        made: &mut Vec<Draft>,
    ) {
        let language = self.language();
        // What stands in brackets or only follows may say the number in another unit, or by the way.
        let gapped = self.without_asides(origin.text, Some((range, GAP)));
        let bonus = if asked.is_some() { 0.5 } else { 0.2 };
        if around[0].len() + around[1].len() >= OPTIONS - 1 {
            let question = asked.clone().unwrap_or_else(|| phrases::choose_for_gap(language, blank, &gapped));
            let mut draft = self.draft(origin, QuestionForm::Mcq, question, right, bonus);
            draft.wrong = Wrong::Around(around);
            made.push(draft);
        }
        if let Some(asked) = asked {
            let mut draft = self.draft(origin, QuestionForm::Short, asked, right, bonus);
            draft.accepted = accepted.to_vec();
            made.push(draft);
        }
        let mut draft =
            self.draft(origin, QuestionForm::Cloze, phrases::fill_gap(language, blank, &gapped), right, 0.1);
        draft.accepted = accepted.to_vec();
        made.push(draft);
    }
}

/// Whether what is counted is named one by one after a colon, so that anyone can count it.
fn counts_itself(text: &str, number: &Range<usize>) -> bool {
    text[number.end..].contains(": ")
}

/// Whether it is the second of “one or two”.
fn is_estimate(text: &str, number: &Range<usize>) -> bool {
    [" or ", " lub ", " albo ", " czy "].iter().any(|or| text[..number.start].ends_with(or))
}

/// Whether a number is not what the sentence is about: a conversion in brackets, one that the sentence repeats, or one
/// of an example or a guess.
fn is_beside_the_point(text: &str, figure: &Figure) -> bool {
    const CURRENCIES: &str = "zł złotych euro dollar dollars dolarów pounds cents";
    const GUESSES: &str = "perhaps probably maybe prawdopodobnie";
    const POSSIBILITY: &str = "may might could can może mogą można mógłby mogłaby";
    let before = &text[..figure.range.start];
    let in_brackets = before.matches('(').count() > before.matches(')').count();
    let own = &text[figure.range.clone()];
    let repeated = words(text).into_iter().filter(|range| text[range.clone()] == *own).count() > 1;
    let has = |list: &str| words(text).into_iter().any(|range| is_listed(list, &text[range]));
    in_brackets || repeated || (has(CURRENCIES) && has(POSSIBILITY)) || has(GUESSES)
}

/// Of numbers around one that is only a bound those that are wrong: what is more than 200 is more than 150, too.
fn beyond_the_bound(others: [Vec<String>; 2], text: &str, number: &Range<usize>) -> [Vec<String>; 2] {
    let [below, above] = others;
    match (stands_after(text, number, &LOWER_BOUNDS), stands_after(text, number, &UPPER_BOUNDS)) {
        (true, _) => [Vec::new(), above],
        (_, true) => [below, Vec::new()],
        _ => [below, above],
    }
}

/// Words that begin a range and part its two ends.
const FROM: [&str; 9] = ["between", "from", "od", "między", "pomiędzy", "von", "zwischen", "entre", "de"];
const TO: [&str; 6] = ["and", "to", "do", "a", "bis", "à"];

/// Whether a number is the lower end of a range, or the upper one.
fn ends_of_a_range(text: &str, number: &Range<usize>) -> [bool; 2] {
    let all = words(text);
    let Some(at) = all.iter().position(|range| range.start >= number.start) else { return [false; 2] };
    let word = |index: Option<usize>| {
        index.and_then(|index| all.get(index)).map_or(String::new(), |range| text[range.clone()].to_lowercase())
    };
    let last = all.iter().rposition(|range| range.end <= number.end).unwrap_or(at);
    let before = |back: usize| word(at.checked_sub(back));
    let parted = |word: String| TO.contains(&word.as_str());
    let opened = |word: String| FROM.contains(&word.as_str());
    let digits = |word: String| word.starts_with(|c: char| c.is_ascii_digit());
    let from = parted(word(Some(last + 1))) && (opened(before(1)) || digits(word(Some(last + 2))));
    let to = parted(before(1)) && (opened(before(3)) || digits(before(2)));
    [from, to]
}

/// Of numbers for one end of a range those that leave it a range: “from 40 to 25” would be seen at once.
fn within_the_range(others: [Vec<String>; 2], text: &str, figure: &Figure) -> [Vec<String>; 2] {
    let [from, to] = ends_of_a_range(text, &figure.range);
    let all = figures(text);
    let Some(at) = all.iter().position(|other| other.range == figure.range) else { return others };
    let other_end = match (from, to) {
        (true, _) => all.get(at + 1),
        (_, true) => at.checked_sub(1).and_then(|before| all.get(before)),
        _ => return others,
    };
    let Some(end) = other_end.map(|other| other.number.scaled()) else { return others };
    let fits = |text: &String| {
        Number::parse(text).is_none_or(|number| if from { number.scaled() < end } else { number.scaled() > end })
    };
    others.map(|numbers| numbers.into_iter().filter(fits).collect())
}

/// Whether it is only a bound: “more than 150” is not false of what is more than 200.
fn is_bound(text: &str, number: &Range<usize>) -> bool {
    const REACHED: [&str; 6] = ["up to", "as much as", "as many as", "as much", "as many", "nawet"];
    const COMPARED: [&str; 10] = [
        "larger than",
        "bigger than",
        "greater than",
        "higher than",
        "longer than",
        "older than",
        "smaller than",
        "lower than",
        "shorter than",
        "younger than",
    ];
    [&COMPARED[..], &LOWER_BOUNDS, &UPPER_BOUNDS, &REACHED].iter().any(|bounds| stands_after(text, number, bounds))
}

/// Whether one of some phrases stands right before a number.
fn stands_after(text: &str, number: &Range<usize>, phrases: &[&str]) -> bool {
    const ROUGHLY: [&str; 5] = [" about", " approximately", " around", " około", " mniej więcej"];
    let before = text[..number.start].trim_end().to_lowercase();
    // “larger than about 100”
    let before = ROUGHLY.iter().find_map(|roughly| before.strip_suffix(roughly)).unwrap_or(&before);
    phrases
        .iter()
        .any(|phrase| before.strip_suffix(phrase).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '('])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figures;

    #[test]
    fn a_bound_is_not_made_false_by_another_number() {
        for (text, bound) in [
            ("Observations date back more than 200 years.", true),
            ("Rzeka ma ponad 200 dopływów.", true),
            ("Over 200 people came.", true),
            ("It works for files larger than about 200 pages.", true),
            ("Prices fell by as much 200 percent.", true),
            ("The moreover 200 words.", false),
            ("It has 200 members.", false),
        ] {
            let start = text.find("200").unwrap_or_default();
            assert_eq!(is_bound(text, &(start..start + 3)), bound, "{text}");
        }
    }

    #[test]
    fn what_a_bound_allows_is_no_wrong_option() {
        let of = |text: &str| {
            let others = [vec!["150".to_owned()], vec!["250".to_owned()]];
            let start = text.find("200").unwrap_or_default();
            beyond_the_bound(others, text, &(start..start + 3)).concat()
        };
        assert_eq!(of("It is more than 200 years old."), ["250"]);
        assert_eq!(of("Ma co najwyżej 200 członków."), ["150"]);
        assert_eq!(of("It has 200 members."), ["150", "250"]);
    }

    #[test]
    fn a_number_at_the_end_of_a_range_leaves_it_a_range() {
        let of = |text: &str, number: &str| {
            let all = figures(text);
            let figure = all.iter().find(|figure| text[figure.range.clone()] == *number).cloned()?;
            let others =
                [vec!["10".to_owned(), "18".to_owned()], vec!["24".to_owned(), "40".to_owned(), "100".to_owned()]];
            Some(within_the_range(others, text, &figure).concat())
        };
        let text = "Optimum temperatury wynosi od 20 do 25 stopni Celsjusza.";
        assert_eq!(of(text, "20").unwrap_or_default(), ["10", "18", "24"]);
        assert_eq!(of(text, "25").unwrap_or_default(), ["24", "40", "100"]);
        let text = "A switch costs between 20 and 25 microseconds.";
        assert_eq!(of(text, "20").unwrap_or_default(), ["10", "18", "24"]);
        assert_eq!(of("A switch costs 20 microseconds.", "20").unwrap_or_default().len(), 5);
    }

    #[test]
    fn a_number_beside_the_point_is_not_asked_for() {
        for (text, number, beside) in [
            ("It is 227 million kilometers (152 times) away.", "152", true),
            ("It is 227 million kilometers (152 times) away.", "227", false),
            ("The bubble burst in 1819, a crisis called the Panic of 1819.", "1819", true),
            ("Księgowy może pobrać opłatę w wysokości 400 zł za zeznanie.", "400", true),
            ("Za 40 zł można kupić 12 bochenków.", "12", true),
            ("Co jest 50% na jednym ekranie, na innym jest prawdopodobnie mniejsze.", "50", true),
            ("Opłata za paszport wynosi 140 zł i jest stała.", "140", false),
        ] {
            let figures = figures(text);
            let figure = figures.iter().find(|figure| text[figure.range.clone()] == *number);
            assert_eq!(figure.map(|figure| is_beside_the_point(text, figure)), Some(beside), "{text}");
        }
    }
}
