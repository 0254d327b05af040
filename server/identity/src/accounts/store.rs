//! Statements about people.

use super::{Account, Pending};
use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

/// An account by its sign-in name.
pub(crate) async fn by_email(c: &mut Connection, email: &str) -> sqlx::Result<Option<Account>> {
    on!(c, c => sqlx::query_as(
        "select sub, email, given_name, family_name, name, password_hash, demo from identity_accounts \
         where email = $1",
    ).bind(email).fetch_optional(&mut *c).await)
}

/// An account by its id.
pub(crate) async fn by_sub(c: &mut Connection, sub: Uuid) -> sqlx::Result<Option<Account>> {
    on!(c, c => sqlx::query_as(
        "select sub, email, given_name, family_name, name, password_hash, demo from identity_accounts \
         where sub = $1",
    ).bind(sub).fetch_optional(&mut *c).await)
}

/// The account that a token's grant belongs to, unless the grant was revoked.
pub(crate) async fn by_live_grant(c: &mut Connection, origin_jti: Uuid, sub: Uuid) -> sqlx::Result<Option<Account>> {
    on!(c, c => sqlx::query_as(
        "select a.sub, a.email, a.given_name, a.family_name, a.name, a.password_hash, a.demo \
         from identity_refresh_tokens r join identity_accounts a on a.sub = r.sub \
         where r.origin_jti = $1 and r.sub = $2 and r.revoked_at is null",
    ).bind(origin_jti).bind(sub).fetch_optional(&mut *c).await)
}

/// Keeps an account unless the address has one. Says whether it did.
pub(crate) async fn insert(c: &mut Connection, account: &Account, now: Timestamp) -> sqlx::Result<bool> {
    on!(c, c => sqlx::query(
        "insert into identity_accounts \
         (sub, email, given_name, family_name, name, password_hash, demo, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (email) do nothing",
    )
    .bind(account.sub)
    .bind(&account.email)
    .bind(&account.given_name)
    .bind(&account.family_name)
    .bind(&account.name)
    .bind(&account.password_hash)
    .bind(account.demo)
    .bind(now.micros())
    .execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}

/// Sets a new password.
pub(crate) async fn set_password(c: &mut Connection, sub: Uuid, hash: &str) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("update identity_accounts set password_hash = $2 where sub = $1")
        .bind(sub).bind(hash).execute(&mut *c).await.map(|_| ()))
}

/// Removes an account with all that hangs on it. Says whether there was one.
pub(crate) async fn delete(c: &mut Connection, sub: Uuid) -> sqlx::Result<bool> {
    on!(c, c => sqlx::query("delete from identity_accounts where sub = $1")
        .bind(sub).execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}

/// Keeps a sign-up.
pub(crate) async fn insert_pending(c: &mut Connection, pending: &Pending) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_sign_ups \
         (sub, email, given_name, family_name, name, password_hash, code_hash, code_expires_at, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(pending.sub)
    .bind(&pending.email)
    .bind(&pending.given_name)
    .bind(&pending.family_name)
    .bind(&pending.name)
    .bind(&pending.password_hash)
    .bind(&pending.code_hash)
    .bind(pending.code_expires_at)
    .bind(pending.created_at)
    .execute(&mut *c).await.map(|_| ()))
}

/// The sign-ups of an address, the first one first. How often mail is sent there bounds their number.
pub(crate) async fn pending_by_email(c: &mut Connection, email: &str) -> sqlx::Result<Vec<Pending>> {
    on!(c, c => sqlx::query_as(
        "select sub, email, given_name, family_name, name, password_hash, code_hash, code_expires_at, created_at \
         from identity_sign_ups where email = $1 order by created_at, sub",
    ).bind(email).fetch_all(&mut *c).await)
}

/// A sign-up by the id that its link carries.
pub(crate) async fn pending_by_sub(c: &mut Connection, sub: Uuid) -> sqlx::Result<Option<Pending>> {
    on!(c, c => sqlx::query_as(
        "select sub, email, given_name, family_name, name, password_hash, code_hash, code_expires_at, created_at \
         from identity_sign_ups where sub = $1",
    ).bind(sub).fetch_optional(&mut *c).await)
}

/// Gives a sign-up a new code.
pub(crate) async fn set_code(c: &mut Connection, sub: Uuid, hash: &[u8], expires_at: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("update identity_sign_ups set code_hash = $2, code_expires_at = $3 where sub = $1")
        .bind(sub).bind(hash).bind(expires_at.micros()).execute(&mut *c).await.map(|_| ()))
}

/// Removes all sign-ups of an address: one of them has become the account.
pub(crate) async fn delete_pending(c: &mut Connection, email: &str) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("delete from identity_sign_ups where email = $1")
        .bind(email).execute(&mut *c).await.map(|_| ()))
}

/// Keeps the latest code for a new password.
pub(crate) async fn set_reset(c: &mut Connection, sub: Uuid, hash: &[u8], expires_at: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_password_resets (sub, code_hash, expires_at) values ($1, $2, $3) \
         on conflict (sub) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at",
    ).bind(sub).bind(hash).bind(expires_at.micros()).execute(&mut *c).await.map(|_| ()))
}

/// The latest code for a new password: its hash and when it ends, in microseconds.
pub(crate) async fn reset(c: &mut Connection, sub: Uuid) -> sqlx::Result<Option<(Vec<u8>, i64)>> {
    on!(c, c => sqlx::query_as("select code_hash, expires_at from identity_password_resets where sub = $1")
        .bind(sub).fetch_optional(&mut *c).await)
}

/// Uses the code up. Of two that try at once, one is told yes.
pub(crate) async fn take_reset(c: &mut Connection, sub: Uuid, hash: &[u8]) -> sqlx::Result<bool> {
    on!(c, c => sqlx::query("delete from identity_password_resets where sub = $1 and code_hash = $2")
        .bind(sub).bind(hash).execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}
