//! Statements about browsers that are signed in at the provider.

use super::BrowserSession;
use crate::accounts::Account;
use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    auth_time: i64,
    #[sqlx(flatten)]
    account: Account,
}

/// A live session and its account.
pub(crate) async fn find(c: &mut Connection, id_hash: &[u8], now: Timestamp) -> sqlx::Result<Option<BrowserSession>> {
    let row: Option<Row> = on!(c, c => sqlx::query_as(
        "select s.auth_time, a.sub, a.email, a.given_name, a.family_name, a.name, a.password_hash, a.demo \
         from identity_sessions s join identity_accounts a on a.sub = s.sub \
         where s.id_hash = $1 and s.expires_at > $2",
    ).bind(id_hash).bind(now.micros()).fetch_optional(&mut *c).await)?;
    Ok(row.map(|row| BrowserSession { account: row.account, auth_time: Timestamp::from_micros(row.auth_time) }))
}

pub(crate) async fn insert(
    c: &mut Connection,
    id_hash: &[u8],
    sub: Uuid,
    auth_time: Timestamp,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_sessions (id_hash, sub, auth_time, expires_at) values ($1, $2, $3, $4)",
    )
    .bind(id_hash)
    .bind(sub)
    .bind(auth_time.micros())
    .bind(expires_at.micros())
    .execute(&mut *c).await.map(|_| ()))
}

pub(crate) async fn delete(c: &mut Connection, id_hash: &[u8]) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("delete from identity_sessions where id_hash = $1")
        .bind(id_hash).execute(&mut *c).await.map(|_| ()))
}

/// Ends all of a person's.
pub(crate) async fn delete_all(c: &mut Connection, sub: Uuid) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("delete from identity_sessions where sub = $1")
        .bind(sub).execute(&mut *c).await.map(|_| ()))
}
