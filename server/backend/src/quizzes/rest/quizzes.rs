//! Looking at quizzes and deleting them.

use super::{part, schemas};
use crate::{
    Backend,
    failure::Failure,
    http::{
        extract::{CurrentViewer, PathNumber},
        openapi, paging,
        problem::Refusal,
    },
};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::quizzes::{Quiz, QuizList, Quizzes as _};
use http::{StatusCode, request::Parts};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(list_quizzes)).routes(routes!(get_quiz, delete_quiz))
}

/// Quizzes
///
/// Those that I have made or that are shared with me, newest first. `Link: rel="next"` leads to older ones,
/// `rel="prev"` to newer ones.
#[utoipa::path(
    get,
    path = "/api/quiz",
    operation_id = "list_quizzes",
    tag = "Quizzes",
    params(
        ("limit" = Option<i64>, Query, nullable = false, minimum = 1, maximum = 100, description = "Entries; 50 without it."),
        ("before" = Option<String>, Query, nullable = false, description = "Only older ones than this place, as a `Link` names it."),
        ("after" = Option<String>, Query, nullable = false, description = "Only newer ones than this place, as a `Link` names it.")
    ),
    responses(
        (status = OK, description = "The quizzes.", body = Vec<schemas::QuizSummary>),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters
    )
)]
async fn list_quizzes(
    CurrentViewer(viewer): CurrentViewer,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let (limit, part) = part(&parts)?;
    let QuizList { quizzes, older, newer } = backend.quiz_service().quizzes(&viewer, part).await?;
    Ok((paging::links(&parts, limit, paging::newest_first(older, newer)), Json(quizzes)).into_response())
}

/// One quiz
///
/// Without answers and without passages, for its author too. `notes_text` is there for the author only: the text that it
/// was made of, or null.
#[utoipa::path(
    get,
    path = "/api/quiz/{id}",
    operation_id = "get_quiz",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    responses(
        (status = OK, description = "The quiz.", body = schemas::Quiz),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_quiz(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<Json<Value>, Refusal> {
    Ok(Json(shown(&backend.quiz_service().quiz(&viewer, id).await?)?))
}

/// The field for the pasted text is there for the author, whether or not there is one.
fn shown(quiz: &Quiz) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(quiz).map_err(|_| Failure::Broken("a quiz cannot be written as JSON"))?;
    if let Some(fields) = value.as_object_mut().filter(|_| quiz.mine) {
        fields.entry("notes_text").or_insert(Value::Null);
    }
    Ok(value)
}

/// Delete a quiz
///
/// Its author may. Everybody's answers and results go with it; cards in conversations say that it is gone.
#[utoipa::path(
    delete,
    path = "/api/quiz/{id}",
    operation_id = "delete_quiz",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    responses(
        (status = NO_CONTENT, description = "It is deleted."),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn delete_quiz(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<StatusCode, Refusal> {
    backend.quiz_service().delete(&viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
