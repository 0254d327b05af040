//! Checks that need the sources.

use super::{Fault, question, quiz};
use crate::{
    Source, SourceId,
    clean::damage,
    language::Language,
    questions::{MadeQuestion, has_counterpart, phrases},
    rank::Vocabulary,
    reading::Reading,
    words::{Grammar, collapse},
};
use domain::{
    citation::Citation,
    quizzes::{QuestionType, QuizStatistics},
};
use std::collections::BTreeSet;

/// Sentences that are looked at to see whether another option is right, too.
const LOOKED_AT: usize = 400;
/// How much of the evidence another sentence must say to count as saying the same, in hundredths.
const SAME_PERCENT: usize = 60;

/// The sources, read and indexed.
pub(crate) struct Checker<'a> {
    sources: Vec<Indexed<'a>>,
    plain: Grammar,
}

struct Indexed<'a> {
    reading: Reading<'a>,
    vocabulary: Vocabulary,
    /// By the number of a stem: the sentences that have it.
    places: Vec<Vec<u32>>,
}

impl<'a> Checker<'a> {
    pub(crate) fn of(sources: &'a [Source]) -> Self {
        let indexed = |source: &'a Source| {
            let reading = Reading::of(source);
            let vocabulary = Vocabulary::of(&reading);
            let mut places = vec![Vec::new(); vocabulary.frequency.len()];
            for (index, stems) in vocabulary.sentences.iter().enumerate() {
                for stem in stems {
                    places[*stem as usize].push(u32::try_from(index).unwrap_or(u32::MAX));
                }
            }
            Indexed { reading, vocabulary, places }
        };
        Self { sources: sources.iter().map(indexed).collect(), plain: Grammar::new(Language::Other) }
    }

    pub(crate) fn read(&self, source: usize) -> (&Reading<'a>, &Vocabulary) {
        (&self.sources[source].reading, &self.sources[source].vocabulary)
    }

    pub(crate) fn language_remarks(&self) -> Vec<String> {
        let remarks: BTreeSet<String> =
            self.sources.iter().filter_map(|source| source.reading.language.remark()).collect();
        remarks.into_iter().collect()
    }

    /// The grammar of the source that a question is about.
    pub(crate) fn grammar_of(&self, question: &MadeQuestion) -> &Grammar {
        self.source_of(&question.citation).map_or(&self.plain, |source| &source.reading.grammar)
    }

    fn source_of(&self, citation: &Citation) -> Option<&Indexed<'a>> {
        self.sources.iter().find(|source| match (citation, source.reading.source.id) {
            (Citation::Document { document_id, .. }, SourceId::Document(id)) => *document_id == id,
            (Citation::Text { .. }, SourceId::Text) => true,
            _ => false,
        })
    }

    /// The first check that a question fails.
    pub(crate) fn fault(&self, made: &MadeQuestion) -> Option<Fault> {
        let Some(source) = self.source_of(&made.citation) else { return Some(Fault::NoEvidence) };
        let grammar = &source.reading.grammar;
        let language = source.reading.language;
        let evidence = collapse(made.citation.quote());
        let said = source.said(&made.citation).unwrap_or(&evidence);
        let checks: [(Fault, &dyn Fn() -> bool); 11] = [
            (Fault::Length, &|| question::has_good_length(made)),
            (Fault::OptionsNotDistinct, &|| question::options_are_distinct(made)),
            (Fault::AnswerNotAnOption, &|| question::answer_is_an_option(made)),
            (Fault::OptionsUnlike, &|| question::options_are_alike(made)),
            (Fault::NoEvidence, &|| source.has(&made.citation)),
            (Fault::BrokenText, &|| damage(&evidence).is_none()),
            (Fault::NoEvidence, &|| tells_the_answer(made, &evidence, grammar, language)),
            (Fault::PronounWithoutNoun, &|| question::pronouns_have_their_nouns(made, language)),
            (Fault::AnswerGivenAway, &|| question::answer_is_hidden(made, grammar)),
            (Fault::OptionsNotInOrder, &|| question::numbers_are_in_order(made)),
            (Fault::SeveralRight, &|| self.only_one_is_right(made, said, grammar)),
        ];
        checks.iter().find(|(_, passes)| !passes()).map(|(fault, _)| *fault)
    }

    /// Whether by what the sources say no wrong option is right and no false statement true.
    fn only_one_is_right(&self, made: &MadeQuestion, evidence: &str, grammar: &Grammar) -> bool {
        let told = grammar.stems(evidence);
        let answer = grammar.stems(&made.correct_answer);
        match made.kind {
            QuestionType::MultipleChoice if phrases::asks_for_the_foreign(&made.question) => {
                let about = grammar.stems(phrases::core(&made.question));
                !self.sources.iter().any(|source| source.says(&answer, &about, evidence))
            }
            QuestionType::MultipleChoice => {
                made.options.iter().filter(|option| **option != made.correct_answer).all(|option| {
                    let option = grammar.stems(option);
                    let about: BTreeSet<String> = told.difference(&answer).cloned().collect();
                    !option.is_subset(&told)
                        && !self.sources.iter().any(|source| source.says(&option, &about, evidence))
                })
            }
            QuestionType::TrueFalse if made.correct_answer == "false" => {
                let stated = grammar.stems(phrases::core(&made.question));
                let changed: BTreeSet<String> = stated.difference(&told).cloned().collect();
                let about: BTreeSet<String> = stated.intersection(&told).cloned().collect();
                let turned = phrases::core(&made.question) != evidence;
                turned
                    && (changed.is_empty()
                        || !self.sources.iter().any(|source| source.says(&changed, &about, evidence)))
            }
            _ => true,
        }
    }

    /// The checks of a whole quiz.
    pub(crate) fn validate(&self, questions: Vec<MadeQuestion>) -> (Vec<MadeQuestion>, QuizStatistics) {
        let drafted = u32::try_from(questions.len()).unwrap_or(u32::MAX);
        let (kept, faults) = quiz::drop_what_is_guessable(questions, &|made| self.grammar_of(made));
        let mut statistics = quiz::statistics(&kept);
        statistics.drafted = drafted;
        for fault in faults {
            *statistics.dropped.entry(fault.name().to_owned()).or_default() += 1;
        }
        (kept, statistics)
    }
}

