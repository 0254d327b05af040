//! Scripts, styles, fonts and pictures of the app itself.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderValue, StatusCode, header};

/// Whether file names carry a hash of their content.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HashedNames(pub(crate) bool);

/// A file whose name carries its hash never changes: browsers and CloudFront may keep it for a year. Everything
/// else from disk is asked for again and answered with 304. Pages and answers about a person are kept nowhere.
pub(crate) async fn cache_policy(State(hashed): State<HashedNames>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (in_pkg, is_font) = (path.starts_with("/pkg/"), path.starts_with("/fonts/"));
    let mut response = next.run(request).await;
    if !in_pkg && !is_font {
        let personal = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| {
            ["text/html", "application/json"].iter().any(|personal| kind.as_bytes().starts_with(personal.as_bytes()))
        });
        let policy = HeaderValue::from_static(if personal { "no-store" } else { "no-cache" });
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(policy);
        return response;
    }
    let found = matches!(response.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED);
    let policy = match (found, in_pkg && hashed.0, is_font) {
        (false, ..) => "no-store",
        (true, true, _) => "public, max-age=31536000, immutable",
        (true, false, true) => "public, max-age=604800",
        (true, false, false) => "no-cache",
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    response
}
