//! Statements in other words than the text's, where grammar allows it without guessing: what they say stays the same.

mod asides;
mod compared;
mod definitions;
mod english;
mod enumerated;
mod opposed;
mod polish;

use crate::{
    facts::replaced,
    language::Language,
    standing,
    words::{Grammar, is_listed, stem, words},
};
pub(super) use asides::{is_in_an_aside, without_asides};
pub(super) use definitions::turned_definition;

/// A phrase that began a sentence as it stands within one; none where that cannot be told.
type Lowered<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Fewest words of each half.
const HALF_MIN: usize = 3;

/// A statement in other words; none where no way is surely right.
pub(super) fn reworded(text: &str, language: Language, grammar: &Grammar, lowered: Lowered<'_>) -> Option<String> {
    let told = || reordered(text, language, lowered);
    let compared = || compared::other_way_round(text, language, lowered);
    let opposed = || opposed::by_the_opposite(text, language);
    let enumerated = || enumerated::in_another_order(text, language, grammar, lowered);
    compared().or_else(opposed).or_else(told).or_else(enumerated)
}

/// Whether a text has the word that a stem of a reworded statement stands against: “larger” for “smaller”.
pub(crate) fn has_counterpart(own: &str, text: &str, language: Language) -> bool {
    words(text).into_iter().any(|range| {
        let word = text[range].to_lowercase();
        let counterparts = [compared::counterpart(&word, language), opposed::opposite(&word, language)];
        counterparts.into_iter().flatten().any(|other| stem(&other, language) == own)
    })
}

/// A statement with its halves in the other order; none where it has no two that can be told apart.
fn reordered(text: &str, language: Language, lowered: Lowered<'_>) -> Option<String> {
    let sentence = text.strip_suffix('.')?;
    if sentence.contains([';', ':', '–', '—', '(', '“', '„', '"']) {
        return None;
    }
    let turned = match language {
        Language::En => english::reordered(sentence, lowered),
        Language::Pl => polish::reordered(sentence, lowered),
        _ => None,
    }?;
    standing::stands_alone(&turned, language).then_some(turned)
}

fn count(text: &str) -> usize {
    words(text).len()
}

fn has(text: &str, list: &str) -> bool {
    words(text).into_iter().any(|range| is_listed(list, &text[range].to_lowercase()))
}

fn first_word(text: &str) -> String {
    text.split(' ').next().unwrap_or_default().trim_end_matches(',').to_lowercase()
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The only comma parts the sentence in two.
fn halves(sentence: &str) -> Option<(&str, &str)> {
    let (one, other) = sentence.split_once(", ")?;
    let told = !other.contains(',') && count(one) >= HALF_MIN.min(2) && count(other) >= HALF_MIN;
    told.then_some((one, other))
}

/// The statement without what is put in another language in brackets.
pub(super) fn without_foreign_words(text: &str) -> String {
    let mut left = text.to_owned();
    while let Some(at) = [" (ang. ", " (łac. "].iter().find_map(|opening| left.find(opening)) {
        let Some(length) = left[at..].find(')') else { break };
        left = replaced(&left, &(at..at + length + 1), "");
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lowered(phrase: &str) -> Option<String> {
        Some(small(phrase))
    }

    #[test]
    fn halves_change_places_and_say_the_same() {
        let of = |text: &str, language| reordered(text, language, &lowered);
        for (text, language, turned) in [
            (
                "If the cell grows too large, the membrane will not have enough surface.",
                Language::En,
                Some("The membrane will not have enough surface if the cell grows too large."),
            ),
            (
                "In the 1670s, van Leeuwenhoek discovered bacteria in water.",
                Language::En,
                Some("Van Leeuwenhoek discovered bacteria in water in the 1670s."),
            ),
            (
                "Granite has large crystals when magma cools slowly underground.",
                Language::En,
                Some("When magma cools slowly underground, granite has large crystals."),
            ),
            (
                "The first release was published in 1996.",
                Language::En,
                Some("In 1996, the first release was published."),
            ),
            ("When water freezes hard, it expands a lot.", Language::En, None),
            ("In 1930, Pluto was found and named.", Language::En, None),
            ("If it rains, the rivers rise, and towns flood.", Language::En, None),
            (
                "Jeżeli Senat nie podejmie uchwały, ustawę uznaje się za uchwaloną.",
                Language::Pl,
                Some("Ustawę uznaje się za uchwaloną, jeżeli Senat nie podejmie uchwały."),
            ),
            (
                "Gdy stężenie jonów rośnie, pompy sodowe zamykają drogę.",
                Language::Pl,
                Some("Pompy sodowe zamykają drogę, gdy stężenie jonów rośnie."),
            ),
            (
                "W 1791 roku Sejm uchwalił pierwszą konstytucję.",
                Language::Pl,
                Some("Sejm uchwalił pierwszą konstytucję w 1791 roku."),
            ),
            ("Gdy impuls słabnie, przechodzi przez błonę powoli.", Language::Pl, None),
        ] {
            assert_eq!(of(text, language).as_deref(), turned, "{text}");
        }
    }

    #[test]
    fn a_term_in_another_language_is_left_out() {
        assert_eq!(without_foreign_words("Barter (ang. barter) trwa."), "Barter trwa.");
        assert_eq!(without_foreign_words("Barter (wymiana) trwa."), "Barter (wymiana) trwa.");
    }
}
