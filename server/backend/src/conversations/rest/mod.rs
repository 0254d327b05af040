//! The Conversations rows of the contract over HTTP.

mod conversations;
mod media;
mod messages;
mod reactions;
mod schemas;

use crate::Backend;
use utoipa_axum::router::OpenApiRouter;

/// Tells, on a list, from where the event stream goes on.
const CURSOR: &str = "lyceum-cursor";
/// Tells, on the beginning of the list of conversations, how much is unread in all of them.
const UNREAD: &str = "lyceum-unread";

pub(crate) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new()
        .merge(conversations::router())
        .merge(messages::router())
        .merge(media::router())
        .merge(reactions::router())
}
