//! Sentences that say what something is.

mod english;
mod genus;
mod polish;

use super::{second_names, sentence::Sentence};
use crate::{
    language::Language,
    words::{Grammar, is_listed},
};
pub(crate) use genus::Genus;
use std::ops::Range;

/// How a definition reads without its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a description of its own: “a fluid that flows in plants”.
    Nominal,
    /// Only with a gap in the term's place: „_____ jest jednostką życia”.
    Gapped,
    /// As [`Self::Gapped`], and the term is inflected, so that only it itself fits.
    Inflected,
    /// As [`Self::Inflected`], and the sentence brings the term in without explaining it.
    Mentioned,
}

impl Form {
    /// Whether only the term as it stands in the sentence fits it.
    pub(crate) fn is_inflected(self) -> bool {
        matches!(self, Self::Inflected | Self::Mentioned)
    }
}

/// A term and what it is, as stretches of the sentence in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    pub(crate) term: Range<usize>,
    pub(crate) description: Range<usize>,
    pub(crate) form: Form,
}

/// Most words of a term.
const TERM_WORDS_MAX: usize = 4;
/// Most words of brackets after a term.
const BRACKET_WORDS_MAX: usize = 5;
/// Shortest and longest description, in bytes.
const DESCRIPTION: Range<usize> = 18..230;

/// The definition that a sentence is, if it is one.
pub(crate) fn definition(text: &str, language: Language, grammar: &Grammar) -> Option<Definition> {
    let sentence = Sentence::new(text, language, grammar);
    let found = match language {
        Language::En => sentence.english(),
        Language::Pl => sentence.polish(),
        Language::De => sentence.with_copula(&["ist", "sind"], &["ein", "eine", "der", "die", "das"]),
        Language::Fr => sentence.with_copula(&["est", "sont"], &["un", "une", "des", "le", "la"]),
        Language::Es => sentence.with_copula(&["es", "son"], &["un", "una", "unos", "unas", "el", "la"]),
        Language::Ar | Language::Other => None,
    }?;
    DESCRIPTION.contains(&found.description.len()).then_some(found)
}

/// Whether a term names several things.
pub(crate) fn is_plural(term: &str, language: Language) -> bool {
    let lower = term.to_lowercase();
    match language {
        Language::En => {
            lower.ends_with('s')
                && !lower.ends_with("ss")
                && !lower.ends_with("is")
                && !lower.ends_with("us")
                && !lower.ends_with("ics")
                || is_listed(ENGLISH_PLURALS, lower.rsplit(' ').next().unwrap_or_default())
        }
        Language::Pl => lower.ends_with(['y', 'i']) && !lower.ends_with("ski") && !lower.ends_with("cki"),
        _ => lower.ends_with('s'),
    }
}

/// Plurals of English that do not end in “s”.
const ENGLISH_PLURALS: &str = "bacteria flagella cilia mitochondria fimbriae pili nuclei nucleoli fungi algae larvae antennae data media \
    criteria phenomena strata people men women children feet teeth mice";
/// Nouns of which a sentence says something without explaining them.
const VAGUE_TERMS: &str = "reason reasons goal goals aim purpose idea problem problems example examples difference differences \
    advantage advantages disadvantage result results thing things step steps question answer cel cele powód problemy przykład \
    przykłady wynik fakt sposób rzecz zadanie kwestia różnica różnice zaleta zalety wada wady krok pytanie odpowiedź";

