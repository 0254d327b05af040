//! Whether an answer is right.

use domain::quizzes::KeyedQuestion;
use study::grading::{self, Grade};

/// Grades an answer; none is wrong. The language is empty where it could not be told.
pub(crate) fn grade(question: &KeyedQuestion, answer: &str, language: &str) -> Grade {
    if answer.trim().is_empty() {
        return Grade::Wrong;
    }
    let language = Some(language).filter(|language| !language.is_empty());
    let KeyedQuestion { question, correct_answer, accepted_answers, .. } = question;
    grading::grade(question.kind, &question.question, correct_answer, accepted_answers, answer, language)
}
