//! Lets signed requests expire by the clock of a test.

use crate::Now;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use url::form_urlencoded;

#[derive(Clone)]
pub(crate) struct Clock(pub(crate) Now);

pub(crate) async fn check(State(Clock(now)): State<Clock>, request: Request, next: Next) -> Response {
    match expires_at(request.uri().query().unwrap_or_default()) {
        Some(end) if now() > end => {
            let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
                <Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
            (StatusCode::FORBIDDEN, [("content-type", "application/xml")], body).into_response()
        }
        _ => next.run(request).await,
    }
}

/// When a signed request stops to hold; none when it is not signed in its address.
fn expires_at(query: &str) -> Option<SystemTime> {
    let value = |name: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    };
    let seconds: u64 = value("x-amz-expires")?.parse().ok()?;
    moment(&value("x-amz-date")?)?.checked_add(Duration::from_secs(seconds))
}

/// Reads `20261121T214500Z`.
fn moment(text: &str) -> Option<SystemTime> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
    // Days since 1970 by the calendar that begins its years in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let days = (365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day).checked_sub(719_469)?;
    Some(UNIX_EPOCH + Duration::from_secs(days * 86_400 + hour * 3_600 + minute * 60 + second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_address_tells_its_end() {
        let at = |seconds| Some(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(moment("19700101T000000Z"), at(0));
        assert_eq!(moment("20240229T235959Z"), at(1_709_251_199));
        assert_eq!(moment("20261121T214500Z"), at(1_795_297_500));
        assert_eq!(expires_at("X-Amz-Date=19700101T000000Z&a=b&X-Amz-Expires=60"), at(60));
        assert_eq!(expires_at(&format!("X-Amz-Date=19700101T000000Z&X-Amz-Expires={}", u64::MAX)), None);
        assert_eq!(expires_at("x=y"), None);
        assert_eq!(moment("nonsense"), None);
    }
}
