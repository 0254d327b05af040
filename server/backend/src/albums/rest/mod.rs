//! The Albums and photos rows of the contract over HTTP.

mod albums;
mod batches;
mod downloads;
mod photos;
mod schemas;
mod sharing;

use crate::{
    Backend,
    http::{extract, paging::Lead},
};
use domain::{ApiError, albums::Part};
use http::request::Parts;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .merge(albums::router())
        .merge(sharing::router())
        .merge(photos::router())
        .merge(batches::router())
        .merge(downloads::router())
}

/// The part of a list that the query string asks for.
fn part(parts: &Parts) -> Result<Part, ApiError> {
    extract::no_cursors(parts, &["before"])?;
    Ok(Part {
        query: extract::optional_query(parts, "query")?,
        after: extract::optional_query(parts, "after")?,
        limit: extract::limit(parts)?,
    })
}

/// A way on in a list that begins with the first.
fn onwards(next: Option<String>) -> [Lead; 1] {
    [Lead { relation: "next", parameter: "after", cursor: next }]
}
