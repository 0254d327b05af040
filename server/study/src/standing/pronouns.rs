//! Pronouns within a sentence, and whether what they stand for comes before them in it.

use crate::{
    facts::is_plural,
    language::Language,
    words::{Grammar, is_listed, stem, words},
};

const ENGLISH_ONE: &str = "it he she him";
const ENGLISH_SEVERAL: &str = "they them";
/// These may belong to the subject of their own clause: “cells copy their DNA”.
const ENGLISH_OWNERS: &str = "its his her their theirs hers";
/// Words that begin a clause, so that what stands before them is said already. Prepositions of time are among them.
const ENGLISH_CLAUSES: &str = "and or but nor so yet which that who whom whose when while where whereas because although though if \
    unless since as until before after whether than because once";
/// What a phrase begins with that has no subject: “in a solution of salt it …”.
const ENGLISH_PREPOSITIONS: &str = "in on at by with without from to for of during under over into through despite within among between across near like unlike";
const ENGLISH_BEFORE_EXPLETIVE: &str = "is was be been will would can could may might must has becomes became seems appears seemed appeared follows \
    turns turned takes took makes made remains happens happened";
const ENGLISH_WEATHER: &str = "rains snows hails rained snowed";
const ENGLISH_MAKES: &str = "make makes made making find finds found finding keep keeps consider considers considered think thought render renders";
/// A noun that “this”, “the former” and the like would need after them is none of these.
const ENGLISH_NO_NOUN: &str = "is are was were has have had can could will would may might must should does did in on at by with from to for of \
    and or but as because when while if than which that who too very quite also";

/// Before “one” they leave it a pronoun: “the first one”.
const ENGLISH_BEFORE_ONE: &str = "first second third fourth fifth last next previous former latter";

const POLISH_OBJECTS: &str = "go mu ją je im nim nią nimi niego niej nich niemu jemu nią";
const POLISH_OWNERS: &str = "jego jej ich";
const POLISH_POINTING: &str = "ten ta te tę tą tego tej temu tym tych tymi";
const POLISH_JOINING: &str = "i oraz a ale lecz lub albo";
/// After a comma these take up „ten”: „dzięki temu, że”, „ci, którzy”.
const POLISH_CORRELATIVES: &str = "że żeby aby by co czego czym kto kogo komu jak jaki jaka jakie ile gdy gdzie kiedy czy iż na w z od do o po za przez";

/// Fewer words before “and” are no clause but the first half of a subject.
const CLAUSE_WORDS_MIN: usize = 2;

/// Whether every pronoun has something before it in the sentence that it may stand for. Only English and Polish ones are
/// known.
pub(super) fn have_their_nouns(sentence: &str, language: Language) -> bool {
    let lists: &[&str] = match language {
        Language::En => &[ENGLISH_ONE, ENGLISH_SEVERAL, ENGLISH_OWNERS, "this these those former latter one"],
        Language::Pl => &[POLISH_OBJECTS, POLISH_OWNERS, POLISH_POINTING],
        _ => return true,
    };
    // Most sentences have no pronoun, and need no closer look.
    let points = |word: &str| lists.iter().any(|list| is_listed(list, &word.to_lowercase()));
    if !words(sentence).into_iter().any(|range| points(&sentence[range])) {
        return true;
    }
    let text = Text::new(sentence, language);
    (0..text.lower.len()).all(|at| match language {
        Language::En => text.english_fits(at),
        Language::Pl => text.polish_fits(at),
        _ => true,
    })
}

struct Text<'a> {
    language: Language,
    grammar: Grammar,
    words: Vec<&'a str>,
    lower: Vec<String>,
    /// What stands between each word and the next one.
    after: Vec<&'a str>,
}

impl<'a> Text<'a> {
    fn new(sentence: &'a str, language: Language) -> Self {
        let ranges = words(sentence);
        let next = |at: usize| ranges.get(at + 1).map_or(sentence.len(), |range| range.start);
        Self {
            language,
            grammar: Grammar::new(language),
            words: ranges.iter().map(|range| &sentence[range.clone()]).collect(),
            lower: ranges.iter().map(|range| sentence[range.clone()].to_lowercase()).collect(),
            after: ranges.iter().enumerate().map(|(at, range)| &sentence[range.end..next(at)]).collect(),
        }
    }

    fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn parts(&self, at: usize) -> bool {
        self.after[at].contains([',', ';', ':', '(', ')', '–', '—'])
    }

    /// Whether a word may be a noun, for all that its form tells.
    fn may_be_noun(&self, at: usize) -> bool {
        let word = self.word(at);
        let number = word.starts_with(|c: char| c.is_ascii_digit());
        word.chars().nth(1).is_some() && !number && !self.grammar.is_function_word(word) && !word.ends_with("ly")
    }

