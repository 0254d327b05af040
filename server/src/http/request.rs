//! One request from outside: its id, its line in the log, its place in the metrics.

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::HeaderValue,
    middleware::Next,
    response::{IntoResponse, Response},
};
use backend::http::problem::{REQUEST_ID, Refusal};
use domain::{ApiError, clock::random_uuid};
use http::{HeaderMap, HeaderName};
use std::{
    any::Any,
    time::{Duration, Instant},
};
use tracing::Instrument;

/// A response must begin within this time.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);
/// Where a file comes along: what a slow line needs for 100 MB.
const FILE_TIMEOUT: Duration = Duration::from_secs(900);
const FILE_PATHS: [&str; 2] = ["/api/messages/media", "/api/documents/upload"];
const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// Gives the request its id, which its answer and every log line carry, and measures it. Paths are counted by their
/// route, never as sent, so that no id or name lands in a metric or a log.
pub(crate) async fn observe(mut request: Request, next: Next) -> Response {
    let id = random_uuid().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = known_method(request.method().as_str());
    let span = tracing::info_span!("request", request_id = id, trace_id = trace_id(request.headers()), method, route);
    // Pages find the id in the header; what a client sent there is not ours.
    let header = HeaderValue::from_str(&id).ok();
    request.headers_mut().remove(REQUEST_ID);
    if let Some(value) = &header {
        request.headers_mut().insert(REQUEST_ID, value.clone());
    }
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let seconds = started.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(status, duration_ms = seconds * 1_000.0, "answered {status}"));
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_duration_seconds", &labels[..2]).record(seconds);
    if let Some(value) = header {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Reads the body before the page or server function does: theirs would call one that is too long our own failure.
pub(crate) async fn read_body(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    match backend::http::body(Request::from_parts(head.clone(), body), &()).await {
        Ok(body) => next.run(Request::from_parts(head, Body::from(body))).await,
        Err(error) => Refusal(error).into_response(),
    }
}

/// Turns a panic into the fixed answer of a 500. The panic's own text is in the log, written by the panic hook.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Refusal(ApiError::internal()).into_response()
}

/// Any text may come as a method; only the known ones become labels.
fn known_method(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

/// The load balancer's trace id (`Root=1-…`), if it looks like one.
fn trace_id(headers: &HeaderMap) -> &str {
    let text = headers.get(TRACE_ID).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let fits = text.len() <= 256 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"=;-:_".contains(&byte));
    if fits { text } else { "" }
}

/// Gives up on what takes too long.
pub(crate) async fn limit_time(request: Request, next: Next) -> Response {
    let limit = time_for(request.uri().path());
    let too_long = |_| Refusal(ApiError::unavailable("This takes too long. Try again in a moment.")).into_response();
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(too_long)
}

fn time_for(path: &str) -> Duration {
    if FILE_PATHS.contains(&path) { FILE_TIMEOUT } else { RESPONSE_TIMEOUT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_sends_a_file_has_the_time_for_it() {
        let limits = ["/api/documents/upload", "/api/messages/media", "/api/documents"].map(time_for);
        assert_eq!(limits, [FILE_TIMEOUT, FILE_TIMEOUT, RESPONSE_TIMEOUT]);
    }
}
