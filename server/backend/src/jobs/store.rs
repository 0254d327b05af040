//! Rows of jobs.

use super::Lane;
use db::{Connection, on};
use domain::Timestamp;

const INSERT: &str = "insert into jobs (lane, account_id, kind, payload, run_at, created_at) \
     values ($1, $2, $3, $4, $5, $6)";
/// The outer conditions are no repetition: of two workers that chose the same job, PostgreSQL lets the second look at
/// the row again as the first left it.
const TAKE: &str = "update jobs set lease_until = $2, attempts = attempts + 1 where id = \
     (select j.id from jobs j left join job_turns t on t.account_id = j.account_id and t.lane = j.lane \
      where j.lane = $3 and j.dead_at is null and j.run_at <= $1 and j.lease_until <= $1 \
      order by coalesce(t.taken_at, 0), j.run_at, j.id limit 1) \
     and dead_at is null and run_at <= $1 and lease_until <= $1 \
     returning id, account_id, kind, payload, attempts, last_error";
const TURN: &str = "insert into job_turns (account_id, lane, taken_at) values ($1, $2, $3) \
     on conflict (account_id, lane) do update set taken_at = excluded.taken_at";
const FORGET_TURNS: &str = "delete from job_turns where taken_at < $1";
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
    /// For whom it is.
    pub(crate) account_id: Option<i64>,
    pub(crate) kind: String,
    pub(crate) payload: String,
    /// This try among all tries. It also tells whether somebody else has taken the job since.
    pub(crate) attempts: i64,
    /// How the last try ended that came to an end.
    pub(crate) last_error: Option<String>,
}

/// A job to be added.
#[derive(Debug)]
pub(crate) struct NewJobRow<'a> {
    pub(crate) lane: Lane,
    pub(crate) account_id: Option<i64>,
    pub(crate) kind: &'a str,
    pub(crate) payload: &'a str,
    pub(crate) run_at: Timestamp,
    pub(crate) created_at: Timestamp,
}

pub(crate) async fn insert(c: &mut Connection, new: &NewJobRow<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(new.lane as i64)
        .bind(new.account_id)
        .bind(new.kind)
        .bind(new.payload)
        .bind(new.run_at.micros())
        .bind(new.created_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Of the person in the lane who has not had a turn for longest, the job that has been due for longest. What is
/// nobody's comes before.
pub(crate) async fn take(
    c: &mut Connection,
    lane: Lane,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Taken>, sqlx::Error> {
    let taken: Option<Taken> = on!(c, c => sqlx::query_as(TAKE)
        .bind(now.micros())
        .bind(until.micros())
        .bind(lane as i64)
        .fetch_optional(&mut *c)
        .await)?;
    if let Some(account_id) = taken.as_ref().and_then(|job| job.account_id) {
        on!(c, c => sqlx::query(TURN)
            .bind(account_id)
            .bind(lane as i64)
            .bind(now.micros())
            .execute(&mut *c)
            .await
            .map(drop))?;
    }
    Ok(taken)
}

/// Forgets turns that were so long ago that nobody waits behind them.
pub(crate) async fn forget_turns(c: &mut Connection, before: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_TURNS).bind(before.micros()).execute(&mut *c).await.map(drop))
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
pub(crate) const STATEMENTS: [&str; 9] = [INSERT, TAKE, TURN, FORGET_TURNS, RENEW, FINISH, POSTPONE, BURY, COUNT];
