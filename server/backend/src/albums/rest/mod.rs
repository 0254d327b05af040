//! The Albums and photos rows of the contract over HTTP.

mod albums;
mod batches;
mod downloads;
mod photos;
mod schemas;
mod sharing;

use crate::{Backend, conversations::rest::links, http::extract};
use domain::{ApiError, albums::Part};
use http::{HeaderMap, header, request::Parts};
use url::form_urlencoded;
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
    Ok(Part {
        query: extract::optional_query(parts, "query")?,
        after: extract::optional_query(parts, "after")?,
        limit: extract::limit(parts)?,
    })
}

/// The header that leads to the next part.
fn next_link(path: &str, part: &Part, sort: Option<&str>, next: Option<&str>) -> HeaderMap {
    let Some(next) = next else { return HeaderMap::new() };
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(words) = &part.query {
        query.append_pair("query", words);
    }
    if let Some(sort) = sort {
        query.append_pair("sort", sort);
    }
    query.append_pair("limit", &part.limit.to_string()).append_pair("after", next);
    let link = links(&[("next", format!("{path}?{}", query.finish()))]);
    link.map(|value| (header::LINK, value)).into_iter().collect()
}
