//! `Idempotency-Key`: a creating request that is repeated gets the first answer instead of a second thing.
//!
//! Only successes are kept. A refused request changed nothing, so it may be corrected and sent again under the same
//! key.

use super::{
    problem::Refusal,
    store::{self, Kept, Named, Taken},
};
use crate::failure::Failure;
use aws_lc_rs::digest;
use axum::{
    body::{Body, to_bytes},
    extract::FromRequestParts,
    response::{IntoResponse as _, Response},
};
use db::Db;
use domain::{ApiError, ErrorCode, FieldError, Timestamp, clock::Clock, id::Sub};
use http::{HeaderValue, StatusCode, header, request::Parts};
use std::{pin::pin, time::Duration};
use tokio::time::timeout;
use tracing::Instrument as _;

/// Longest key, in characters.
pub const KEY_MAX: usize = 255;
const HEADER: &str = "idempotency-key";
const KEPT_SECONDS: i64 = 86_400;
/// A first request that has not been heard of for so long is taken to be lost with its process. Long enough to wait for
/// a connection to the database meanwhile, and for clocks of several machines to differ by some seconds.
const LEASE_SECONDS: i64 = 15;
const RENEWED_EVERY: Duration = Duration::from_secs(5);
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
        let (db, clock, owner) = (db.clone(), clock.clone(), owner.clone());
        Repeatable { db, clock, owner, key: self.key, hash, renewed_every: RENEWED_EVERY }
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
    renewed_every: Duration,
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
        let turn = match self.take(key).await? {
            Taking::Answered(answer) => return Ok(answer),
            Taking::First(turn) => turn,
        };
        tokio::spawn(turn.answer(work).in_current_span()).await.map_err(|_| Failure::Broken("a request broke off"))?
    }

    async fn take(self, key: String) -> Result<Taking, Failure> {
        let now = self.clock.now();
        let turn = Turn { expires_at: now.plus_seconds(KEPT_SECONDS), request: self, key };
        let hash = &turn.request.hash;
        let mut connection = turn.request.db.write().await?;
        if store::take_key(&mut connection, turn.taken(), hash, now.plus_seconds(LEASE_SECONDS), now).await? {
            return Ok(Taking::First(turn));
        }
        match store::find_key(&mut connection, turn.taken().named).await? {
            Some(kept) if kept.request_hash != *hash => Err(Failure::Refused(ApiError::new(
                ErrorCode::IdempotencyKeyReused,
                "This Idempotency-Key was used for another request: make a new one.",
            ))),
            Some(Kept { status: Some(status), content_type, body, .. }) => {
                Ok(Taking::Answered(replay(status, content_type, body)))
            }
            // Under way, or released between the two statements.
            _ => Err(Failure::Refused(under_way())),
        }
    }
}

/// The first request with a key is not over yet: this one may ask again.
pub(crate) fn under_way() -> ApiError {
    let detail = "The first request with this Idempotency-Key is still under way.";
    ApiError { retry_after_seconds: Some(1), ..ApiError::new(ErrorCode::Conflict, detail) }
}

/// What a request gets for its key.
enum Taking {
    /// It has been answered before.
    Answered(Response),
    /// It is the one to answer.
    First(Turn),
}

/// A request that has taken its key.
#[derive(Clone, Debug)]
struct Turn {
    request: Repeatable,
    key: String,
    expires_at: Timestamp,
}

impl Turn {
    async fn answer(self, work: impl Future<Output = Result<Response, Refusal>>) -> Result<Response, Refusal> {
        match self.while_renewed(work).await {
            Ok(response) if response.status().is_success() => Ok(self.keep(response).await?),
            // Whether it was done is not known: its lease ends by itself, and until then nobody does it twice.
            Err(Refusal(error)) if error.code == ErrorCode::Unavailable => Err(Refusal(error)),
            other => {
                if let Err(error) = self.release().await {
                    tracing::warn!(cause = %error, "an idempotency key could not be given free");
                }
                other
            }
        }
    }

    /// Does the work, and meanwhile lets nobody take it for lost.
    async fn while_renewed(&self, work: impl Future<Output = Result<Response, Refusal>>) -> Result<Response, Refusal> {
        let mut work = pin!(work);
        loop {
            match timeout(self.request.renewed_every, &mut work).await {
                Ok(answer) => return answer,
                // By itself: the work may have the connection that this waits for, and may end before it.
                Err(_) => drop(tokio::spawn(self.clone().renew())),
            }
        }
    }

    async fn renew(self) {
        let renewed = async {
            let mut connection = self.request.db.write().await?;
            // From when it is written: there may have been a wait for the connection.
            let until = self.request.clock.now().plus_seconds(LEASE_SECONDS);
            store::renew_key(&mut connection, self.taken(), until).await
        };
        if let Err(error) = renewed.await {
            tracing::warn!(cause = %error, "an idempotency key could not be kept for its request");
        }
    }

