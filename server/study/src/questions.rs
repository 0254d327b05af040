//! Questions about a text, each with its answer and where that stands.

use crate::Source;
use domain::{
    citation::Citation,
    quizzes::{Difficulty, QuestionForm, QuestionType, QuizStatistics},
};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How many at most.
    pub count: u32,
    /// Which forms; empty for all.
    pub forms: Vec<QuestionForm>,
    /// How hard.
    pub difficulty: Difficulty,
    /// Another seed gives another choice of questions and another order of options.
    pub seed: u64,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeQuestion {
    /// How it is answered.
    pub kind: QuestionType,
    /// What is asked.
    pub question: String,
    /// Of a multiple choice: what to choose from. Of true or false: `true` and `false`.
    pub options: Vec<String>,
    /// One of the options, or what is to be written.
    pub correct_answer: String,
    /// Of a short answer: what else is right.
    pub accepted_answers: Vec<String>,
    /// Where the answer stands.
    pub citation: Citation,
}

/// Questions as they come out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeQuestions {
    /// Those that passed every check.
    pub questions: Vec<MadeQuestion>,
    /// How the checks went.
    pub statistics: QuizStatistics,
    /// What the author should know: fewer questions than wanted and why.
    pub remark: Option<String>,
}

/// Makes questions of one or several sources.
#[must_use]
pub fn make_questions(_sources: &[Source], _wanted: &Wanted) -> MadeQuestions {
    MadeQuestions::default()
}
