//! A form of a browser without scripts that was refused: its page tells why, with what was written still in the fields.

use super::BODY_LIMIT;
use app::{error::Failure, paths::without_form_error, ui::refused_form::RefusedForm};
use axum::{
    body::{Body, HttpBody as _},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use backend::{
    Backend,
    http::problem::{REQUEST_ID, Refusal},
};
use domain::{ApiError, ErrorCode, viewer::Authentication};
use http::{HeaderMap, HeaderName, Method, StatusCode, header, request::Parts};
use leptos::server_fn::error::ServerFnUrlError;
use std::{future::poll_fn, pin::Pin, time::Duration};
use url::{Url, form_urlencoded};
use uuid::Uuid;

/// The longest form that is read to its end although it is refused, in bytes, and the time that it has.
const DISCARDED_MAX: u64 = 30_000_000;
const DISCARD_TIME: Duration = Duration::from_secs(20);
const TOO_LONG: &str = "What you wrote is more than can be sent at once. Go back one page: your words may still be \
    there. Shorten them, or send them in parts.";

/// Keeps the fields of a form that its function refuses, and gives them to the page that tells why.
pub(crate) async fn carry(State(backend): State<Backend>, mut request: Request, next: Next) -> Response {
    let Some(session_id) = session_of(&request) else { return next.run(request).await };
    if is_plain_form(&request) {
        return keep(&backend, session_id, request, next).await;
    }
    if let Some(page) = page_of_refusal(&request)
        && let Ok(Some((function, fields))) = backend.refused_form(session_id, &page).await
    {
        let fields = form_urlencoded::parse(fields.as_bytes()).into_owned();
        request.extensions_mut().insert(RefusedForm::new(&function, fields));
    }
    next.run(request).await
}

async fn keep(backend: &Backend, session_id: Uuid, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let fields = match backend::http::body(Request::from_parts(head.clone(), body), &()).await {
        Ok(fields) => fields,
        Err(error) => return Refusal(error).into_response(),
    };
    let function = head.uri.path().to_owned();
    let mut response = next.run(Request::from_parts(head, Body::from(fields.clone()))).await;
    let Some((page, reason)) = text(response.headers(), header::LOCATION).and_then(refusal) else { return response };
    if let Ok(fields) = std::str::from_utf8(&fields) {
        // Without them the page still tells why; what went wrong is in the log.
        backend.keep_refused_form(session_id, &page, &function, fields).await.ok();
    }
    if let Ok(location) = address(&page, &reason).try_into() {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Middleware, before the body is read: a plain form that is too long comes back to its page, which tells why. Its
/// fields are not kept.
pub(crate) async fn refuse_too_long(State(backend): State<Backend>, request: Request, next: Next) -> Response {
    // Browsers tell the length of every form.
    let length = request.body().size_hint().lower();
    if length <= BODY_LIMIT as u64 || !is_plain_form(&request) {
        return next.run(request).await;
    }
    let session_id = session_of(&request);
    let (head, body) = request.into_parts();
    let error = ApiError {
        request_id: text(&head.headers, REQUEST_ID).map(ToOwned::to_owned),
        ..ApiError::new(ErrorCode::PayloadTooLarge, TOO_LONG)
    };
    let Some((page, reason)) = told(&head, error.clone()) else { return Refusal(error).into_response() };
    // Of nobody nothing is read.
    let Some(session_id) = session_id.filter(|_| length <= DISCARDED_MAX) else {
        return Refusal(error).into_response();
    };
    if !is_discarded(body).await {
        return Refusal(error).into_response();
    }
    // What stays of an earlier form is shown in place of this one; what went wrong is in the log.
    backend.forget_refused_form(session_id).await.ok();
    (StatusCode::FOUND, [(header::LOCATION, address(&page, &reason))]).into_response()
}

/// Reads what is left: a browser takes no redirect from whoever ends the connection while it is still sending.
async fn is_discarded(mut body: Body) -> bool {
    let rest = async {
        loop {
            match poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
                Some(Ok(_)) => {}
                Some(Err(_)) => return false,
                None => return true,
            }
        }
    };
    tokio::time::timeout(DISCARD_TIME, rest).await.unwrap_or(false)
}

/// The page of a form, and what its address says of the error, as if its function had refused it.
fn told(head: &Parts, error: ApiError) -> Option<(String, String)> {
    let page = text(&head.headers, header::REFERER)?;
    let error = ServerFnUrlError::new(head.uri.path(), Failure::from(error));
    refusal(error.to_url(page).ok()?.as_str())
}

fn address(page: &str, reason: &str) -> String {
    let separator = if page.contains('?') { '&' } else { '?' };
    format!("{page}{separator}{reason}")
}

fn session_of(request: &Request) -> Option<Uuid> {
    request.extensions().get::<Authentication>()?.viewer().ok()?.session_id
}

fn is_plain_form(request: &Request) -> bool {
    let says = |name, wanted: &str| text(request.headers(), name).is_some_and(|value| value.contains(wanted));
    request.method() == Method::POST
        && request.uri().path().starts_with("/fn/")
        && says(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        && says(header::ACCEPT, "text/html")
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The page that a refused form is sent back to, and what its address says of the reason: only the last one, where the
/// form was refused before.
fn refusal(location: &str) -> Option<(String, String)> {
    // What is said of the place without its origin would lead to another one with two slashes.
    let url = Url::parse(location).ok().filter(|url| !url.path().starts_with("//"))?;
    let query = url.query()?;
    let last = |name: &str| query.split('&').rev().find(|pair: &&str| pair.starts_with(name));
    let (function, error) = (last("__path=")?, last("__err=")?);
    Some((without_form_error(&format!("{}?{query}", url.path())), format!("{function}&{error}")))
}

/// The page that is asked for, if its address tells of a refusal.
fn page_of_refusal(request: &Request) -> Option<String> {
    let is_told = request.uri().query()?.split('&').any(|pair| pair.starts_with("__err="));
    request.uri().path_and_query().filter(|_| is_told).map(|address| without_form_error(address.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_reason_stays_in_the_address() {
        let told = refusal("http://localhost/quizzes/4?only=open&__path=a&__err=b&__path=%2Ffn&__err=c");
        assert_eq!(told, Some(("/quizzes/4?only=open".into(), "__path=%2Ffn&__err=c".into())));
        assert_eq!(refusal("http://localhost/quizzes/4?only=open"), None);
        assert_eq!(refusal("http://localhost//evil.example/x?__path=a&__err=b"), None);
        assert_eq!(refusal("/library?__path=a&__err=b"), None, "where a form that was taken goes on to");
    }
}
