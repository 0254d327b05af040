//! Taking quizzes, and the results.

use super::{part, positive, schemas};
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, JsonBody, PathNumber, PathNumberAndQuestion, RepeatableBody, present},
        idempotency::IdempotencyKey,
        openapi, paging,
        problem::Refusal,
    },
};
use axum::{Json, extract::State, response::IntoResponse as _, response::Response};
use domain::{
    ApiError, FieldError,
    quizzes::{AnswerDetail, AnswerSheet, HistoryEntry, QuizHistory, QuizResult, Quizzes as _},
};
use http::{StatusCode, request::Parts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .routes(routes!(get_answers, save_answers))
        .routes(routes!(check_answer))
        .routes(routes!(submit_quiz))
        .routes(routes!(get_result))
        .routes(routes!(list_submissions))
}

/// Answers to keep until they are submitted.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SavedAnswers)]
#[serde(deny_unknown_fields)]
struct AnswersBody {
    /// By question id. Those not named stay; an empty one is taken back.
    answers: BTreeMap<String, String>,
    /// The sheet that they are for. Left out, the one that is being filled in.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    attempt: Option<i64>,
}

/// An answer to be fixed and graded at once.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CheckedAnswer)]
#[serde(deny_unknown_fields)]
struct CheckBody {
    /// Left out, the saved one.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 1000)]
    answer: Option<String>,
    /// The sheet that it is for. Left out, the one that is being filled in.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    attempt: Option<i64>,
}

/// A quiz to be graded.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QuizSubmission)]
#[serde(deny_unknown_fields)]
struct SubmitBody {
    #[schema(minimum = 1)]
    quiz_id: i64,
    /// By question id, beside those that were saved. What is not answered is wrong; what was checked counts as it was.
    answers: BTreeMap<String, String>,
    /// The sheet that is submitted. Left out, the one that is being filled in.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    attempt: Option<i64>,
}

/// One's submissions, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuizHistory)]
struct History {
    #[schema(value_type = Vec<schemas::HistoryEntry>)]
    history: Vec<HistoryEntry>,
}

/// JSON has only texts as names.
fn by_id(answers: BTreeMap<String, String>) -> Result<BTreeMap<i64, String>, ApiError> {
    let (mut by_id, mut errors) = (BTreeMap::new(), Vec::new());
    for (name, answer) in answers {
        let id = name.parse::<i64>().ok().filter(|id| *id > 0 && id.to_string() == name);
        match id {
            Some(id) => drop(by_id.insert(id, answer)),
            None => {
                let loc = ["body", "answers", &name].map(str::to_owned).to_vec();
                let msg = "This is no question id: name the answers by the ids of their questions.".to_owned();
                errors.push(FieldError { loc, msg, rule: "integer".into() });
            }
        }
    }
    if errors.is_empty() { Ok(by_id) } else { Err(ApiError::validation(errors)) }
}

/// My answer sheet
///
/// What I have answered and not submitted. Right answers and passages are there for the answers that I have checked on
/// this sheet, and for no others.
#[utoipa::path(
    get,
    path = "/api/quiz/{id}/answers",
    operation_id = "get_answers",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    responses(
        (status = OK, description = "The sheet.", body = schemas::AnswerSheet),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_answers(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<Json<AnswerSheet>, Refusal> {
    Ok(Json(backend.quiz_service().sheet(&viewer, id).await?))
}

/// Save answers
///
/// They are there again after a reload or on another device, and are graded with the submission. An answer that was
/// checked stays as it was, whatever is sent. With an `attempt` whose sheet was submitted meanwhile: 409.
#[utoipa::path(
    put,
    path = "/api/quiz/{id}/answers",
    operation_id = "save_answers",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    request_body = AnswersBody,
    responses(
        (status = NO_CONTENT, description = "They are saved."),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn save_answers(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    JsonBody(body): JsonBody<AnswersBody>,
) -> Result<StatusCode, Refusal> {
    backend.quiz_service().save_answers(&viewer, id, by_id(body.answers)?, body.attempt).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Check one answer
///
/// For feedback after each question: fixes the answer, grades it as a submission would, and tells what is right and
/// where that stands. It cannot be changed any more: a repeat gets the first answer, and the submission counts it as it
/// was checked, whatever it says about this question. Where the author changes the key later, it is graded anew, as
/// results are. Others see nothing of it before the submission. With an `attempt` whose sheet was submitted meanwhile:
/// 409.
#[utoipa::path(
    post,
    path = "/api/quiz/{id}/answers/{question_id}/check",
    operation_id = "check_answer",
    tag = "Quizzes",
    params(
        ("id" = i64, Path, minimum = 1, description = "The quiz's id."),
        ("question_id" = i64, Path, minimum = 1, description = "The question's id.")
    ),
    request_body = CheckBody,
    responses(
        (status = OK, description = "How it was graded.", body = schemas::AnswerDetail),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn check_answer(
    CurrentViewer(viewer): CurrentViewer,
    PathNumberAndQuestion(id, question_id): PathNumberAndQuestion,
    State(backend): State<Backend>,
    JsonBody(body): JsonBody<CheckBody>,
) -> Result<Json<AnswerDetail>, Refusal> {
    let CheckBody { answer, attempt } = body;
    Ok(Json(backend.quiz_service().check_answer(&viewer, id, question_id, answer, attempt).await?))
}

/// Submit a quiz
///
/// The saved answers are graded together with these; the result has every right answer and the passage that it stands
/// in. A quiz can be submitted again. Missed questions come back in the review. An answer that was checked counts as it
/// was then. With an `attempt` whose sheet was submitted meanwhile: 409, and the result is there to get.
///
/// A short answer is right in any case, accents, spacing, articles and harmless word order aside, and with a small slip
/// in a longer word; numbers are exact.
#[utoipa::path(
    post,
    path = "/api/quiz/submit",
    operation_id = "submit_quiz",
    tag = "Quizzes",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = SubmitBody,
    responses(
        (status = OK, description = "The result.", body = schemas::QuizResult),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn submit_quiz(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<SubmitBody>,
) -> Result<Response, Refusal> {
    let id = positive("quiz_id", value.quiz_id)?;
    let answers = by_id(value.answers)?;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let result = backend.quiz_service().submit(&viewer, id, answers, value.attempt).await?;
        Ok(Json(result).into_response())
    };
    repeatable.once(work).await
}

/// My last result
#[utoipa::path(
    get,
    path = "/api/quiz/{id}/results",
    operation_id = "get_quiz_result",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    responses(
        (status = OK, description = "The result.", body = schemas::QuizResult),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_result(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<Json<QuizResult>, Refusal> {
    Ok(Json(backend.quiz_service().result(&viewer, id).await?))
}

/// My submissions
///
/// Of quizzes that I see, newest first. `Link: rel="next"` leads to older ones, `rel="prev"` to newer ones.
#[utoipa::path(
    get,
    path = "/api/quiz/history/all",
    operation_id = "list_submissions",
    tag = "Quizzes",
    params(
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<String>, Query, nullable = false, description = "Only older ones than this place, as a `Link` names it."),
        ("after" = Option<String>, Query, nullable = false, description = "Only newer ones than this place, as a `Link` names it.")
    ),
    responses(
        (status = OK, description = "The submissions.", body = History),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn list_submissions(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let (limit, part) = part(&parts)?;
    let QuizHistory { history, older, newer } = backend.quiz_service().history(&viewer, part).await?;
    let links = paging::links(&parts, limit, paging::newest_first(older, newer));
    Ok((links, Json(History { history })).into_response())
}
