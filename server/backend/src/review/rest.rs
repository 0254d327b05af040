//! The Review rows of the contract over HTTP.

use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, PathNumber, RepeatableBody, present},
        idempotency::IdempotencyKey,
        openapi,
        problem::Refusal,
    },
    quizzes::rest::schemas::{Citation, QuestionType},
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::review::{DueList, Rating, ReviewAnswer, ReviewStatistics, Reviews as _};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(list_due))
        .routes(routes!(review_question, add_question, remove_question))
        .routes(routes!(get_statistics))
}

/// How a question is answered: with an answer that is graded, or with a rating of one's own, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ReviewAnswer)]
#[serde(deny_unknown_fields)]
struct AnswerBody {
    /// What was answered.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 1000)]
    answer: Option<String>,
    /// How well it was remembered; else it follows from the answer.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = Option<schemas::Rating>)]
    rating: Option<Rating>,
}

/// The forms of answers for the OpenAPI document.
mod schemas {
    #![expect(dead_code, reason = "documents the types of `domain::review`")]

    use super::{Citation, QuestionType};
    use utoipa::ToSchema;

    #[derive(Debug, ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub(super) enum Rating {
        Again,
        Hard,
        Good,
        Easy,
    }

    /// A question that is due, without anything that tells its answer.
    #[derive(Debug, ToSchema)]
    pub(super) struct DueQuestion {
        #[schema(minimum = 1)]
        id: i64,
        r#type: QuestionType,
        question: String,
        #[schema(nullable = false)]
        options: Option<Vec<String>>,
        #[schema(minimum = 1)]
        quiz_id: i64,
        quiz_title: String,
        #[schema(format = DateTime)]
        due_at: String,
    }

    /// What is to be reviewed today.
    #[derive(Debug, ToSchema)]
    pub(super) struct DueList {
        /// At most 30 a day, most likely forgotten last.
        questions: Vec<DueQuestion>,
        /// How many are due in all.
        #[schema(minimum = 0)]
        due: u32,
        /// How many were reviewed since midnight UTC.
        #[schema(minimum = 0)]
        reviewed_today: u32,
        /// When the next one is due, while none is.
        #[schema(required = true, format = DateTime)]
        next_due_at: Option<String>,
    }

    /// What came of a review.
    #[derive(Debug, ToSchema)]
    pub(super) struct Reviewed {
        #[schema(minimum = 1)]
        question_id: i64,
        is_correct: bool,
        almost: bool,
        correct_answer: String,
        /// How it was taken for scheduling.
        rating: Rating,
        /// When it comes up again.
        #[schema(format = DateTime)]
        due_at: String,
        #[schema(required = true)]
        citation: Option<Citation>,
    }

    /// How reviewing goes.
    #[derive(Debug, ToSchema)]
    pub(super) struct ReviewStatistics {
        /// Questions that are reviewed.
        #[schema(minimum = 0)]
        questions: u32,
        /// Reviews of the last 30 days.
        #[schema(minimum = 0)]
        reviews: u32,
        /// Share of them that were remembered; null without reviews.
        #[schema(required = true)]
        retention_percent: Option<u32>,
        /// How many come up on each of the next 14 days, today first.
        #[schema(min_items = 14, max_items = 14)]
        forecast: Vec<u32>,
    }
}

/// What is due
///
/// Questions that I have missed in a quiz or added, when they are about to be forgotten.
#[utoipa::path(
    get,
    path = "/api/review/due",
    operation_id = "list_due_questions",
    tag = "Review",
    responses(
        (status = OK, description = "What is due.", body = schemas::DueList),
        openapi::Always,
        openapi::SignedIn
    )
)]
async fn list_due(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
) -> Result<Json<DueList>, Refusal> {
    Ok(Json(backend.review_service().due(&viewer).await?))
}

/// Review a question
///
/// Answers it and schedules it anew. Again on the same day, it is graded and stays where it is.
#[utoipa::path(
    post,
    path = "/api/review/{question_id}",
    operation_id = "review_question",
    tag = "Review",
    params(
        ("question_id" = i64, Path, minimum = 1, description = "The question's id."),
        ("Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
            description = "A repeat with the same key gets the first answer, for 24 hours.")
    ),
    request_body = AnswerBody,
    responses(
        (status = OK, description = "What came of it.", body = schemas::Reviewed),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn review_question(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value: AnswerBody { answer, rating }, bytes }: RepeatableBody<AnswerBody>,
) -> Result<Response, Refusal> {
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let reviewed = backend.review_service().review(&viewer, id, ReviewAnswer { answer, rating }).await?;
        Ok(Json(reviewed).into_response())
    };
    repeatable.once(work).await
}

/// Review a question from now on
///
/// Of a quiz that I have submitted.
#[utoipa::path(
    put,
    path = "/api/review/{question_id}",
    operation_id = "add_review_question",
    tag = "Review",
    params(("question_id" = i64, Path, minimum = 1, description = "The question's id.")),
    responses(
        (status = NO_CONTENT, description = "It is reviewed."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn add_question(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.review_service().add(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Do not review a question any more
#[utoipa::path(
    delete,
    path = "/api/review/{question_id}",
    operation_id = "remove_review_question",
    tag = "Review",
    params(("question_id" = i64, Path, minimum = 1, description = "The question's id.")),
    responses(
        (status = NO_CONTENT, description = "It is not reviewed."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn remove_question(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.review_service().remove(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How reviewing goes
#[utoipa::path(
    get,
    path = "/api/review/statistics",
    operation_id = "get_review_statistics",
    tag = "Review",
    responses(
        (status = OK, description = "The numbers.", body = schemas::ReviewStatistics),
        openapi::Always,
        openapi::SignedIn
    )
)]
async fn get_statistics(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
) -> Result<Json<ReviewStatistics>, Refusal> {
    Ok(Json(backend.review_service().statistics(&viewer).await?))
}
