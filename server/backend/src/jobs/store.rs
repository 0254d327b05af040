//! Rows of jobs.

use super::Lane;
use db::{Connection, on};
use domain::Timestamp;

const INSERT: &str = "insert into jobs (kind, payload, run_at, created_at) values ($1, $2, $3, $4)";
/// The outer conditions are no repetition: of two workers that chose the same job, PostgreSQL lets the second look at
/// the row again as the first left it.
const TAKE: &str = "update jobs set lease_until = $2, attempts = attempts + 1 where id = \
     (select id from jobs where dead_at is null and run_at <= $1 and lease_until <= $1 \
      and case kind when 'object.thumbnails' then 1 when 'document.extract' then 2 when 'document.notes' then 3 \
        when 'quiz.generate' then 3 else 0 end = cast($3 as bigint) \
      order by run_at, id limit 1) \
     and dead_at is null and run_at <= $1 and lease_until <= $1 \
     returning id, kind, payload, attempts, last_error";
const RENEW: &str = "update jobs set lease_until = $3 where id = $1 and attempts = $2";
const FINISH: &str = "delete from jobs where id = $1 and attempts = $2";
const POSTPONE: &str = "update jobs set run_at = $3, lease_until = 0, last_error = $4 where id = $1 and attempts = $2";
const BURY: &str = "update jobs set dead_at = $3, lease_until = 0, last_error = $4 where id = $1 and attempts = $2";
const COUNT: &str = "select cast(count(*) as bigint), \
     cast(coalesce(sum(case when dead_at is null then 0 else 1 end), 0) as bigint) from jobs";

/// A job that this process has for a while.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Taken {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) payload: String,
    /// This try among all tries. It also tells whether somebody else has taken the job since.
    pub(crate) attempts: i64,
    /// How the last try ended that came to an end.
    pub(crate) last_error: Option<String>,
}

pub(crate) async fn insert(
    c: &mut Connection,
    kind: &str,
    payload: &str,
    now: Timestamp,
    run_at: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(kind)
        .bind(payload)
        .bind(run_at.micros())
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The job of the lane that has been due for longest.
pub(crate) async fn take(
    c: &mut Connection,
    lane: Lane,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Taken>, sqlx::Error> {
    on!(c, c => sqlx::query_as(TAKE)
        .bind(now.micros())
        .bind(until.micros())
        .bind(lane as i64)
        .fetch_optional(&mut *c)
        .await)
}

/// Keeps the job until then.
pub(crate) async fn renew(c: &mut Connection, job: &Taken, until: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENEW)
        .bind(job.id)
        .bind(job.attempts)
        .bind(until.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn finish(c: &mut Connection, job: &Taken) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FINISH).bind(job.id).bind(job.attempts).execute(&mut *c).await.map(drop))
}

/// Puts the job off until `at`.
pub(crate) async fn postpone(c: &mut Connection, job: &Taken, at: Timestamp, why: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(POSTPONE)
        .bind(job.id)
        .bind(job.attempts)
        .bind(at.micros())
        .bind(why)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Gives the job up.
pub(crate) async fn bury(c: &mut Connection, job: &Taken, at: Timestamp, why: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(BURY)
        .bind(job.id)
        .bind(job.attempts)
        .bind(at.micros())
        .bind(why)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// How many jobs there are, and how many of them are given up.
pub(crate) async fn count(c: &mut Connection) -> Result<(i64, i64), sqlx::Error> {
    on!(c, c => sqlx::query_as(COUNT).fetch_one(&mut *c).await)
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 7] = [INSERT, TAKE, RENEW, FINISH, POSTPONE, BURY, COUNT];
