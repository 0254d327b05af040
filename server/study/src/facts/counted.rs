//! Enumerations that say how many things they have: “three forms of endocytosis: A, B and C”.

use crate::{
    language::Language,
    words::{is_listed, words},
};
use std::ops::Range;

const ENGLISH_NUMBERS: &str = "three four five six seven";
const POLISH_NUMBERS: [&str; 5] =
    ["trzy trzech trzema", "cztery czterech", "pięć pięciu", "sześć sześciu", "siedem siedmiu"];
const SMALLEST: usize = 3;
const ITEM_WORDS_MAX: usize = 6;
/// Words that make an item more than a thing.
const NO_ITEMS: &str = "which that who itself etc others inne który która które itd itp";

/// The things that a sentence counts and names after a colon, as stretches of it; none where their number is another one.
pub(crate) fn counted(text: &str, language: Language) -> Option<Vec<Range<usize>>> {
    let (before, _) = text.split_once(": ")?;
    let from = before.len() + 2;
    let to = text.trim_end_matches('.').len();
    let named = text.get(from..to).filter(|named| !named.contains([':', ';', '(', '–', '—', '“', '„', '"']))?;
    let number = words(before).into_iter().find_map(|range| value(&before[range].to_lowercase(), language))?;
    let and: &[&str] = match language {
        Language::En => &["and "],
        Language::Pl => &["i ", "oraz "],
        _ => return None,
    };
    let items = items(named, from, and);
    let plain = |item: &Range<usize>| {
        let own = words(&text[item.clone()]);
        (1..=ITEM_WORDS_MAX).contains(&own.len())
            && !own.into_iter().any(|range| is_listed(NO_ITEMS, &text[item.clone()][range].to_lowercase()))
    };
    (items.len() == number && items.iter().all(plain)).then_some(items)
}

fn value(word: &str, language: Language) -> Option<usize> {
    let at = match language {
        Language::En => ENGLISH_NUMBERS.split(' ').position(|number| number == word),
        _ => POLISH_NUMBERS.iter().position(|forms| is_listed(forms, word)),
    };
    at.map(|at| at + SMALLEST)
}

/// The parts between commas; the last two may have only the conjunction between them.
fn items(named: &str, offset: usize, and: &[&str]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for part in named.split(", ") {
        found.push(offset + from..offset + from + part.len());
        from += part.len() + 2;
    }
    let Some(last) = found.pop() else { return found };
    let own = &named[last.start - offset..last.end - offset];
    if let Some(word) = and.iter().find(|word| own.starts_with(**word)) {
        found.push(last.start + word.len()..last.end);
    } else if let Some((at, word)) = and.iter().find_map(|word| own.rfind(&format!(" {word}")).map(|at| (at, word))) {
        found.push(last.start..last.start + at);
        found.push(last.start + at + 1 + word.len()..last.end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_things_are_found_where_their_number_is_right() {
        let of = |text: &str, language| {
            counted(text, language).map(|items| items.into_iter().map(|item| text[item].to_owned()).collect::<Vec<_>>())
        };
        for (text, language, items) in [
            (
                "There are three forms of endocytosis: phagocytosis, pinocytosis and receptor-mediated endocytosis.",
                Language::En,
                Some(["phagocytosis", "pinocytosis", "receptor-mediated endocytosis"].as_slice()),
            ),
            (
                "He listed four conditions in 1971: mutual exclusion, hold and wait, no preemption, and circular wait.",
                Language::En,
                Some(&["mutual exclusion", "hold and wait", "no preemption", "circular wait"]),
            ),
            (
                "Kodeks zna pięć wad: brak świadomości lub swobody, pozorność, błąd, podstęp i groźbę.",
                Language::Pl,
                Some(&["brak świadomości lub swobody", "pozorność", "błąd", "podstęp", "groźbę"]),
            ),
            ("There are three forms: phagocytosis and pinocytosis.", Language::En, None),
            ("Cows have four parts of one stomach: they eat grass, hay and straw.", Language::En, None),
        ] {
            let wanted = items.map(|items| items.iter().map(ToString::to_string).collect::<Vec<_>>());
            assert_eq!(of(text, language), wanted, "{text}");
        }
    }
}
