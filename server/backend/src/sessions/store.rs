//! Rows of sessions and of sign-ins under way.

use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

const INSERT: &str = "insert into sessions (id, account_id, token_hash, device, tokens, created_at, last_used_at, \
     authenticated_at, expires_at, access_expires_at) values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)";
const FIND: &str = "select s.id, s.account_id, a.sub, s.tokens, s.last_used_at, s.authenticated_at, s.expires_at, \
     s.access_expires_at, s.refresh_lease_until \
     from sessions s join accounts a on a.id = s.account_id where s.token_hash = $1 and a.cancelled_at is null";
const TOUCH: &str = "update sessions set last_used_at = $2 where id = $1 and last_used_at < $2";
const LIST: &str = "select id, device, created_at, last_used_at, expires_at from sessions \
     where account_id = $1 and expires_at > $2 and last_used_at > $3 order by last_used_at desc, id";
const IS_LIVE: &str =
    "select count(*) from sessions where id = $1 and account_id = $2 and expires_at > $3 and last_used_at > $4";
const END: &str = "delete from sessions where id = $1";
const END_OWN: &str =
    "delete from sessions where id = $1 and account_id = $2 and expires_at > $3 and last_used_at > $4";
const END_ALL: &str = "delete from sessions where account_id = $1";
/// Whoever changes the row is the one to refresh; the others see that somebody is at it.
const LEASE: &str = "update sessions set refresh_lease_until = $3 \
     where id = $1 and access_expires_at = $2 and refresh_lease_until <= $4";
const RENEW: &str = "update sessions set tokens = $2, access_expires_at = $3, refresh_lease_until = 0 \
     where id = $1 and access_expires_at = $4";
const FORGET_ENDED: &str = "delete from sessions where expires_at <= $1 or last_used_at <= $2";
const INSERT_ATTEMPT: &str =
    "insert into sign_in_attempts (state_hash, browser_hash, return_to, expires_at) values ($1, $2, $3, $4)";
const TAKE_ATTEMPT: &str = "delete from sign_in_attempts where state_hash = $1 and browser_hash = $2 \
     returning return_to, expires_at";
const FORGET_ATTEMPTS: &str = "delete from sign_in_attempts where expires_at <= $1";
const KEEP_FORM: &str = "insert into refused_forms (session_id, page, function, fields, expires_at) \
     values ($1, $2, $3, $4, $5) on conflict (session_id) do update set page = excluded.page, \
     function = excluded.function, fields = excluded.fields, expires_at = excluded.expires_at";
const FIND_FORM: &str =
    "select function, fields from refused_forms where session_id = $1 and page = $2 and expires_at > $3";
const FORGET_FORM: &str = "delete from refused_forms where session_id = $1";
const FORGET_FORMS: &str = "delete from refused_forms where expires_at <= $1";

/// A browser that has just signed in.
#[derive(Debug)]
pub(crate) struct NewSession<'a> {
    pub(crate) id: Uuid,
    pub(crate) account_id: i64,
    pub(crate) token_hash: &'a [u8],
    pub(crate) device: &'a str,
    pub(crate) tokens: &'a [u8],
    pub(crate) created_at: Timestamp,
    pub(crate) authenticated_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) access_expires_at: Timestamp,
}

/// A session as a request finds it; its limits are not judged yet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: i64,
    pub(crate) sub: String,
    pub(crate) tokens: Option<Vec<u8>>,
    pub(crate) last_used_at: i64,
    pub(crate) authenticated_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) access_expires_at: i64,
    pub(crate) refresh_lease_until: i64,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ListedRow {
    pub(crate) id: Uuid,
    pub(crate) device: String,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: i64,
    pub(crate) expires_at: i64,
}

/// A sign-in that comes back from the provider.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct AttemptRow {
    pub(crate) return_to: String,
    pub(crate) expires_at: i64,
}

/// What stood in a plain form that was refused.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct FormRow {
    pub(crate) function: String,
    pub(crate) fields: String,
}

/// What counts as live: not past the absolute limit at `now`, and used after `idle_since`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) now: Timestamp,
    pub(crate) idle_since: Timestamp,
}

pub(crate) async fn insert(c: &mut Connection, session: &NewSession<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(session.id)
        .bind(session.account_id)
        .bind(session.token_hash)
        .bind(session.device)
        .bind(session.tokens)
        .bind(session.created_at.micros())
        .bind(session.authenticated_at.micros())
        .bind(session.expires_at.micros())
        .bind(session.access_expires_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// By the hash of the cookie; none when the person has cancelled.
pub(crate) async fn find(c: &mut Connection, token_hash: &[u8]) -> Result<Option<SessionRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND).bind(token_hash).fetch_optional(&mut *c).await)
}

