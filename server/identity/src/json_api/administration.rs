//! `AdminDeleteUser`: the application removes an identity whose account was cancelled.

use super::{Call, Exception, input::required, signature};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AdminDeleteUserInput {
    user_pool_id: Option<String>,
    username: Option<String>,
}

pub(super) async fn admin_delete_user(call: &Call<'_>) -> Result<Value, Exception> {
    signature::verify(call)?;
    let input: AdminDeleteUserInput = call.read()?;
    let pool_id = required(input.user_pool_id.as_deref(), "UserPoolId")?;
    let username = required(input.username.as_deref(), "Username")?;
    if pool_id != call.provider.settings.pool_id {
        return Err(Exception::new("ResourceNotFoundException", "User pool does not exist."));
    }
    let missing = || Exception::new("UserNotFoundException", "User does not exist.");
    let account = call.provider.find_account(username).await?.ok_or_else(missing)?;
    if call.provider.delete_account(account.sub).await? { Ok(json!({})) } else { Err(missing()) }
}
