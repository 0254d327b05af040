//! What a definition says that its term is first of all: a disease, a process, a person.

use super::{Definition, Form};
use crate::{
    language::Language,
    words::{Grammar, is_listed, stem, words},
};

/// The noun that a description hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Genus {
    head: String,
    kind: Option<Kind>,
}

/// Kinds of things of which none could be taken for one of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Disease,
    Process,
    Person,
    Science,
}

const ENGLISH: [(Kind, &str); 4] = [
    (Kind::Disease, "disease diseases disorder disorders illness infection syndrome cancer tumour tumor inflammation"),
    (
        Kind::Process,
        "process processes movement passage change transfer exchange conversion uptake release removal transport transmission flow \
         division breakdown formation reaction diffusion loss engulfing act transition",
    ),
    (
        Kind::Person,
        "person people man woman scientist physician doctor philosopher king queen emperor writer author poet painter composer \
         politician economist biologist chemist physicist mathematician engineer soldier general leader someone anyone",
    ),
    (Kind::Science, "study science discipline"),
];
const POLISH: [(Kind, &str); 4] = [
    (
        Kind::Disease,
        "choroba chorobą choroby schorzenie schorzeniem zaburzenie zaburzeniem zakażenie zakażeniem infekcja infekcją nowotwór \
         nowotworem zapalenie zapaleniem",
    ),
    (
        Kind::Process,
        "proces procesem procesy ruch ruchem przemiana przemianą zamiana zamianą przepływ przepływem wymiana wymianą przenoszenie \
         podział podziałem rozpad rozpadem rozkład rozkładem pobieranie wydzielanie wytwarzanie przechodzenie",
    ),
    (
        Kind::Person,
        "osoba osobą człowiek człowiekiem uczony uczonym lekarz lekarzem filozof filozofem król królem pisarz pisarzem poeta poetą \
         malarz malarzem polityk politykiem",
    ),
    (Kind::Science, "nauka nauką dyscyplina dyscypliną"),
];
/// Nouns that only lead to the one that tells: “a type of storage”.
const TRANSPARENT: &str = "type kind form sort variety";
/// Endings of deeds; a noun that has one may be one of a process without being listed.
const DEEDS: [&str; 4] = ["ing", "tion", "sion", "ance"];
/// Words of a Polish description among which its noun is looked for: adjectives may stand before it.
const POLISH_WORDS: usize = 3;

impl Genus {
    /// What the term of a definition is; none where that cannot be told.
    pub(crate) fn of(text: &str, found: &Definition, language: Language, grammar: &Grammar) -> Option<Self> {
        let description = &text[found.description.clone()];
        match language {
            Language::En if found.form == Form::Nominal => Self::english(description, grammar),
            Language::Pl => Self::polish(description, grammar),
            _ => None,
        }
    }

    fn english(description: &str, grammar: &Grammar) -> Option<Self> {
        let ranges = words(description);
        let word = |at: usize| ranges.get(at).map_or(String::new(), |range| description[range.clone()].to_lowercase());
        let starts = |at: usize| usize::from(["a", "an", "the", "any"].contains(&word(at).as_str()));
        let transparent = (starts(0)..3).find(|at| is_listed(TRANSPARENT, &word(*at)) && word(at + 1) == "of");
        let from = transparent.map_or(starts(0), |at| at + 2 + starts(at + 2));
        let joined = |at: usize| description[ranges[at - 1].end..ranges[at].start].trim().is_empty();
        // “a rule established in 1900” has its noun before the participle, “a single celled organism” behind it.
        let ends = |at: usize| {
            grammar.is_function_word(&word(at))
                || !joined(at)
                || (word(at).ends_with("ed") && (at + 1 == ranges.len() || grammar.is_function_word(&word(at + 1))))
        };
        let end = (from + 1..ranges.len()).find(|at| ends(*at)).unwrap_or(ranges.len());
        let head = word(end.checked_sub(1)?);
        let kind = kind(&head, &ENGLISH);
        let may_be_a_deed = kind.is_none() && DEEDS.iter().any(|ending| head.ends_with(ending));
        let is_noun = end > from && !grammar.is_function_word(&head) && !may_be_a_deed;
        is_noun.then(|| Self { head: stem(&head, Language::En), kind })
    }

