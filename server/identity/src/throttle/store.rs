//! Statements about counters.

use super::{Counter, Key};
use db::{Connection, on};
use domain::Timestamp;

/// The counter, locked until the transaction ends; made when missing.
pub(super) async fn locked(c: &mut Connection, key: &Key, now: Timestamp) -> sqlx::Result<Counter> {
    on!(c, c => sqlx::query_as(
        "insert into identity_throttles (key_hash, count, started_at, last_at, blocked_until) \
         values ($1, 0, $2, $2, 0) \
         on conflict (key_hash) do update set count = identity_throttles.count \
         returning count, started_at, last_at, blocked_until",
    ).bind(&key.0).bind(now.micros()).fetch_one(&mut *c).await)
}

/// Keeps a counter that was read by [`locked`].
pub(super) async fn update(c: &mut Connection, key: &Key, counter: Counter) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "update identity_throttles set count = $2, started_at = $3, last_at = $4, blocked_until = $5 \
         where key_hash = $1",
    )
    .bind(&key.0)
    .bind(counter.count)
    .bind(counter.started_at)
    .bind(counter.last_at)
    .bind(counter.blocked_until)
    .execute(&mut *c).await.map(|_| ()))
}

/// Forgets everything that was counted.
pub(super) async fn delete(c: &mut Connection, key: &Key) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("delete from identity_throttles where key_hash = $1")
        .bind(&key.0).execute(&mut *c).await.map(|_| ()))
}

/// Takes the last attempt back.
pub(super) async fn take_back(c: &mut Connection, key: &Key) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "update identity_throttles set count = count - 1, blocked_until = 0 where key_hash = $1 and count > 0",
    ).bind(&key.0).execute(&mut *c).await.map(|_| ()))
}
