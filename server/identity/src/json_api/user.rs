//! `GetUser`, `DeleteUser`: a person about themselves, with an access token of the user scope.

use super::{Call, Exception};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TokenInput {
    access_token: Option<String>,
}

pub(super) async fn get_user(call: &Call<'_>) -> Result<Value, Exception> {
    let input: TokenInput = call.read()?;
    let (_, account) = call.account(input.access_token.as_deref()).await?;
    let attributes = [
        ("email", Some(account.email)),
        ("email_verified", Some("true".to_owned())),
        ("name", account.name),
        ("given_name", account.given_name),
        ("family_name", account.family_name),
        ("sub", Some(account.sub.to_string())),
    ];
    let attributes: Vec<_> = attributes
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| json!({ "Name": name, "Value": value })))
        .collect();
    Ok(json!({ "Username": account.sub, "UserAttributes": attributes }))
}

pub(super) async fn delete_user(call: &Call<'_>) -> Result<Value, Exception> {
    let input: TokenInput = call.read()?;
    let (_, account) = call.account(input.access_token.as_deref()).await?;
    call.provider.delete_account(account.sub).await?;
    Ok(json!({}))
}
