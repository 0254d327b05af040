//! Quizzes: questions made of what people read, taking them, and their results.

mod key;
mod results;

pub use key::{AnswerClaim, KeyedQuestion, QuestionEdit, QuizEdit, QuizKey, QuizStatistics};
pub use results::{AnswerDetail, AnswerSheet, GroupResults, HistoryEntry, MemberResult, QuizHistory, QuizResult};

use crate::{ApiError, Timestamp, Viewer, accounts::Person, id::Sub};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Most questions of a quiz.
pub const QUESTIONS_MAX: u32 = 50;
/// Questions of a quiz unless asked otherwise.
pub const QUESTIONS_DEFAULT: u32 = 10;
/// Longest pasted text, in code points.
pub const SOURCE_TEXT_MAX: usize = 200_000;
/// Longest title, in code points.
pub const TITLE_MAX: usize = 200;
/// Longest question or answer, in code points.
pub const ANSWER_MAX: usize = 1_000;
/// Most documents of one quiz.
pub const SOURCES_MAX: usize = 20;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuestionType {
    /// Choose one of the options.
    #[serde(rename = "mcq")]
    MultipleChoice,
    /// Say whether it is true.
    #[serde(rename = "tf")]
    TrueFalse,
    /// Write a word, a name, a number or a few words. A gap in a sentence (`_____`) is one of these.
    #[serde(rename = "short")]
    ShortAnswer,
}

/// What is asked for: [`QuestionType`], and sentences with a gap, which are answered like short ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionForm {
    /// Choose one of the options.
    Mcq,
    /// True or false.
    Tf,
    /// Write the answer.
    Short,
    /// Fill the gap.
    Cloze,
}

/// How hard questions should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// Main facts, distractors that are far off.
    Easy,
    /// In between.
    #[default]
    Medium,
    /// Details, distractors that are close.
    Hard,
}

/// What a quiz is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuizSource {
    /// Pasted text.
    Text(String),
    /// Documents of the viewer's; with `pages` (first and last, counted from 1) only those of each.
    Documents {
        /// Which.
        ids: Vec<Uuid>,
        /// First and last page.
        pages: Option<(u32, u32)>,
    },
    /// The notes of a document of the viewer's, as they are now.
    Notes(Uuid),
    /// The documents that were sent in a conversation.
    Conversation(i64),
}

/// A quiz to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuiz {
    /// Of what.
    pub source: QuizSource,
    /// How many at most, from 1 to [`QUESTIONS_MAX`].
    pub question_count: u32,
    /// Which forms; empty for all.
    pub types: Vec<QuestionForm>,
    /// How hard.
    pub difficulty: Difficulty,
    /// Its title; else one is made of the source.
    pub title: Option<String>,
}

/// How far a quiz has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuizStatus {
    /// Its questions are being made.
    Processing,
    /// It can be taken.
    Ready,
    /// It could not be made; `remark` says why.
    Failed,
}

/// A question as whoever takes the quiz sees it: without anything that tells the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Names it.
    pub id: i64,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// What is asked.
    pub question: String,
    /// Of a multiple choice: what to choose from. Of true or false: `true` and `false`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// A quiz as whoever takes it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiz {
    /// Names it.
    pub quiz_id: i64,
    /// What it is about.
    pub title: String,
    /// How far it has come.
    pub status: QuizStatus,
    /// What the author should know: fewer questions than asked for, or why there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Who made it.
    pub author: Person,
    /// Whether the viewer made it.
    pub mine: bool,
    /// For the author of a quiz of pasted text or of notes: that text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes_text: Option<String>,
    /// The questions, in their order.
    pub quiz: Vec<Question>,
    /// What the viewer has answered so far, by question; not yet submitted.
    pub answers: BTreeMap<i64, String>,
    /// How often the viewer has submitted it.
    pub submissions: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What stands for a quiz in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizSummary {
    /// Names it.
    pub quiz_id: i64,
    /// What it is about.
    pub title: String,
    /// How far it has come.
    pub status: QuizStatus,
    /// Who made it.
    pub author: Person,
    /// Whether the viewer made it.
    pub mine: bool,
    /// How many questions it has.
    pub total_questions: u32,
    /// How many of them the viewer has answered and not submitted.
    pub answered: u32,
    /// The viewer's last score, if there is one.
    pub last_score: Option<u32>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Which part of the list of quizzes, or of submissions; at most one of `before` and `after`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuizzesPart {
    /// How many at most.
    pub limit: u32,
    /// A cursor: older ones than it.
    pub before: Option<String>,
    /// A cursor: newer ones than it.
    pub after: Option<String>,
}

/// A part of the list of quizzes, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizList {
    /// The quizzes that the viewer made or that were shared with them.
    pub quizzes: Vec<QuizSummary>,
    /// Leads to older ones.
    pub older: Option<String>,
    /// Leads to newer ones.
    pub newer: Option<String>,
}

