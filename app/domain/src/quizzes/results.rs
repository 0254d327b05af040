//! What people answer, and how that is graded.

use super::QuestionType;
use crate::{Timestamp, accounts::Person, citation::Citation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One question of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerDetail {
    /// Which question.
    pub question_id: i64,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// What was asked.
    pub question: String,
    /// Of a multiple choice or true or false: what to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// What is right.
    pub correct_answer: String,
    /// What was answered; empty when nothing was.
    pub user_answer: String,
    /// Whether it counts as right.
    pub is_correct: bool,
    /// Whether it was close enough to say so: right with a slip, or wrong by little.
    pub almost: bool,
    /// Whether the person has said that it was right, and the author has not decided.
    pub claimed: bool,
    /// Where the answer stands.
    pub citation: Option<Citation>,
}

/// The sheet that somebody is filling in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerSheet {
    /// Of which quiz.
    pub quiz_id: i64,
    /// Names the sheet: another one begins with each submission.
    pub attempt: i64,
    /// What the viewer has answered so far, by question; not yet submitted.
    pub answers: BTreeMap<i64, String>,
    /// The answers that were checked, in the order of their questions: they stay until the sheet is submitted.
    pub checked: Vec<AnswerDetail>,
}

/// The result of one submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizResult {
    /// Names the submission.
    pub submission_id: i64,
    /// Of which quiz.
    pub quiz_id: i64,
    /// How many answers are right.
    pub score: u32,
    /// How many questions there were.
    pub total_questions: u32,
    /// Each question.
    pub details: Vec<AnswerDetail>,
    /// When it was submitted.
    pub submitted_at: Timestamp,
}

/// A part of the viewer's submissions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizHistory {
    /// The submissions.
    pub history: Vec<HistoryEntry>,
    /// Leads to older ones.
    pub older: Option<String>,
    /// Leads to newer ones.
    pub newer: Option<String>,
}

/// A submission as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Names the submission.
    pub submission_id: i64,
    /// Of which quiz.
    pub quiz_id: i64,
    /// What the quiz is about.
    pub title: String,
    /// How many answers are right.
    pub score: u32,
    /// How many questions there were.
    pub total_questions: u32,
    /// When it was submitted.
    pub submitted_at: Timestamp,
}

/// What a member of the group made of a quiz.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberResult {
    /// Who.
    pub person: Person,
    /// Their best score; none until they submit.
    pub score: Option<u32>,
    /// How often they submitted it.
    pub submissions: u32,
    /// When they last did.
    pub submitted_at: Option<Timestamp>,
}

/// How a group did, for its members who have submitted the quiz and for the author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupResults {
    /// Of which quiz.
    pub quiz_id: i64,
    /// How many questions it has.
    pub total_questions: u32,
    /// Everybody with whom it is shared.
    pub members: Vec<MemberResult>,
    /// By question: how many of the last submissions have it right.
    pub right_by_question: BTreeMap<i64, u32>,
}