    fn english_fits(&self, at: usize) -> bool {
        let word = self.word(at);
        match word {
            // “one of them” and the like stand for several things.
            _ if is_listed(ENGLISH_SEVERAL, word) => self.said_before(at, true),
            _ if is_listed(ENGLISH_ONE, word) => self.is_expletive(at) || self.said_before(at, false),
            _ if is_listed(ENGLISH_OWNERS, word) => (0..at).any(|before| self.may_be_noun(before)),
            "this" | "these" | "those" if self.is_without_noun(at) => self.clause_start(at) > 0,
            "one" if self.is_without_noun(at) && self.is_pronoun_one(at) => self.said_before(at, false),
            "former" | "latter" if self.word(at.wrapping_sub(1)) == "the" && self.is_without_noun(at) => {
                (0..at).any(|before| ["and", "or"].contains(&self.word(before)))
            }
            _ => true,
        }
    }

    /// “the first one”, “such a one”, not the number.
    fn is_pronoun_one(&self, at: usize) -> bool {
        let (before, earlier) = (self.word(at.wrapping_sub(1)), self.word(at.wrapping_sub(2)));
        is_listed(ENGLISH_BEFORE_ONE, before) || (before == "a" && earlier == "such")
    }

    /// Whether no noun follows that a pointing word belongs to.
    fn is_without_noun(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        next.is_empty() || self.parts(at) || is_listed(ENGLISH_NO_NOUN, next)
    }

    /// Where the clause of a word begins, as far as commas and conjunctions tell. A pronoun that is an object never stands
    /// for the subject of its own clause.
    fn clause_start(&self, at: usize) -> usize {
        let capital = |index: usize| self.words[index].starts_with(char::is_uppercase);
        let begins = |index: &usize| {
            self.parts(index - 1)
                || !(capital(index - 1) && self.words.get(index + 1).is_some() && capital(index + 1))
                    && *index >= CLAUSE_WORDS_MIN
                    && (is_listed(ENGLISH_CLAUSES, self.word(*index)) && !is_listed("than as", self.word(index - 1)))
        };
        (1..=at).rev().find(begins).unwrap_or(0)
    }

    /// Whether a noun of the same number stands in an earlier clause of the sentence.
    fn said_before(&self, at: usize, several: bool) -> bool {
        let start = self.clause_start(at);
        // “In winter, it …” has only a phrase before it, which is rarely what is meant.
        let phrase_only =
            is_listed(ENGLISH_PREPOSITIONS, self.word(0)) && self.clause_start(start.saturating_sub(1)) == 0;
        let fits = |before: &usize| {
            let plural = is_plural(self.word(*before), self.language);
            // “sodium and potassium” are several.
            let joined = self.word(before + 1) == "and" || self.word(before.wrapping_sub(1)) == "and";
            self.may_be_noun(*before) && if several { plural || joined } else { !plural }
        };
        start > 0 && !phrase_only && (0..start).any(|before| fits(&before))
    }

    /// “It is known that …”, “it rains”, “makes it easy to …”: an “it” that stands for nothing.
    fn is_expletive(&self, at: usize) -> bool {
        let (before, next) = (self.word(at.wrapping_sub(1)), self.word(at + 1));
        let clause = |from: usize, most: usize, list: &str| {
            (from..(from + most).min(self.lower.len())).find(|index| is_listed(list, self.word(*index)))
        };
        if self.word(at) != "it" {
            return false;
        }
        if is_listed(ENGLISH_WEATHER, next) {
            return true;
        }
        if is_listed(ENGLISH_MAKES, before) {
            return clause(at + 1, 4, "to that for").is_some();
        }
        let opens = is_listed(ENGLISH_BEFORE_EXPLETIVE, next);
        opens
            && clause(at + 2, 7, "that to whether who").is_some_and(|found| {
                // “it is used to store” is said of something.
                self.word(found) == "that" || !self.word(found - 1).ends_with("ed")
            })
    }

    fn polish_fits(&self, at: usize) -> bool {
        let word = self.word(at);
        let compares = |index: usize| {
            ["ej", "szy", "sza", "sze", "szym", "więcej"].iter().any(|ending| self.word(index).ends_with(ending))
        };
        if is_listed("im tym", word) && compares(at + 1) {
            return true;
        }
        if is_listed(POLISH_OBJECTS, word) {
            return self.polish_clause_start(at) > 0
                && (0..self.polish_clause_start(at)).any(|index| self.may_be_noun(index));
        }
        if is_listed(POLISH_OWNERS, word) {
            return (0..at).any(|before| self.may_be_noun(before));
        }
        !is_listed(POLISH_POINTING, word) || self.polish_pointer_fits(at)
    }

