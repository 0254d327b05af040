//! The Conversations rows of the contract over HTTP.

mod conversations;
mod messages;
mod reactions;
mod schemas;

use crate::Backend;
use http::HeaderValue;
use utoipa_axum::router::OpenApiRouter;

/// Tells, on a list, from where the event stream goes on.
const CURSOR: &str = "lyceum-cursor";

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().merge(conversations::router()).merge(messages::router()).merge(reactions::router())
}

/// RFC 8288: other pages of a list, by relation.
pub(crate) fn links(links: &[(&str, String)]) -> Option<HeaderValue> {
    let text: Vec<String> =
        links.iter().map(|(relation, address)| format!("<{address}>; rel=\"{relation}\"")).collect();
    (!text.is_empty()).then(|| HeaderValue::try_from(text.join(", ")).ok())?
}
