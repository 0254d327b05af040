//! `InitiateAuth`, `RevokeToken`, `GlobalSignOut`.

use super::{Call, Exception, input::required};
use crate::{
    Client,
    error::Fault,
    grants::GrantFault,
    oauth::revoke::{self, RevokeFault},
    scopes::{ADMIN, Scopes},
};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InitiateAuthInput {
    auth_flow: Option<String>,
    client_id: Option<String>,
    #[serde(default)]
    auth_parameters: Option<BTreeMap<String, String>>,
}

pub(super) async fn initiate_auth(call: &Call<'_>) -> Result<Value, Exception> {
    let input: InitiateAuthInput = call.read()?;
    let parameters = input.auth_parameters.unwrap_or_default();
    let parameter = |name: &str| parameters.get(name).map(String::as_str);
    let username = parameter("USERNAME");
    let secret_hash = parameter("SECRET_HASH");
    match required(input.auth_flow.as_deref(), "AuthFlow")? {
        "USER_PASSWORD_AUTH" => {
            let username = required(username, "USERNAME")?;
            let client = call.client(input.client_id.as_deref(), username, secret_hash)?;
            let password = required(parameter("PASSWORD"), "PASSWORD")?;
            with_password(call, client, username, password).await
        }
        "REFRESH_TOKEN_AUTH" | "REFRESH_TOKEN" => {
            let refresh_token = required(parameter("REFRESH_TOKEN"), "REFRESH_TOKEN")?;
            with_refresh_token(call, input.client_id.as_deref(), secret_hash, username, refresh_token).await
        }
        _ => Err(Exception::invalid_parameter("This auth flow is not supported here.")),
    }
}

async fn with_password(call: &Call<'_>, client: &Client, username: &str, password: &str) -> Result<Value, Exception> {
    if !client.password_grant {
        return Err(Exception::invalid_parameter("USER_PASSWORD_AUTH flow not enabled for this client"));
    }
    let provider = call.provider;
    let account = provider.sign_in(username, password, call.address).await.map_err(Exception::of_sign_in)?;
    let mut tx = provider.db.begin().await?;
    let scopes = Scopes::parse(ADMIN);
    let (grant, refresh_token) =
        provider.make_grant(&mut tx, (account.sub, &client.client_id), scopes, true, provider.now()).await?;
    let tokens = provider.issue(&grant, &account, None)?;
    tx.commit().await?;
    Ok(json!({
        "ChallengeParameters": {},
        "AuthenticationResult": {
            "AccessToken": tokens.access,
            "IdToken": tokens.id,
            "RefreshToken": refresh_token,
            "ExpiresIn": provider.settings.access_token_seconds,
            "TokenType": "Bearer",
        },
    }))
}

/// With a client's secret the hash is made over the user name or the sub; we take what the caller sends as
/// `USERNAME`, and the sub without it.
async fn with_refresh_token(
    call: &Call<'_>,
    client_id: Option<&str>,
    secret_hash: Option<&str>,
    username: Option<&str>,
    refresh_token: &str,
) -> Result<Value, Exception> {
    let provider = call.provider;
    let client_id = required(client_id, "ClientId")?;
    let found = provider.refresh(refresh_token, client_id).await?;
    let sub = found.as_ref().map(|(grant, _)| grant.sub.to_string()).unwrap_or_default();
    call.client(Some(client_id), username.unwrap_or(&sub), secret_hash)?;
    let (grant, account) = found.map_err(|fault| {
        Exception::not_authorized(match fault {
            GrantFault::Unknown => "Invalid Refresh Token",
            GrantFault::Expired => "Refresh Token has expired",
            GrantFault::Revoked => "Refresh Token has been revoked",
        })
    })?;
    let tokens = provider.issue(&grant, &account, None)?;
    let mut result = json!({
        "AccessToken": tokens.access,
        "ExpiresIn": provider.settings.access_token_seconds,
        "TokenType": "Bearer",
    });
    if let Some(id) = tokens.id {
        result["IdToken"] = id.into();
    }
    Ok(json!({ "ChallengeParameters": {}, "AuthenticationResult": result }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RevokeTokenInput {
    token: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

pub(super) async fn revoke_token(call: &Call<'_>) -> Result<Value, Exception> {
    let input: RevokeTokenInput = call.read()?;
    let token = required(input.token.as_deref(), "Token")?;
    let client_id = required(input.client_id.as_deref(), "ClientId")?;
    let unauthorized = || Exception::new("UnauthorizedException", "Invalid client credentials.");
    let client = call.provider.settings.client(client_id).ok_or_else(unauthorized)?;
    let hash = |text: &str| crate::secrets::hash(text);
    let proved = match (&client.secret, &input.client_secret) {
        (Some(secret), Some(sent)) => crate::secrets::equal(&hash(secret.expose_secret()), &hash(sent)),
        (None, None) => true,
        _ => false,
    };
    if !proved {
        return Err(unauthorized());
    }
    match revoke::revoke_token(call.provider, token, client_id).await {
        Ok(()) => Ok(json!({})),
        Err(RevokeFault::NotRefresh) => {
            Err(Exception::new("UnsupportedTokenTypeException", "Only refresh tokens can be revoked."))
        }
        Err(RevokeFault::OtherClient) => Err(unauthorized()),
        Err(RevokeFault::Internal(error)) => Err(error.into()),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TokenInput {
    access_token: Option<String>,
}

/// Ends every token of the account, at every client.
pub(super) async fn global_sign_out(call: &Call<'_>) -> Result<Value, Exception> {
    let input: TokenInput = call.read()?;
    let (_, account) = call.account(input.access_token.as_deref()).await?;
    let mut tx = call.provider.db.begin().await?;
    call.provider.sign_out_everywhere(&mut tx, account.sub).await?;
    tx.commit().await.map_err(Fault::from)?;
    Ok(json!({}))
}
