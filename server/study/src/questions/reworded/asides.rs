//! Statements without what does not carry their fact: brackets, examples, and what only follows at their end.

use super::{count, english};
use crate::{
    facts::replaced,
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

/// Fewest words that are left before what is dropped at the end.
const LEFT_MIN: usize = 5;
/// What a bracket begins with that limits what is said.
const LIMITING: &str =
    "except excluding only unless if without not but oprócz poza wyłączając tylko jeśli jeżeli chyba bez nie";
/// What begins a remark that goes on to the end of its sentence.
const ENGLISH_REMARKS: [&str; 7] =
    [", a period ", ", which ", ", where ", ", meaning ", ", including ", ", with the goal of ", ", whether "];
const POLISH_REMARKS: [&str; 5] = [", dzięki czemu ", ", przez co ", ", przy czym ", ", co ", " – to tzw. "];
/// What begins a clause about the noun before it, which a comma sets apart as a remark.
const RELATIVES: [&str; 3] = [", which ", ", who ", ", whose "];
/// Fewest words of such a clause.
const RELATIVE_MIN: usize = 3;
/// What begins examples.
const ENGLISH_EXAMPLES: [&str; 2] = [", such as ", ", for example "];
const POLISH_EXAMPLES: [&str; 9] = [
    ", taki jak ",
    ", taka jak ",
    ", takie jak ",
    ", taką jak ",
    ", takim jak ",
    ", takiej jak ",
    ", takich jak ",
    ", takimi jak ",
    ", np. ",
];
/// Words that end like participles and begin a phrase of another kind.
const NO_PARTICIPLES: &str =
    "during according depending including excluding nothing something everything anything being having";

/// The statement without its asides, apart from those that have a stretch of `changed`, which is replaced; a description
/// that ends without a full stop keeps doing so.
pub(in crate::questions) fn without_asides(
    text: &str,
    changed: Option<(&Range<usize>, &str)>,
    language: Language,
) -> String {
    let first = changed.and_then(|(kept, _)| first_half(text, kept));
    let mut edits: Vec<(Range<usize>, &str)> = asides(text, language)
        .into_iter()
        .filter(|aside| first.as_ref().is_none_or(|half| half.end <= aside.start))
        .chain(first.clone())
        .filter(|aside| changed.is_none_or(|(kept, _)| aside.end <= kept.start || kept.end <= aside.start))
        .map(|aside| (aside, ""))
        .collect();
    edits.extend(changed.map(|(range, with)| (range.clone(), with)));
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    edits.into_iter().fold(text.to_owned(), |left, (range, with)| replaced(&left, &range, with))
}

/// The half before a semicolon, where what is changed stands in the other one and that can stand alone.
fn first_half(text: &str, changed: &Range<usize>) -> Option<Range<usize>> {
    let end = text.find("; ")? + 2;
    let name = text[end..].starts_with(char::is_uppercase);
    (name && changed.start >= end && !text[end..].contains("; ")).then_some(0..end)
}

/// Whether a stretch belongs to what can be left out.
pub(in crate::questions) fn is_in_an_aside(text: &str, stretch: &Range<usize>, language: Language) -> bool {
    asides(text, language).iter().any(|aside| aside.start < stretch.end && stretch.start < aside.end)
}

/// What can be left out, in the order of the text; no two overlap.
fn asides(text: &str, language: Language) -> Vec<Range<usize>> {
    if !matches!(language, Language::En | Language::Pl) {
        return Vec::new();
    }
    let end = text.trim_end_matches('.').len();
    let mut found = brackets(&text[..end]);
    found.extend(examples(&text[..end], language));
    found.extend(remark(&text[..end], language));
    found.extend(relative_clause(&text[..end], language));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in found {
        if kept.last().is_none_or(|before| before.end <= range.start) {
            kept.push(range);
        }
    }
    kept
}

/// “ (…)” with words in it; none at all where brackets number the parts of the sentence.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(" (").map(|at| from + at) {
        let inside = &text[at + 2..];
        let Some(length) = inside.find(')').filter(|length| !inside[..*length].contains('(')) else { break };
        let words = words(&inside[..length]);
        let first = words.first().map_or("", |range| &inside[range.clone()]).to_lowercase();
        if words.is_empty() || (words.len() == 1 && first.chars().count() == 1) {
            return Vec::new();
        }
        from = at + 2 + length + 1;
        let within_word = text[from..].starts_with(char::is_alphanumeric);
        if !is_listed(LIMITING, &first) && !within_word {
            found.push(at..from);
        }
    }
    found
}

