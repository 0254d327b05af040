//! Server functions: who asks is looked at before what is asked.

use app::accounts::server_fns::SetTheme;
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use backend::http::problem::Refusal;
use domain::{ApiError, viewer::Authentication};
use http::header;
use leptos::server_fn::{ServerFn as _, axum::server_fn_paths};

/// Asks nobody who they are: a theme is the browser's.
const PUBLIC: &str = SetTheme::PATH;

/// Middleware, before the body is read: refuses whoever may call no function. The functions look as well, but only once
/// their fields were understood. A plain form goes on to them: it wants a page, whatever becomes of it.
pub(crate) async fn refuse_strangers(request: Request, next: Next) -> Response {
    match refusal(&request) {
        Some(error) if calls_function(&request) => Refusal(error).into_response(),
        _ => next.run(request).await,
    }
}

fn refusal(request: &Request) -> Option<ApiError> {
    match request.extensions().get::<Authentication>() {
        Some(authentication) => authentication.viewer().err(),
        None => Some(ApiError::unauthorized()),
    }
}

/// Whether a script or program calls a function that is for people who are signed in.
fn calls_function(request: &Request) -> bool {
    let (path, method) = (request.uri().path(), request.method());
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    path.starts_with("/fn/")
        && path != PUBLIC
        && !accept.is_some_and(|accept| accept.contains("text/html"))
        && server_fn_paths().any(|(known, its_method)| known == path && its_method == *method)
}
