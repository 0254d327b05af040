//! Sentences that enumerate.

use super::{is_plural, sentence::Sentence};
use crate::{
    language::Language,
    words::{Grammar, is_listed},
};
use std::ops::Range;

/// How the items are brought in. In Polish it decides the case that they stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cue {
    /// “consists of A, B and C”: all there are.
    Parts,
    /// “contains A, B and C”.
    Contents,
    /// “such as A, B and C”.
    Examples,
    /// “Metals include A, B and C”.
    Members,
    /// “A, B and C are metals”.
    Subjects,
}

/// The items of a sentence, as stretches of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) items: Vec<Range<usize>>,
    pub(crate) cue: Cue,
    /// The words that say of what the items are examples or parts.
    pub(crate) class: Range<usize>,
}

/// How an item looks: one that looks otherwise among others would be seen at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    article: &'static str,
    plural: bool,
    capital: bool,
}

type Cues = [(&'static [&'static str], Cue)];

const ENGLISH_CUES: &Cues = &[
    (&["such", "as"], Cue::Examples),
    (&["including"], Cue::Examples),
    (&["consists", "of"], Cue::Parts),
    (&["consist", "of"], Cue::Parts),
    (&["consisted", "of"], Cue::Parts),
    (&["composed", "of"], Cue::Parts),
    (&["made", "up", "of"], Cue::Parts),
    (&["made", "of"], Cue::Parts),
    (&["comprises"], Cue::Parts),
    (&["contains"], Cue::Contents),
    (&["contain"], Cue::Contents),
    (&["includes"], Cue::Members),
    (&["include"], Cue::Members),
    (&["included"], Cue::Members),
];
const POLISH_CUES: &Cues = &[
    (&["takie", "jak"], Cue::Examples),
    (&["tacy", "jak"], Cue::Examples),
    (&["składa", "się", "z"], Cue::Parts),
    (&["składają", "się", "z"], Cue::Parts),
    (&["składał", "się", "z"], Cue::Parts),
    (&["składała", "się", "z"], Cue::Parts),
    (&["zbudowany", "jest", "z"], Cue::Parts),
    (&["zbudowana", "jest", "z"], Cue::Parts),
    (&["jest", "zbudowany", "z"], Cue::Parts),
    (&["jest", "zbudowana", "z"], Cue::Parts),
    (&["są", "zbudowane", "z"], Cue::Parts),
    (&["zawiera"], Cue::Contents),
    (&["zawierają"], Cue::Contents),
    (&["obejmuje"], Cue::Contents),
    (&["obejmują"], Cue::Contents),
    (&["należą"], Cue::Members),
];
/// Verbs after a list with which the sentence says what the items are.
const ENGLISH_SUBJECT_VERBS: &[&str] = &["are", "were"];
const POLISH_SUBJECT_VERBS: &[&str] = &["są", "to", "były", "należą"];

const ITEMS: Range<usize> = 3..9;
const ENGLISH_ITEM_WORDS_MAX: usize = 4;
const POLISH_ITEM_WORDS_MAX: usize = 3;
/// Words of a class that are looked at on the far side of a verb or before examples.
const CLASS_WORDS: usize = 2;
/// Words between “consists of” and a colon: “consists of three layers: …”.
const BEFORE_COLON: usize = 5;

/// Words that are no noun, so that what has them is no plain item.
const NOT_IN_ITEMS: &str = "inside outside among beside besides despite unlike like near along across beyond several various certain \
    others things etc example examples forth onwards particular especially mainly mostly chiefly today together alike respectively \
    itd itp tzn inne innych inni różne różnych niektóre niektórych rzeczy razem łącznie między wszystko";

