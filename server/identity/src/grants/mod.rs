//! What a sign-in gave to a client: authorization codes, refresh tokens, and their end.

pub(crate) mod store;

use crate::{
    accounts::{self, Account},
    error::Fault,
    scopes::Scopes,
    secrets,
    state::Provider,
};
use db::Transaction;
use domain::{Timestamp, clock::random_uuid};
use uuid::Uuid;

/// Life of an authorization code in seconds.
pub(crate) const CODE_SECONDS: i64 = 300;

/// One sign-in at one client. Every token that comes from it carries its `origin_jti`.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) origin_jti: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) sub: Uuid,
    pub(crate) client_id: String,
    pub(crate) scopes: Scopes,
    /// From the JSON API rather than from OAuth.
    pub(crate) native: bool,
    /// When the person signed in; stays through refreshes.
    pub(crate) auth_time: Timestamp,
    /// When the refresh token ends.
    pub(crate) expires_at: Timestamp,
    /// Whether it was ended before.
    pub(crate) revoked: bool,
}

/// An authorization code's promise.
#[derive(Clone, Debug)]
pub(crate) struct Authorization {
    pub(crate) sub: Uuid,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Scopes,
    pub(crate) code_challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) auth_time: Timestamp,
}

/// Why a code or refresh token gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantFault {
    Unknown,
    Expired,
    Revoked,
}

impl Provider {
    /// Keeps an authorization and answers with its code.
    pub(crate) async fn make_code(&self, tx: &mut Transaction, authorization: &Authorization) -> Result<String, Fault> {
        let code = secrets::random_token();
        let expires_at = self.now().plus_seconds(CODE_SECONDS);
        store::insert_code(tx, &secrets::hash(&code), authorization, expires_at).await?;
        Ok(code)
    }

    /// A new grant and its refresh token.
    pub(crate) async fn make_grant(
        &self,
        tx: &mut Transaction,
        (sub, client_id): (Uuid, &str),
        scopes: Scopes,
        native: bool,
        auth_time: Timestamp,
    ) -> Result<(Grant, String), Fault> {
        let refresh_token = secrets::random_token();
        let grant = Grant {
            origin_jti: random_uuid(),
            event_id: random_uuid(),
            sub,
            client_id: client_id.to_owned(),
            scopes,
            native,
            auth_time,
            expires_at: self.now().plus_seconds(self.settings.refresh_token_seconds),
            revoked: false,
        };
        store::insert_grant(tx, &secrets::hash(&refresh_token), &grant).await?;
        Ok((grant, refresh_token))
    }

    /// The grant and account of a live refresh token of this client.
    pub(crate) async fn refresh(
        &self,
        refresh_token: &str,
        client_id: &str,
    ) -> Result<Result<(Grant, Account), GrantFault>, Fault> {
        let mut c = self.db.read().await?;
        let Some(grant) = store::by_token(&mut c, &secrets::hash(refresh_token)).await? else {
            return Ok(Err(GrantFault::Unknown));
        };
        if grant.client_id != client_id {
            return Ok(Err(GrantFault::Unknown));
        }
        if grant.revoked {
            return Ok(Err(GrantFault::Revoked));
        }
        if grant.expires_at <= self.now() {
            return Ok(Err(GrantFault::Expired));
        }
        // A deleted account took its grants with it, so this finds one unless it went in this very moment.
        Ok(accounts::store::by_sub(&mut c, grant.sub)
            .await?
            .map_or(Err(GrantFault::Revoked), |account| Ok((grant, account))))
    }

    /// Ends everything that came from a person's sign-ins: tokens, codes and the provider's own sessions.
    pub(crate) async fn sign_out_everywhere(&self, tx: &mut Transaction, sub: Uuid) -> Result<(), Fault> {
        store::revoke_all(tx, sub, self.now()).await?;
        crate::browser::store::delete_all(tx, sub).await?;
        Ok(())
    }
}
