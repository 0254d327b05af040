//! `SignUp`, `ConfirmSignUp`, `ResendConfirmationCode`.

use super::{
    Call, Exception,
    input::{delivery, required},
};
use crate::{
    accounts::{SignUp, normalise_email},
    error::Refusal,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SignUpInput {
    client_id: Option<String>,
    secret_hash: Option<String>,
    username: Option<String>,
    password: Option<String>,
    #[serde(default)]
    user_attributes: Option<Vec<Attribute>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    name: String,
    value: Option<String>,
}

/// Answers the same for an address that has an account; its owner is told by mail.
pub(super) async fn sign_up(call: &Call<'_>) -> Result<Value, Exception> {
    let input: SignUpInput = call.read()?;
    let username = required(input.username.as_deref(), "Username")?;
    call.client(input.client_id.as_deref(), username, input.secret_hash.as_deref())?;
    let password = required(input.password.as_deref(), "Password")?;
    let attributes = read_attributes(input.user_attributes.unwrap_or_default())?;
    let attribute = |name| attributes.get(name).map(String::as_str);
    let email =
        normalise_email(username).ok_or_else(|| Exception::invalid_parameter("Username should be an email."))?;
    if attribute("email").is_some_and(|other| normalise_email(other).as_ref() != Some(&email)) {
        return Err(Exception::invalid_parameter("The email attribute must be the user name."));
    }
    let wish = SignUp::check(&email, password, attribute("given_name"), attribute("family_name"), attribute("name"))
        .map_err(Refusal::Invalid)?;
    let sub = call.provider.sign_up(wish, call.address).await?;
    Ok(json!({ "UserConfirmed": false, "UserSub": sub, "CodeDeliveryDetails": delivery(&email) }))
}

fn read_attributes(attributes: Vec<Attribute>) -> Result<BTreeMap<String, String>, Exception> {
    let mut read = BTreeMap::new();
    for Attribute { name, value } in attributes {
        match name.as_str() {
            "email" | "given_name" | "family_name" | "name" => {}
            "sub" | "email_verified" | "phone_number_verified" => {
                return Err(Exception::not_authorized("A client attempted to write unauthorized attribute"));
            }
            _ => {
                let message = "Attributes did not conform to the schema: an attribute is not one of email, given_name, \
                               family_name, name";
                return Err(Exception::invalid_parameter(message));
            }
        }
        if read.insert(name, value.unwrap_or_default()).is_some() {
            return Err(Exception::invalid_parameter("An attribute was sent twice."));
        }
    }
    Ok(read)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CodeInput {
    client_id: Option<String>,
    secret_hash: Option<String>,
    username: Option<String>,
    confirmation_code: Option<String>,
}

pub(super) async fn confirm_sign_up(call: &Call<'_>) -> Result<Value, Exception> {
    let input: CodeInput = call.read()?;
    let username = required(input.username.as_deref(), "Username")?;
    call.client(input.client_id.as_deref(), username, input.secret_hash.as_deref())?;
    let code = required(input.confirmation_code.as_deref(), "ConfirmationCode")?;
    call.provider.confirm_by_code(username, code, call.address).await?;
    Ok(json!({}))
}

/// Answers the same whether or not somebody waits for a confirmation.
pub(super) async fn resend_confirmation_code(call: &Call<'_>) -> Result<Value, Exception> {
    let input: CodeInput = call.read()?;
    let username = required(input.username.as_deref(), "Username")?;
    call.client(input.client_id.as_deref(), username, input.secret_hash.as_deref())?;
    call.provider.resend_confirmation(username, None, call.address).await?;
    Ok(json!({ "CodeDeliveryDetails": delivery(username) }))
}
