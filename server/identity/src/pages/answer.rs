//! Turning a template into an answer with the headers that every page has.

use super::{message::Message, sign_in::retry_after};
use crate::{
    Identity,
    error::{Fault, OUTAGE_PAUSE_SECONDS},
    oauth::request::AuthorizationRequest,
    params::BadParams,
    state::Provider,
    visit::Visit,
};
use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::cookie::Cookie;
use http::{HeaderName, HeaderValue, StatusCode, header};

const STYLE: &str = include_str!("../../templates/style.css");

/// `GET /identity/style.css`.
pub(crate) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLE).into_response()
}

/// A page that leads to no client.
pub(crate) fn show(identity: &Identity, visit: &Visit, status: StatusCode, page: &impl Template) -> Response {
    show_for(identity, visit, status, page, None)
}

/// A page whose form may end at the client of the request.
pub(crate) fn show_for(
    identity: &Identity,
    visit: &Visit,
    status: StatusCode,
    page: &impl Template,
    request: Option<&AuthorizationRequest>,
) -> Response {
    let provider = identity.provider();
    let html = match page.render() {
        Ok(html) => html,
        Err(error) => return failed(identity, visit, Fault::Write(error.to_string())),
    };
    let mut response = (status, html).into_response();
    set_headers(&mut response, &policy(provider, request));
    set_cookies(&mut response, visit.fresh_cookie(provider));
    response
}

/// Browsers check a form's target again after every redirect, so the client's origin is named as well.
fn policy(provider: &Provider, request: Option<&AuthorizationRequest>) -> String {
    let client = match request {
        Some(request) => request.form_target(),
        None => Some(provider.settings.sign_in_url.origin().ascii_serialization()).filter(|origin| origin != "null"),
    };
    format!(
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self' {}; \
         base-uri 'none'; frame-ancestors 'none'",
        client.unwrap_or_default()
    )
}

fn set_headers(response: &mut Response, policy: &str) {
    let fixed: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        // Addresses here carry a client's request; a form still sends its origin to ourselves.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Adds cookies to an answer.
pub(crate) fn set_cookies(response: &mut Response, cookies: impl IntoIterator<Item = Cookie<'static>>) {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

/// The page for a failure of ours; its cause goes to the log.
pub(crate) fn failed(identity: &Identity, visit: &Visit, fault: Fault) -> Response {
    if let Fault::Write(error) = &fault {
        // The template of the failure itself may be what failed.
        tracing::error!(error, "an identity page cannot be written");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    tracing::error!(error = %fault, "an identity page failed");
    let message = Message::plain("Something went wrong", "This is our fault, not yours. Try again in a moment.");
    if fault.is_outage() {
        return retry_after(show(identity, visit, StatusCode::SERVICE_UNAVAILABLE, &message), OUTAGE_PAUSE_SECONDS);
    }
    show(identity, visit, StatusCode::INTERNAL_SERVER_ERROR, &message)
}

/// The page for a query or form that cannot be read.
pub(crate) fn bad_params(identity: &Identity, visit: &Visit, bad: &BadParams) -> Response {
    let (status, text) = match bad {
        BadParams::TooLong => (StatusCode::PAYLOAD_TOO_LARGE, "What was sent is too long."),
        BadParams::Malformed => (StatusCode::BAD_REQUEST, "What was sent is no readable text."),
        BadParams::Repeated => (StatusCode::BAD_REQUEST, "What was sent names a value twice."),
    };
    show(identity, visit, status, &Message::plain("This request cannot be read", text))
}

/// The page for a client's mistake that must not be answered with a redirect.
pub(crate) fn error_page(identity: &Identity, visit: &Visit, status: StatusCode, code: &str) -> Response {
    show(identity, visit, status, &Message::of_error(identity.provider(), code))
}
