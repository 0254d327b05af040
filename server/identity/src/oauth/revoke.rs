//! `POST /identity/oauth2/revoke`: ends a refresh token and all access tokens that came from it.

use super::{OAuthError, client, token::read_form};
use crate::{Identity, grants::store, secrets, state::Provider};
use axum::{
    body::Bytes,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};

/// Answers 200 with an empty body, also for a token that nobody knows.
pub(crate) async fn revoke(State(identity): State<Identity>, headers: HeaderMap, body: Bytes) -> Response {
    match respond(identity.provider(), &headers, &body).await {
        Ok(()) => (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn respond(provider: &Provider, headers: &HeaderMap, body: &[u8]) -> Result<(), OAuthError> {
    let form = read_form(headers, body)?;
    let client = client::authenticate(&provider.settings, headers, &form)
        .map_err(|error| error.with_status(StatusCode::UNAUTHORIZED))?;
    let token = form.get("token").ok_or_else(|| OAuthError::new("invalid_request").because("token is missing"))?;
    revoke_token(provider, token, &client.client_id).await.map_err(|fault| match fault {
        RevokeFault::NotRefresh => OAuthError::new("unsupported_token_type"),
        RevokeFault::OtherClient => OAuthError::new("unauthorized_client"),
        RevokeFault::Internal(error) => error.into(),
    })
}

/// Why a token was not revoked.
#[derive(Debug)]
pub(crate) enum RevokeFault {
    /// An ID or access token: those end by themselves.
    NotRefresh,
    /// It belongs to another client.
    OtherClient,
    Internal(sqlx::Error),
}

/// Revokes a refresh token of this client; an unknown one counts as done.
pub(crate) async fn revoke_token(provider: &Provider, token: &str, client_id: &str) -> Result<(), RevokeFault> {
    // Ours are opaque, so three parts can only be a JWT.
    if token.matches('.').count() == 2 {
        return Err(RevokeFault::NotRefresh);
    }
    let revoke = async {
        let mut c = provider.db.write().await?;
        match store::by_token(&mut c, &secrets::hash(token)).await? {
            None => Ok(true),
            Some(grant) if grant.client_id != client_id => Ok(false),
            Some(grant) => store::revoke(&mut c, grant.origin_jti, provider.now()).await.map(|()| true),
        }
    };
    match revoke.await {
        Ok(true) => Ok(()),
        Ok(false) => Err(RevokeFault::OtherClient),
        Err(error) => Err(RevokeFault::Internal(error)),
    }
}
