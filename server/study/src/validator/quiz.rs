//! Checks of all questions of a quiz together.

use super::{Fault, checker::has_words, question::longest_is_right};
use crate::{
    facts::opposite_word,
    questions::{MadeQuestion, phrases::core},
    words::{Grammar, is_listed, overlap_percent, words},
};
use domain::{
    citation::Citation,
    quizzes::{QuestionType, QuizStatistics},
};

/// Of how many hundred questions with four options the longest may be right.
pub const LONGEST_IS_RIGHT_MAX: usize = 30;
/// Fewer questions than this are too few to speak of a habit.
const FEW: usize = 4;
/// Questions more alike than this ask the same, in hundredths; less suffices where the answer is the same.
const ALIKE: usize = 60;
const ALIKE_WITH_SAME_ANSWER: usize = 34;
/// Of how many hundredths of the words of the shorter one two statements say something of the same.
const SAID_OF_THE_SAME: usize = 75;
/// Words that turn what a sentence says.
const DENIALS: &str = "not cannot never no nie nigdy nicht kein keine pas";

/// Whether two questions ask the same: of the same passage for the same, or in nearly the same words.
pub(crate) fn ask_the_same(one: &MadeQuestion, other: &MadeQuestion, grammar: &Grammar) -> bool {
    let same_answer =
        one.kind != QuestionType::TrueFalse && one.correct_answer.to_lowercase() == other.correct_answer.to_lowercase();
    let same_place = overlap(&one.citation, &other.citation);
    let alike = overlap_percent(&grammar.stems(core(&one.question)), &grammar.stems(core(&other.question)));
    (same_answer && same_place) || alike >= ALIKE || (same_answer && alike >= ALIKE_WITH_SAME_ANSWER)
}

/// Whether of two statements one says the opposite of the other, or of a part of it, so that who knows one knows both.
pub(crate) fn decide_one_another(one: &MadeQuestion, other: &MadeQuestion, grammar: &Grammar) -> bool {
    if one.kind != QuestionType::TrueFalse || other.kind != QuestionType::TrueFalse {
        return false;
    }
    let (own, others) = (core(&one.question).to_lowercase(), core(&other.question).to_lowercase());
    let turned = words(&own)
        .into_iter()
        .filter_map(|range| opposite_word(&own[range], grammar.language()))
        .any(|opposite| has_words(&others, &opposite));
    let denies = |text: &str| words(text).into_iter().any(|range| is_listed(DENIALS, &text[range]));
    let (own_stems, other_stems) = (grammar.stems(&own), grammar.stems(&others));
    let alike = own_stems.intersection(&other_stems).count() + usize::from(turned);
    let fewest = own_stems.len().min(other_stems.len());
    (turned || denies(&own) != denies(&others)) && fewest > 1 && alike * 100 > fewest * SAID_OF_THE_SAME
}

/// Whether one question or its options have what is to be written in answer to another, in any of its forms. Numbers stand
/// for many things.
pub(crate) fn tells_what_is_written(teller: &MadeQuestion, asked: &MadeQuestion, grammar: &Grammar) -> bool {
    let is_number = |text: &String| text.starts_with(|c: char| c.is_ascii_digit());
    let counts = is_number(&asked.correct_answer) || asked.accepted_answers.iter().any(is_number);
    if asked.kind != QuestionType::ShortAnswer || counts {
        return false;
    }
    let answer = grammar.stems(&asked.correct_answer);
    let lower = asked.correct_answer.to_lowercase();
    let told = |text: &str| {
        let text = &text.to_lowercase();
        // Every form of a word has its stem; most texts are done with by that.
        if !answer.iter().all(|stem| text.contains(stem.as_str())) {
            return false;
        }
        has_words(text, &lower) || (!answer.is_empty() && answer.is_subset(&grammar.stems(text)))
    };
    told(core(&teller.question)) || teller.options.iter().any(|option| told(option))
}

/// Whether two citations share more than half of the shorter one.
fn overlap(one: &Citation, other: &Citation) -> bool {
    let place = |citation: &Citation| match citation {
        Citation::Document { document_id, page, start, end, .. } => Some((Some(*document_id), *page, *start, *end)),
        Citation::Text { start, end, .. } => Some((None, 0, *start, *end)),
        _ => None,
    };
    let (Some(one), Some(other)) = (place(one), place(other)) else { return false };
    let shared = one.3.min(other.3).saturating_sub(one.2.max(other.2));
    let shorter = (one.3.saturating_sub(one.2)).min(other.3.saturating_sub(other.2));
    (one.0, one.1) == (other.0, other.1) && shared * 2 > shorter
}

