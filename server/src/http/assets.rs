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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, middleware, routing::get};
    use tower::ServiceExt as _;

    /// What is told to caches about an answer of this path, type and status.
    async fn policy(hashed: bool, path: &str, kind: &'static str, status: StatusCode) -> String {
        let answer = move || async move { (status, [(header::CONTENT_TYPE, kind)]) };
        let router = Router::new()
            .fallback(get(answer))
            .layer(middleware::from_fn_with_state(HashedNames(hashed), cache_policy));
        let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        response.headers()[header::CACHE_CONTROL].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn only_a_file_with_a_hash_in_its_name_is_kept_for_good() {
        let immutable = "public, max-age=31536000, immutable";
        for kind in ["application/wasm", "text/javascript", "text/css"] {
            assert_eq!(policy(true, "/pkg/lyceum.h4sh", kind, StatusCode::OK).await, immutable, "{kind}");
            assert_eq!(policy(false, "/pkg/lyceum", kind, StatusCode::OK).await, "no-cache", "{kind}");
        }
        assert_eq!(policy(true, "/pkg/lyceum.h4sh.js", "text/javascript", StatusCode::NOT_MODIFIED).await, immutable);
        assert_eq!(policy(true, "/pkg/gone.js", "text/html", StatusCode::NOT_FOUND).await, "no-store");
        assert_eq!(policy(true, "/fonts/serif.woff2", "font/woff2", StatusCode::OK).await, "public, max-age=604800");
        assert_eq!(policy(true, "/favicon.svg", "image/svg+xml", StatusCode::OK).await, "no-cache");
    }

    #[tokio::test]
    async fn pages_and_answers_are_kept_nowhere() {
        for kind in ["text/html; charset=utf-8", "application/json"] {
            assert_eq!(policy(true, "/settings", kind, StatusCode::OK).await, "no-store", "{kind}");
        }
    }

    #[tokio::test]
    async fn a_handler_that_knows_better_decides() {
        let answer = || async { ([(header::CACHE_CONTROL, "private, max-age=60")], "") };
        let router = Router::new()
            .route("/picture", get(answer))
            .layer(middleware::from_fn_with_state(HashedNames(true), cache_policy));
        let response = router.oneshot(Request::get("/picture").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.headers()[header::CACHE_CONTROL], "private, max-age=60");
    }
}
