//! Scripts, styles, fonts and pictures of the app itself.

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use backend::http::problem::Refusal;
use domain::{ApiError, ErrorCode};
use http::{HeaderValue, Method, StatusCode, header};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

/// The folder of the app's files.
#[derive(Clone, Debug)]
pub(crate) struct SiteFiles(ServeDir);

impl SiteFiles {
    /// Smaller forms of the files may lie beside them, with `.br` or `.gz` after their names.
    pub(crate) fn new(folder: &str) -> Self {
        Self(ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip())
    }
}

/// Middleware around the page of unknown addresses: where the address is a file's, the file is answered.
pub(crate) async fn serve(State(SiteFiles(folder)): State<SiteFiles>, request: Request, next: Next) -> Response {
    let is_fetched = matches!(*request.method(), Method::GET | Method::HEAD);
    let question = question(&request, is_fetched);
    let Ok(answer) = folder.oneshot(question).await;
    let mut answer = answer.into_response();
    let is_found = is_found(answer.status());
    let is_refused = matches!(answer.status(), StatusCode::PRECONDITION_FAILED | StatusCode::RANGE_NOT_SATISFIABLE);
    if !is_found && !is_refused {
        return next.run(request).await;
    }
    if !is_fetched {
        let error = ApiError::new(ErrorCode::MethodNotAllowed, "This is a file: it can be fetched and nothing else.");
        return ([(header::ALLOW, "GET, HEAD")], Refusal(error)).into_response();
    }
    if is_found {
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    answer
}

/// What the folder is asked: the same, or whether the file is there at all.
fn question(request: &Request, is_fetched: bool) -> Request {
    let mut question = Request::new(Body::empty());
    *question.uri_mut() = request.uri().clone();
    if !is_fetched {
        *question.method_mut() = Method::HEAD;
        return question;
    }
    *question.method_mut() = request.method().clone();
    *question.headers_mut() = request.headers().clone();
    if !wants_piece(request) {
        question.headers_mut().remove(header::RANGE);
    }
    question
}

/// Whether one piece of a file is wanted. The folder would refuse what RFC 9110 tells to ignore, and it does not know
/// `If-Range`; the whole file is always a right answer.
fn wants_piece(request: &Request) -> bool {
    let headers = request.headers();
    if request.method() != Method::GET || headers.contains_key(header::IF_RANGE) {
        return false;
    }
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let ends = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let Some((Ok(first), last)) = ends.map(|(first, last)| (first.parse::<u64>(), last)) else { return false };
    last.is_empty() || last.parse::<u64>().is_ok_and(|last| first <= last)
}

/// Whether the answer is a file, a piece of one, or that it has not changed.
fn is_found(status: StatusCode) -> bool {
    matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED)
}

/// Whoever accepts no encoding that there is gets the plain one: RFC 9110 §12.5.3 allows that, and the compression would
/// refuse the answer only after what was asked for is done.
pub(crate) async fn accept_some_encoding(mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let named: Vec<(&str, bool)> = lines.flat_map(|line| line.split(',')).map(accepted).collect();
    let is_accepted = |encoding: &str, otherwise: bool| {
        let of = |name: &str| named.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, is)| *is);
        of(encoding).or_else(|| of("*")).unwrap_or(otherwise)
    };
    if !(is_accepted("identity", true) || is_accepted("br", false) || is_accepted("gzip", false)) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    next.run(request).await
}

