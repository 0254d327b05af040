//! Pieces of objects as RFC 9110 has them. The service below refuses a range that is to be ignored, does not know
//! `If-Range`, and fails at the last bytes of an object that has fewer.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use s3s::dto::Range;

pub(crate) async fn heed(mut request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    // A signature in the headers may cover the range: without it, it would not hold.
    if !is_read || request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let Some(sent) = request.headers_mut().remove(header::RANGE) else { return next.run(request).await };
    let range = sent.to_str().ok().and_then(|text| Range::parse(text).ok());
    let Some(range) = range.filter(|_| *request.method() == Method::GET) else { return next.run(request).await };
    let condition = request.headers().get(header::IF_RANGE).cloned();
    let (parts, body) = request.into_parts();
    let mut piece = Request::from_parts(parts.clone(), Body::empty());
    piece.headers_mut().insert(header::RANGE, sent);
    if condition.is_some() || matches!(range, Range::Suffix { .. }) {
        // Nothing of its bytes is read before they are asked for.
        let whole = next.clone().run(Request::from_parts(parts, body)).await;
        let is_current = condition.is_none_or(|known| is_current(&known, whole.headers()));
        if !is_current || !has_more(range, whole.headers()) {
            return whole;
        }
    }
    next.run(piece).await
}

/// Whether `If-Range` names what is here; strongly compared, as RFC 9110 asks for here.
fn is_current(known: &HeaderValue, found: &HeaderMap) -> bool {
    let is_tag = known.as_bytes().starts_with(b"\"");
    let name = if is_tag { header::ETAG } else { header::LAST_MODIFIED };
    found.get(name).is_some_and(|found| found == known)
}

/// Whether an object is longer than what is asked for of its end.
fn has_more(range: Range, found: &HeaderMap) -> bool {
    let Range::Suffix { length } = range else { return true };
    let whole = found.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    whole.is_some_and(|whole| whole > length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found() -> HeaderMap {
        HeaderMap::from_iter([
            (header::ETAG, HeaderValue::from_static("\"abc\"")),
            (header::LAST_MODIFIED, HeaderValue::from_static("Sat, 21 Nov 2026 21:45:00 GMT")),
            (header::CONTENT_LENGTH, HeaderValue::from_static("9")),
        ])
    }

    #[test]
    fn a_condition_holds_for_the_very_object_alone() {
        for current in ["\"abc\"", "Sat, 21 Nov 2026 21:45:00 GMT"] {
            assert!(is_current(&HeaderValue::from_static(current), &found()), "{current}");
        }
        for other in ["\"ab\"", "W/\"abc\"", "Sat, 21 Nov 2026 21:45:01 GMT", "abc", ""] {
            assert!(!is_current(&HeaderValue::from_static(other), &found()), "{other}");
        }
    }

    #[test]
    fn an_end_that_is_all_is_no_piece() {
        assert!(has_more(Range::Int { first: 0, last: None }, &found()));
        for (length, more) in [(0, true), (8, true), (9, false), (u64::MAX, false)] {
            assert_eq!(has_more(Range::Suffix { length }, &found()), more, "{length}");
        }
        assert!(!has_more(Range::Suffix { length: 1 }, &HeaderMap::new()));
    }
}
