//! The key of a quiz, and what its author does with it.

use super::{positive, schemas};
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, JsonBody, PathNumber, present},
        openapi,
        problem::Refusal,
    },
};
use axum::{Json, extract::State};
use domain::{
    ApiError, FieldError,
    quizzes::{QuestionEdit, QuestionType, QuizEdit, QuizKey, QuizResult, Quizzes as _},
};
use serde::{Deserialize, de::IgnoredAny};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(get_quiz_key, change_quiz_key))
        .routes(routes!(claim_answer))
        .routes(routes!(accept_answer))
}

/// What to change of a quiz. A field left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QuizEdit)]
#[serde(deny_unknown_fields)]
struct QuizEditBody {
    /// The version that was edited, as the key names it; left out, the present one.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 0)]
    version: Option<u32>,
    /// 1 to 200 characters in one line, not blank.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    title: Option<String>,
    /// All questions as they should be, in order. One of the quiz that is not named is dropped.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_items = 1, max_items = 50)]
    questions: Option<Vec<QuestionEditBody>>,
    /// As the key shows it.
    #[serde(default, rename = "quiz_id")]
    #[schema(required = false, value_type = i64)]
    _quiz_id: IgnoredAny,
    /// As the key shows them; they stay as they are.
    #[serde(default, rename = "statistics")]
    #[schema(required = false, value_type = schemas::QuizStatistics)]
    _statistics: IgnoredAny,
}

/// A question as the author wants it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QuestionEdit)]
#[serde(deny_unknown_fields)]
struct QuestionEditBody {
    /// Which to change; left out for a new one.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 1)]
    id: Option<i64>,
    #[serde(rename = "type")]
    #[schema(value_type = schemas::QuestionType)]
    kind: QuestionType,
    #[schema(min_length = 1, max_length = 1000)]
    question: String,
    /// Of a multiple choice: 2 to 8 different ones. Their order is shuffled where it would tell the right one.
    #[serde(default)]
    #[schema(required = false, max_items = 8)]
    options: Vec<String>,
    /// One of the options, `true` or `false`, or what is to be written.
    #[schema(min_length = 1, max_length = 1000)]
    correct_answer: String,
    /// Of a short answer: what else is right.
    #[serde(default)]
    #[schema(required = false, max_items = 50)]
    accepted_answers: Vec<String>,
    /// As the key shows it; it stays as it is.
    #[serde(default, rename = "citation")]
    #[schema(required = false, value_type = Option<schemas::Citation>)]
    _citation: IgnoredAny,
    /// As the key shows them; they stay as they are.
    #[serde(default, rename = "claims")]
    #[schema(required = false, value_type = Vec<schemas::AnswerClaim>)]
    _claims: IgnoredAny,
}

/// A question of one's last result.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Claim)]
#[serde(deny_unknown_fields)]
struct ClaimBody {
    #[schema(minimum = 1)]
    question_id: i64,
}

/// An answer to be right from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Acceptance)]
#[serde(deny_unknown_fields)]
struct AcceptBody {
    #[schema(minimum = 1)]
    question_id: i64,
    #[schema(min_length = 1, max_length = 1000)]
    answer: String,
}

/// A quiz with its answers
///
/// For its author, to edit.
#[utoipa::path(
    get,
    path = "/api/quiz/{id}/key",
    operation_id = "get_quiz_key",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    responses(
        (status = OK, description = "The key.", body = schemas::QuizKey),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_quiz_key(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<Json<QuizKey>, Refusal> {
    Ok(Json(backend.quiz_service().key(&viewer, id).await?))
}

/// Change a quiz
///
/// Its author may. Everybody's results are graded anew: a question that is dropped counts for nobody, a new one only in
/// later submissions.
#[utoipa::path(
    patch,
    path = "/api/quiz/{id}/key",
    operation_id = "change_quiz_key",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    request_body = QuizEditBody,
    responses(
        (status = OK, description = "The key as it is now.", body = schemas::QuizKey),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn change_quiz_key(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(QuizEditBody { version, title, questions, .. }): JsonBody<QuizEditBody>,
) -> Result<Json<QuizKey>, Refusal> {
    let question = |body: QuestionEditBody| {
        let QuestionEditBody { id, kind, question, options, correct_answer, accepted_answers, .. } = body;
        QuestionEdit { id, kind, question, options, correct_answer, accepted_answers }
    };
    let questions = questions.map(|questions| questions.into_iter().map(question).collect());
    if version.is_none() && title.is_none() && questions.is_none() {
        let msg = "Say what is to change: title or questions.";
        return Err(ApiError::validation(vec![FieldError::body("title", "missing", msg)]).into());
    }
    let service = backend.quiz_service();
    let version = match version {
        Some(version) => version,
        None => service.key(&viewer, id).await?.version,
    };
    Ok(Json(service.edit(&viewer, id, QuizEdit { version, title, questions }).await?))
}

/// Say that an answer was right
///
/// A short answer of one's last result. It counts once the author accepts it; in one's own quiz at once.
#[utoipa::path(
    post,
    path = "/api/quiz/{id}/claims",
    operation_id = "claim_answer",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    request_body = ClaimBody,
    responses(
        (status = OK, description = "The last result as it is now.", body = schemas::QuizResult),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing
    )
)]
async fn claim_answer(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(body): JsonBody<ClaimBody>,
) -> Result<Json<QuizResult>, Refusal> {
    let question_id = positive("question_id", body.question_id)?;
    Ok(Json(backend.quiz_service().claim(&viewer, id, question_id).await?))
}

/// Accept an answer
///
/// The quiz's author may. It is right from now on, and everybody's results are graded anew.
#[utoipa::path(
    post,
    path = "/api/quiz/{id}/accept",
    operation_id = "accept_answer",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    request_body = AcceptBody,
    responses(
        (status = OK, description = "The key as it is now.", body = schemas::QuizKey),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn accept_answer(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(AcceptBody { question_id, answer }): JsonBody<AcceptBody>,
) -> Result<Json<QuizKey>, Refusal> {
    let question_id = positive("question_id", question_id)?;
    Ok(Json(backend.quiz_service().accept(&viewer, id, question_id, answer).await?))
}
