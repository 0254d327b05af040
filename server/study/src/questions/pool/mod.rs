//! What wrong options are taken from: the terms and names of the same source.

mod kinds;
mod people;
mod terms;

use crate::{
    facts::{
        Definition, Figure, Genus, Key, Number, figures, is_plural, names, names_before, places_of_second_names,
        second_names, unit,
    },
    language::Language,
    random::Random,
    reading::Reading,
    words::{stem, words},
};
use kinds::article_before;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Most candidates that are looked at for one question.
const LOOKED_AT: usize = 200;
/// Most terms of a source.
const TERMS_MAX: usize = 5_000;
/// Most places of a sentence that may have another name, and most other names of one term.
const PLACES_MAX: usize = 8;
const OTHER_NAMES_MAX: usize = 6;
/// Most different words whose capitals are kept in mind.
const WORDS_MAX: usize = 100_000;

/// A term that the text explains or is about.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    /// As within a sentence.
    pub(crate) text: String,
    lower: String,
    section: usize,
    plural: bool,
    words: usize,
    length: usize,
    capital: bool,
    /// Whether the text says what it is; others are only headings.
    defined: bool,
    /// What it is first of all, where its definition tells.
    genus: Option<Genus>,
}

/// Terms and names of a source.
pub(crate) struct Pool {
    language: Language,
    terms: Vec<Term>,
    /// By a defined term without capitals: the article before it, as in “the nucleus is”, “osmosis is”.
    articles: HashMap<String, &'static str>,
    /// Who did something, as the text names them.
    people: Vec<(String, usize)>,
    /// By a term without capitals: what else the text calls it.
    other_names: HashMap<String, Vec<String>>,
    names: BTreeMap<Key, Vec<(String, usize)>>,
    /// By what they count.
    numbers: BTreeMap<String, Vec<Number>>,
    /// Stems of words that keep their capital within sentences.
    proper: BTreeSet<String>,
    /// Stems of words that are written small.
    common: HashSet<String>,
}

impl Pool {
    pub(crate) fn of(reading: &Reading<'_>, definitions: &[Option<Definition>]) -> Self {
        let mut pool = Self {
            language: reading.language,
            terms: Vec::new(),
            articles: HashMap::new(),
            people: Vec::new(),
            other_names: HashMap::new(),
            names: BTreeMap::new(),
            numbers: BTreeMap::new(),
            proper: BTreeSet::new(),
            common: HashSet::new(),
        };
        for sentence in &reading.sentences {
            pool.take_words(&sentence.text);
            pool.take_numbers(&sentence.text);
            for name in names(&sentence.text, reading.language, &reading.grammar) {
                let text = &sentence.text[name.range];
                let same = pool.names.entry(name.key).or_default();
                if same.len() < LOOKED_AT && !same.iter().any(|(known, _)| known == text) {
                    same.push((text.to_owned(), sentence.section));
                }
            }
        }
        pool.take_people(reading);
        pool.take_terms(reading, definitions);
        pool.take_other_names(reading);
        pool
    }

    /// What the text calls its terms elsewhere than where it explains them.
    fn take_other_names(&mut self, reading: &Reading<'_>) {
        let known: HashSet<String> = self.terms.iter().map(|term| term.lower.clone()).collect();
        for sentence in &reading.sentences {
            for end in places_of_second_names(&sentence.text).take(PLACES_MAX) {
                let found = second_names(&sentence.text, end, self.language, false).names;
                let stretches = if found.is_empty() { Vec::new() } else { names_before(&sentence.text, end) };
                let term = stretches.into_iter().map(|range| sentence.text[range].to_lowercase());
                if let Some(term) = term.into_iter().find(|term| known.contains(term)) {
                    self.note_names(&term, found);
                }
            }
        }
    }

    /// Each of the names is another one of all the others.
    fn note_names(&mut self, term: &str, names: Vec<String>) {
        let shown = self.within_sentence(term);
        let all: Vec<String> = std::iter::once(shown).chain(names).collect();
        for name in &all {
            let own = self.other_names.entry(name.to_lowercase()).or_default();
            for other in all.iter().filter(|other| other.to_lowercase() != name.to_lowercase()) {
                if own.len() < OTHER_NAMES_MAX && !own.contains(other) {
                    own.push(other.clone());
                }
            }
        }
    }

    /// The terms without those that are other names of one before them: of two alike neither would be chosen.
    pub(crate) fn without_second_names(&self, terms: Vec<String>) -> Vec<String> {
        let mut named: HashSet<String> = HashSet::new();
        let first = |term: &String| {
            let lower = term.to_lowercase();
            let new = !named.contains(&lower);
            named.extend(self.other_names.get(&lower).into_iter().flatten().map(|name| name.to_lowercase()));
            new
        };
        terms.into_iter().filter(first).collect()
    }

