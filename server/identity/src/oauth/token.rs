//! `POST /identity/oauth2/token`: tokens for a code or a refresh token.

use super::{OAuthError, client};
use crate::{
    Client, Identity, accounts,
    accounts::Account,
    error::Fault,
    grants::{Grant, store},
    params::Params,
    secrets,
    state::Provider,
    visit::is_form,
};
use aws_lc_rs::digest;
use axum::{
    Json,
    body::Bytes,
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use http::{HeaderMap, header};
use serde::Serialize;

#[derive(Serialize)]
struct TokenResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    access_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    expires_in: i64,
    token_type: &'static str,
}

/// Answers a client.
pub(crate) async fn token(State(identity): State<Identity>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = respond(identity.provider(), &headers, &body).await;
    answer.map_or_else(IntoResponse::into_response, |tokens| {
        ([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(tokens)).into_response()
    })
}

async fn respond(provider: &Provider, headers: &HeaderMap, body: &[u8]) -> Result<TokenResponse, OAuthError> {
    let form = read_form(headers, body)?;
    let client = client::authenticate(&provider.settings, headers, &form)?;
    match form.get("grant_type") {
        Some("authorization_code") => from_code(provider, client, &form).await,
        Some("refresh_token") => from_refresh_token(provider, client, &form).await,
        // Cognito has this grant, for clients of another kind.
        Some("client_credentials") => Err(OAuthError::new("unauthorized_client")),
        Some(_) => Err(OAuthError::new("unsupported_grant_type")),
        None => Err(OAuthError::new("invalid_request").because("grant_type is missing")),
    }
}

/// Reads the form of an OAuth endpoint.
pub(super) fn read_form(headers: &HeaderMap, body: &[u8]) -> Result<Params, OAuthError> {
    const REFUSED: OAuthError = OAuthError::new("invalid_request");
    if !is_form(headers) {
        return Err(REFUSED.because("the body must be application/x-www-form-urlencoded"));
    }
    Params::parse(body).map_err(|_| REFUSED.because("the body cannot be read, or names a parameter twice"))
}

async fn from_code(provider: &Provider, client: &Client, form: &Params) -> Result<TokenResponse, OAuthError> {
    const REFUSED: OAuthError = OAuthError::new("invalid_grant");
    let missing = |what| OAuthError::new("invalid_request").because(what);
    let code = form.get("code").ok_or_else(|| missing("code is missing"))?;
    let redirect_uri = form.get("redirect_uri").ok_or_else(|| missing("redirect_uri is missing"))?;
    let verifier = form.get("code_verifier").ok_or_else(|| missing("code_verifier is missing"))?;
    let code_hash = secrets::hash(code);
    let now = provider.now();

    let mut tx = provider.db.begin().await?;
    let Some((authorization, expires_at)) = store::take_code(&mut tx, &code_hash, &client.client_id, now).await? else {
        // A second use: one of the two users is a thief, and we cannot tell which (RFC 6749 §10.5).
        if let Some(origin_jti) = store::grant_of_code(&mut tx, &code_hash, &client.client_id).await? {
            store::revoke(&mut tx, origin_jti, now).await?;
        }
        tx.commit().await?;
        return Err(REFUSED);
    };
    let holds = expires_at > now
        && authorization.redirect_uri == redirect_uri
        && secrets::equal(s256(verifier).as_bytes(), authorization.code_challenge.as_bytes());
    let account = match accounts::store::by_sub(&mut tx, authorization.sub).await? {
        Some(account) if holds => account,
        // The code stays used: whoever guesses gets one guess.
        _ => {
            tx.commit().await?;
            return Err(REFUSED);
        }
    };
    let (grant, refresh_token) = provider
        .make_grant(&mut tx, (account.sub, &client.client_id), authorization.scopes, false, authorization.auth_time)
        .await?;
    store::link_code(&mut tx, &code_hash, grant.origin_jti).await?;
    let tokens = response(provider, &grant, &account, authorization.nonce.as_deref(), Some(refresh_token))?;
    tx.commit().await?;
    Ok(tokens)
}

async fn from_refresh_token(provider: &Provider, client: &Client, form: &Params) -> Result<TokenResponse, OAuthError> {
    let missing = || OAuthError::new("invalid_request").because("refresh_token is missing");
    let refresh_token = form.get("refresh_token").ok_or_else(missing)?;
    match provider.refresh(refresh_token, &client.client_id).await? {
        Ok((grant, account)) => Ok(response(provider, &grant, &account, None, None)?),
        Err(_) => Err(OAuthError::new("invalid_grant")),
    }
}

fn response(
    provider: &Provider,
    grant: &Grant,
    account: &Account,
    nonce: Option<&str>,
    refresh_token: Option<String>,
) -> Result<TokenResponse, Fault> {
    let tokens = provider.issue(grant, account, nonce)?;
    Ok(TokenResponse {
        id_token: tokens.id,
        access_token: tokens.access,
        refresh_token,
        expires_in: provider.settings.access_token_seconds,
        token_type: "Bearer",
    })
}

/// The challenge of a verifier (RFC 7636 §4.2).
fn s256(verifier: &str) -> String {
    BASE64.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        let challenge = super::s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
