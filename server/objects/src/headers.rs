//! What the service below leaves out: validation of what a browser has, ranges announced, what a signed address says of
//! the answer also for `HEAD`, and no way to run anything.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use url::form_urlencoded;

/// Nothing that is stored here may run, whatever it says it is; images, audio and video may be shown.
const POLICY: &str = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

pub(crate) async fn complete(request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = (*request.method() == Method::HEAD).then(|| overrides(request.uri().query().unwrap_or_default()));
    let known = is_read.then(|| request.headers().get(header::IF_NONE_MATCH).cloned()).flatten();
    let mut response = next.run(request).await;
    let is_object = response.headers().contains_key(header::ETAG);
    if is_read && is_object && response.status().is_success() {
        let etag = response.headers().get(header::ETAG).cloned();
        if known.zip(etag).is_some_and(|(known, etag)| has(&known, &etag)) {
            response = unchanged(response.headers());
        }
        response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        response.headers_mut().extend(asked.unwrap_or_default());
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// What a signed address asks to be answered with.
fn overrides(query: &str) -> HeaderMap {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let asked = pairs.filter_map(|(name, value)| {
        let name = match &*name {
            "response-cache-control" => header::CACHE_CONTROL,
            "response-content-disposition" => header::CONTENT_DISPOSITION,
            "response-content-type" => header::CONTENT_TYPE,
            _ => return None,
        };
        Some((name, HeaderValue::from_str(&value).ok()?))
    });
    asked.collect()
}

/// Whether `If-None-Match` names the tag; weakly compared, as RFC 9110 asks for here.
fn has(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let strong = |text: &str| text.trim().trim_start_matches("W/").to_owned();
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else { return false };
    known.trim() == "*" || known.split(',').any(|one| strong(one) == strong(etag))
}

fn unchanged(found: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    for name in [header::ETAG, header::CACHE_CONTROL, header::LAST_MODIFIED] {
        if let Some(value) = found.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_address_says_what_is_answered() {
        let found = overrides("response-content-type=text%2Fplain&x-id=HeadObject&response-cache-control=a%0Ab");
        assert_eq!(found.len(), 1);
        assert_eq!(found[header::CONTENT_TYPE], "text/plain");
    }

    #[test]
    fn a_tag_is_known_in_a_list_and_weakly() {
        let etag = HeaderValue::from_static("\"abc\"");
        for known in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert!(has(&HeaderValue::from_static(known), &etag), "{known}");
        }
        for other in ["\"ab\"", "abc", ""] {
            assert!(!has(&HeaderValue::from_static(other), &etag), "{other}");
        }
    }
}
