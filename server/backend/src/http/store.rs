//! Rows behind idempotency keys and the daily quota.

use db::{Connection, on};
use domain::Timestamp;

/// Counts one request of the person on the day and tells how many there are.
pub(crate) const COUNT_REQUEST: &str = "insert into daily_usage (sub, day, requests) values ($1, $2, 1) \
     on conflict (sub, day) do update set requests = daily_usage.requests + 1 returning requests";
const FORGET_DAYS: &str = "delete from daily_usage where day < $1";
/// Takes the key when it is new, over, or held by a request that never came back.
const TAKE_KEY: &str = "insert into idempotency_keys (owner, key, request_hash, lease_until, expires_at) \
     values ($1, $2, $3, $4, $5) \
     on conflict (owner, key) do update set request_hash = excluded.request_hash, status = null, content_type = null, \
     body = null, lease_until = excluded.lease_until, expires_at = excluded.expires_at \
     where idempotency_keys.expires_at <= $6 \
     or (idempotency_keys.status is null and idempotency_keys.lease_until <= $6 \
         and idempotency_keys.request_hash = excluded.request_hash)";
const FIND_KEY: &str =
    "select request_hash, status, content_type, body from idempotency_keys where owner = $1 and key = $2";
const KEEP_ANSWER: &str = "update idempotency_keys set status = $4, content_type = $5, body = $6 \
     where owner = $1 and key = $2 and expires_at = $3 and status is null";
const RELEASE_KEY: &str =
    "delete from idempotency_keys where owner = $1 and key = $2 and expires_at = $3 and status is null";
const RENEW_KEY: &str = "update idempotency_keys set lease_until = $4 \
     where owner = $1 and key = $2 and expires_at = $3 and status is null";
const FORGET_KEYS: &str = "delete from idempotency_keys where expires_at <= $1";
const FORGET_KEYS_OF: &str = "delete from idempotency_keys where owner = $1";

/// What an earlier request with the same key left.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Kept {
    pub(crate) request_hash: Vec<u8>,
    /// None while it is under way.
    pub(crate) status: Option<i64>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Option<Vec<u8>>,
}

/// A key as one person sent it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    pub(crate) owner: &'a str,
    pub(crate) key: &'a str,
}

/// A key that a request has taken. When its time is over tells it from one that took it later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'a> {
    pub(crate) named: Named<'a>,
    pub(crate) expires_at: Timestamp,
}

pub(crate) async fn count_request(c: &mut Connection, sub: &str, day: i64) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(COUNT_REQUEST).bind(sub).bind(day).fetch_one(&mut *c).await)
}

pub(crate) async fn forget_days(c: &mut Connection, before: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_DAYS).bind(before).execute(&mut *c).await.map(drop))
}

/// Whether the caller now has the key and is the one to answer.
pub(crate) async fn take_key(
    c: &mut Connection,
    Taken { named, expires_at }: Taken<'_>,
    request_hash: &[u8],
    lease_until: Timestamp,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(TAKE_KEY)
        .bind(named.owner)
        .bind(named.key)
        .bind(request_hash)
        .bind(lease_until.micros())
        .bind(expires_at.micros())
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Keeps the key for whoever is still answering.
pub(crate) async fn renew_key(
    c: &mut Connection,
    Taken { named, expires_at }: Taken<'_>,
    until: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENEW_KEY)
        .bind(named.owner)
        .bind(named.key)
        .bind(expires_at.micros())
        .bind(until.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Forgets what a person was answered.
pub(crate) async fn forget_keys_of(c: &mut Connection, owner: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_KEYS_OF).bind(owner).execute(&mut *c).await.map(drop))
}

pub(crate) async fn find_key(c: &mut Connection, named: Named<'_>) -> Result<Option<Kept>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND_KEY).bind(named.owner).bind(named.key).fetch_optional(&mut *c).await)
}

/// Whether it could be kept: not when somebody else has taken the key meanwhile.
pub(crate) async fn keep_answer(
    c: &mut Connection,
    Taken { named, expires_at }: Taken<'_>,
    status: i64,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(KEEP_ANSWER)
        .bind(named.owner)
        .bind(named.key)
        .bind(expires_at.micros())
        .bind(status)
        .bind(content_type)
        .bind(body)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

pub(crate) async fn release_key(c: &mut Connection, Taken { named, expires_at }: Taken<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RELEASE_KEY)
        .bind(named.owner)
        .bind(named.key)
        .bind(expires_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn forget_keys(c: &mut Connection, now: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_KEYS).bind(now.micros()).execute(&mut *c).await.map(drop))
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 9] =
    [COUNT_REQUEST, FORGET_DAYS, TAKE_KEY, RENEW_KEY, FIND_KEY, KEEP_ANSWER, RELEASE_KEY, FORGET_KEYS, FORGET_KEYS_OF];
