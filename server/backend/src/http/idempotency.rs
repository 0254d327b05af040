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
use std::{pin::pin, time::Duration};
use tokio::time::timeout;
use tracing::Instrument as _;

/// Longest key, in characters.
pub const KEY_MAX: usize = 255;
const HEADER: &str = "idempotency-key";
const KEPT_SECONDS: i64 = 86_400;
/// A first request that has not answered by then is taken to be lost.
const LEASE_SECONDS: i64 = 60;
const RENEWED_EVERY: Duration = Duration::from_secs(20);
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

impl IdempotencyKey {
    /// This person's request with this body.
    pub fn repeatable(self, db: &Db, clock: &Clock, owner: &Sub, body: &[u8]) -> Repeatable {
        let hash = request_hash(&self.call, body);
        Repeatable { db: db.clone(), clock: clock.clone(), owner: owner.clone(), key: self.key, hash }
    }
}

/// A request that may be sent again under the same key.
#[derive(Clone, Debug)]
pub struct Repeatable {
    db: Db,
    clock: Clock,
    owner: Sub,
    key: Option<String>,
    hash: Vec<u8>,
}

impl Repeatable {
    /// Runs `work` unless this person's key has been answered before.
    ///
    /// Once begun, `work` goes on when nobody waits for it any more: what it has changed keeps its answer.
    ///
    /// # Errors
    /// `idempotency_key_reused` when the key came with another call or body; `conflict` while the first one is under
    /// way; whatever `work` refuses.
    pub async fn once(
        self,
        work: impl Future<Output = Result<Response, Refusal>> + Send + 'static,
    ) -> Result<Response, Refusal> {
        let Some(key) = self.key.clone() else { return work.await };
        if let Some(answer) = self.first_answer(&key).await? {
            return Ok(answer);
        }
        let answered = async move {
            match self.while_renewed(&key, work).await {
                Ok(response) if response.status().is_success() => Ok(self.keep(&key, response).await?),
                // Whether it was done is not known: its lease ends by itself, and until then nobody does it twice.
                Err(Refusal(error)) if error.code == ErrorCode::Unavailable => Err(Refusal(error)),
                other => {
                    if let Err(error) = self.release(&key).await {
                        tracing::warn!(cause = %error, "an idempotency key could not be given free");
                    }
                    other
                }
            }
        };
        tokio::spawn(answered.in_current_span()).await.map_err(|_| Failure::Broken("a request broke off"))?
    }

    /// Does the work, and meanwhile lets nobody take it for lost.
    async fn while_renewed(
        &self,
        key: &str,
        work: impl Future<Output = Result<Response, Refusal>>,
    ) -> Result<Response, Refusal> {
        let mut work = pin!(work);
        loop {
            match timeout(RENEWED_EVERY, &mut work).await {
                Ok(answer) => return answer,
                // By itself: the work may have the connection that this waits for, and may end before it.
                Err(_) => drop(tokio::spawn(self.clone().renew(key.to_owned()))),
            }
        }
    }

    async fn renew(self, key: String) {
        let until = self.clock.now().plus_seconds(LEASE_SECONDS);
        let renewed = async { store::renew_key(&mut self.db.write().await?, self.named(&key), until).await };
        if let Err(error) = renewed.await {
            tracing::warn!(cause = %error, "an idempotency key could not be kept for its request");
        }
    }

    fn named<'a>(&'a self, key: &'a str) -> Named<'a> {
        Named { owner: self.owner.as_str(), key }
    }

    /// The answer to give again, or none when this request is the first.
    async fn first_answer(&self, key: &str) -> Result<Option<Response>, Failure> {
        let (named, now) = (self.named(key), self.clock.now());
        let mut connection = self.db.write().await?;
        let (lease, expiry) = (now.plus_seconds(LEASE_SECONDS), now.plus_seconds(KEPT_SECONDS));
        if store::take_key(&mut connection, named, &self.hash, lease, expiry, now).await? {
            return Ok(None);
        }
        match store::find_key(&mut connection, named).await? {
            Some(kept) if kept.request_hash != self.hash => Err(Failure::Refused(ApiError::new(
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

    async fn keep(&self, key: &str, response: Response) -> Result<Response, Failure> {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, ANSWER_BYTES).await.map_err(|_| Failure::Broken("an answer is too long to keep"))?;
        let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let status = i64::from(parts.status.as_u16());
        let kept = async {
            store::keep_answer(&mut self.db.write().await?, self.named(key), status, content_type, &body).await
        };
        // What was done is told in any case: whoever hears of it does not ask again.
        if let Err(error) = kept.await {
            tracing::error!(cause = %error, "an answer could not be kept for its idempotency key");
        }
        Ok(Response::from_parts(parts, Body::from(body)).into_response())
    }

    async fn release(&self, key: &str) -> Result<(), Failure> {
        Ok(store::release_key(&mut self.db.write().await?, self.named(key)).await?)
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

fn request_hash(call: &str, body: &[u8]) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(call.as_bytes());
    context.update(b"\n");
    context.update(body);
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use db::testing::{ENGINES, TestDb};
    use std::sync::Arc;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn what_is_done_after_its_request_was_dropped_keeps_its_answer() {
        for kind in ENGINES {
            let test_db = TestDb::new(kind).await;
            let (clock, owner) = (Clock::default(), Sub::try_from("ada".to_owned()).unwrap());
            let key = IdempotencyKey { key: Some("k".into()), call: "POST /api/album".into() };
            let request = || key.clone().repeatable(&test_db.db, &clock, &owner, b"{}");
            let (begun, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
            let work = {
                let (begun, may_end) = (Arc::clone(&begun), Arc::clone(&may_end));
                async move {
                    begun.notify_one();
                    may_end.notified().await;
                    Ok((StatusCode::CREATED, "the first").into_response())
                }
            };
            tokio::select! {
                _ = request().once(work) => panic!("it waits"),
                () = begun.notified() => {}
            }
            may_end.notify_one();
            let never = || async { panic!("a second time") };
            let answer = loop {
                match request().once(never()).await {
                    Ok(answer) => break answer,
                    Err(_) => tokio::task::yield_now().await,
                }
            };
            assert_eq!(answer.status(), StatusCode::CREATED);
            assert_eq!(to_bytes(answer.into_body(), 100).await.unwrap(), "the first");
        }
    }
}
