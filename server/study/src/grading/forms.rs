//! The same word in the singular and the plural, and in the cases of German and Polish.

use super::language::Language;

/// Plural and singular endings of English, the Latin and Greek ones with them.
const ENGLISH: &[(&str, &str)] = &[
    ("s", ""),
    ("ies", "y"),
    ("ves", "f"),
    ("ves", "fe"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("zes", "z"),
    ("oes", "o"),
    ("uses", "us"),
    ("i", "us"),
    ("a", "um"),
    ("a", "on"),
    ("ae", "a"),
    ("es", "is"),
    ("ices", "ex"),
    ("ices", "ix"),
    ("eaux", "eau"),
    ("men", "man"),
];
const ROMANCE: &[(&str, &str)] = &[
    ("s", ""),
    ("es", ""),
    ("x", ""),
    ("aux", "al"),
    ("aux", "ail"),
    ("ces", "z"),
    ("oes", "ao"),
    ("ais", "al"),
    ("ns", "m"),
];
const ITALIAN: &[(&str, &str)] =
    &[("i", "o"), ("e", "a"), ("i", "e"), ("chi", "co"), ("ghi", "go"), ("che", "ca"), ("i", "io")];
/// What a German word may have more than its simplest form.
const GERMAN: &[&str] = &["e", "en", "er", "n", "s", "es", "em", "ern", "nen", "se"];
/// Endings of German adjectives.
const GERMAN_ADJECTIVE: &[&str] = &["e", "en", "er", "es", "em"];
/// Endings of Polish nouns and adjectives, longest first, accents folded away.
const POLISH: &[&str] = &[
    "iego", "iemu", "ach", "ami", "owi", "ych", "ymi", "ego", "emu", "iem", "imi", "iej", "om", "ow", "em", "am", "ej",
    "ym", "im", "ich", "ie", "a", "e", "y", "i", "u", "o",
];
const IRREGULAR: &[(&str, &str)] = &[
    ("children", "child"),
    ("men", "man"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("geese", "goose"),
    ("mice", "mouse"),
    ("lice", "louse"),
    ("people", "person"),
    ("oxen", "ox"),
    ("dice", "die"),
    ("genera", "genus"),
    ("corpora", "corpus"),
    ("ludzie", "czlowiek"),
    ("dzieci", "dziecko"),
    ("lata", "rok"),
    ("oczy", "oko"),
    ("uszy", "ucho"),
    ("rece", "reka"),
    ("bracia", "brat"),
];

/// Whether two different words are forms of one. `is_last` tells that nothing follows in the answer.
pub(super) fn are_forms(a: &str, b: &str, language: Language, is_last: bool) -> bool {
    let pair = |endings| are_pair(a, b, endings) || are_pair(b, a, endings);
    if IRREGULAR.contains(&(a, b)) || IRREGULAR.contains(&(b, a)) {
        return true;
    }
    match language {
        Language::English => pair(ENGLISH),
        Language::French | Language::Spanish | Language::Portuguese => pair(ROMANCE),
        Language::Italian => pair(ITALIAN),
        Language::German => {
            is_longer(a, b, GERMAN, 3)
                || is_longer(b, a, GERMAN, 3)
                || (!is_last && share_stem(a, b, GERMAN_ADJECTIVE, 3))
        }
        Language::Polish => are_polish_forms(a, b),
        Language::Arabic => false,
    }
}

fn are_pair(plural: &str, singular: &str, endings: &[(&str, &str)]) -> bool {
    endings.iter().any(|(more, one)| {
        let stem = plural.strip_suffix(more);
        stem.is_some_and(|stem| {
            singular.strip_suffix(one) == Some(stem)
                && stem.chars().count() >= if one.is_empty() { 3 } else { 2 }
                // “princess” is not several princes.
                && !(one.is_empty() && stem.ends_with('s') && *more == "s")
        })
    })
}

/// Whether `long` is `short` with an ending, `short` having at least `letters`.
fn is_longer(long: &str, short: &str, endings: &[&str], letters: usize) -> bool {
    short.chars().count() >= letters && long.strip_prefix(short).is_some_and(|ending| endings.contains(&ending))
}

/// Whether both are a common stem of at least `letters` with an ending each.
fn share_stem(a: &str, b: &str, endings: &[&str], letters: usize) -> bool {
    endings
        .iter()
        .filter_map(|ending| a.strip_suffix(ending))
        .any(|stem| stem.chars().count() >= letters && b.strip_prefix(stem).is_some_and(|rest| endings.contains(&rest)))
}

/// Whether one is a field and the other who works in it: “fizyka” is no form of “fizyk” here, although it can be one.
pub(super) fn are_field_and_person(a: &str, b: &str) -> bool {
    const PEOPLE: [&str; 22] = [
        "akustyk",
        "botanik",
        "chemik",
        "elektronik",
        "elektryk",
        "energetyk",
        "estetyk",
        "etyk",
        "fizyk",
        "genetyk",
        "gramatyk",
        "informatyk",
        "krytyk",
        "logik",
        "matematyk",
        "mechanik",
        "muzyk",
        "optyk",
        "polityk",
        "statystyk",
        "taktyk",
        "technik",
    ];
    let is_field_of = |field: &str, person: &str| field.strip_suffix('a') == Some(person) && PEOPLE.contains(&person);
    is_field_of(a, b) || is_field_of(b, a)
}

fn are_polish_forms(a: &str, b: &str) -> bool {
    if are_field_and_person(a, b) {
        return false;
    }
    is_longer(a, b, POLISH, 3)
        || is_longer(b, a, POLISH, 3)
        || share_stem(a, b, POLISH, 3)
        || are_pair(a, b, &[("a", "um"), ("ow", "um")])
        || are_pair(b, a, &[("a", "um"), ("ow", "um")])
}
