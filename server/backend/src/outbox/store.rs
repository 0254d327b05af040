//! Rows of messages that are to be delivered, and of those that were handled.

use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

const INSERT: &str = "insert into outbox (event_id, topic, event_key, payload, run_at, created_at) \
     values ($1, $2, $3, $4, $5, $5)";
/// The first of a key only: whatever holds it up holds up those behind it. The outer conditions are no repetition: of
/// two processes that chose the same row, PostgreSQL lets the second look at it again as the first left it.
const TAKE: &str = "update outbox set lease_until = $2, attempts = attempts + 1 where id = \
     (select o.id from outbox o where o.run_at <= $1 and o.lease_until <= $1 \
        and not exists (select 1 from outbox p where p.event_key = o.event_key and p.id < o.id) \
      order by o.run_at, o.id limit 1) \
     and run_at <= $1 and lease_until <= $1 \
     returning id, event_id, topic, event_key, payload, attempts, created_at";
const FINISH: &str = "delete from outbox where id = $1 and attempts = $2";
const POSTPONE: &str =
    "update outbox set run_at = $3, lease_until = 0, last_error = $4 where id = $1 and attempts = $2";
const COUNT: &str = "select cast(count(*) as bigint) from outbox";
const HANDLE: &str = "insert into outbox_handled (consumer, event_id, handled_at) values ($1, $2, $3) \
     on conflict (consumer, event_id) do nothing";
const FORGET: &str = "delete from outbox_handled where handled_at < $1";

/// A message that this process delivers.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Taken {
    pub(crate) id: i64,
    pub(crate) event_id: Uuid,
    pub(crate) topic: String,
    pub(crate) event_key: String,
    pub(crate) payload: String,
    /// This try among all. It also tells whether another process has taken the message since.
    pub(crate) attempts: i64,
    pub(crate) created_at: i64,
}

pub(super) async fn insert(
    c: &mut Connection,
    event_id: Uuid,
    topic: &str,
    key: &str,
    payload: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(event_id)
        .bind(topic)
        .bind(key)
        .bind(payload)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The message that has been due for longest, of those that nothing of their key is before.
pub(super) async fn take(c: &mut Connection, now: Timestamp, until: Timestamp) -> Result<Option<Taken>, sqlx::Error> {
    on!(c, c => sqlx::query_as(TAKE).bind(now.micros()).bind(until.micros()).fetch_optional(&mut *c).await)
}

pub(super) async fn finish(c: &mut Connection, taken: &Taken) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FINISH).bind(taken.id).bind(taken.attempts).execute(&mut *c).await.map(drop))
}

/// Puts the message off until `at`.
pub(super) async fn postpone(c: &mut Connection, taken: &Taken, at: Timestamp, why: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(POSTPONE)
        .bind(taken.id)
        .bind(taken.attempts)
        .bind(at.micros())
        .bind(why)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// How many messages wait.
pub(super) async fn count(c: &mut Connection) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(COUNT).fetch_one(&mut *c).await)
}

/// Remembers that the consumer handles the message; false when it has before.
pub(super) async fn handle(
    c: &mut Connection,
    consumer: &str,
    event_id: Uuid,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(HANDLE)
        .bind(consumer)
        .bind(event_id)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

pub(crate) async fn forget_handled(c: &mut Connection, before: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET).bind(before.micros()).execute(&mut *c).await.map(drop))
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 7] = [INSERT, TAKE, FINISH, POSTPONE, COUNT, HANDLE, FORGET];
