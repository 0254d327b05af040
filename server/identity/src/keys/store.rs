//! Statements about keys.

use super::TokenUse;
use db::{Connection, on};
use domain::Timestamp;

/// The name of the only secret.
const SEALING: &str = "sealing";

/// The private key in PKCS#8.
pub(super) async fn signing_key(c: &mut Connection, token_use: TokenUse) -> sqlx::Result<Option<Vec<u8>>> {
    on!(c, c => sqlx::query_scalar("select pkcs8 from identity_signing_keys where token_use = $1")
        .bind(token_use.as_str()).fetch_optional(&mut *c).await)
}

/// Keeps a key unless there is one.
pub(super) async fn insert_signing_key(
    c: &mut Connection,
    token_use: TokenUse,
    kid: &str,
    pkcs8: &[u8],
    now: Timestamp,
) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_signing_keys (token_use, kid, pkcs8, created_at) values ($1, $2, $3, $4) \
         on conflict (token_use) do nothing",
    ).bind(token_use.as_str()).bind(kid).bind(pkcs8).bind(now.micros()).execute(&mut *c).await.map(|_| ()))
}

/// The secret that seals.
pub(super) async fn secret(c: &mut Connection) -> sqlx::Result<Option<Vec<u8>>> {
    on!(c, c => sqlx::query_scalar("select value from identity_secrets where name = $1")
        .bind(SEALING).fetch_optional(&mut *c).await)
}

/// Keeps a secret unless there is one.
pub(super) async fn insert_secret(c: &mut Connection, value: &[u8], now: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_secrets (name, value, created_at) values ($1, $2, $3) on conflict (name) do nothing",
    ).bind(SEALING).bind(value).bind(now.micros()).execute(&mut *c).await.map(|_| ()))
}
