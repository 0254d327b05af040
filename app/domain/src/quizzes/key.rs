//! The key of a quiz: its questions with their answers, and changing them.

use super::{Question, QuestionType};
use crate::citation::Citation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question with its answer, as the author sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedQuestion {
    /// The question.
    #[serde(flatten)]
    pub question: Question,
    /// The right answer: one of the options, `true` or `false`, or what is to be written.
    pub correct_answer: String,
    /// Of a short answer: what else is right.
    pub accepted_answers: Vec<String>,
    /// Where the answer stands; none for a question that the author wrote.
    pub citation: Option<Citation>,
    /// Answers that people say were right; the author may accept them.
    pub claims: Vec<AnswerClaim>,
}

/// An answer that was graded wrong and that its giver takes for right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerClaim {
    /// What was answered.
    pub answer: String,
    /// By how many people.
    pub people: u32,
}

/// How the checks of generated questions went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizStatistics {
    /// Questions that were drafted.
    pub drafted: u32,
    /// Questions that passed every check and were kept.
    pub kept: u32,
    /// Questions that were dropped, by the check that they failed.
    pub dropped: BTreeMap<String, u32>,
    /// How often the right option stands first, second, third, fourth.
    pub positions: Vec<u32>,
    /// Share of multiple-choice questions whose longest option is the right one, in hundredths.
    pub longest_is_right_percent: u32,
}

/// A quiz as its author edits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizKey {
    /// Names it.
    pub quiz_id: i64,
    /// What it is about.
    pub title: String,
    /// Counts the edits up; to be sent back with one.
    pub version: u32,
    /// The questions with their answers, in their order.
    pub questions: Vec<KeyedQuestion>,
    /// How the checks went when it was made.
    pub statistics: QuizStatistics,
}

/// A question as the author wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionEdit {
    /// Which to change; none for a new one. A question of the quiz that is not named is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// What is asked.
    pub question: String,
    /// Of a multiple choice: 2 to 8 different ones.
    #[serde(default)]
    pub options: Vec<String>,
    /// The right answer.
    pub correct_answer: String,
    /// Of a short answer: what else is right.
    #[serde(default)]
    pub accepted_answers: Vec<String>,
}

/// A change of a quiz by its author. Results are graded anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizEdit {
    /// The version that was edited.
    pub version: u32,
    /// Another title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// All questions as they should be, in order; left out to leave them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<Vec<QuestionEdit>>,
}