impl Sentence<'_> {
    /// Whether only a space stands between a word and the one after it.
    fn joined(&self, index: usize) -> bool {
        index + 1 < self.words.len() && self.after(index).trim().is_empty()
    }

    /// The words `from..to` as a term: few, joined, without words of grammar but for articles before and `allowed` within.
    fn term(&self, from: usize, to: usize, allowed: &[&str]) -> Option<Range<usize>> {
        let articles = match self.language {
            Language::De => "der die das ein eine",
            Language::Fr => "le la les un une",
            Language::Es => "el la los las un una",
            _ => "the a an",
        };
        // “El Niño” is a name with its article.
        let named = self.language == Language::Es
            && self.words.get(from + 1).is_some_and(|next| self.text[next.clone()].starts_with(char::is_uppercase));
        let from = if is_listed(articles, self.word(from)) && !named { from + 1 } else { from };
        if from >= to || to - from > TERM_WORDS_MAX {
            return None;
        }
        let fits = |index: usize| {
            let word = self.word(index);
            let inner = index > from && index + 1 < to;
            let content = !self.grammar.is_function_word(word) && !word.starts_with(|c: char| c.is_ascii_digit());
            (content || (inner && allowed.contains(&word)) || (named && index == from)) && !word.ends_with("ly")
        };
        let whole = (from..to).all(fits) && (from..to - 1).all(|index| self.joined(index));
        let vague = (from..to).any(|index| is_listed(VAGUE_TERMS, self.word(index)));
        let range = self.words[from].start..self.words[to - 1].end;
        (whole && !vague && range.len() > 2).then_some(range)
    }

    /// From a word to the end of the sentence or of its first clause where it is long.
    fn description(&self, from: usize) -> Option<Range<usize>> {
        let start = self.words.get(from)?.start;
        let end = self.text.trim_end_matches(['.', ' ']).len();
        let whole = self.text.get(start..end)?;
        let cut =
            whole.find("; ").or_else(|| whole.find(" – ")).or_else(|| whole.find(" — ")).or_else(|| whole.find(": "));
        let mut length = cut.unwrap_or(whole.len());
        if length > 150 {
            let clause =
                ["; ", ", which ", ", who ", ", where ", ", and ", ", but ", ", co ", ", a ", ", ale ", ", gdzie "];
            length = clause
                .iter()
                .filter_map(|mark| whole[..length].find(mark))
                .filter(|at| *at >= 50)
                .min()
                .unwrap_or(length);
        }
        Some(start..start + length)
    }

    /// The end of a term before brackets, which hold an abbreviation or the term in another language.
    fn before_brackets(&self, index: usize) -> usize {
        if index < 2 || !matches!(self.after(index - 1).trim(), ")" | ") –" | ") —" | ") -") {
            return index;
        }
        let opening = (index.saturating_sub(BRACKET_WORDS_MAX + 1)..index - 1)
            .rev()
            .find(|word| self.after(*word).contains(['(', ')']))
            .filter(|word| self.after(*word).trim() == "(");
        opening.map_or(index, |word| word + 1)
    }

    /// The end of a term before its other names, in brackets or between commas.
    fn before_other_names(&self, index: usize) -> usize {
        let bracketless = self.before_brackets(index);
        if bracketless != index || index < 3 || self.after(index - 1) != ", " {
            return bracketless;
        }
        let ends = |word: &usize| {
            let named = second_names(self.text, self.words[*word].end, self.language, false);
            !named.names.is_empty() && named.end == self.words[index - 1].end + 1
        };
        (index.saturating_sub(BRACKET_WORDS_MAX + 2)..index - 1).find(ends).map_or(index, |word| word + 1)
    }

    /// The end of the words from one on between which only spaces stand.
    fn run_end(&self, from: usize) -> usize {
        let last = (from..self.lower.len()).find(|index| !self.joined(*index));
        last.map_or(self.lower.len(), |index| index + 1)
    }

    /// Whether nothing but brackets stands between a place and the end of the sentence.
    fn ends_sentence(&self, from: usize) -> bool {
        let rest = self.text[from..].trim_start_matches(['”', '"', '’']);
        let bracketed = rest.strip_prefix(" (").and_then(|inside| inside.split_once(')'));
        bracketed.map_or(rest, |(_, after)| after) == "."
    }

    /// “X ist ein …” in the languages that are done less well.
    fn with_copula(&self, copulas: &[&str], articles: &[&str]) -> Option<Definition> {
        let copula = (1..=5_usize.min(self.lower.len())).find(|index| copulas.contains(&self.word(*index)))?;
        let term = self.term(0, copula, &[])?;
        let description = self.description(copula + 1)?;
        (articles.contains(&self.word(copula + 1)) && self.joined(copula)).then_some(Definition {
            term,
            description,
            form: Form::Gapped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: Language) -> Option<(&str, &str, Form)> {
        let found = definition(text, language, &Grammar::new(language))?;
        Some((&text[found.term], &text[found.description], found.form))
    }

    #[test]
    fn several_things_are_told_from_one() {
        for (term, language, plural) in [
            ("cells", Language::En, true),
            ("bacteria", Language::En, true),
            ("plant mitochondria", Language::En, true),
            ("osmosis", Language::En, false),
            ("idea", Language::En, false),
            ("neurony", Language::Pl, true),
        ] {
            assert_eq!(is_plural(term, language), plural, "{term}");
        }
    }

    #[test]
    fn an_article_of_another_language_belongs_to_the_name() {
        let of = |text, language| of(text, language).map(|found| found.0);
        let text = "El Niño ist eine unregelmäßige Erwärmung des Ostpazifiks.";
        assert_eq!(of(text, Language::De), Some("El Niño"));
        assert_eq!(of("El Niño is a warming of the eastern Pacific.", Language::En), Some("El Niño"));
        assert_eq!(of("Der Golfstrom ist eine warme Meeresströmung.", Language::De), Some("Golfstrom"));
        assert_eq!(of("La evaporación es el paso del agua al aire.", Language::Es), Some("evaporación"));
        assert_eq!(of("El Niño es un calentamiento del océano Pacífico.", Language::Es), Some("El Niño"));
    }

    #[test]
    fn english_definitions_are_found() {
        let of = |text| of(text, Language::En);
        assert_eq!(
            of("A blackbody is an object that absorbs all light."),
            Some(("blackbody", "an object that absorbs all light", Form::Nominal))
        );
        assert_eq!(
            of("Random access memory (RAM) is a form of storage that can be changed."),
            Some(("Random access memory", "a form of storage that can be changed", Form::Nominal))
        );
        assert_eq!(
            of("The apparent yearly path of the Sun is called the ecliptic."),
            Some(("ecliptic", "The apparent yearly path of the Sun", Form::Nominal))
        );
        assert_eq!(of("Osmosis refers to the movement of water.").map(|found| found.0), Some("Osmosis"));
        assert_eq!(
            of("Pili are used to exchange genes during a type of reproduction called conjugation."),
            Some(("conjugation", "a type of reproduction", Form::Gapped))
        );
        assert_eq!(
            of("A prokaryote is a simple, mostly single-celled organism that lacks a nucleus.").map(|found| found.0),
            Some("prokaryote")
        );
        assert_eq!(
            of("Fimbriae are used by bacteria to attach to a host cell."),
            Some(("Fimbriae", "are used by bacteria to attach to a host cell", Form::Gapped))
        );
        assert_eq!(of("The cell wall acts as an extra layer of protection.").map(|found| found.0), Some("cell wall"));
        assert_eq!(
            of("Moving the pages back into the database is called a \"checkpoint\".").map(|found| found.0),
            Some("checkpoint")
        );
        assert_eq!(
            of("A living thing, whether made of one cell or many, is called an organism.")
                .map(|found| (found.0, found.2)),
            Some(("organism", Form::Gapped))
        );
        for text in [
            "The weather is nice and warm in the south.",
            "This is a test of the very first kind.",
            "The answer is a matter of opinion among many scholars.",
            "A drawing of the tower was made by a man called Eiffel.",
            "A quark is a simple question of names and numbers.",
            "Buyers were given low rates of interest with payments over years.",
            "Stars are hot and bright during all of the night.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn polish_definitions_are_found() {
        let of = |text| of(text, Language::Pl);
        assert_eq!(
            of("Fotosynteza to proces wytwarzania związków organicznych."),
            Some(("Fotosynteza", "proces wytwarzania związków organicznych", Form::Nominal))
        );
        assert_eq!(of("Dyfuzja – to samorzutne mieszanie się cząsteczek.").map(|found| found.0), Some("Dyfuzja"));
        assert_eq!(
            of("Mitochondrium jest organellum komórkowym otoczonym dwiema błonami."),
            Some(("Mitochondrium", "jest organellum komórkowym otoczonym dwiema błonami", Form::Gapped))
        );
        assert_eq!(
            of("Osmoza, czyli dyfuzja rozpuszczalnika, zachodzi przez błonę."),
            Some(("Osmoza", "dyfuzja rozpuszczalnika", Form::Nominal))
        );
        assert_eq!(
            of("Utratę wody w postaci pary nazywamy transpiracją.").map(|found| (found.0, found.2)),
            Some(("transpiracją", Form::Inflected))
        );
        assert_eq!(
            of("Agonista (ang. agonist) to cząsteczka, która naśladuje neuroprzekaźnik."),
            Some(("Agonista", "cząsteczka, która naśladuje neuroprzekaźnik", Form::Nominal))
        );
        assert_eq!(
            of("Komórka nerwowa ma krótkie wypustki zwane dendrytami (ang. dendrite).").map(|found| (found.0, found.2)),
            Some(("dendrytami", Form::Inflected))
        );
        assert_eq!(of("Powierzchnia komórki to błona półprzepuszczalna (ang. semipermeable membrane)."), None);
        assert_eq!(
            of("Neuron uaktywnia się szybko po przekroczeniu progu pobudzenia (ang. threshold of excitation).")
                .map(|found| (found.0, found.2)),
            Some(("progu pobudzenia", Form::Mentioned))
        );
        assert_eq!(
            of("Komórki glejowe stanowią rusztowanie, na którym opierają się neurony.").map(|found| (found.0, found.2)),
            Some(("Komórki glejowe", Form::Gapped))
        );
        assert_eq!(of("Nadmiar przekaźnika szybko znika w procesie wychwytu zwrotnego (ang. reuptake)."), None);
        assert_eq!(of("Wszystkie otwarte programy przechowuje w tym czasie pamięć operacyjna (ang. memory)."), None);
        assert_eq!(of("Osoba prawna działa przez swoje organy."), None);
        assert_eq!(of("Tlen jest produktem ubocznym fotosyntezy i uchodzi do atmosfery."), None);
        assert_eq!(of("Złoto jest dobrym przewodnikiem prądu elektrycznego."), None);
        assert_eq!(of("Widać to dobrze na zdjęciach z mikroskopu."), None);
        assert_eq!(of("Skała jest twarda i krucha jednocześnie."), None);
    }
}
