//! What the pages ask about review. Checks and permissions are the service's.

use super::model::Answered;
use crate::{error::Failure, json_text::JsonText};
#[cfg(feature = "ssr")]
use crate::{
    quizzes::paths,
    review::model::{self, Outcome},
    ssr,
};
use domain::review::{DueList, Rating, ReviewStatistics, Reviewed};
#[cfg(feature = "ssr")]
use domain::{citation::Citation, review::ReviewAnswer};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Today's list.
#[server(prefix = "/fn", endpoint = "review/due", input = GetUrl, output = JsonText)]
pub async fn load_due() -> Result<DueList, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.reviews.due(&viewer).await?)
}

/// How many questions are on today's list.
#[server(prefix = "/fn", endpoint = "review/count", input = GetUrl, output = JsonText)]
pub async fn count_due() -> Result<u32, Failure> {
    let viewer = ssr::viewer()?;
    let list = ssr::services()?.reviews.due(&viewer).await?;
    Ok(u32::try_from(list.questions.len()).unwrap_or(u32::MAX))
}

/// How it goes.
#[server(prefix = "/fn", endpoint = "review/statistics", input = GetUrl, output = JsonText)]
pub async fn load_statistics() -> Result<ReviewStatistics, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.reviews.statistics(&viewer).await?)
}

/// Answers a question.
#[server(prefix = "/fn", endpoint = "review/answer", output = JsonText)]
pub async fn answer_question(
    /// The question.
    question_id: i64,
    /// Its quiz.
    quiz_id: i64,
    /// What was answered.
    #[server(default)]
    answer: String,
) -> Result<Answered, Failure> {
    let (viewer, services) = (ssr::viewer()?, ssr::services()?);
    let answer = ReviewAnswer { answer: Some(answer), rating: None };
    let reviewed = services.reviews.review(&viewer, question_id, answer).await?;
    let is_mine = match reviewed.citation {
        Some(Citation::Document { document_id, .. }) => services.documents.document(&viewer, document_id).await.is_ok(),
        _ => false,
    };
    ssr::after_form(&model::after_answering(quiz_id, question_id, Outcome::of(&reviewed)));
    Ok(Answered { reviewed, is_mine })
}

/// Rates a question oneself.
#[server(prefix = "/fn", endpoint = "review/rate", output = JsonText)]
pub async fn rate_question(
    /// The question.
    question_id: i64,
    /// How well it was remembered.
    rating: Rating,
) -> Result<Reviewed, Failure> {
    let answer = ReviewAnswer { answer: None, rating: Some(rating) };
    let reviewed = ssr::services()?.reviews.review(&ssr::viewer()?, question_id, answer).await?;
    ssr::after_form(model::PAGE);
    Ok(reviewed)
}

/// Adds a question of a quiz that the viewer has submitted.
#[server(prefix = "/fn", endpoint = "review/add", output = JsonText)]
pub async fn add_to_review(
    /// The question.
    question_id: i64,
    /// Its quiz.
    quiz_id: i64,
) -> Result<(), Failure> {
    ssr::services()?.reviews.add(&ssr::viewer()?, question_id).await?;
    ssr::after_form(&paths::results(quiz_id));
    Ok(())
}

/// Takes a question out of the review.
#[server(prefix = "/fn", endpoint = "review/remove", output = JsonText)]
pub async fn remove_from_review(
    /// The question.
    question_id: i64,
) -> Result<(), Failure> {
    ssr::services()?.reviews.remove(&ssr::viewer()?, question_id).await?;
    ssr::after_form(model::PAGE);
    Ok(())
}
