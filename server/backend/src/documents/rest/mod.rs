//! The Documents and notes rows of the contract over HTTP.

mod documents;
mod notes;
mod schemas;
mod text;
mod upload;

use crate::Backend;
use utoipa_axum::router::OpenApiRouter;

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().merge(upload::router()).merge(documents::router()).merge(text::router()).merge(notes::router())
}