    fn polish(description: &str, grammar: &Grammar) -> Option<Self> {
        let lower = description.to_lowercase();
        let first = lower.split(',').next().unwrap_or_default();
        let content: Vec<&str> = words(first)
            .into_iter()
            .map(|range| &first[range])
            .filter(|word| !grammar.is_function_word(word))
            .take(POLISH_WORDS)
            .collect();
        let listed = content.iter().find_map(|word| kind(word, &POLISH).map(|kind| (*word, kind)));
        if let Some((head, kind)) = listed {
            return Some(Self { head: stem(head, Language::Pl), kind: Some(kind) });
        }
        // „samorzutne mieszanie”, „reakcja” may be processes without being listed.
        let may_be_a_deed = content.iter().any(|word| word.contains("nie") || word.contains("cj"));
        let head = content.first().filter(|_| !may_be_a_deed)?;
        Some(Self { head: stem(head, Language::Pl), kind: None })
    }

    /// Whether both are the same: two diseases, two organs.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.head == other.head || (self.kind.is_some() && self.kind == other.kind)
    }

    /// Whether one of them could not be taken for the other: a disease for a process.
    pub(crate) fn is_another_kind(&self, other: &Self) -> bool {
        self.kind != other.kind
    }
}

fn kind(head: &str, kinds: &[(Kind, &str)]) -> Option<Kind> {
    kinds.iter().find(|(_, nouns)| is_listed(nouns, head)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::definition;

    fn of(text: &str, language: Language) -> Option<Genus> {
        let grammar = Grammar::new(language);
        Genus::of(text, &definition(text, language, &grammar)?, language, &grammar)
    }

    #[test]
    fn the_noun_that_a_description_hangs_on_is_found() {
        for (text, head, kind) in [
            ("Asthma is a chronic inflammatory disease of the airways.", "diseas", Some(Kind::Disease)),
            ("Diffusion is the net movement of particles.", "movement", Some(Kind::Process)),
            ("RAM is a form of storage that can be changed.", "storag", None),
            ("The statute is a rule established in 1900 by the court.", "rul", None),
            ("A bat is a small winged mammal of the night.", "mammal", None),
        ] {
            assert_eq!(of(text, Language::En), Some(Genus { head: head.into(), kind }), "{text}");
        }
        assert_eq!(of("Phagocytosis is the swallowing of large particles.", Language::En), None);
        assert_eq!(of("Fimbriae are used by bacteria to attach to a host cell.", Language::En), None);
    }

    #[test]
    fn polish_nouns_are_found_behind_their_adjectives() {
        let kind = |text| of(text, Language::Pl).and_then(|genus| genus.kind);
        assert_eq!(kind("Astma to przewlekła choroba zapalna dróg oddechowych."), Some(Kind::Disease));
        assert_eq!(kind("Fotosynteza to proces wytwarzania związków organicznych."), Some(Kind::Process));
        assert_eq!(kind("Aksonem nazywamy długą wypustkę komórki nerwowej."), None);
        assert_eq!(of("Dyfuzja to samorzutne mieszanie się cząsteczek.", Language::Pl), None);
    }

    #[test]
    fn a_disease_is_no_process_but_may_be_unknown() {
        let english = |text| of(text, Language::En).unwrap();
        let disease = english("Sclerosis is a disease that damages nerves.");
        let process = english("Diffusion is the movement of particles.");
        let organ = english("The liver is an organ that stores sugar.");
        assert!(disease.is_another_kind(&process) && disease.is_another_kind(&organ));
        assert!(organ.is_same(&english("The heart is an organ that pumps blood.")));
        assert!(!organ.is_another_kind(&english("A tendon is a band that joins a muscle to a bone.")));
    }
}
