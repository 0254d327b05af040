//! Comparisons told from the other side: “X is larger than Y” as “Y is smaller than X”.

use super::{Lowered, count, has};
use crate::{
    facts::is_plural,
    language::Language,
    words::{capitalised, is_listed, words},
};

/// Comparatives and what the other side is.
const ENGLISH: &str = "larger:smaller bigger:smaller higher:lower longer:shorter faster:slower hotter:cooler warmer:colder \
    brighter:fainter heavier:lighter older:younger stronger:weaker thicker:thinner wider:narrower deeper:shallower";
const POLISH: &str = "większ:mniejsz wyższ:niższ dłuższ:krótsz szybsz:wolniejsz starsz:młodsz cieplejsz:zimniejsz silniejsz:słabsz \
    cięższ:lżejsz jaśniejsz:ciemniejsz głębsz:płytsz szersz:węższ grubsz:cieńsz";
/// Words with which a side is no plain thing.
const NO_THING: &str = "and or but that which who whose where when if because not it they them this these those one ones any other others \
    all every each most some many few expected usual ever before at by to from than as";
const PREPOSITIONS: &str = "of in on at for with without from under over";
/// Most words of a side.
const SIDE_MAX: usize = 6;

/// The comparison told from its other side; none where a side is no plain thing or they differ in number.
pub(super) fn other_way_round(text: &str, language: Language, lowered: Lowered<'_>) -> Option<String> {
    let sentence = text.strip_suffix('.')?;
    if sentence.contains([',', ';', ':', '(', '“', '„', '"', '–', '—']) {
        return None;
    }
    match language {
        Language::En => english(sentence, lowered),
        Language::Pl => polish_count(sentence).or_else(|| polish(sentence, lowered)),
        _ => None,
    }
}

fn english(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (ahead, other) = sentence.split_once(" than ")?;
    let (subject, verb, compared) = [" is ", " are ", " was ", " were "]
        .iter()
        .find_map(|verb| ahead.split_once(verb).map(|(a, b)| (a, *verb, b)))?;
    let converse = english_converse(compared)?;
    let plain = [subject, other].iter().all(|side| is_plain_side(side));
    let number = |side: &str| is_plural(head(side), Language::En);
    (plain && number(subject) == number(other))
        .then(|| lowered(subject))
        .flatten()
        .map(|own| format!("{}{verb}{converse} than {own}.", capitalised(other)))
}

/// “significantly more bulky and expensive” as “significantly less bulky and expensive”, “much larger” as “much smaller”.
fn english_converse(compared: &str) -> Option<String> {
    let parts: Vec<&str> = compared.split(' ').collect();
    let at = parts.iter().position(|word| !word.ends_with("ly") && !is_listed("much far slightly", word))?;
    let degree = parts[..at].iter().map(|word| format!("{word} ")).collect::<String>();
    let rest = parts[at + 1..].join(" ");
    let measured =
        !rest.is_empty() && rest.split(' ').all(|word| !is_listed("of in on more less", word)) && count(&rest) <= 3;
    match parts[at] {
        "more" if measured => Some(format!("{degree}less {rest}")),
        "less" if measured => Some(format!("{degree}more {rest}")),
        single if rest.is_empty() => Some(format!("{degree}{}", paired(single, ENGLISH)?)),
        _ => None,
    }
}

fn paired(word: &str, pairs: &str) -> Option<String> {
    pairs.split_ascii_whitespace().filter_map(|pair| pair.split_once(':')).find_map(|(one, other)| {
        let of = |from: &str, to: &str| word.strip_prefix(from).map(|ending| (ending, format!("{to}{ending}")));
        let (ending, turned) = of(one, other).or_else(|| of(other, one))?;
        (ending.is_empty() || is_listed("y a e i", ending)).then_some(turned)
    })
}

/// What a word of a comparison is from the other side.
pub(super) fn counterpart(word: &str, language: Language) -> Option<String> {
    match (language, word) {
        (Language::En, "more") => Some("less".to_owned()),
        (Language::En, _) => paired(word, ENGLISH),
        (Language::Pl, "więcej") => Some("mniej".to_owned()),
        (Language::Pl, _) => paired(word, POLISH),
        _ => None,
    }
}

