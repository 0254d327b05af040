//! The checks that a question must pass, whoever made it. A question that fails one is dropped, never repaired.
//!
//! [`question`] has the checks of one question by itself, [`quiz`] those of all together; whether the evidence stands
//! and only one option is right is looked up in the sources.

mod checker;
pub mod question;
pub mod quiz;

use crate::{Source, questions::MadeQuestion};
pub(crate) use checker::Checker;
use domain::quizzes::QuizStatistics;
pub(crate) use question::{in_order, longest_is_right};
pub(crate) use quiz::{ask_the_same, decide_one_another, tells_what_is_written};

/// What a question was dropped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The question or its answer is too short or too long.
    Length,
    /// Two options are the same, or there are too few or too many.
    OptionsNotDistinct,
    /// The options differ in length, form or kind, so that one stands out.
    OptionsUnlike,
    /// The options are numbers that do not ascend, so that one stands out by its place.
    OptionsNotInOrder,
    /// The right answer is not one of the options.
    AnswerNotAnOption,
    /// The question tells its answer.
    AnswerGivenAway,
    /// A pronoun stands without its noun.
    PronounWithoutNoun,
    /// The evidence does not stand in the source, or does not have the answer.
    NoEvidence,
    /// The evidence is not prose: broken words, a table, a formula, a reference, a heading.
    BrokenText,
    /// Another option is right, too, by what the source says.
    SeveralRight,
    /// Another question asks the same.
    NearDuplicate,
    /// Another question or its options have what is to be written.
    ToldByAnother,
    /// The longest option is right too often.
    LongestIsRight,
    /// The right option stands at the same position too often.
    UnevenPositions,
    /// Too many statements are true, or too many false.
    UnbalancedTrueFalse,
}

impl Fault {
    /// Its name in the statistics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Length => "length",
            Self::OptionsNotDistinct => "options_not_distinct",
            Self::OptionsUnlike => "options_unlike",
            Self::OptionsNotInOrder => "options_not_in_order",
            Self::AnswerNotAnOption => "answer_not_an_option",
            Self::AnswerGivenAway => "answer_given_away",
            Self::PronounWithoutNoun => "pronoun_without_noun",
            Self::NoEvidence => "no_evidence",
            Self::BrokenText => "broken_text",
            Self::SeveralRight => "several_right",
            Self::NearDuplicate => "near_duplicate",
            Self::ToldByAnother => "told_by_another",
            Self::LongestIsRight => "longest_is_right",
            Self::UnevenPositions => "uneven_positions",
            Self::UnbalancedTrueFalse => "unbalanced_true_false",
        }
    }
}

/// Puts numbers to choose from in order, drops what fails a check, and says how often each check failed.
#[must_use]
pub fn validate(questions: Vec<MadeQuestion>, sources: &[Source]) -> (Vec<MadeQuestion>, QuizStatistics) {
    let checker = Checker::of(sources);
    let drafted = u32::try_from(questions.len()).unwrap_or(u32::MAX);
    let mut faults = Vec::new();
    let sound: Vec<MadeQuestion> = questions
        .into_iter()
        // The order is no matter of what is asked, and a language model puts numbers in any.
        .map(|question| MadeQuestion { options: question::in_order(question.options), ..question })
        .filter(|question| match checker.fault(question) {
            Some(fault) => {
                faults.push(fault);
                false
            }
            None => true,
        })
        .collect();
    let (kept, mut statistics) = checker.validate(sound);
    for fault in faults {
        *statistics.dropped.entry(fault.name().to_owned()).or_default() += 1;
    }
    statistics.drafted = drafted;
    (kept, statistics)
}