/// A file to export a quiz to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// An Anki deck (`.apkg`).
    Anki,
    /// GIFT, as Moodle imports it.
    Gift,
    /// Markdown.
    Markdown,
}

/// An exported quiz.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedQuiz {
    /// A safe name with the right ending.
    pub filename: String,
    /// Its media type.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Quizzes. One that the viewer neither made nor has shared with them is `not_found`; one that they have and may not
/// change is `forbidden`. Nothing tells an answer or a citation before the viewer has submitted the quiz or checked
/// that very answer, unless they are the author and ask for the key.
///
/// Where `attempt` names the sheet that is meant, it is `conflict` once that sheet was submitted.
#[async_trait]
pub trait Quizzes: Send + Sync {
    /// Makes a quiz. Where that takes long, the answer has the status [`QuizStatus::Processing`] and no questions yet.
    ///
    /// # Errors
    /// `validation_failed` for a broken rule, a document that is not ready, or a text of which no question can be
    /// made; `not_found` for a document or conversation that there is not; `forbidden` for a foreign conversation.
    async fn generate(&self, viewer: &Viewer, new: NewQuiz) -> Result<Quiz, ApiError>;

    /// One quiz, without answers.
    async fn quiz(&self, viewer: &Viewer, id: i64) -> Result<Quiz, ApiError>;

    /// Those that the viewer made or that were shared with them.
    async fn quizzes(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizList, ApiError>;

    /// Deletes it with everybody's results.
    ///
    /// # Errors
    /// `forbidden` for somebody else than the author.
    async fn delete(&self, viewer: &Viewer, id: i64) -> Result<(), ApiError>;

    /// The questions with their answers, for the author.
    async fn key(&self, viewer: &Viewer, id: i64) -> Result<QuizKey, ApiError>;

    /// Changes title or questions and grades every result anew.
    ///
    /// # Errors
    /// `conflict` when there is a newer version by now; `validation_failed` for a broken rule.
    async fn edit(&self, viewer: &Viewer, id: i64, edit: QuizEdit) -> Result<QuizKey, ApiError>;

    /// The viewer's sheet, with what is right where they have checked an answer.
    async fn sheet(&self, viewer: &Viewer, id: i64) -> Result<AnswerSheet, ApiError>;

    /// Keeps answers of the viewer until they submit; those not named stay, an empty one is taken back. What was checked
    /// stays as it was.
    ///
    /// # Errors
    /// `validation_failed` for a question that is not of this quiz or an answer that is too long.
    async fn save_answers(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<(), ApiError>;

    /// Grades one answer, without one the saved answer, and tells what is right. From then on it stays as it is until
    /// the sheet is submitted; again gives the first answer.
    ///
    /// # Errors
    /// `not_found` for a question that is not of this quiz; `validation_failed` where there is no answer.
    async fn check_answer(
        &self,
        viewer: &Viewer,
        id: i64,
        question_id: i64,
        answer: Option<String>,
        attempt: Option<i64>,
    ) -> Result<AnswerDetail, ApiError>;

    /// Grades the saved answers together with these and empties the sheet. What is not answered is wrong; what was
    /// checked counts as it was.
    async fn submit(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<QuizResult, ApiError>;

    /// The viewer's last result.
    ///
    /// # Errors
    /// `not_found` before the first submission.
    async fn result(&self, viewer: &Viewer, id: i64) -> Result<QuizResult, ApiError>;

    /// The viewer's submissions of quizzes that they see.
    async fn history(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizHistory, ApiError>;

    /// Says that a short answer of the viewer's last result was right. It counts for them once the author accepts it;
    /// of their own quiz at once.
    async fn claim(&self, viewer: &Viewer, id: i64, question_id: i64) -> Result<QuizResult, ApiError>;

    /// Adds an answer to a question's key and grades every result anew.
    async fn accept(&self, viewer: &Viewer, id: i64, question_id: i64, answer: String) -> Result<QuizKey, ApiError>;

    /// Sends it into a conversation as a card; its participants can take it from then on. Again gives the same card.
    ///
    /// # Errors
    /// `forbidden` for somebody else than the author, or a conversation that the viewer is not in.
    async fn share(&self, viewer: &Viewer, id: i64, conversation_id: i64) -> Result<i64, ApiError>;

    /// How everybody did with whom it is shared.
    ///
    /// # Errors
    /// `forbidden` before the viewer's own submission, unless they are the author.
    async fn group_results(&self, viewer: &Viewer, id: i64) -> Result<GroupResults, ApiError>;

    /// The quiz with its answers as a file, for the author and whoever has submitted it.
    async fn export(&self, viewer: &Viewer, id: i64, format: ExportFormat) -> Result<ExportedQuiz, ApiError>;
}

/// The card of a quiz in a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuizCard {
    /// Which quiz.
    pub quiz_id: i64,
    /// What it is about.
    pub title: String,
    /// How many questions it has.
    pub total_questions: u32,
    /// Who made it.
    pub author_sub: Sub,
    /// Whether it was deleted since: then the card leads nowhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}