/// The items that a sentence enumerates, if it does so plainly.
pub(crate) fn list(text: &str, language: Language, grammar: &Grammar) -> Option<List> {
    let (cues, verbs) = match language {
        Language::En => (ENGLISH_CUES, ENGLISH_SUBJECT_VERBS),
        Language::Pl => (POLISH_CUES, POLISH_SUBJECT_VERBS),
        _ => return None,
    };
    if text.matches(',').count() == 0 {
        return None;
    }
    let sentence = Sentence::new(text, language, grammar);
    sentence.subjects(verbs).or_else(|| sentence.after_cue(cues))
}

/// Whether items of one list may stand among those of another: where grammar changes nouns, they must be in the same case.
pub(crate) fn can_mix(one: Cue, other: Cue, language: Language) -> bool {
    language == Language::En || one == other
}

/// How an item that a list with `cue` brought in looks.
pub(crate) fn look(item: &str, cue: Cue, language: Language) -> Look {
    let article = match item.split(' ').next().unwrap_or_default().to_lowercase().as_str() {
        "the" => "the",
        "a" => "a",
        "an" => "an",
        _ => "",
    };
    let last = item.rsplit(' ').next().unwrap_or_default();
    let plural = match (language, cue) {
        // In the genitive the plural ends in a consonant, but for the adjectives' „-ej” the singular does not.
        (Language::Pl, Cue::Parts) => {
            !item.ends_with(['a', 'e', 'i', 'o', 'u', 'y', 'ą', 'ę', 'ó']) && !item.ends_with("ej")
        }
        (Language::Pl, _) => is_plural(item.split(' ').next().unwrap_or_default(), language),
        _ => is_plural(last, language),
    };
    Look { article, plural, capital: item.starts_with(char::is_uppercase) }
}