/// “, such as X” up to the end or to the comma that closes it.
fn examples(text: &str, language: Language) -> Vec<Range<usize>> {
    let openings: &[&str] = if language == Language::Pl { &POLISH_EXAMPLES } else { &ENGLISH_EXAMPLES };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = openings.iter().filter_map(|opening| text[from..].find(opening)).min().map(|at| from + at) {
        let rest = &text[at + 2..];
        let Some(comma) = rest.find(", ") else {
            found.push(at..text.len());
            break;
        };
        // A comma before “or” closes the examples; any other may part two of them.
        let next = rest[comma + 2..].split(' ').next().unwrap_or_default();
        let closed = is_listed("lub albo i oraz or and", next);
        let several = is_listed("and or i oraz lub", rest[..comma].rsplit(' ').nth(1).unwrap_or_default());
        from = at + 2 + comma;
        if closed && !several && count(&rest[..comma]) <= LEFT_MIN {
            found.push(at..from + 1);
        }
    }
    found
}

/// “X, who was Y, did Z”: what stands between subject and verb. Polish has commas also where the clause tells which one.
fn relative_clause(text: &str, language: Language) -> Option<Range<usize>> {
    if language != Language::En || text.matches(", ").count() != 2 {
        return None;
    }
    let (start, opening) = RELATIVES.iter().find_map(|opening| text.find(opening).map(|at| (at, *opening)))?;
    let inside = &text[start + opening.len()..];
    let length = inside.find(", ")?;
    let rest = &inside[length + 2..];
    let (subject, verb) = (&text[..start], rest.split(' ').next().unwrap_or_default());
    // “The scale goes back to Hipparchus, who ranked stars in classes, called magnitudes”: only behind a bare name a word in
    // “-ed” is surely the verb.
    let goes_on = english::is_auxiliary(verb) || (verb.ends_with("ed") && english::is_somebody(subject));
    let parted = goes_on && !english::has_verb(subject) && !subject.contains(',');
    (parted && count(&inside[..length]) >= RELATIVE_MIN).then_some(start..start + opening.len() + length + 1)
}

/// What ends the sentence and says something further.
fn remark(text: &str, language: Language) -> Option<Range<usize>> {
    let marks: &[&str] = if language == Language::Pl { &POLISH_REMARKS } else { &ENGLISH_REMARKS };
    let only_at_the_end = |at: usize| language == Language::Pl || !text[at + 2..].contains(',');
    let measured = |at: usize| [", co najmniej ", ", co najwyżej "].iter().any(|mark| text[at..].starts_with(mark));
    let marked = marks.iter().filter_map(|mark| text.find(mark)).filter(|at| only_at_the_end(*at) && !measured(*at));
    let second = text.find("; ");
    let at = marked.chain(second).chain(participle(text, language)).chain(second_fact(text, language)).min()?;
    (count(&text[..at]) >= LEFT_MIN && !text[..at].contains(':')).then_some(at..text.len())
}

/// “, creating …”, „, zachowując …” as the last part of the sentence.
fn participle(text: &str, language: Language) -> Option<usize> {
    let at = text.rfind(", ")?;
    let rest = &text[at + 2..];
    let first = rest.split(' ').next().unwrap_or_default();
    let doing = match language {
        Language::Pl => first.ends_with("ąc"),
        _ => {
            let done = first.ends_with("ed") && !rest.contains(" and ");
            (first.ends_with("ing") || done) && first.len() > 5 && !is_listed(NO_PARTICIPLES, first)
        }
    };
    // “As loans increased, paper flooded the country, creating …”: the first comma closes a clause.
    let opening = text.split(' ').next().unwrap_or_default().to_lowercase();
    let commas = usize::from(is_listed("as if when while after before since because in by during", &opening));
    let alone = text[..at].matches(',').count() <= commas || language == Language::Pl;
    (doing && alone && count(rest) > 3).then_some(at)
}

