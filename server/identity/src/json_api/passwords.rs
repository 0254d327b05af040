//! `ChangePassword`, `ForgotPassword`, `ConfirmForgotPassword`.

use super::{
    Call, Exception,
    input::{delivery, required},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ChangePasswordInput {
    access_token: Option<String>,
    previous_password: Option<String>,
    proposed_password: Option<String>,
}

pub(super) async fn change_password(call: &Call<'_>) -> Result<Value, Exception> {
    let input: ChangePasswordInput = call.read()?;
    let (_, account) = call.account(input.access_token.as_deref()).await?;
    let previous = required(input.previous_password.as_deref(), "PreviousPassword")?;
    let proposed = required(input.proposed_password.as_deref(), "ProposedPassword")?;
    call.provider.change_password(&account, previous, proposed, call.address).await?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ForgotPasswordInput {
    client_id: Option<String>,
    secret_hash: Option<String>,
    username: Option<String>,
    confirmation_code: Option<String>,
    password: Option<String>,
}

/// Answers the same whether or not the address has an account.
pub(super) async fn forgot_password(call: &Call<'_>) -> Result<Value, Exception> {
    let input: ForgotPasswordInput = call.read()?;
    let username = required(input.username.as_deref(), "Username")?;
    call.client(input.client_id.as_deref(), username, input.secret_hash.as_deref())?;
    call.provider.forgot_password(username, call.address).await?;
    Ok(json!({ "CodeDeliveryDetails": delivery(username) }))
}

pub(super) async fn confirm_forgot_password(call: &Call<'_>) -> Result<Value, Exception> {
    let input: ForgotPasswordInput = call.read()?;
    let username = required(input.username.as_deref(), "Username")?;
    call.client(input.client_id.as_deref(), username, input.secret_hash.as_deref())?;
    let code = required(input.confirmation_code.as_deref(), "ConfirmationCode")?;
    let password = required(input.password.as_deref(), "Password")?;
    call.provider.reset_password(username, code, password, call.address).await?;
    Ok(json!({}))
}