fn is_plain_side(side: &str) -> bool {
    (1..=SIDE_MAX).contains(&count(side)) && !has(side, NO_THING) && !side.contains(|c: char| c.is_ascii_digit())
}

/// The noun of a side, before what tells which one is meant.
fn head(side: &str) -> &str {
    let own: Vec<&str> = side.split(' ').take_while(|word| !is_listed(PREPOSITIONS, word)).collect();
    own.last().copied().unwrap_or_default()
}

/// „wykrywa więcej odcieni zieleni niż czerwieni”: both sides in the genitive.
fn polish_count(sentence: &str) -> Option<String> {
    let (ahead, other) = sentence.split_once(" niż ")?;
    let (before, converse, counted) = [(" więcej ", " mniej "), (" mniej ", " więcej ")]
        .iter()
        .find_map(|(word, converse)| ahead.split_once(word).map(|(before, counted)| (before, *converse, counted)))?;
    let (noun, own) = counted.split_once(' ')?;
    let last = |side: &str| side.split(' ').next().and_then(|word| word.chars().next_back());
    let plain = count(own) == 1
        && (1..=3).contains(&count(other))
        && last(own) == last(other)
        && last(own).is_some_and(|letter| "aiuy".contains(letter))
        && !has(other, "w na z do od po przez dla ich jego jej nie")
        && !before.contains(" niż ");
    plain.then(|| format!("{before}{converse}{noun} {other} niż {own}."))
}

/// „Złoto jest cięższe niż żelazo”: two nouns of one gender.
fn polish(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (ahead, other) = sentence.split_once(" niż ")?;
    let (subject, verb, compared) =
        [" jest ", " są "].iter().find_map(|verb| ahead.split_once(verb).map(|(a, b)| (a, *verb, b)))?;
    let converse = paired(compared, POLISH)?;
    let ending = |noun: &str| noun.chars().next_back().map(|last| if "aeoiyęą".contains(last) { last } else { 'k' });
    let vowel = |noun: &str| ending(noun).map(|last| if "eo".contains(last) { 'o' } else { last });
    let alike = words(subject).len() == 1 && words(other).len() == 1 && vowel(subject) == vowel(other);
    alike.then(|| lowered(subject)).flatten().map(|own| format!("{}{verb}{converse} niż {own}.", capitalised(other)))
}

#[cfg(test)]
mod tests {
    use super::{super::small, *};

    #[test]
    fn a_comparison_is_told_from_its_other_side() {
        for (text, language, told) in [
            (
                "Electron microscopes are significantly more bulky and expensive than light microscopes.",
                Language::En,
                Some("Light microscopes are significantly less bulky and expensive than electron microscopes."),
            ),
            (
                "The new mode is faster than the old mode.",
                Language::En,
                Some("The old mode is slower than the new mode."),
            ),
            (
                "Lookups in tables are slower than lookups in indexes.",
                Language::En,
                Some("Lookups in indexes are faster than lookups in tables."),
            ),
            ("The library is smaller than 750 KiB.", Language::En, None),
            ("The stars of a cluster are older than the Sun.", Language::En, None),
            ("Gold is heavier than it looks.", Language::En, None),
            ("Gold is more of a metal than salt.", Language::En, None),
            (
                "Wzrok wykrywa więcej odcieni zieleni niż czerwieni i niebieskiego.",
                Language::Pl,
                Some("Wzrok wykrywa mniej odcieni czerwieni i niebieskiego niż zieleni."),
            ),
            ("Złoto jest cięższe niż żelazo.", Language::Pl, Some("Żelazo jest lżejsze niż złoto.")),
            ("Wisła jest dłuższa niż Dunajec.", Language::Pl, None),
            ("Gold ist schwerer als Eisen.", Language::De, None),
        ] {
            assert_eq!(other_way_round(text, language, &|phrase| Some(small(phrase))).as_deref(), told, "{text}");
        }
    }
}
