//! Whether an answer is right. [`RULE`] says in words what is done here.

mod asides;
mod dates;
mod fold;
mod forms;
mod language;
mod numbers;
mod order;
mod short;
mod tokens;
mod typos;

use domain::quizzes::QuestionType;
use fold::fold;
use language::truth;
use unicode_normalization::UnicodeNormalization as _;

/// How short answers are graded, a sentence each.
pub use domain::grading::SHORT_ANSWER_RULE as RULE;

/// How an answer is taken, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Wrong.
    Wrong,
    /// Wrong, but close.
    Almost,
    /// Right but for a small typo.
    Slip,
    /// Right.
    Right,
}

impl Grade {
    /// Whether it counts as right.
    #[must_use]
    pub fn is_correct(self) -> bool {
        matches!(self, Self::Right | Self::Slip)
    }

    /// Whether it was close enough to say so: right with a slip, or wrong by little.
    #[must_use]
    pub fn is_almost(self) -> bool {
        matches!(self, Self::Slip | Self::Almost)
    }
}

/// Grades an answer to the question of this text. `accepted` is what is right beside `correct`; `language` is the code of
/// the language in which it is asked. The time that it takes is bounded, whatever the answer is.
#[must_use]
pub fn grade(
    kind: QuestionType,
    question: &str,
    correct: &str,
    accepted: &[String],
    answer: &str,
    language: Option<&str>,
) -> Grade {
    match kind {
        QuestionType::MultipleChoice => exactly(answer.trim().nfc().eq(correct.trim().nfc())),
        QuestionType::TrueFalse => {
            let said = said(answer);
            exactly(said.is_some() && said == self::said(correct))
        }
        QuestionType::ShortAnswer => short::grade(question, correct, accepted, answer, language),
    }
}

/// How often a text denies: “not”, “nie”, “without” and their like in its language.
#[must_use]
pub fn denials(text: &str, language: Option<&str>) -> usize {
    tokens::Tokens::of(text, language::Language::of(language), false).denials
}

fn exactly(is_right: bool) -> Grade {
    if is_right { Grade::Right } else { Grade::Wrong }
}

/// What an answer to true or false says, in whatever language.
fn said(answer: &str) -> Option<bool> {
    let word: String = answer.chars().take(30).collect();
    truth(fold(&word).trim_matches(|c: char| !c.is_alphanumeric()))
}