/// “… after it had been bought”, „…, ale mogą też …”: a further fact about the same.
fn second_fact(text: &str, language: Language) -> Option<usize> {
    match language {
        Language::Pl => [", ale może też ", ", ale mogą też ", ", ale także ", ", ale również "]
            .iter()
            .filter_map(|mark| text.find(mark))
            .filter(|at| !text[..*at].contains("nie tylko"))
            .min(),
        _ => {
            let before = [" after it had ", " before it was ", " after they had ", " before they were "];
            let ends = |at: &usize| !text[*at + 1..].contains(", ");
            let told_before = before.iter().filter_map(|mark| text.find(mark)).filter(ends).min();
            told_before.or_else(|| {
                [", and it is ", ", and it was ", ", and they are "].iter().find_map(|mark| text.find(mark))
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_carry_the_fact_is_left_out() {
        for (text, language, left) in [
            (
                "Buty nie są dobrym środkiem wartości (w przeciwieństwie np. do dzieł sztuki).",
                Language::Pl,
                "Buty nie są dobrym środkiem wartości.",
            ),
            (
                "The law helped many farmers of the west, with the goal of settling the land.",
                Language::En,
                "The law helped many farmers of the west.",
            ),
            (
                "The law applied to the territory of Ohio after it had been bought.",
                Language::En,
                "The law applied to the territory of Ohio.",
            ),
            (
                "Paper money flooded the whole country, creating inflation that drove the prices.",
                Language::En,
                "Paper money flooded the whole country.",
            ),
            (
                "Jony przepływają z miejsc o dużym stężeniu, ale mogą też przechodzić inaczej; tak bywa.",
                Language::Pl,
                "Jony przepływają z miejsc o dużym stężeniu.",
            ),
            (
                "Potencjał utrzymuje komórkę w stanie gotowości – to tzw. potencjał spoczynkowy.",
                Language::Pl,
                "Potencjał utrzymuje komórkę w stanie gotowości.",
            ),
            (
                "Profil opisuje urządzenie, takie jak projektor, lub przestrzeń kolorów, taką jak sRGB.",
                Language::Pl,
                "Profil opisuje urządzenie lub przestrzeń kolorów.",
            ),
            (
                "As loans increased, paper money flooded all states, creating inflation in the country.",
                Language::En,
                "As loans increased, paper money flooded all states.",
            ),
            (
                "In 1930, Pluto was found in Arizona, and it is no coincidence that its name begins so.",
                Language::En,
                "In 1930, Pluto was found in Arizona.",
            ),
            (
                "Observations of Mars date back many years, a period during which much has passed.",
                Language::En,
                "Observations of Mars date back many years.",
            ),
            (
                "Robert Hooke, who was curator of the Royal Society, described cells in 1665.",
                Language::En,
                "Robert Hooke described cells in 1665.",
            ),
            (
                "Mitochondria, which have their own DNA, are found in most cells.",
                Language::En,
                "Mitochondria are found in most cells.",
            ),
            // Without it the rest is no sentence, or it tells which one is meant.
            ("The firm sold a lamp, which lit the town at night, a novelty of 1880.", Language::En, ""),
            ("The farmers, who sold their land, cattle and tools, moved west.", Language::En, ""),
            ("The farmers, who sold the land, and the banks were poor.", Language::En, ""),
            ("The scale goes back to Hipparchus, who ranked stars in classes, called magnitudes.", Language::En, ""),
            ("Komórki, które mają jądro komórkowe, są większe od bakterii.", Language::Pl, ""),
            // What limits the statement or belongs to it stays.
            ("All birds of the island fly (except two of them).", Language::En, ""),
            ("The parts of a cell are (a) the wall and (b) the nucleus.", Language::En, ""),
            ("The wall was painted, scraped, and washed by the owner.", Language::En, ""),
            ("Rocks, such as granite, basalt and marble, are hard to cut.", Language::En, ""),
            ("Ustawa wymaga większości głosów posłów, co najmniej dwóch trzecich.", Language::Pl, ""),
            ("Er ist groß (und alt).", Language::De, ""),
        ] {
            assert_eq!(without_asides(text, None, language), if left.is_empty() { text } else { left });
        }
    }

    #[test]
    fn what_was_changed_stays() {
        let text = "The northern lake is deep (about 70 meters), which makes all 12 boats small.";
        let of = |word: &str, with: &str| {
            let start = text.find(word).unwrap_or_default();
            without_asides(text, Some((&(start..start + word.len()), with)), Language::En)
        };
        assert_eq!(of("70", "90"), "The northern lake is deep (about 90 meters).");
        assert_eq!(of("12", "15"), "The northern lake is deep, which makes all 15 boats small.");
        let halves = "Mars rotates in 24 hours (and has seasons); Venus takes 243 days for that.";
        let start = halves.find("243").unwrap_or_default();
        let changed = (&(start..start + 3), "193");
        assert_eq!(without_asides(halves, Some(changed), Language::En), "Venus takes 193 days for that.");
        assert_eq!(of("lake", "sea"), "The northern sea is deep.");
        let is_aside = |word: &str| {
            let start = text.find(word).unwrap_or_default();
            is_in_an_aside(text, &(start..start + word.len()), Language::En)
        };
        assert!(is_aside("small") && is_aside("70") && !is_aside("deep"));
    }
}