/// Drops repeated questions, and the last ones of what there is too much of.
pub(crate) fn drop_what_is_guessable<'g>(
    questions: Vec<MadeQuestion>,
    grammar_of: &dyn Fn(&MadeQuestion) -> &'g Grammar,
) -> (Vec<MadeQuestion>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut kept: Vec<MadeQuestion> = Vec::new();
    for question in questions {
        if kept.iter().any(|before| ask_the_same(before, &question, grammar_of(&question))) {
            faults.push(Fault::NearDuplicate);
        } else if kept.iter().any(|before| {
            let grammar = grammar_of(&question);
            tells_what_is_written(before, &question, grammar)
                || tells_what_is_written(&question, before, grammar)
                || decide_one_another(before, &question, grammar)
        }) {
            faults.push(Fault::ToldByAnother);
        } else {
            kept.push(question);
        }
    }
    loop {
        let found = unbalanced(&kept)
            .map(|at| (at, Fault::UnbalancedTrueFalse))
            .or_else(|| guessable_by_length(&kept).map(|at| (at, Fault::LongestIsRight)))
            .or_else(|| uneven(&kept).map(|at| (at, Fault::UnevenPositions)));
        let Some((at, fault)) = found else { break };
        kept.remove(at);
        faults.push(fault);
    }
    (kept, faults)
}

/// The last statement of the truth that there is too much of.
#[must_use]
pub fn unbalanced(questions: &[MadeQuestion]) -> Option<usize> {
    let of = |truth: &str| {
        questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.kind == QuestionType::TrueFalse && question.correct_answer == truth)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let (right, wrong) = (of("true"), of("false"));
    let more = if right.len() > wrong.len() { &right } else { &wrong };
    let allowed = ((right.len() + wrong.len()) / 5).max(1);
    (right.len().abs_diff(wrong.len()) > allowed).then(|| more.last().copied())?
}

/// The last question whose longest option is right, where that is so too often.
#[must_use]
pub fn guessable_by_length(questions: &[MadeQuestion]) -> Option<usize> {
    let multiple = questions.iter().filter(|question| question.kind == QuestionType::MultipleChoice).count();
    let longest = questions.iter().filter(|question| longest_is_right(question)).count();
    let often = multiple >= FEW && longest * 100 > multiple * LONGEST_IS_RIGHT_MAX;
    often.then(|| questions.iter().rposition(longest_is_right))?
}

/// The last question whose right option stands where too many stand.
#[must_use]
pub fn uneven(questions: &[MadeQuestion]) -> Option<usize> {
    let positions: Vec<Option<(usize, usize)>> = questions.iter().map(position).collect();
    positions.iter().enumerate().rev().find_map(|(at, position)| {
        let (options, own) = (*position)?;
        let of_kind = positions.iter().flatten().filter(|(count, _)| *count == options).count();
        let same = positions.iter().flatten().filter(|other| **other == (options, own)).count();
        (same > of_kind.div_ceil(options) + 1).then_some(at)
    })
}

/// Among how many options the right one stands where.
fn position(question: &MadeQuestion) -> Option<(usize, usize)> {
    let multiple = question.kind == QuestionType::MultipleChoice;
    let at = question.options.iter().position(|option| *option == question.correct_answer)?;
    multiple.then_some((question.options.len(), at))
}

/// What is published about a quiz.
#[must_use]
pub fn statistics(questions: &[MadeQuestion]) -> QuizStatistics {
    let options = questions.iter().filter_map(position).map(|(options, _)| options).max().unwrap_or(0);
    let mut positions = vec![0; options];
    for (_, at) in questions.iter().filter_map(position) {
        positions[at] += 1;
    }
    let multiple: u32 = positions.iter().sum();
    let longest =
        u32::try_from(questions.iter().filter(|question| longest_is_right(question)).count()).unwrap_or(u32::MAX);
    QuizStatistics {
        drafted: 0,
        kept: u32::try_from(questions.len()).unwrap_or(u32::MAX),
        dropped: std::collections::BTreeMap::new(),
        positions,
        longest_is_right_percent: (longest * 100).checked_div(multiple).unwrap_or(0),
    }
}