    /// What else a term may be called, with the names that the sentence itself gives, each once.
    pub(crate) fn other_names_of(&self, term: &str, in_sentence: Vec<String>) -> Vec<String> {
        let lower = term.to_lowercase();
        let mut seen = HashSet::from([lower.clone()]);
        let known = self.other_names.get(&lower).into_iter().flatten().cloned();
        in_sentence.into_iter().chain(known).filter(|name| seen.insert(name.to_lowercase())).collect()
    }

    fn take_words(&mut self, text: &str) {
        for range in words(text).into_iter().skip(1).take(60) {
            let word = &text[range];
            let (small, capital) = (word.starts_with(char::is_lowercase), word.starts_with(char::is_uppercase));
            if small && self.common.len() < WORDS_MAX {
                self.common.insert(stem(word, self.language));
            } else if capital && self.proper.len() < WORDS_MAX {
                self.proper.insert(stem(word, self.language));
            }
        }
    }

    fn take_numbers(&mut self, text: &str) {
        for figure in figures(text) {
            let same = self.numbers.entry(unit(text, &figure)).or_default();
            if same.len() < LOOKED_AT && !same.contains(&figure.number) {
                same.push(figure.number);
            }
        }
    }

    /// Numbers of the text that count the same, apart from those of the sentence itself.
    pub(crate) fn other_numbers(&self, text: &str, figure: &Figure) -> Vec<Number> {
        let own: Vec<Number> = figures(text).into_iter().map(|figure| figure.number).collect();
        let same = self.numbers.get(&unit(text, figure)).into_iter().flatten();
        same.filter(|number| !own.contains(number)).cloned().collect()
    }

    /// A phrase that began a sentence as it stands within one; none where the text does not tell whether it is a name.
    pub(crate) fn lowered(&self, phrase: &str) -> Option<String> {
        const ARTICLES: [&str; 7] = ["The", "A", "An", "Each", "Every", "Most", "All"];
        let first = phrase.split(' ').next().unwrap_or_default();
        let own = stem(first, self.language);
        let article = self.language == Language::En && ARTICLES.contains(&first);
        let name = phrase.split(' ').nth(1).is_some_and(|word| word.starts_with(char::is_uppercase))
            || self.proper.contains(&own);
        if !article && name {
            return Some(phrase.to_owned());
        }
        let mut letters = phrase.chars();
        let small = letters.next().map(|first| first.to_lowercase().chain(letters).collect());
        small.filter(|_| article || self.common.contains(&own))
    }

    fn take_terms(&mut self, reading: &Reading<'_>, definitions: &[Option<Definition>]) {
        let mut seen = BTreeSet::new();
        let defined = reading.sentences.iter().zip(definitions).filter_map(|(sentence, found)| {
            let found = found.as_ref().filter(|found| !found.form.is_inflected())?;
            let article = article_before(&sentence.text[..found.term.start], reading.language);
            let genus = Genus::of(&sentence.text, found, reading.language, &reading.grammar);
            Some((&sentence.text[found.term.clone()], sentence.section, Some(article), genus))
        });
        let headings = reading.sections.iter().enumerate().filter_map(|(index, section)| {
            let title = section.title.trim_start_matches(|c: char| !c.is_alphabetic());
            let plain =
                title.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-') && (3..40).contains(&title.len());
            let content = words(title).into_iter().all(|range| !reading.grammar.is_function_word(&title[range]));
            // In capitals only, it would stand out among the options.
            let shouted = !title.contains(char::is_lowercase);
            (plain && content && !shouted && title.split(' ').count() <= 3).then_some((title, index, None, None))
        });
        for (text, section, article, genus) in defined.chain(headings) {
            let text = self.within_sentence(text);
            let lower = text.to_lowercase();
            if self.terms.len() < TERMS_MAX && seen.insert(lower.clone()) {
                if let Some(article) = article {
                    self.articles.insert(lower.clone(), article);
                }
                self.terms.push(Term {
                    lower,
                    section,
                    plural: is_plural(&text, reading.language),
                    words: text.split(' ').count(),
                    length: text.chars().count(),
                    capital: text.starts_with(char::is_uppercase),
                    defined: article.is_some(),
                    genus,
                    text,
                });
            }
        }
    }

    /// A term as it is written within a sentence.
    pub(crate) fn within_sentence(&self, term: &str) -> String {
        let first = term.split(' ').next().unwrap_or_default();
        let capitals = first.chars().filter(|c| c.is_uppercase()).count();
        if capitals != 1 || !first.starts_with(char::is_uppercase) || self.proper.contains(&stem(first, self.language))
        {
            return term.to_owned();
        }
        // Two words with a capital are a name.
        if term.split(' ').nth(1).is_some_and(|word| word.starts_with(char::is_uppercase)) {
            return term.to_owned();
        }
        let mut letters = term.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }

