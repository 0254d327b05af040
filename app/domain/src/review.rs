//! Review: questions that a person missed or chose, asked again when they are about to be forgotten.

use crate::{ApiError, Timestamp, Viewer, citation::Citation, quizzes::Question};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Most questions of a day, so that the list stays small after a break.
pub const DAILY_MAX: u32 = 30;
/// Share of questions that should be remembered when they come up, for scheduling (FSRS's desired retention).
pub const DESIRED_RETENTION: f32 = 0.9;

/// How well a question was remembered (the four ratings of FSRS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Not at all.
    Again,
    /// With effort.
    Hard,
    /// Well.
    Good,
    /// At once.
    Easy,
}

/// A question that is due, without anything that tells the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueQuestion {
    /// The question.
    #[serde(flatten)]
    pub question: Question,
    /// Of which quiz.
    pub quiz_id: i64,
    /// What that quiz is about.
    pub quiz_title: String,
    /// Since when it is due.
    pub due_at: Timestamp,
}

/// What is to be reviewed today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueList {
    /// At most [`DAILY_MAX`] less what was reviewed today, most likely forgotten last.
    pub questions: Vec<DueQuestion>,
    /// How many are due in all.
    pub due: u32,
    /// How many were reviewed since midnight UTC.
    pub reviewed_today: u32,
    /// When the next one is due, while none is.
    pub next_due_at: Option<Timestamp>,
}

/// How a question is answered in review: with an answer that is graded, or with a rating of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewAnswer {
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// How well it was remembered; else it follows from the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
}

/// What came of a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Which question.
    pub question_id: i64,
    /// Whether the answer was right.
    pub is_correct: bool,
    /// Whether it was close.
    pub almost: bool,
    /// What is right.
    pub correct_answer: String,
    /// How it was taken for scheduling.
    pub rating: Rating,
    /// When it comes up again.
    pub due_at: Timestamp,
    /// Where the answer stands.
    pub citation: Option<Citation>,
}

/// How reviewing goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewStatistics {
    /// Questions that are reviewed.
    pub questions: u32,
    /// Reviews of the last 30 days.
    pub reviews: u32,
    /// Share of them that were remembered, in hundredths; none without reviews.
    pub retention_percent: Option<u32>,
    /// How many come up on each of the next 14 days, today first.
    pub forecast: Vec<u32>,
}

/// Review. A question is reviewed by whoever missed it in a quiz or added it; only they see when it is due.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// What is due.
    async fn due(&self, viewer: &Viewer) -> Result<DueList, ApiError>;

    /// Answers a question and schedules it anew.
    ///
    /// # Errors
    /// `not_found` for a question that the viewer does not review; `validation_failed` without answer and rating.
    async fn review(&self, viewer: &Viewer, question_id: i64, answer: ReviewAnswer) -> Result<Reviewed, ApiError>;

    /// Adds a question of a quiz that the viewer has submitted. Again changes nothing.
    async fn add(&self, viewer: &Viewer, question_id: i64) -> Result<(), ApiError>;

    /// Takes a question out of the review. Again changes nothing.
    async fn remove(&self, viewer: &Viewer, question_id: i64) -> Result<(), ApiError>;

    /// How it goes.
    async fn statistics(&self, viewer: &Viewer) -> Result<ReviewStatistics, ApiError>;
}