impl Indexed<'_> {
    /// Whether the citation's words stand where it says.
    fn has(&self, citation: &Citation) -> bool {
        let pages = &self.reading.source.pages;
        match citation {
            Citation::Document { page, .. } => {
                pages.iter().any(|own| own.page == *page && citation.stands_in(&own.text))
            }
            Citation::Text { .. } => pages.iter().any(|own| citation.stands_in(&own.text)),
            _ => false,
        }
    }

    /// The sentence as it was read that a citation is of.
    fn said(&self, citation: &Citation) -> Option<&str> {
        let (number, start) = match citation {
            Citation::Document { page, start, .. } => (Some(*page), *start),
            Citation::Text { start, .. } => (None, *start),
            _ => return None,
        };
        let pages = &self.reading.source.pages;
        let page = number.map_or(Some(0), |number| pages.iter().position(|own| own.page == number))?;
        let sentences = &self.reading.sentences;
        let at = sentences.partition_point(|sentence| (sentence.page, sentence.start) < (page, start));
        let found = sentences.get(at).filter(|sentence| (sentence.page, sentence.start) == (page, start))?;
        Some(found.text.as_str())
    }

    /// Whether a sentence other than the evidence has all of `option` and most of `about`.
    fn says(&self, option: &BTreeSet<String>, about: &BTreeSet<String>, evidence: &str) -> bool {
        let numbers: Option<Vec<u32>> = option.iter().map(|stem| self.vocabulary.number(stem)).collect();
        let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else { return false };
        let about: Vec<u32> = about.iter().filter_map(|stem| self.vocabulary.number(stem)).collect();
        let Some(rarest) = numbers.iter().min_by_key(|number| self.places[**number as usize].len()) else {
            return false;
        };
        self.places[*rarest as usize].iter().take(LOOKED_AT).any(|place| {
            let stems = &self.vocabulary.sentences[*place as usize];
            let has = |number: &u32| stems.binary_search(number).is_ok();
            let common = about.iter().filter(|number| has(number)).count();
            numbers.iter().all(has)
                && common * 100 >= about.len().max(1) * SAME_PERCENT
                && self.reading.sentences[*place as usize].text != evidence
        })
    }
}

/// The options that are not to be chosen.
fn belonging(made: &MadeQuestion) -> impl Iterator<Item = &String> {
    made.options.iter().filter(|option| **option != made.correct_answer)
}

/// Whether a text has another as whole words.
pub(super) fn has_words(text: &str, wanted: &str) -> bool {
    let parted = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !wanted.is_empty()
        && text
            .match_indices(wanted)
            .any(|(at, _)| parted(text[..at].chars().next_back()) && parted(text[at + wanted.len()..].chars().next()))
}

/// Whether the evidence has the answer; where what is not listed is asked for, all but the answer; of a true statement, the whole of it.
fn tells_the_answer(made: &MadeQuestion, evidence: &str, grammar: &Grammar, language: Language) -> bool {
    let told = grammar.stems(evidence);
    match (made.kind, made.correct_answer.as_str()) {
        (QuestionType::TrueFalse, "true") => {
            let stated = grammar.stems(phrases::core(&made.question));
            let untold = stated.difference(&told).filter(|stem| !has_counterpart(stem, evidence, language)).count();
            (stated.len() - untold) * 10 >= stated.len() * 9
        }
        (QuestionType::TrueFalse, _) => true,
        (QuestionType::MultipleChoice, answer) if phrases::asks_for_the_foreign(&made.question) => {
            let lower = evidence.to_lowercase();
            belonging(made).all(|option| has_words(&lower, &option.to_lowercase()))
                && !has_words(&lower, &answer.to_lowercase())
                && grammar.stems(answer).is_disjoint(&told)
        }
        (_, answer) => {
            let answered = grammar.stems(answer);
            let written = evidence.to_lowercase().contains(&answer.to_lowercase());
            written || (!answered.is_empty() && answered.intersection(&told).count() * 2 >= answered.len())
        }
    }
}