pub(crate) async fn touch(c: &mut Connection, id: Uuid, now: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(TOUCH).bind(id).bind(now.micros()).execute(&mut *c).await.map(drop))
}

/// The person's live sessions, the one used last first.
pub(crate) async fn list(c: &mut Connection, account: i64, live: Limits) -> Result<Vec<ListedRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(LIST)
        .bind(account)
        .bind(live.now.micros())
        .bind(live.idle_since.micros())
        .fetch_all(&mut *c)
        .await)
}

pub(crate) async fn end(c: &mut Connection, id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(END).bind(id).execute(&mut *c).await.map(drop))
}

/// Ends a live session of the person; false when there is none of that id.
pub(crate) async fn end_own(c: &mut Connection, account: i64, id: Uuid, live: Limits) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(END_OWN)
        .bind(id)
        .bind(account)
        .bind(live.now.micros())
        .bind(live.idle_since.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

pub(crate) async fn end_all(c: &mut Connection, account: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(END_ALL).bind(account).execute(&mut *c).await.map(drop))
}

/// Whether the caller is the one to refresh, until `until`. `seen` is when the access token that it saw ends.
pub(crate) async fn lease(
    c: &mut Connection,
    id: Uuid,
    seen: i64,
    until: Timestamp,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(LEASE)
        .bind(id)
        .bind(seen)
        .bind(until.micros())
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Keeps renewed tokens in place of those with this expiry; newer ones stay. `seen` is in microseconds.
pub(crate) async fn renew(
    c: &mut Connection,
    id: Uuid,
    seen: i64,
    tokens: &[u8],
    access_expires_at: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENEW)
        .bind(id)
        .bind(tokens)
        .bind(access_expires_at.micros())
        .bind(seen)
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn forget_ended(c: &mut Connection, now: Timestamp, idle_since: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_ENDED)
        .bind(now.micros())
        .bind(idle_since.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn insert_attempt(
    c: &mut Connection,
    state_hash: &[u8],
    browser_hash: &[u8],
    return_to: &str,
    expires_at: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT_ATTEMPT)
        .bind(state_hash)
        .bind(browser_hash)
        .bind(return_to)
        .bind(expires_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Takes the attempt out, so that nobody can come back with the same state again.
pub(crate) async fn take_attempt(
    c: &mut Connection,
    state_hash: &[u8],
    browser_hash: &[u8],
) -> Result<Option<AttemptRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(TAKE_ATTEMPT).bind(state_hash).bind(browser_hash).fetch_optional(&mut *c).await)
}

pub(crate) async fn forget_attempts(c: &mut Connection, now: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_ATTEMPTS).bind(now.micros()).execute(&mut *c).await.map(drop))
}

/// Keeps a refused form of the session in place of the one before.
pub(crate) async fn keep_form(
    c: &mut Connection,
    session_id: Uuid,
    page: &str,
    form: &FormRow,
    expires_at: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(KEEP_FORM)
        .bind(session_id)
        .bind(page)
        .bind(form.function.as_str())
        .bind(form.fields.as_str())
        .bind(expires_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The session's refused form on a page, unless it is past its time.
pub(crate) async fn find_form(
    c: &mut Connection,
    session_id: Uuid,
    page: &str,
    now: Timestamp,
) -> Result<Option<FormRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND_FORM)
        .bind(session_id)
        .bind(page)
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await)
}

pub(crate) async fn forget_form(c: &mut Connection, session_id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_FORM).bind(session_id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn forget_forms(c: &mut Connection, now: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_FORMS).bind(now.micros()).execute(&mut *c).await.map(drop))
}

/// Whether it is a live session of the account.
pub(crate) async fn is_live(
    c: &mut Connection,
    account_id: i64,
    id: Uuid,
    limits: Limits,
) -> Result<bool, sqlx::Error> {
    let count: i64 = on!(c, c => sqlx::query_scalar(IS_LIVE)
        .bind(id)
        .bind(account_id)
        .bind(limits.now.micros())
        .bind(limits.idle_since.micros())
        .fetch_one(&mut *c)
        .await)?;
    Ok(count > 0)
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 18] = [
    KEEP_FORM,
    FIND_FORM,
    FORGET_FORM,
    FORGET_FORMS,
    IS_LIVE,
    INSERT,
    FIND,
    TOUCH,
    LIST,
    END,
    END_OWN,
    END_ALL,
    LEASE,
    RENEW,
    FORGET_ENDED,
    INSERT_ATTEMPT,
    TAKE_ATTEMPT,
    FORGET_ATTEMPTS,
];
