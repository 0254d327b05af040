//! What the pages ask about signed-in browsers.

#[cfg(feature = "ssr")]
use crate::ssr;
use crate::{error::Failure, json_text::JsonText};
use domain::sessions::Session;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

/// The viewer's signed-in browsers.
#[server(prefix = "/fn", endpoint = "sessions/list", input = GetUrl, output = JsonText)]
pub async fn list_sessions() -> Result<Vec<Session>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.sessions.list(&viewer).await?)
}

/// Ends one of the viewer's sessions.
#[server(prefix = "/fn", endpoint = "sessions/end", output = JsonText)]
pub async fn end_session(
    /// The session.
    id: Uuid,
) -> Result<(), Failure> {
    ssr::services()?.sessions.end(&ssr::viewer()?, id).await?;
    ssr::after_form("/settings?done=session");
    Ok(())
}
