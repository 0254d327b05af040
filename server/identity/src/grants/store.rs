//! Statements about codes and refresh tokens.

use super::{Authorization, Grant};
use crate::scopes::Scopes;
use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct GrantRow {
    origin_jti: Uuid,
    event_id: Uuid,
    sub: Uuid,
    client_id: String,
    scope: String,
    native: bool,
    auth_time: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

impl From<GrantRow> for Grant {
    fn from(row: GrantRow) -> Self {
        Self {
            origin_jti: row.origin_jti,
            event_id: row.event_id,
            sub: row.sub,
            client_id: row.client_id,
            scopes: Scopes::parse(&row.scope),
            native: row.native,
            auth_time: Timestamp::from_micros(row.auth_time),
            expires_at: Timestamp::from_micros(row.expires_at),
            revoked: row.revoked_at.is_some(),
        }
    }
}

#[derive(sqlx::FromRow)]
struct AuthorizationRow {
    sub: Uuid,
    client_id: String,
    redirect_uri: String,
    scope: String,
    code_challenge: String,
    nonce: Option<String>,
    auth_time: i64,
    expires_at: i64,
}

/// Keeps a refresh token.
pub(crate) async fn insert_grant(c: &mut Connection, token_hash: &[u8], grant: &Grant) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_refresh_tokens \
         (origin_jti, token_hash, event_id, sub, client_id, scope, native, auth_time, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(grant.origin_jti)
    .bind(token_hash)
    .bind(grant.event_id)
    .bind(grant.sub)
    .bind(&grant.client_id)
    .bind(grant.scopes.to_string())
    .bind(grant.native)
    .bind(grant.auth_time.micros())
    .bind(grant.expires_at.micros())
    .execute(&mut *c).await.map(|_| ()))
}

/// The grant of a refresh token, live or not.
pub(crate) async fn by_token(c: &mut Connection, token_hash: &[u8]) -> sqlx::Result<Option<Grant>> {
    let row: Option<GrantRow> = on!(c, c => sqlx::query_as(
        "select origin_jti, event_id, sub, client_id, scope, native, auth_time, expires_at, revoked_at \
         from identity_refresh_tokens where token_hash = $1",
    ).bind(token_hash).fetch_optional(&mut *c).await)?;
    Ok(row.map(Grant::from))
}

/// Ends one grant; a second time changes nothing.
pub(crate) async fn revoke(c: &mut Connection, origin_jti: Uuid, now: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "update identity_refresh_tokens set revoked_at = $2 where origin_jti = $1 and revoked_at is null",
    ).bind(origin_jti).bind(now.micros()).execute(&mut *c).await.map(|_| ()))
}

/// Ends all grants of a person and makes their unused codes worthless.
pub(crate) async fn revoke_all(c: &mut Connection, sub: Uuid, now: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "update identity_refresh_tokens set revoked_at = $2 where sub = $1 and revoked_at is null",
    ).bind(sub).bind(now.micros()).execute(&mut *c).await.map(|_| ()))?;
    on!(c, c => sqlx::query(
        "update identity_authorization_codes set used_at = $2 where sub = $1 and used_at is null",
    ).bind(sub).bind(now.micros()).execute(&mut *c).await.map(|_| ()))
}

/// Keeps an authorization code.
pub(crate) async fn insert_code(
    c: &mut Connection,
    code_hash: &[u8],
    authorization: &Authorization,
    expires_at: Timestamp,
) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(
        "insert into identity_authorization_codes \
         (code_hash, sub, client_id, redirect_uri, scope, code_challenge, nonce, auth_time, expires_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(code_hash)
    .bind(authorization.sub)
    .bind(&authorization.client_id)
    .bind(&authorization.redirect_uri)
    .bind(authorization.scopes.to_string())
    .bind(&authorization.code_challenge)
    .bind(&authorization.nonce)
    .bind(authorization.auth_time.micros())
    .bind(expires_at.micros())
    .execute(&mut *c).await.map(|_| ()))
}

/// Uses a code of this client up. Of two that try at once, one gets it. None when there is no unused one.
pub(crate) async fn take_code(
    c: &mut Connection,
    code_hash: &[u8],
    client_id: &str,
    now: Timestamp,
) -> sqlx::Result<Option<(Authorization, Timestamp)>> {
    let row: Option<AuthorizationRow> = on!(c, c => sqlx::query_as(
        "update identity_authorization_codes set used_at = $3 \
         where code_hash = $1 and client_id = $2 and used_at is null \
         returning sub, client_id, redirect_uri, scope, code_challenge, nonce, auth_time, expires_at",
    ).bind(code_hash).bind(client_id).bind(now.micros()).fetch_optional(&mut *c).await)?;
    Ok(row.map(|row| {
        let authorization = Authorization {
            sub: row.sub,
            client_id: row.client_id,
            redirect_uri: row.redirect_uri,
            scopes: Scopes::parse(&row.scope),
            code_challenge: row.code_challenge,
            nonce: row.nonce,
            auth_time: Timestamp::from_micros(row.auth_time),
        };
        (authorization, Timestamp::from_micros(row.expires_at))
    }))
}

/// Notes which grant came from a code.
pub(crate) async fn link_code(c: &mut Connection, code_hash: &[u8], origin_jti: Uuid) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("update identity_authorization_codes set origin_jti = $2 where code_hash = $1")
        .bind(code_hash).bind(origin_jti).execute(&mut *c).await.map(|_| ()))
}

/// The grant that came from a code of this client.
pub(crate) async fn grant_of_code(c: &mut Connection, code_hash: &[u8], client_id: &str) -> sqlx::Result<Option<Uuid>> {
    let found: Option<Option<Uuid>> = on!(c, c => sqlx::query_scalar(
        "select origin_jti from identity_authorization_codes where code_hash = $1 and client_id = $2",
    ).bind(code_hash).bind(client_id).fetch_optional(&mut *c).await)?;
    Ok(found.flatten())
}
