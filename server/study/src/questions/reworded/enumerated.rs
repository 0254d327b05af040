//! Enumerations in another order.

use super::{Lowered, has};
use crate::{
    facts::{list, replaced},
    language::Language,
    words::{Grammar, capitalised, is_listed},
};
use std::ops::Range;

/// Words of an enumeration whose order matters, or whose last item must stand last.
const ORDERED: &str = "first second third then next finally last order sequence step steps stage stages phase phases other others \
    pierwszy pierwsza pierwsze najpierw następnie potem kolejno kolejności etap etapy fazy faza inne innych inny";
const PRONOUNS: &str =
    "it its they their them he his she her this these those jego jej ich ten ta to te swój swoje swoją";
/// Verbs that say what one thing does, so that three of them can be told from nouns.
const VERBS: &str = "acts serves helps prevents protects supports stores carries contains provides produces makes gives keeps holds \
    controls regulates allows enables removes transports releases absorbs forms covers connects separates transmits receives \
    reduces increases improves requires uses converts breaks moves";

/// The statement with the last of what it enumerates first; none where it enumerates nothing plainly.
pub(super) fn in_another_order(
    text: &str,
    language: Language,
    grammar: &Grammar,
    lowered: Lowered<'_>,
) -> Option<String> {
    if has(text, ORDERED) {
        return None;
    }
    items_moved(text, language, grammar, lowered).or_else(|| verbs_moved(text, language))
}

fn items_moved(text: &str, language: Language, grammar: &Grammar, lowered: Lowered<'_>) -> Option<String> {
    let items = list(text, language, grammar)?.items;
    if has(text, PRONOUNS) {
        return None;
    }
    let mut texts: Vec<String> = items.iter().map(|item| text[item.clone()].to_owned()).collect();
    let opens = items.first().is_some_and(|item| item.start == 0);
    if opens {
        texts[0] = lowered(&texts[0])?;
    }
    texts.rotate_right(1);
    if opens {
        texts[0] = capitalised(&texts[0]);
    }
    keeps_preposition(&text[..items.first()?.start], &texts[0]).then(|| with_texts(text, &items, &texts))
}

/// Whether a Polish preposition before the items stays as it is: „z płatków”, but „ze słupka”.
fn keeps_preposition(before: &str, first: &str) -> bool {
    match before.trim_end().rsplit(' ').next().unwrap_or_default() {
        "z" => !first.starts_with(['s', 'z', 'ś', 'ź', 'ż', 'w']),
        "w" => !first.starts_with(['w', 'f']),
        "ze" | "we" => false,
        _ => true,
    }
}

/// “X acts as a wall, helps the cell, and prevents damage.”
fn verbs_moved(text: &str, language: Language) -> Option<String> {
    let sentence = text.strip_suffix('.').filter(|_| language == Language::En)?;
    let [one, two, three] = sentence.split(", ").collect::<Vec<_>>()[..] else { return None };
    let three = three.strip_prefix("and ")?;
    let is_verb = |word: &str| is_listed(VERBS, word);
    let begins = |part: &str| part.split(' ').next().is_some_and(is_verb);
    let verb = one.split(' ').position(is_verb).filter(|at| (1..=5).contains(at))?;
    let start = one.split(' ').take(verb).map(|word| word.len() + 1).sum::<usize>();
    let single = one.split(' ').filter(|word| is_verb(word)).count() == 1;
    (begins(two) && begins(three) && single).then(|| format!("{}{three}, {}, and {two}.", &one[..start], &one[start..]))
}

fn with_texts(text: &str, stretches: &[Range<usize>], texts: &[String]) -> String {
    let pairs = stretches.iter().zip(texts).rev();
    pairs.fold(text.to_owned(), |left, (stretch, with)| replaced(&left, stretch, with))
}

#[cfg(test)]
mod tests {
    use super::{super::small, *};

    #[test]
    fn the_last_of_an_enumeration_may_come_first() {
        for (text, language, told) in [
            (
                "Useful metals include copper, zinc and nickel.",
                Language::En,
                Some("Useful metals include nickel, copper and zinc."),
            ),
            (
                "The cell wall acts as a layer of protection, helps the cell, and prevents dehydration.",
                Language::En,
                Some("The cell wall prevents dehydration, acts as a layer of protection, and helps the cell."),
            ),
            ("The stages include growth, division and death.", Language::En, None),
            ("The shop has copper of all kinds, lamps, and tables.", Language::En, None),
            ("Kwiat składa się z kielicha, korony i słupka.", Language::Pl, None),
            (
                "Komórka składa się z błony, cytoplazmy i jądra.",
                Language::Pl,
                Some("Komórka składa się z jądra, błony i cytoplazmy."),
            ),
        ] {
            let grammar = Grammar::new(language);
            let made = in_another_order(text, language, &grammar, &|phrase| Some(small(phrase)));
            assert_eq!(made.as_deref(), told, "{text}");
        }
    }
}