    fn polish_clause_start(&self, at: usize) -> usize {
        let begins = |index: &usize| self.parts(index - 1) || is_listed(POLISH_JOINING, self.word(*index));
        (1..=at).rev().find(begins).unwrap_or(0)
    }

    /// „ten”, „tej formy”: taken up by a clause, or with a noun that the sentence has before.
    fn polish_pointer_fits(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        let before = self.word(at.wrapping_sub(1));
        let correlates = self.parts(at) && (next.starts_with("któr") || is_listed(POLISH_CORRELATIVES, next));
        // „te komórki, które …” goes on to say which ones.
        let told_after = (at + 1..self.lower.len()).take(4).any(|index| {
            self.parts(index) && (self.word(index + 1).starts_with("któr") || self.word(index + 2).starts_with("któr"))
        });
        let idiom = next.starts_with("sam") || (self.word(at) == "tym" && is_listed("w przy poza", before));
        let own: Vec<String> = (at + 1..self.lower.len().min(at + 3))
            .chain(at.checked_sub(1))
            .filter(|index| self.may_be_noun(*index))
            .map(|index| stem(self.words[index], self.language))
            .collect();
        let known = |index: usize| self.may_be_noun(index) && own.contains(&stem(self.words[index], self.language));
        let said = (0..at.saturating_sub(1)).any(known);
        // „…, a to powoduje”: what was just said.
        let of_clause = self.polish_clause_start(at) > 0 && !self.may_be_noun(at + 1);
        correlates || told_after || idiom || said || of_clause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_english_pronoun_has_its_noun_in_an_earlier_clause() {
        for (sentence, fits) in [
            ("Least recently used replacement does not suffer from it.", false),
            ("Least recently used replacement suffers from it.", false),
            ("If any one of them is removed, a deadlock cannot arise.", false),
            ("A deadlock cannot arise if any one of them is removed.", false),
            ("Lord Denning developed it in the High Trees case of 1947.", false),
            ("Jens Christian Skou described it in 1957 in the leg nerves of the shore crab.", false),
            ("Alan Hodgkin and Andrew Huxley measured it in the giant axon of the squid in 1939.", false),
            ("In a 0.9 % solution of sodium chloride it keeps its shape.", false),
            ("In winter, it loses its leaves.", false),
            ("Later authors consider this too high.", false),
            ("Most towns of the coast preferred the latter.", false),
            ("Pearson received the Nobel Peace Prize in 1957 for proposing the first one.", false),
            ("Few towns of the coast ever built such a one.", false),
            ("Soldiers guarded the last one in 1967.", false),
            ("The first one hundred houses were built of wood.", true),
            ("The cell divides twice, and the second one is the shorter division.", true),
            ("A red blood cell swells and bursts, because water enters it faster.", true),
            ("When water freezes, it expands.", true),
            ("Cells copy their DNA before they divide.", true),
            ("A symporter carries both substances, whereas an antiporter moves them apart.", true),
            ("The pump moves sodium out of the cell and returns it later.", true),
            ("The bank made it easy to borrow money in the west.", true),
            ("Darwin showed that it is useful to study worms.", true),
            ("Farmers stay at home when it rains.", true),
            ("Salt and pepper were dear, so merchants sold them in small bags.", true),
            ("Of iron and bronze, smiths of the coast preferred the latter.", true),
        ] {
            assert_eq!(have_their_nouns(sentence, Language::En), fits, "{sentence}");
        }
    }

    #[test]
    fn a_polish_pronoun_has_its_noun_in_an_earlier_clause() {
        for (sentence, fits) in [
            ("Po raz pierwszy zastosował ją Władysław Siciński w 1652 roku.", false),
            ("Uważa się je za najobficiej występujące białko na Ziemi.", false),
            ("Calvin otrzymał za te badania Nagrodę Nobla.", false),
            ("Niezachowanie tej formy powoduje nieważność czynności prawnej.", false),
            ("Nie mają jej osoby, które nie ukończyły trzynastu lat.", false),
            ("Termin zawity jest terminem, po którego upływie uprawnienie wygasa; sąd uwzględnia go z urzędu.", true),
            ("Rośliny C4 ograniczają fotooddychanie dzięki temu, że zagęszczają dwutlenek węgla.", true),
            ("Im wyższa jest temperatura, tym szybciej zachodzi reakcja.", true),
            ("Sejm wybrał króla i powierzył mu władzę.", true),
            ("Prawo głosu mają tylko te osoby, które ukończyły osiemnaście lat.", true),
            ("Roślina i jej liście potrzebują światła.", true),
        ] {
            assert_eq!(have_their_nouns(sentence, Language::Pl), fits, "{sentence}");
        }
    }
}
