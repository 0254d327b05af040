//! Reading requests strictly: what does not fit is named, field by field.

mod bodies;
mod json;
mod paths;
mod queries;
mod strict;

pub use bodies::body;
pub(crate) use bodies::{JsonBody, OptionalBody, RepeatableBody, is_json, unsupported_media_type};
pub(crate) use json::{parse, present, present_or_null, some_change};
pub(crate) use paths::{PathId, PathIdAndNumber, PathIdAndText, PathNumber, PathNumberAndQuestion, PathNumberAndText};
pub(crate) use queries::{limit, limit_or, no_cursors, optional_number, optional_query, required_query};

use super::problem::Refusal;
use axum::extract::FromRequestParts;
use domain::{Viewer, viewer::Authentication};
use http::request::Parts;

/// The registered person who asks. Put it first among a handler's arguments: a 401 comes before everything that is
/// wrong with path or body.
#[derive(Debug)]
pub(crate) struct CurrentViewer(pub Viewer);

impl<S: Sync> FromRequestParts<S> for CurrentViewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let authentication = parts.extensions.get::<Authentication>().unwrap_or(&Authentication::Anonymous);
        Ok(Self(authentication.viewer()?.clone()))
    }
}

/// Digits only, without the signs and blanks that other parsers let pass.
fn positive(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?.filter(|number| *number > 0)
}
