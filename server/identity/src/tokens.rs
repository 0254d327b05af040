//! The claims of ID and access tokens, exactly as Cognito writes them.

use crate::{
    accounts::Account,
    error::Fault,
    grants::Grant,
    keys::TokenUse,
    scopes::{self, Scopes},
    secrets,
    state::Provider,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use domain::clock::random_uuid;
use jsonwebtoken::{Algorithm, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a token response carries, apart from the refresh token.
#[derive(Debug)]
pub(crate) struct Tokens {
    /// With the scope `openid`, or from the JSON API.
    pub(crate) id: Option<String>,
    pub(crate) access: String,
}

#[derive(Serialize)]
struct IdClaims<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at_hash: Option<String>,
    sub: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    iss: &'a str,
    #[serde(rename = "cognito:username")]
    username: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    origin_jti: Uuid,
    aud: &'a str,
    event_id: Uuid,
    token_use: &'a str,
    auth_time: i64,
    exp: i64,
    iat: i64,
    jti: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

/// The claims of an access token; also what is read back from one.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AccessClaims {
    pub(crate) sub: Uuid,
    iss: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    pub(crate) client_id: String,
    pub(crate) origin_jti: Uuid,
    event_id: Uuid,
    token_use: String,
    pub(crate) scope: String,
    auth_time: i64,
    exp: i64,
    iat: i64,
    jti: Uuid,
    username: Uuid,
}

/// Why an access token of a caller is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenFault {
    /// Not one of ours.
    Invalid,
    Expired,
    /// Signed out, or its account is gone.
    Revoked,
    /// It lacks the scope that the call needs.
    Scope,
}

impl Provider {
    /// New ID and access tokens. Neither outlives the refresh token's row, which decides whether they still count.
    pub(crate) fn issue(&self, grant: &Grant, account: &Account, nonce: Option<&str>) -> Result<Tokens, Fault> {
        let iat = self.now().seconds();
        let exp = iat.saturating_add(self.settings.access_token_seconds);
        let access = AccessClaims {
            sub: account.sub,
            iss: self.issuer.clone(),
            version: (!grant.native).then_some(2),
            client_id: grant.client_id.clone(),
            origin_jti: grant.origin_jti,
            event_id: grant.event_id,
            token_use: TokenUse::Access.as_str().to_owned(),
            scope: grant.scopes.to_string(),
            auth_time: grant.auth_time.seconds(),
            exp,
            iat,
            jti: random_uuid(),
            username: account.sub,
        };
        let access = self.keys.of(TokenUse::Access).sign(&access)?;
        if !grant.native && !grant.scopes.contains(scopes::OPENID) {
            return Ok(Tokens { id: None, access });
        }
        let may_see = |scope| grant.native || grant.scopes.contains(scope);
        let (email, profile) = (may_see(scopes::EMAIL), may_see(scopes::PROFILE));
        let id = IdClaims {
            at_hash: (!grant.native).then(|| at_hash(&access)),
            sub: account.sub,
            email_verified: email.then_some(true),
            iss: &self.issuer,
            username: account.sub,
            given_name: account.given_name.as_deref().filter(|_| profile),
            family_name: account.family_name.as_deref().filter(|_| profile),
            name: account.name.as_deref().filter(|_| profile),
            nonce,
            origin_jti: grant.origin_jti,
            aud: &grant.client_id,
            event_id: grant.event_id,
            token_use: TokenUse::Id.as_str(),
            auth_time: grant.auth_time.seconds(),
            exp,
            iat,
            jti: random_uuid(),
            email: email.then_some(&account.email),
        };
        Ok(Tokens { id: Some(self.keys.of(TokenUse::Id).sign(&id)?), access })
    }

    /// Checks signature, issuer, use and life of an access token; not yet whether it was revoked.
    pub(crate) fn read_access_token(&self, token: &str) -> Result<AccessClaims, TokenFault> {
        let mut validation = Validation::new(Algorithm::RS256);
        // Expiry is judged below, by our own clock.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        validation.set_issuer(&[&self.issuer]);
        let claims = jsonwebtoken::decode::<AccessClaims>(token, &self.access_key, &validation)
            .map_err(|_| TokenFault::Invalid)?
            .claims;
        if claims.iss != self.issuer || claims.token_use != TokenUse::Access.as_str() {
            return Err(TokenFault::Invalid);
        }
        if self.settings.client(&claims.client_id).is_none() {
            return Err(TokenFault::Invalid);
        }
        if claims.exp <= self.now().seconds() {
            return Err(TokenFault::Expired);
        }
        Ok(claims)
    }

    /// Checks everything about an access token that was sent with a call, and finds its account.
    pub(crate) async fn authenticate(
        &self,
        token: &str,
        scope: &str,
    ) -> Result<Result<(AccessClaims, Account), TokenFault>, Fault> {
        let claims = match self.read_access_token(token) {
            Ok(claims) => claims,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut c = self.db.read().await?;
        let Some(account) = crate::accounts::store::by_live_grant(&mut c, claims.origin_jti, claims.sub).await? else {
            return Ok(Err(TokenFault::Revoked));
        };
        if !Scopes::parse(&claims.scope).contains(scope) {
            return Ok(Err(TokenFault::Scope));
        }
        Ok(Ok((claims, account)))
    }
}

/// The left half of the access token's hash (OpenID Connect Core §3.1.3.6).
fn at_hash(access: &str) -> String {
    let hash = secrets::hash(access);
    BASE64.encode(hash.get(..secrets::HASH_LENGTH / 2).unwrap_or_default())
}