impl Sentence<'_> {
    fn stretch(&self, words: &Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if first.start < last.end => first.start..last.end,
            _ => 0..0,
        }
    }

    fn joins(&self, index: usize) -> bool {
        match self.language {
            Language::Pl => ["i", "oraz"].contains(&self.word(index)),
            _ => ["and", "or"].contains(&self.word(index)),
        }
    }

    /// “A, B and C are …” at the beginning.
    fn subjects(&self, verbs: &[&str]) -> Option<List> {
        let (items, end) = self.items(0, verbs)?;
        let from = end + 1;
        // „należą do ssaków” has its class after the preposition.
        let from = if self.word(from) == "do" { from + 1 } else { from };
        let to = (from..self.words.len()).find(|index| self.after(*index) != " ").map_or(self.words.len(), |at| at + 1);
        let class_words = from..to.min(from + CLASS_WORDS + 1);
        let class = self.stretch(&class_words);
        let told = verbs.contains(&self.word(end)) && !class.is_empty() && self.is_class(end, &class_words);
        told.then_some(List { items, cue: Cue::Subjects, class })
    }

    /// Whether a noun follows the verb, rather than what is done with the items: “are metals”, not “are used”.
    fn is_class(&self, verb: usize, class: &Range<usize>) -> bool {
        let first = self.word(class.start);
        match self.language {
            // „są metalami”; after the other verbs there is nothing but a noun.
            Language::Pl if ["są", "były"].contains(&self.word(verb)) => {
                class.clone().any(|index| self.word(index).ends_with("mi"))
            }
            Language::Pl => !self.grammar.is_function_word(first),
            _ => {
                !self.grammar.is_function_word(first)
                    && !["ed", "en", "ing", "ly"].iter().any(|ending| first.ends_with(ending))
                    && class.clone().any(|index| is_plural(self.word(index), self.language))
            }
        }
    }

    /// “… such as A, B and C”.
    fn after_cue(&self, cues: &Cues) -> Option<List> {
        let has = |at: usize, cue: &[&str]| {
            cue.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word)
                && (at..at + cue.len() - 1).all(|index| self.after(index) == " ")
        };
        let mut found = (1..self.words.len())
            .flat_map(|at| cues.iter().filter(move |(cue, _)| has(at, cue)).map(move |(words, cue)| (at, words, cue)));
        let (at, words, cue) = found.next()?;
        // With a second list, or none that is alone, the items of one may belong to the other.
        if found.next().is_some() {
            return None;
        }
        let (items, _) = self.items(self.first_item(at + words.len())?, &[])?;
        let before = if *cue == Cue::Examples { at.saturating_sub(CLASS_WORDS) } else { 0 };
        Some(List { items, cue: *cue, class: self.stretch(&(before..at)) })
    }

    /// Where the items begin: at once, or after a colon.
    fn first_item(&self, from: usize) -> Option<usize> {
        let last = from.checked_sub(1)?;
        let colon = (last..self.words.len().min(from + BEFORE_COLON)).find(|index| self.after(*index).contains(':'));
        match (colon, self.language) {
            (None, _) if self.after(last) == " " => Some(from),
            (Some(at), Language::En) => Some(at + 1),
            // After „z trzech części:” the case is a matter of taste; right after the verb it is not.
            (Some(at), _) if at == last => Some(from),
            _ => None,
        }
    }

    /// The items from a word on, and the word after the last of them. They end with their clause, or before one of `verbs`.
    fn items(&self, from: usize, verbs: &[&str]) -> Option<(Vec<Range<usize>>, usize)> {
        let mut items: Vec<Range<usize>> = Vec::new();
        let (mut start, mut last) = (from, false);
        for index in from..self.words.len() {
            if index < start {
                continue;
            }
            let (after, next) = (self.after(index), index + 1);
            let ended = match after {
                " " if last && !verbs.is_empty() => verbs.contains(&self.word(next)),
                " " => !last && self.joins(next),
                _ => true,
            };
            if !ended {
                if self.joins(index) {
                    return None;
                }
                continue;
            }
            items.push(start..next);
            if last {
                let closed = verbs.is_empty() || after == " ";
                return self.checked(items).filter(|_| closed).map(|items| (items, next));
            }
            if after != " " && after != ", " {
                return None;
            }
            last = self.joins(next);
            start = if last { next + 1 } else { next };
        }
        None
    }

    fn checked(&self, items: Vec<Range<usize>>) -> Option<Vec<Range<usize>>> {
        let (last, others) = items.split_last()?;
        let longest = others.iter().map(ExactSizeIterator::len).max()?;
        // A last item that is longer than all others has something of the sentence at its end.
        let plain =
            ITEMS.contains(&items.len()) && last.len() <= longest + 1 && items.iter().all(|item| self.is_item(item));
        plain.then(|| items.iter().map(|item| self.stretch(item)).collect())
    }

    fn is_item(&self, item: &Range<usize>) -> bool {
        let english = self.language == Language::En;
        let article = english && ["the", "a", "an"].contains(&self.word(item.start));
        let from = item.start + usize::from(article);
        let most = if english { ENGLISH_ITEM_WORDS_MAX } else { POLISH_ITEM_WORDS_MAX };
        let fits = |index: usize| {
            let word = self.word(index);
            let inner = index > from && index + 1 < item.end;
            if english && inner && word == "of" {
                return true;
            }
            let short =
                word.chars().nth(2).is_none() && !self.text[self.words[index].clone()].starts_with(char::is_uppercase);
            // A plural within an item may be the subject of a verb.
            let subject =
                english && index + 1 < item.end && self.word(index + 1) != "of" && is_plural(word, self.language);
            let foreign = is_listed(NOT_IN_ITEMS, word)
                || self.grammar.is_function_word(word)
                || word.contains(|c: char| c.is_ascii_digit());
            let adverb = english && word.ends_with("ly");
            !(foreign || short || subject || adverb)
        };
        // The accusative of a list in the nominative: „takie jak wodę”.
        let oblique = !english && self.text[self.stretch(item)].ends_with(['ę', 'ą']);
        (1..=most).contains(&(item.end.saturating_sub(from))) && !oblique && (from..item.end).all(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: Language) -> Option<(Vec<&str>, Cue, &str)> {
        let found = list(text, language, &Grammar::new(language))?;
        Some((found.items.into_iter().map(|item| &text[item]).collect(), found.cue, &text[found.class]))
    }

    #[test]
    fn english_lists_are_found() {
        let of = |text| of(text, Language::En);
        assert_eq!(
            of("The Earth consists of a core, a mantle and a crust."),
            Some((vec!["a core", "a mantle", "a crust"], Cue::Parts, "The Earth"))
        );
        assert_eq!(
            of("Oil lies in porous rocks such as sandstone, chalk, and limestone."),
            Some((vec!["sandstone", "chalk", "limestone"], Cue::Examples, "porous rocks"))
        );
        assert_eq!(of("Noble gases include helium, neon, argon and xenon.").map(|found| found.0.len()), Some(4));
        assert_eq!(
            of("The atmosphere consists of three main layers: the troposphere, the stratosphere and the mesosphere.")
                .map(|found| found.0[0]),
            Some("the troposphere")
        );
        assert_eq!(
            of("Granite, basalt and pumice are igneous rocks that come from magma."),
            Some((vec!["Granite", "basalt", "pumice"], Cue::Subjects, "igneous rocks that"))
        );
        for text in [
            "The Earth consists of a core and a mantle.",
            "Small molecules such as oxygen, water and salts pass through freely.",
            "The plan includes cutting costs, hiring 20 people and moving to the coast.",
            "Oil lies in rocks such as chalk, and the miners of the region know it well.",
            "In summer, rain and heat are common.",
            "Rocks such as chalk, marl and clay include fossils, shells and bones.",
            "Rocks include chalk, marl and others.",
            "The cell divides, grows and dies.",
            "Paths, names and labels are used to refer to things.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn polish_lists_are_found() {
        let of = |text| of(text, Language::Pl);
        assert_eq!(
            of("Ziemia składa się z jądra, płaszcza i skorupy."),
            Some((vec!["jądra", "płaszcza", "skorupy"], Cue::Parts, "Ziemia"))
        );
        assert_eq!(
            of("Do gryzoni należą mysz domowa, szczur, bóbr oraz wiewiórka."),
            Some((vec!["mysz domowa", "szczur", "bóbr", "wiewiórka"], Cue::Members, "Do gryzoni"))
        );
        assert_eq!(
            of("Ropa wypełnia skały osadowe, takie jak piaskowiec, kreda i wapień.").map(|found| found.1),
            Some(Cue::Examples)
        );
        assert_eq!(
            of("Granit, bazalt i pumeks to skały magmowe."),
            Some((vec!["Granit", "bazalt", "pumeks"], Cue::Subjects, "skały magmowe"))
        );
        for text in [
            "Ziemia składa się z trzech warstw: jądra, płaszcza i skorupy.",
            "Ziemia składa się z jądra i płaszcza.",
            "Granit, bazalt i pumeks są wydobywane w górach.",
            "Gleba zawiera wodę, powietrze i próchnicę.",
            "Ziemia składa się z jądra, płaszcza i skorupy, która zawiera krzem, tlen i glin.",
            "Do gryzoni należą mysz, szczur i inne zwierzęta.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn items_that_look_otherwise_are_told_apart() {
        let english = |item| look(item, Cue::Examples, Language::En);
        assert_eq!(english("copper"), english("zinc"));
        assert_ne!(english("copper"), english("metals"));
        assert_ne!(english("a core"), english("core"));
        let genitive = |item| look(item, Cue::Parts, Language::Pl);
        assert_eq!(genitive("jądra"), genitive("skorupy ziemskiej"));
        assert_ne!(genitive("jądra"), genitive("minerałów"));
        assert!(can_mix(Cue::Parts, Cue::Members, Language::En) && !can_mix(Cue::Parts, Cue::Members, Language::Pl));
    }

    #[test]
    fn other_languages_give_none() {
        assert_eq!(of("Die Erde consists of Kern, Mantel and Kruste.", Language::De), None);
    }
}
