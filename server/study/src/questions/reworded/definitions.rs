//! Definitions told from what they say.

use super::{HALF_MIN, Lowered, count, has, without_asides};
use crate::{
    language::Language,
    questions::phrases,
    words::{capitalised, is_listed},
};

/// Longest description that a definition is turned round with, in code points.
const DESCRIPTION_MAX: usize = 170;
/// What brings in a second thing that is said of a term, rather than a part of the first.
const FURTHERMORE: [&str; 5] = ["a zarazem ", "a jednocześnie ", "a także ", "a przy tym ", "a ponadto "];

/// A definition told from what it is; none where that would not read well.
pub(in crate::questions) fn turned_definition(
    description: &str,
    term: &str,
    language: Language,
    lowered: Lowered<'_>,
) -> Option<String> {
    let description = &without_asides(description, None, language);
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
            let closing = if own.contains(',') && !enumerates_what_is_done(own) { "," } else { "" };
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
    const PARTICIPLES: [&str; 5] = ["ący", "ąca", "ące", "ącą", "ących"];
    let relative = |part: &str| {
        let mut words = part.split(' ').skip_while(|word| is_listed(PREPOSITIONS, word));
        words.next().is_some_and(|word| {
            let participle = PARTICIPLES.iter().any(|ending| word.ends_with(ending));
            word.starts_with("któr") || is_listed("gdy gdzie jaki jaką", word) || participle
        })
    };
    if enumerates_what_is_done(description) {
        return Some(description);
    }
    let cut = description.match_indices(", ").map(|(at, comma)| (at, &description[at + comma.len()..]));
    let Some((at, rest)) = cut.into_iter().find(|(_, rest)| !relative(rest)) else { return Some(description) };
    let own = &description[..at];
    let second = FURTHERMORE.iter().any(|opening| rest.starts_with(opening));
    (count(own) >= HALF_MIN && (second || !has(rest, "i oraz lub albo a"))).then_some(own)
}

/// „na uchwyceniu koloru, wyświetleniu go i wydrukowaniu”: nouns for deeds, all in one case, so that nothing else begins.
fn enumerates_what_is_done(description: &str) -> bool {
    const ENDINGS: [&str; 3] = ["niu", "ciu", "nia"];
    let Some((one, rest)) = description.split_once(", ") else { return false };
    let Some((two, three)) = rest.rsplit_once(" i ") else { return false };
    let begins = |part: &str, ending: &str| part.split(' ').next().is_some_and(|word| word.ends_with(ending));
    ENDINGS
        .iter()
        .any(|ending| one.split(' ').any(|word| word.ends_with(ending)) && begins(two, ending) && begins(three, ending))
        && !rest.contains(',')
}

#[cfg(test)]
mod tests {
    use super::{super::small, *};

    fn lowered(phrase: &str) -> Option<String> {
        Some(small(phrase))
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
    fn a_definition_is_told_without_its_examples_and_with_all_that_it_enumerates() {
        let of = |description: &str, term: &str| turned_definition(description, term, Language::Pl, &lowered);
        for (description, term, told) in [
            (
                "zestaw danych o urządzeniu, takim jak projektor, lub o przestrzeni kolorów, takiej jak sRGB",
                "profil",
                "Zestaw danych o urządzeniu lub o przestrzeni kolorów to profil.",
            ),
            (
                "proces polegający na uchwyceniu koloru, wyświetleniu go na ekranie i wydrukowaniu",
                "obsługa",
                "Proces polegający na uchwyceniu koloru, wyświetleniu go na ekranie i wydrukowaniu to obsługa.",
            ),
            (
                "wąska przestrzeń między dwoma neuronami, a zarazem miejsce, w którym się porozumiewają",
                "szczelina",
                "Wąska przestrzeń między dwoma neuronami to szczelina.",
            ),
            (
                "dobro trwałe i odporne, posiadające swoją pierwotną użyteczność",
                "pieniądz towarowy",
                "Dobro trwałe i odporne, posiadające swoją pierwotną użyteczność, to pieniądz towarowy.",
            ),
        ] {
            assert_eq!(of(description, term).as_deref(), Some(told), "{description}");
        }
    }
}
