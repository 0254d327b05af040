//! Statements in other words than the text's, where grammar allows it without guessing: what they say stays the same.

use super::phrases;
use crate::{
    facts::{figures, replaced},
    language::Language,
    standing,
    words::{capitalised, is_listed, words},
};

/// A phrase that began a sentence as it stands within one; none where that cannot be told.
type Lowered<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a clause or phrase begins with that may stand before or behind the rest of its sentence.
const ENGLISH_CLAUSES: &str = "if when whenever because although though while until unless once since";
const ENGLISH_PHRASES: &str = "in during by after before despite throughout at within";
const POLISH_CLAUSES: &str = "jeżeli jeśli gdy kiedy ponieważ gdyż chociaż choć zanim dopóki";
/// Pronouns that would come before their noun if what has them were moved to the front.
const ENGLISH_PRONOUNS: &str = "it its itself they them their he him his she her this these those such there one ones each so both former \
    latter which who whose where that thus";
const POLISH_PRONOUNS: &str = "on ona ono oni one jego jej ich im ją je go mu nim nią nimi niego niej nich ten ta te tego tej tych temu \
    tym tę tą tymi to tam wtedy swój swoje swoją swojego swoich sobie który która które których której którym";
/// Polish clauses that begin with these have their subject in the clause before.
const POLISH_FIRST_VERBS: [&str; 8] = ["uje", "ują", "ają", "eją", "dzą", "szą", "ści", "zi"];
/// Fewest words of each half.
const HALF_MIN: usize = 3;
/// Most words of a phrase that is moved behind.
const PHRASE_MAX: usize = 8;
/// Longest description that a definition is turned round with, in code points.
const DESCRIPTION_MAX: usize = 170;

/// A statement with its halves in the other order; none where it has no two that can be told apart.
pub(super) fn reordered(text: &str, language: Language, lowered: Lowered<'_>) -> Option<String> {
    let sentence = text.strip_suffix('.')?;
    if sentence.contains([';', ':', '–', '—', '(', '“', '„', '"']) {
        return None;
    }
    let turned = match language {
        Language::En => english(sentence, lowered),
        Language::Pl => polish(sentence, lowered),
        _ => None,
    }?;
    standing::stands_alone(&turned, language).then_some(turned)
}

/// A definition told from what it is; none where that would not read well.
pub(super) fn turned_definition(
    description: &str,
    term: &str,
    language: Language,
    lowered: Lowered<'_>,
) -> Option<String> {
    let commas = description.matches(',').count();
    let plain = description.chars().count() <= DESCRIPTION_MAX
        && !description.contains(['“', '„', '"', ':', ';', '–', '—'])
        && description.starts_with(char::is_alphabetic)
        && commas <= 2;
    match language {
        Language::En if plain => {
            let own = if description.starts_with(char::is_uppercase) {
                lowered(description)?
            } else {
                description.to_owned()
            };
            let common = term.starts_with(char::is_lowercase);
            (common && !goes_on_with_a_verb(&own)).then(|| format!("{} {own} is “{term}”.", phrases::TERM_FOR))
        }
        Language::Pl if plain => {
            let own = first_description(description.strip_prefix("w zasadzie ").unwrap_or(description))?;
            // A clause within ends with a comma.
            let closing = if own.contains(',') { "," } else { "" };
            Some(format!("{}{closing} to {term}.", capitalised(own)))
        }
        _ => None,
    }
}

/// Whether a second verb follows: “the core of a star and consists of neutrons” has its subject outside.
fn goes_on_with_a_verb(description: &str) -> bool {
    description.split(" and ").skip(1).any(|part| {
        let first = part.split(' ').next().unwrap_or_default();
        is_listed("is are was were has have can may", first)
            || (first.ends_with('s') && !first.ends_with("ss") && first != "its")
    })
}

/// The description up to the comma after which it goes on with something else; none where that may be an enumeration.
fn first_description(description: &str) -> Option<&str> {
    const PREPOSITIONS: &str = "w we na z ze do od o za po przez dla pod przed dzięki";
    let relative = |part: &str| {
        let mut words = part.split(' ').skip_while(|word| is_listed(PREPOSITIONS, word));
        words.next().is_some_and(|word| word.starts_with("któr") || is_listed("gdy gdzie jaki jaką", word))
    };
    let cut = description.match_indices(", ").map(|(at, comma)| (at, &description[at + comma.len()..]));
    let Some((at, rest)) = cut.into_iter().find(|(_, rest)| !relative(rest)) else { return Some(description) };
    let own = &description[..at];
    (count(own) >= HALF_MIN && !has(rest, "i oraz lub albo a")).then_some(own)
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

fn english(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    if let Some((one, main)) = halves(sentence) {
        let first = first_word(one);
        let clause = is_listed(ENGLISH_CLAUSES, &first) && count(one) >= HALF_MIN;
        let phrase = is_listed(ENGLISH_PHRASES, &first)
            && count(one) <= PHRASE_MAX
            && !has(one, "and or which that")
            // “In 1930, Pluto was found and named”: behind, it would belong to the second verb only.
            && !has(main, "and but or that which who when where while because if");
        let plain = !has(main, ENGLISH_PRONOUNS) && !is_listed("and but or so not", &first_word(main));
        let joins = if clause && !is_listed("because until unless if when whenever once", &first) { "," } else { "" };
        return ((clause || phrase) && plain).then(|| format!("{}{joins} {}.", capitalised(main), small(one)));
    }
    if sentence.contains(',') {
        return None;
    }
    english_clause_last(sentence, lowered).or_else(|| english_year_last(sentence, lowered))
}

/// “Y when X” with the condition first.
fn english_clause_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (main, at, clause) = ["if", "when"].iter().find_map(|word| {
        let at = sentence.find(&format!(" {word} "))?;
        Some((&sentence[..at], *word, &sentence[at + 1..]))
    })?;
    let single = clause.matches(&format!("{at} ")).count() == 1;
    let whole =
        !has(main, "because if when that which who whether only even just not") && !has(main, "and or but as than");
    let plain =
        single && whole && !has(clause, ENGLISH_PRONOUNS) && count(main) >= HALF_MIN && count(clause) > HALF_MIN;
    plain.then(|| lowered(main)).flatten().map(|main| format!("{}, {main}.", capitalised(clause)))
}

