//! Numbers, ids and texts in the path.

use super::positive;
use crate::http::problem::Refusal;
use axum::extract::{FromRequestParts, Path};
use domain::{ApiError, FieldError};
use http::request::Parts;
use uuid::Uuid;

/// A UUID in the path, where it is called `id`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathId(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = Path::<String>::from_request_parts(parts, state).await.map(|Path(text)| text).unwrap_or_default();
        Ok(Self(path_id(&text)?))
    }
}

/// Only the form that we write: the parser knows three more.
fn path_id(text: &str) -> Result<Uuid, ApiError> {
    Uuid::try_parse(text).ok().filter(|_| text.len() == 36).ok_or_else(|| {
        let msg = "The id in the path is not a UUID.".to_owned();
        ApiError::validation(vec![FieldError { loc: vec!["path".into(), "id".into()], msg, rule: "uuid".into() }])
    })
}

async fn two_steps<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<(String, String), ApiError> {
    let path = Path::<(String, String)>::from_request_parts(parts, state).await;
    path.map(|Path(steps)| steps).map_err(|_| {
        let msg = "The path is not valid UTF-8.".to_owned();
        ApiError::validation(vec![FieldError { loc: vec!["path".into()], msg, rule: "encoding".into() }])
    })
}

/// A UUID in the path, where it is called `id`, and a text after it.
#[derive(Clone, Debug)]
pub(crate) struct PathIdAndText(pub Uuid, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathIdAndText {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (id, text) = two_steps(parts, state).await?;
        Ok(Self(path_id(&id)?, text))
    }
}

/// A UUID in the path, where it is called `id`, and a positive 64-bit integer after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathIdAndNumber(pub Uuid, pub i64);

impl<S: Send + Sync> FromRequestParts<S> for PathIdAndNumber {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (id, number) = two_steps(parts, state).await?;
        Ok(Self(path_id(&id)?, path_number("conversation_id", &number)?))
    }
}

/// A positive 64-bit integer in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathNumber(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for PathNumber {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = Path::<String>::from_request_parts(parts, state).await.map(|Path(text)| text).unwrap_or_default();
        Ok(Self(path_number("id", &text)?))
    }
}

/// A positive 64-bit integer in the path, where it is called `id`, and another after it, called `question_id`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathNumberAndQuestion(pub i64, pub i64);

impl<S: Send + Sync> FromRequestParts<S> for PathNumberAndQuestion {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (id, question) = two_steps(parts, state).await?;
        Ok(Self(path_number("id", &id)?, path_number("question_id", &question)?))
    }
}

/// A positive 64-bit integer in the path, and a text after it.
#[derive(Clone, Debug)]
pub(crate) struct PathNumberAndText(pub i64, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathNumberAndText {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (number, text) = two_steps(parts, state).await?;
        Ok(Self(path_number("id", &number)?, text))
    }
}

fn path_number(name: &str, text: &str) -> Result<i64, ApiError> {
    positive(text).ok_or_else(|| {
        let msg = format!("The {name} in the path is not a positive 64-bit integer.");
        ApiError::validation(vec![FieldError { loc: vec!["path".into(), name.into()], msg, rule: "integer".into() }])
    })
}
