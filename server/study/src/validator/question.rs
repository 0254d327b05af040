//! Checks of one question by itself.

use crate::{
    facts::written_value,
    language::Language,
    questions::{
        MadeQuestion,
        phrases::{GAP, core},
    },
    standing,
    words::{Grammar, collapse, words},
};
use domain::quizzes::QuestionType;
use std::{cmp::Ordering, collections::BTreeSet};

/// Shortest and longest question, in code points.
const QUESTION: std::ops::Range<usize> = 12..421;
/// Longest answer or option, in code points.
const ANSWER_MAX: usize = 160;

/// Whether question and answer are neither too short nor too long.
#[must_use]
pub fn has_good_length(question: &MadeQuestion) -> bool {
    let answer = |text: &String| (1..=ANSWER_MAX).contains(&text.trim().chars().count());
    QUESTION.contains(&question.question.chars().count())
        && answer(&question.correct_answer)
        && question.options.iter().all(answer)
}

/// Whether there are two to eight options and no two are the same but for case, accents of spacing or a final stop.
#[must_use]
pub fn options_are_distinct(question: &MadeQuestion) -> bool {
    let plain = |text: &String| collapse(text).trim_end_matches('.').to_lowercase();
    let distinct: BTreeSet<String> = question.options.iter().map(plain).collect();
    match question.kind {
        QuestionType::ShortAnswer => question.options.is_empty(),
        _ => (2..=8).contains(&question.options.len()) && distinct.len() == question.options.len(),
    }
}

/// Whether the right answer is among the options, where there are any.
#[must_use]
pub fn answer_is_an_option(question: &MadeQuestion) -> bool {
    match question.kind {
        QuestionType::MultipleChoice => question.options.contains(&question.correct_answer),
        QuestionType::TrueFalse => ["true", "false"].contains(&question.correct_answer.as_str()),
        QuestionType::ShortAnswer => true,
    }
}

/// Whether the options are of one kind: all numbers or none, alike in length, capital, number of words and last stop.
#[must_use]
pub fn options_are_alike(question: &MadeQuestion) -> bool {
    if question.kind != QuestionType::MultipleChoice {
        return true;
    }
    let all_same = |of: &dyn Fn(&str) -> bool| {
        let first = question.options.first().map(|option| of(option));
        question.options.iter().all(|option| Some(of(option)) == first)
    };
    let lengths = question.options.iter().map(|option| option.chars().count());
    let (shortest, longest) = (lengths.clone().min().unwrap_or(0), lengths.max().unwrap_or(0));
    let counts = question.options.iter().map(|option| option.split_whitespace().count());
    let (fewest, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    all_same(&|option| option.starts_with(|c: char| c.is_ascii_digit()))
        && all_same(&|option| option.starts_with(char::is_uppercase))
        && all_same(&|option| option.ends_with('.'))
        && longest <= shortest * 5 / 2 + 5
        && most - fewest <= (most / 2).max(2)
}

/// Whether options that are all numbers ascend: one that is out of its place is known for the right one.
#[must_use]
pub fn numbers_are_in_order(question: &MadeQuestion) -> bool {
    question.kind != QuestionType::MultipleChoice || in_order(question.options.clone()) == question.options
}

/// Options that are all numbers in ascending order, others as they are.
pub(crate) fn in_order(mut options: Vec<String>) -> Vec<String> {
    if options.iter().all(|option| written_value(option).is_some()) {
        options.sort_by(|one, other| written_value(one).partial_cmp(&written_value(other)).unwrap_or(Ordering::Equal));
    }
    options
}

/// Whether the question does not tell its answer: by the answer's own words, or by an article before the gap.
pub(crate) fn answer_is_hidden(question: &MadeQuestion, grammar: &Grammar) -> bool {
    if question.kind == QuestionType::TrueFalse {
        return true;
    }
    let asked = grammar.stems(core(&question.question));
    let answer = grammar.stems(&question.correct_answer);
    let told = answer.intersection(&asked).count();
    let all_told = question.options.len() > 1
        && question.options.iter().all(|option| grammar.stems(option).iter().all(|stem| asked.contains(stem)));
    let small_answer = words(core(&question.question))
        .into_iter()
        .any(|range| core(&question.question)[range].eq_ignore_ascii_case(&question.correct_answer));
    ((told * 2 < answer.len().max(1) && !small_answer) || all_told) && !article_tells(question)
}

/// Whether “a _____” or “an _____” leaves only some of the options.
fn article_tells(question: &MadeQuestion) -> bool {
    let Some((before, _)) = question.question.split_once(GAP) else { return false };
    let article = before.trim_end().rsplit([' ', '“']).next().unwrap_or_default().to_lowercase();
    let vowel = |option: &String| option.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    let vowels = question.options.iter().filter(|option| vowel(option)).count();
    (article == "a" || article == "an") && vowels != 0 && vowels != question.options.len()
}

/// Whether no pronoun in the question points at something that is not in it.
#[must_use]
pub fn pronouns_have_their_nouns(question: &MadeQuestion, language: Language) -> bool {
    let asked = core(&question.question).replace(GAP, &question.correct_answer);
    if asked.len() == question.question.len() && asked.ends_with(['?', '؟']) {
        // The word that asks is no pronoun that points: “Which of these …?”, „Który …?”
        let after = asked.split_once(' ').map_or("", |(_, rest)| rest);
        let after =
            ["of these ", "of the following "].iter().find_map(|these| after.strip_prefix(these)).unwrap_or(after);
        let first = words(after).into_iter().take(4).map(|range| after[range].to_lowercase());
        let pointing: &[&str] = match language {
            Language::Pl => {
                &["on", "ona", "ono", "oni", "tego", "jego", "jej", "ich", "nim", "nich", "ten", "ta", "tej", "tym"]
            }
            _ => &["it", "this", "these", "those", "they", "he", "she", "his", "her", "its", "their", "them"],
        };
        return !first.into_iter().any(|word| pointing.contains(&word.as_str()));
    }
    standing::has_its_nouns(&asked, language)
}

/// Whether the longest option is the right one, and longer than each of the others.
#[must_use]
pub fn longest_is_right(question: &MadeQuestion) -> bool {
    let length = question.correct_answer.chars().count();
    let wrong = || question.options.iter().filter(|option| **option != question.correct_answer);
    question.kind == QuestionType::MultipleChoice
        && wrong().next().is_some()
        && wrong().all(|option| option.chars().count() < length)
}