/// “X was founded in 1920” with the year first.
fn english_year_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (main, year) = sentence.rsplit_once(" in ")?;
    let only = figures(sentence).iter().any(|figure| figure.is_year && sentence[figure.range.clone()] == *year);
    let plain =
        only && count(main) >= HALF_MIN && !has(main, "and or but that which who when where in from between until");
    plain.then(|| lowered(main)).flatten().map(|main| format!("In {year}, {main}."))
}

fn polish(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    if let Some((one, other)) = halves(sentence) {
        let main = other.strip_prefix("to ").unwrap_or(other);
        if is_listed(POLISH_CLAUSES, &first_word(one)) {
            let verb = POLISH_FIRST_VERBS.iter().any(|ending| first_word(main).ends_with(ending));
            let plain = count(one) >= HALF_MIN && !has(main, POLISH_PRONOUNS) && !verb && !is_verb(&first_word(main));
            return plain.then(|| format!("{}, {}.", capitalised(main), small(one)));
        }
        if is_listed("jeżeli jeśli gdy", &first_word(other)) {
            let plain = count(one) >= HALF_MIN && count(other) > HALF_MIN && !has(other, POLISH_PRONOUNS);
            let subject = !is_verb(&words(other).get(1).map_or("", |range| &other[range.clone()]).to_lowercase());
            return (plain && subject)
                .then(|| lowered(one))
                .flatten()
                .map(|one| format!("{}, {one}.", capitalised(other)));
        }
        return None;
    }
    if sentence.contains(',') {
        return None;
    }
    polish_year(sentence)
}

/// „W 1791 roku Sejm uchwalił konstytucję” with the year last.
fn polish_year(sentence: &str) -> Option<String> {
    let rest = sentence.strip_prefix("W ")?;
    let (year, main) = ["roku ", "r. "].iter().find_map(|word| {
        let at = rest.find(word)?;
        (at <= 5).then(|| (rest[..at].trim(), &rest[at + word.len()..]))
    })?;
    let plain =
        year.len() == 4 && count(main) >= HALF_MIN && main.starts_with(char::is_uppercase) && !has(main, "i oraz a");
    plain.then(|| format!("{main} w {year} roku."))
}

/// Whether a Polish word is surely a verb whose subject may stand elsewhere.
fn is_verb(word: &str) -> bool {
    is_listed(
        "jest są był była było były ma mają może mogą można należy trzeba staje nie wzrasta rośnie maleje spada musi muszą \
         przechodzą przechodzi zostaje zostają będzie będą powoduje zwiększa zmniejsza traci",
        word,
    )
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
    fn a_definition_is_told_from_what_it_is() {
        let of = |description: &str, term: &str, language| turned_definition(description, term, language, &lowered);
        assert_eq!(
            of("a fluid that flows in plants", "sap", Language::En).as_deref(),
            Some("The term for a fluid that flows in plants is “sap”.")
        );
        assert_eq!(of("the core of a star and consists of neutrons", "neutron star", Language::En), None);
        assert_eq!(of("the largest planet", "Jupiter", Language::En), None);
        assert_eq!(
            of("proces wytwarzania cukru", "fotosynteza", Language::Pl).as_deref(),
            Some("Proces wytwarzania cukru to fotosynteza.")
        );
        assert_eq!(
            of("jednostka układu nerwowego, dendryty zaś służą jako wejścia", "neuron", Language::Pl).as_deref(),
            Some("Jednostka układu nerwowego to neuron.")
        );
        assert_eq!(of("proces polegający na zapisie, odczycie i usunięciu", "obsługa", Language::Pl), None);
        assert_eq!(
            of("dobro, które ma wartość", "pieniądz", Language::Pl).as_deref(),
            Some("Dobro, które ma wartość, to pieniądz.")
        );
    }

    #[test]
    fn a_term_in_another_language_is_left_out() {
        assert_eq!(without_foreign_words("Barter (ang. barter) trwa."), "Barter trwa.");
        assert_eq!(without_foreign_words("Barter (wymiana) trwa."), "Barter (wymiana) trwa.");
    }
}