/// An encoding, and whether it is accepted: a weight of zero says that it is not.
fn accepted(item: &str) -> (&str, bool) {
    let (name, weight) = item.split_once(';').unwrap_or((item, ""));
    let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok());
    (name.trim(), weight.is_none_or(|weight| weight > 0.0))
}

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
    let policy = match (is_found(response.status()), in_pkg && hashed.0, is_font) {
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
    use axum::{Router, body::to_bytes, middleware, response::Html, routing::get};
    use http::HeaderName;
    use std::path::PathBuf;
    use tower_http::compression::CompressionLayer;

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

    /// A folder with files, behind a page for every other address.
    struct Site {
        folder: PathBuf,
        router: Router,
    }

    impl Site {
        fn new() -> Self {
            let folder = std::env::temp_dir().join(format!("lyceum-{}", domain::clock::random_uuid()));
            let files = [
                ("pkg/lyceum.h4sh.css", STYLE),
                ("pkg/lyceum.h4sh.wasm", "\0asm"),
                ("pkg/lyceum.h4sh.wasm.br", "smaller"),
                ("fonts/serif.woff2", "letters and letters"),
                ("favicon.svg", "<svg/>"),
            ];
            for (name, content) in files {
                let file = folder.join("site").join(name);
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(file, content).unwrap();
            }
            std::fs::write(folder.join("secret.txt"), "secret").unwrap();
            let files = SiteFiles::new(folder.join("site").to_str().unwrap());
            let page = || async { (StatusCode::NOT_FOUND, Html("page")) };
            let router = Router::new()
                .fallback(page)
                .layer(middleware::from_fn_with_state(files, serve))
                .layer(middleware::from_fn_with_state(HashedNames(true), cache_policy))
                .layer(CompressionLayer::new())
                .layer(middleware::from_fn(accept_some_encoding));
            Self { folder, router }
        }

        async fn send(&self, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Response {
            let mut request = Request::builder().method(method).uri(path);
            for (name, value) in headers {
                request = request.header(name, *value);
            }
            self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
        }

        async fn get(&self, path: &str, headers: &[(HeaderName, &str)]) -> Response {
            self.send(Method::GET, path, headers).await
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.folder).ok();
        }
    }

    const STYLE: &str = "body { color: green } main { color: black } h1 { color: grey }";
    const CSS: &str = "/pkg/lyceum.h4sh.css";
    const FONT: &str = "/fonts/serif.woff2";
    const ICON: &str = "/favicon.svg";

    async fn text(response: Response) -> String {
        String::from_utf8(to_bytes(response.into_body(), 10_000).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_file_that_has_not_changed_is_not_sent_again() {
        let site = Site::new();
        for path in [CSS, FONT, ICON] {
            let first = site.get(path, &[]).await;
            assert_eq!(first.status(), StatusCode::OK, "{path}");
            let kept = first.headers().clone();
            let known = |name: HeaderName| kept[name].to_str().unwrap();
            let conditions = [
                (header::IF_NONE_MATCH, known(header::ETAG)),
                (header::IF_NONE_MATCH, "*"),
                (header::IF_MODIFIED_SINCE, known(header::LAST_MODIFIED)),
            ];
            for condition in conditions {
                for method in [Method::GET, Method::HEAD] {
                    let again = site.send(method, path, std::slice::from_ref(&condition)).await;
                    assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path} {condition:?}");
                    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
                        assert_eq!(again.headers()[&name], kept[&name], "{path} {condition:?} {name}");
                    }
                    assert_eq!(text(again).await, "", "{path} {condition:?}");
                }
            }
            let changed = site.get(path, &[(header::IF_NONE_MATCH, "\"another\"")]).await;
            assert_eq!(changed.status(), StatusCode::OK, "{path}");
            let newer = site.get(path, &[(header::IF_MATCH, "\"another\"")]).await;
            assert_eq!(newer.status(), StatusCode::PRECONDITION_FAILED, "{path}");
        }
    }

    #[tokio::test]
    async fn a_piece_of_a_file_is_sent_where_one_is_asked_for() {
        let site = Site::new();
        let encoded = (header::ACCEPT_ENCODING, "gzip, br");
        let piece = site.get(CSS, &[(header::RANGE, "bytes=0-9"), encoded]).await;
        assert_eq!(piece.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(piece.headers()[header::CONTENT_RANGE], format!("bytes 0-9/{}", STYLE.len()));
        assert_eq!(text(piece).await, &STYLE[..10]);
        let rest = site.get(CSS, &[(header::RANGE, "bytes=10-")]).await;
        assert_eq!(rest.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(text(rest).await, &STYLE[10..]);
        let beyond = site.get(CSS, &[(header::RANGE, "bytes=5000-")]).await;
        assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
        for ignored in ["bytes=0-0,2-3", "bytes=9-2", "bytes=abc", "lines=1-2", "bytes=-1000"] {
            let whole = site.get(CSS, &[(header::RANGE, ignored)]).await;
            assert_eq!(whole.status(), StatusCode::OK, "{ignored}");
            assert_eq!(text(whole).await, STYLE, "{ignored}");
        }
        let another = site.get(CSS, &[(header::RANGE, "bytes=0-9"), (header::IF_RANGE, "\"another\"")]).await;
        assert_eq!(another.status(), StatusCode::OK, "a piece of another file would not fit");
    }

    #[tokio::test]
    async fn a_file_can_be_fetched_and_nothing_else() {
        let site = Site::new();
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            for path in [CSS, FONT, ICON] {
                let refused = site.send(method.clone(), path, &[]).await;
                assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
                assert_eq!(refused.headers()[header::ALLOW], "GET, HEAD", "{method} {path}");
                assert_eq!(refused.headers()[header::CONTENT_TYPE], "application/problem+json");
                assert_eq!(refused.headers()[header::CACHE_CONTROL], "no-store");
                assert!(text(refused).await.contains("method_not_allowed"));
            }
            assert_eq!(site.send(method, "/pkg/gone.css", &[]).await.status(), StatusCode::NOT_FOUND);
        }
        let look = site.send(Method::HEAD, FONT, &[]).await;
        assert_eq!(look.status(), StatusCode::OK);
        assert_eq!(look.headers()[header::CONTENT_LENGTH], "19");
        assert_eq!(text(look).await, "");
    }

    #[tokio::test]
    async fn the_smaller_form_of_a_file_is_sent_under_its_own_tag() {
        let site = Site::new();
        let path = "/pkg/lyceum.h4sh.wasm";
        let (plain, small) = (site.get(path, &[]).await, site.get(path, &[(header::ACCEPT_ENCODING, "br")]).await);
        for answer in [&plain, &small] {
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/wasm");
            assert_eq!(answer.headers()[header::VARY], "accept-encoding");
        }
        assert_eq!(small.headers()[header::CONTENT_ENCODING], "br");
        assert_ne!(small.headers()[header::ETAG], plain.headers()[header::ETAG]);
        assert_eq!(text(small).await, "smaller");
    }

    #[tokio::test]
    async fn what_is_no_file_of_the_site_is_the_page() {
        let site = Site::new();
        let paths = [
            "/no/such/page",
            "/pkg",
            "/pkg/",
            "/favicon.svg/",
            "/favicon.svg/more",
            "/../secret.txt",
            "/pkg/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/pkg/%2e%2e/%2E%2E/secret.txt",
            "/..%2fsecret.txt",
            "/pkg/..%5c..%5csecret.txt",
            "//../secret.txt",
            "/%00",
            "/%ff",
        ];
        for path in paths {
            for method in [Method::GET, Method::HEAD, Method::POST] {
                let answer = site.send(method.clone(), path, &[]).await;
                assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {path}");
                assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8", "{method} {path}");
            }
            assert_eq!(text(site.get(path, &[]).await).await, "page", "{path}");
        }
        let deep = format!("/{}", "x".repeat(5_000));
        assert_eq!(site.get(&deep, &[]).await.status(), StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn whoever_accepts_no_encoding_gets_the_plain_file() {
        let site = Site::new();
        for nothing in ["identity;q=0", "*;q=0", "snappy, identity; q=0.0", "br;q=0, gzip;q=0, *;q=0"] {
            let plain = site.get(CSS, &[(header::ACCEPT_ENCODING, nothing)]).await;
            assert_eq!(plain.status(), StatusCode::OK, "{nothing}");
            assert!(!plain.headers().contains_key(header::CONTENT_ENCODING), "{nothing}");
            assert_eq!(text(plain).await, STYLE);
        }
        let squeezed = site.get(CSS, &[(header::ACCEPT_ENCODING, "identity;q=0, gzip")]).await;
        assert_eq!(squeezed.headers()[header::CONTENT_ENCODING], "gzip");
    }
}