    /// Names that are used like `right`.
    pub(crate) fn other_names(
        &self,
        key: &Key,
        right: &str,
        section: usize,
        close: bool,
        random: &mut Random,
    ) -> Vec<String> {
        let length = right.chars().count();
        let mut fitting: Vec<(usize, u64, &str)> = self
            .names
            .get(key)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter_map(|(name, of)| {
                let related = name.split(' ').any(|part| right.split(' ').any(|own| own == part));
                let far = usize::from((*of == section) != close) * 2;
                (!related)
                    .then(|| (name.chars().count().abs_diff(length) / 2 + far, random.next() >> 32, name.as_str()))
            })
            .collect();
        fitting.sort_unstable();
        with_a_longer_one(fitting.into_iter().map(|(_, _, text)| text.to_owned()).collect(), length)
    }

    /// Whether a statement with `other` in place of the term `one` is false without its form telling: “the
    /// photosynthesis” would, and a mere heading is no term.
    pub(crate) fn can_replace(&self, one: &str, other: &str) -> bool {
        let article = |text: &str| self.articles.get(&text.to_lowercase()).copied();
        article(other).is_some_and(|own| self.language == Language::Pl || article(one) == Some(own))
            && self.same_form(one, other)
    }

    /// Whether a term could stand behind the article that the other has, where articles tell the gender.
    pub(crate) fn has_the_article_of(&self, one: &str, other: &str) -> bool {
        let article = |text: &str| self.articles.get(&text.to_lowercase()).copied();
        !matches!(self.language, Language::De | Language::Fr | Language::Es) || article(one) == article(other)
    }

    /// Whether a term or name could stand in a statement in place of another without the form telling.
    pub(crate) fn same_form(&self, one: &str, other: &str) -> bool {
        let last = |text: &str| text.chars().next_back();
        let vowel = |text: &str| text.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
        match self.language {
            Language::En => {
                vowel(one) == vowel(other) && is_plural(one, self.language) == is_plural(other, self.language)
            }
            _ => {
                let plural = |text: &str| is_plural(text.split(' ').next().unwrap_or_default(), self.language);
                let alike_in_number = self.language != Language::Pl || plural(one) == plural(other);
                let alike_in_ending = last(one) == last(other)
                    || last(one).zip(last(other)).is_some_and(|(one, other)| is_consonant(one) && is_consonant(other));
                alike_in_number && alike_in_ending
            }
        }
    }
}

fn is_consonant(letter: char) -> bool {
    letter.is_alphabetic() && !"aeiouyąęó".contains(letter)
}

/// Moves one that is longer than the right one among the first three, so that the longest is not right by habit.
pub(super) fn with_a_longer_one(mut found: Vec<String>, length: usize) -> Vec<String> {
    let longer = |text: &String| text.chars().count() >= length;
    if !found.iter().take(3).any(longer)
        && let Some(at) = found.iter().position(longer)
        && found.len() > 3
    {
        let text = found.remove(at);
        found.insert(2, text);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, SourceId, questions::drafts::definitions};
    use domain::documents::DocumentPage;

    #[test]
    fn a_term_of_quite_another_kind_is_not_offered() {
        let text = "Pollination is the transfer of pollen to the stigma of a flower. \
                    Evaporation is the change of a liquid into a gas at its surface. \
                    Conjugation is the exchange of genes between two bacteria. \
                    Spectrophotometer is an instrument that measures the colors of a liquid.";
        let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        let pool = Pool::of(&reading, &definitions(&reading));
        let mut others = pool.other_terms("pollination", 0, false, &mut Random::named(1, "test"));
        others.sort();
        assert!(pool.terms.iter().any(|term| term.text == "spectrophotometer"));
        assert_eq!(others, ["conjugation", "evaporation"]);
    }

    #[test]
    fn a_disease_is_not_offered_among_processes_and_the_same_sort_comes_first() {
        let text = "Endocytosis is the uptake of material by folding the membrane. \
                    Phagocytosis is the engulfing of large particles such as bacteria. \
                    Fibrosis is a disease in which tissue becomes hard. \
                    Exocytosis is the release of material by a vesicle.";
        let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        let pool = Pool::of(&reading, &definitions(&reading));
        let mut others = pool.other_terms("exocytosis", 0, true, &mut Random::named(1, "test"));
        others.sort();
        assert_eq!(others, ["endocytosis", "phagocytosis"]);
    }

    #[test]
    fn things_are_not_offered_among_deeds_and_other_names_are_known() {
        let text = "Conjugation is the exchange of genes between two bacteria. \
                    Magnification is the enlarging of an object in appearance. \
                    A microscope is an instrument that magnifies an object. \
                    The exchange was seen late, as conjugation (also called bacterial mating) is fast.";
        let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        let pool = Pool::of(&reading, &definitions(&reading));
        assert_eq!(pool.other_terms("conjugation", 0, false, &mut Random::named(1, "test")), ["magnification"]);
        assert_eq!(pool.other_names_of("Conjugation", vec!["mating".to_owned()]), ["mating", "bacterial mating"]);
        assert_eq!(pool.other_names_of("bacterial mating", Vec::new()), ["conjugation"]);
    }
}
