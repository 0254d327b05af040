//! The Quizzes rows of the contract over HTTP.

mod generating;
mod keys;
mod quizzes;
pub(crate) mod schemas;
mod sharing;
mod taking;

use crate::{Backend, http::extract};
use domain::{ApiError, FieldError, quizzes::QuizzesPart};
use http::request::Parts;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .merge(generating::router())
        .merge(quizzes::router())
        .merge(keys::router())
        .merge(taking::router())
        .merge(sharing::router())
}

/// The part of a list that the query string asks for, and its limit.
fn part(parts: &Parts) -> Result<(i64, QuizzesPart), ApiError> {
    let limit = extract::limit(parts)?;
    let before = extract::optional_query(parts, "before")?;
    let after = extract::optional_query(parts, "after")?;
    Ok((limit, QuizzesPart { limit: u32::try_from(limit).unwrap_or_default(), before, after }))
}

/// An id in the body.
///
/// # Errors
/// `validation_failed` unless it is positive.
fn positive(field: &str, id: i64) -> Result<i64, ApiError> {
    if id > 0 {
        return Ok(id);
    }
    let msg = format!("{field} is not a positive 64-bit integer.");
    Err(ApiError::validation(vec![FieldError::body(field, "integer", msg)]))
}
