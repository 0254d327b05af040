//! Made-up reviews.

use super::{
    MINE, MOMENT, SECRET,
    quizzes::{citation, questions, taken},
};
use crate::people::{Fakes, HOSTILE};
use async_trait::async_trait;
use domain::{
    ApiError, Viewer,
    review::{DueList, DueQuestion, Rating, ReviewAnswer, ReviewStatistics, Reviewed, Reviews},
};

#[async_trait]
impl Reviews for Fakes {
    async fn due(&self, viewer: &Viewer) -> Result<DueList, ApiError> {
        taken(viewer, MINE)?;
        let due = |question| DueQuestion { question, quiz_id: MINE, quiz_title: HOSTILE.into(), due_at: MOMENT };
        let questions = questions().into_iter().map(due).collect();
        Ok(DueList { questions, due: 40, reviewed_today: 2, next_due_at: None })
    }

    async fn review(&self, viewer: &Viewer, question_id: i64, answer: ReviewAnswer) -> Result<Reviewed, ApiError> {
        taken(viewer, MINE)?;
        Ok(Reviewed {
            question_id,
            is_correct: false,
            almost: true,
            correct_answer: SECRET.into(),
            rating: answer.rating.unwrap_or(Rating::Again),
            due_at: MOMENT,
            citation: Some(citation()),
        })
    }

    async fn add(&self, viewer: &Viewer, _: i64) -> Result<(), ApiError> {
        taken(viewer, MINE).map(drop)
    }

    async fn remove(&self, viewer: &Viewer, _: i64) -> Result<(), ApiError> {
        taken(viewer, MINE).map(drop)
    }

    async fn statistics(&self, viewer: &Viewer) -> Result<ReviewStatistics, ApiError> {
        taken(viewer, MINE)?;
        let forecast = vec![3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
        Ok(ReviewStatistics { questions: 6, reviews: 12, retention_percent: Some(83), forecast })
    }
}
