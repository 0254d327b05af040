//! A form of a browser without scripts that was refused: its page tells why, with what was written still in the fields.

use app::{paths::without_form_error, ui::refused_form::RefusedForm};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use backend::{Backend, http::problem::Refusal};
use domain::viewer::Authentication;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use url::{Url, form_urlencoded};
use uuid::Uuid;

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
    let separator = if page.contains('?') { '&' } else { '?' };
    if let Ok(location) = HeaderValue::try_from(format!("{page}{separator}{reason}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
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
