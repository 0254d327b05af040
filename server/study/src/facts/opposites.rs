//! Words that a statement is made false with.

use crate::{language::Language, words::words};
use std::ops::Range;

const ENGLISH: &str = "larger:smaller bigger:smaller greater:smaller higher:lower longer:shorter faster:slower hotter:cooler \
    brighter:fainter closer:farther older:younger earlier:later more:less most:least largest:smallest highest:lowest \
    longest:shortest fastest:slowest brightest:faintest increases:decreases increase:decrease increased:decreased rises:falls \
    above:below before:after inside:outside always:never northern:southern north:south eastern:western east:west positive:negative \
    maximum:minimum upper:lower strong:weak stronger:weaker heavier:lighter warmer:colder absorbs:releases first:last internal:external \
    inner:outer clockwise:counterclockwise hot:cold dry:wet rich:poor majority:minority";
/// Stems, so that the ending stays as it is.
const POLISH: &str = "większ:mniejsz najwięks:najmniejs wyższ:niższ najwyżs:najniżs dłuższ:krótsz szybsz:wolniejsz starsz:młodsz \
    więcej:mniej rośnie:maleje zwiększa:zmniejsza wzrost:spadek wzrasta:spada cieplejsz:chłodniejsz silniejsz:słabsz północn:południow \
    wschodni:zachodni dodatni:ujemn wewnętrzn:zewnętrzn górn:doln zawsze:nigdy najdłużs:najkróts \
    największ:najmniejsz najwyższ:najniższ najdłuższ:najkrótsz maksymaln:minimaln pochłania:wydziela";
const GERMAN: &str =
    "größer:kleiner höher:niedriger länger:kürzer mehr:weniger steigt:sinkt größte:kleinste höchste:niedrigste";
const FRENCH: &str = "plus:moins augmente:diminue avant:après";
const SPANISH: &str = "más:menos mayor:menor aumenta:disminuye antes:después";

/// The first word of a sentence that has an opposite, and that opposite in the same form.
pub(crate) fn opposite(text: &str, language: Language) -> Option<(Range<usize>, String)> {
    let pairs = match language {
        Language::En => ENGLISH,
        Language::Pl => POLISH,
        Language::De => GERMAN,
        Language::Fr => FRENCH,
        Language::Es => SPANISH,
        Language::Ar | Language::Other => return None,
    };
    let pairs: Vec<(&str, &str)> = pairs.split_ascii_whitespace().filter_map(|pair| pair.split_once(':')).collect();
    words(text).into_iter().skip(1).find_map(|range| {
        let word = &text[range.clone()];
        // A negated or correlated comparison does not become false by its opposite.
        let before = text[..range.start].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        if ["not", "no", "nie", "or", "the", "much", "kein", "pas", "no"].contains(&before.as_str()) && is_loose(word) {
            return None;
        }
        let other = pairs.iter().find_map(|(one, other)| {
            turned(word, one, other, language).or_else(|| turned(word, other, one, language))
        })?;
        Some((range, other))
    })
}

/// Words that mean little by themselves: “the more …, the better”, “no more”.
fn is_loose(word: &str) -> bool {
    [
        "more", "less", "before", "after", "first", "last", "above", "below", "north", "south", "east", "west",
        "increase", "decrease",
    ]
    .contains(&word)
}

fn turned(word: &str, from: &str, to: &str, language: Language) -> Option<String> {
    if word == from {
        return Some(to.to_owned());
    }
    // A stem takes any adjective's ending; both stems of a pair take the same ones.
    let ending = word.strip_prefix(from).filter(|_| language == Language::Pl)?;
    let soft = |stem: &str| stem.ends_with('i');
    let known = [
        "y", "a", "e", "i", "ego", "ej", "emu", "ym", "im", "ą", "ych", "ich", "ymi", "imi", "m", "ć", "no", "ny",
        "na", "ne",
    ];
    (known.contains(&ending) && soft(from) == soft(to)).then(|| format!("{to}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_is_turned_in_the_same_form() {
        let turned =
            |text: &str, language| opposite(text, language).map(|(range, other)| (text[range].to_owned(), other));
        assert_eq!(turned("Gold is heavier than iron.", Language::En), Some(("heavier".into(), "lighter".into())));
        assert_eq!(turned("Wisła jest dłuższą rzeką.", Language::Pl), Some(("dłuższą".into(), "krótszą".into())));
        assert_eq!(turned("Gold is a metal.", Language::En), None);
        assert_eq!(turned("There is no more gold.", Language::En), None);
    }
}