    async fn keep(&self, response: Response) -> Result<Response, Failure> {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, ANSWER_BYTES).await.map_err(|_| Failure::Broken("an answer is too long to keep"))?;
        let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let status = i64::from(parts.status.as_u16());
        let kept = async {
            store::keep_answer(&mut self.request.db.write().await?, self.taken(), status, content_type, &body).await
        };
        // What was done is told in any case: whoever hears of it does not ask again.
        match kept.await {
            Ok(true) => {}
            Ok(false) => tracing::error!("an idempotency key was taken from a request that was still being answered"),
            Err(error) => tracing::error!(cause = %error, "an answer could not be kept for its idempotency key"),
        }
        Ok(Response::from_parts(parts, Body::from(body)).into_response())
    }

    async fn release(&self) -> Result<(), Failure> {
        Ok(store::release_key(&mut self.request.db.write().await?, self.taken()).await?)
    }

    fn taken(&self) -> Taken<'_> {
        let named = Named { owner: self.request.owner.as_str(), key: &self.key };
        Taken { named, expires_at: self.expires_at }
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
    use db::{
        on,
        testing::{ENGINES, TestDb},
    };
    use std::sync::Arc;
    use tokio::sync::Notify;

    /// An empty database, and a clock that goes on only when it is moved.
    async fn beginning(kind: db::EngineKind) -> (TestDb, Clock) {
        let clock = Clock::default();
        clock.stop();
        (TestDb::new(kind).await, clock)
    }

    /// The same request each time.
    fn request(database: &TestDb, clock: &Clock) -> Repeatable {
        let key = IdempotencyKey { key: Some("k".into()), call: "POST /api/album".into() };
        key.repeatable(&database.db, clock, &Sub::try_from("ada".to_owned()).unwrap(), b"{}")
    }

    fn created(body: &'static str) -> Response {
        (StatusCode::CREATED, body).into_response()
    }

    async fn never() -> Result<Response, Refusal> {
        panic!("a second time")
    }

    /// Work that tells when it has begun and waits to be let go.
    #[derive(Default)]
    struct Gate {
        begun: Notify,
        may_end: Notify,
    }

    async fn work(gate: Arc<Gate>) -> Result<Response, Refusal> {
        gate.begun.notify_one();
        gate.may_end.notified().await;
        Ok(created("the first"))
    }

    async fn assert_under_way(request: Repeatable) {
        let Refusal(error) = request.once(never()).await.unwrap_err();
        assert_eq!((error.code, error.retry_after_seconds), (ErrorCode::Conflict, Some(1)));
    }

    async fn assert_answered(request: Repeatable, expected: &str) {
        let answer = request.once(never()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        assert_eq!(to_bytes(answer.into_body(), 100).await.unwrap(), expected);
    }

    async fn taken(request: Repeatable) -> Turn {
        match request.take("k".into()).await {
            Ok(Taking::First(turn)) => turn,
            _ => panic!("it is somebody else's"),
        }
    }

    async fn lease(database: &TestDb) -> Timestamp {
        const LEASE: &str = "select lease_until from idempotency_keys";
        let mut connection = database.db.read().await.unwrap();
        let until: i64 = on!(&mut connection, c => sqlx::query_scalar(LEASE).fetch_one(&mut *c).await.unwrap());
        Timestamp::from_micros(until)
    }

    #[tokio::test]
    async fn what_is_done_after_its_request_was_dropped_keeps_its_answer() {
        for kind in ENGINES {
            let (database, clock) = beginning(kind).await;
            let gate = Arc::<Gate>::default();
            tokio::select! {
                _ = request(&database, &clock).once(work(Arc::clone(&gate))) => panic!("it waits"),
                () = gate.begun.notified() => {}
            }
            gate.may_end.notify_one();
            let answer = loop {
                match request(&database, &clock).once(never()).await {
                    Ok(answer) => break answer,
                    Err(_) => tokio::task::yield_now().await,
                }
            };
            assert_eq!(answer.status(), StatusCode::CREATED);
            assert_eq!(to_bytes(answer.into_body(), 100).await.unwrap(), "the first");
        }
    }

    #[tokio::test]
    async fn what_a_killed_process_has_begun_is_done_anew_after_seconds() {
        for kind in ENGINES {
            let (database, clock) = beginning(kind).await;
            drop(taken(request(&database, &clock)).await);
            assert_under_way(request(&database, &clock)).await;
            clock.advance_seconds(14);
            assert_under_way(request(&database, &clock)).await;
            clock.advance_seconds(1);
            let answer = request(&database, &clock).once(async { Ok(created("anew")) }).await.unwrap();
            assert_eq!(answer.status(), StatusCode::CREATED);
            assert_answered(request(&database, &clock), "anew").await;
        }
    }

    #[tokio::test]
    async fn a_request_that_takes_long_is_not_done_a_second_time() {
        for kind in ENGINES {
            let (database, clock) = beginning(kind).await;
            let gate = Arc::<Gate>::default();
            let first = Repeatable { renewed_every: Duration::from_millis(5), ..request(&database, &clock) };
            let first = tokio::spawn(first.once(work(Arc::clone(&gate))));
            gate.begun.notified().await;
            for _ in 0..3 {
                clock.advance_seconds(LEASE_SECONDS - 1);
                while lease(&database).await != clock.now().plus_seconds(LEASE_SECONDS) {
                    tokio::task::yield_now().await;
                }
                assert_under_way(request(&database, &clock)).await;
            }
            gate.may_end.notify_one();
            assert_eq!(first.await.unwrap().unwrap().status(), StatusCode::CREATED);
            assert_answered(request(&database, &clock), "the first").await;
        }
    }

    #[tokio::test]
    async fn a_request_that_was_taken_for_lost_leaves_the_key_alone() {
        for kind in ENGINES {
            let (database, clock) = beginning(kind).await;
            let slow = taken(request(&database, &clock)).await;
            clock.advance_seconds(LEASE_SECONDS);
            let second = taken(request(&database, &clock)).await;
            let until = clock.now().plus_seconds(LEASE_SECONDS);
            clock.advance_seconds(1);
            slow.clone().renew().await;
            assert_eq!(lease(&database).await, until);
            slow.release().await.unwrap();
            let told = slow.keep(created("late")).await.unwrap();
            assert_eq!(told.status(), StatusCode::CREATED, "what was done is told");
            assert_under_way(request(&database, &clock)).await;
            second.keep(created("the second")).await.unwrap();
            assert_answered(request(&database, &clock), "the second").await;
        }
    }
}
