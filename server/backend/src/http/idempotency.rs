//! `Idempotency-Key`: a creating request that is repeated gets the first answer instead of a second thing.
//!
//! Only successes are kept. A refused request changed nothing, so it may be corrected and sent again under the same
//! key.

use super::{
    problem::Refusal,
    store::{self, Kept, Named},
};
use crate::failure::Failure;
use aws_lc_rs::digest;
use axum::{
    body::{Body, to_bytes},
    extract::FromRequestParts,
    response::{IntoResponse as _, Response},
};
use db::Db;
use domain::{ApiError, ErrorCode, FieldError, clock::Clock, id::Sub};
use http::{HeaderValue, StatusCode, header, request::Parts};

/// Longest key, in characters.
pub const KEY_MAX: usize = 255;
const HEADER: &str = "idempotency-key";
const KEPT_SECONDS: i64 = 86_400;
/// A first request that has not answered by then is taken to be lost.
const LEASE_SECONDS: i64 = 60;
/// Answers to creating requests are small; one repeats a long text.
const ANSWER_BYTES: usize = 2_600_000;

/// The key of the request, if it has one, and what it is for.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    key: Option<String>,
    call: String,
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let call = format!("{} {}", parts.method, parts.uri.path());
        let mut values = parts.headers.get_all(HEADER).iter();
        let key = match (values.next(), values.next()) {
            (None, _) => None,
            (Some(value), None) => Some(checked(value)?),
            (Some(_), Some(_)) => return Err(invalid("repeated", "Send one Idempotency-Key only.").into()),
        };
        Ok(Self { key, call })
    }
}

fn checked(value: &HeaderValue) -> Result<String, ApiError> {
    let text = value.to_str().unwrap_or_default();
    if text.is_empty() || text.len() > KEY_MAX || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(invalid("length", "An Idempotency-Key has 1 to 255 printable ASCII characters without blanks."));
    }
    Ok(text.to_owned())
}

fn invalid(rule: &str, msg: &str) -> ApiError {
    let loc = vec!["header".to_owned(), "Idempotency-Key".to_owned()];
    ApiError::validation(vec![FieldError { loc, msg: msg.into(), rule: rule.into() }])
}

/// Runs `work` unless this person's key has been answered before.
///
/// # Errors
/// `idempotency_key_reused` when the key came with another call or body; `conflict` while the first one is under
/// way; whatever `work` refuses.
pub async fn once(
    db: &Db,
    clock: &Clock,
    owner: &Sub,
    key: &IdempotencyKey,
    body: &[u8],
    work: impl Future<Output = Result<Response, Refusal>>,
) -> Result<Response, Refusal> {
    let Some(name) = &key.key else { return work.await };
    let named = Named { owner: owner.as_str(), key: name };
    let hash = request_hash(&key.call, body);
    if let Some(answer) = first_answer(db, clock, named, &hash).await? {
        return Ok(answer);
    }
    match work.await {
        Ok(response) if response.status().is_success() => Ok(keep(db, named, response).await?),
        other => {
            release(db, named).await?;
            other
        }
    }
}

/// The answer to give again, or none when this request is the first.
async fn first_answer(db: &Db, clock: &Clock, named: Named<'_>, hash: &[u8]) -> Result<Option<Response>, Failure> {
    let now = clock.now();
    let mut connection = db.write().await?;
    let (lease, expiry) = (now.plus_seconds(LEASE_SECONDS), now.plus_seconds(KEPT_SECONDS));
    if store::take_key(&mut connection, named, hash, lease, expiry, now).await? {
        return Ok(None);
    }
    match store::find_key(&mut connection, named).await? {
        Some(kept) if kept.request_hash != hash => Err(Failure::Refused(ApiError::new(
            ErrorCode::IdempotencyKeyReused,
            "This Idempotency-Key was used for another request: make a new one.",
        ))),
        Some(Kept { status: Some(status), content_type, body, .. }) => Ok(Some(replay(status, content_type, body))),
        // Under way, or released between the two statements.
        _ => Err(Failure::Refused(ApiError {
            retry_after_seconds: Some(1),
            ..ApiError::new(ErrorCode::Conflict, "The first request with this Idempotency-Key is still under way.")
        })),
    }
}

fn replay(status: i64, content_type: Option<String>, body: Option<Vec<u8>>) -> Response {
    let mut response = Response::new(Body::from(body.unwrap_or_default()));
    *response.status_mut() =
        u16::try_from(status).ok().and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(StatusCode::OK);
    let content_type = content_type.and_then(|text| HeaderValue::try_from(text).ok());
    response.headers_mut().extend(content_type.map(|value| (header::CONTENT_TYPE, value)));
    response
}

async fn keep(db: &Db, named: Named<'_>, response: Response) -> Result<Response, Failure> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER_BYTES).await.map_err(|_| Failure::Broken("an answer is too long to keep"))?;
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let status = i64::from(parts.status.as_u16());
    store::keep_answer(&mut db.write().await?, named, status, content_type, &body).await?;
    Ok(Response::from_parts(parts, Body::from(body)).into_response())
}

async fn release(db: &Db, named: Named<'_>) -> Result<(), Failure> {
    Ok(store::release_key(&mut db.write().await?, named).await?)
}

fn request_hash(call: &str, body: &[u8]) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(call.as_bytes());
    context.update(b"\n");
    context.update(body);
    context.finish().as_ref().to_vec()
}
