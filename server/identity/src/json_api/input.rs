//! Reading what a call brings.

use super::{Call, Exception};
use crate::{Client, accounts::Account, scopes, secrets::equal, tokens::AccessClaims};
use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

impl Call<'_> {
    /// The body as the operation has it. Fields that we do not know are ignored, as AWS ignores them.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Exception> {
        serde_json::from_slice(self.body)
            .map_err(|_| Exception::new("SerializationException", "The body is no JSON of this operation."))
    }

    /// The client, whose secret hash fits the user name when it has a secret.
    pub(super) fn client(
        &self,
        client_id: Option<&str>,
        username: &str,
        secret_hash: Option<&str>,
    ) -> Result<&Client, Exception> {
        let client_id = required(client_id, "ClientId")?;
        let client = self
            .provider
            .settings
            .client(client_id)
            .ok_or_else(|| Exception::new("ResourceNotFoundException", "User pool client does not exist."))?;
        let Some(secret) = &client.secret else {
            return match secret_hash {
                None => Ok(client),
                Some(_) => Err(Exception::not_authorized(format!(
                    "Client {client_id} is configured without secret but secret was received"
                ))),
            };
        };
        let Some(secret_hash) = secret_hash else {
            return Err(Exception::not_authorized(format!(
                "Client {client_id} is configured with secret but SECRET_HASH was not received"
            )));
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
        let expected = hmac::sign(&key, format!("{username}{client_id}").as_bytes());
        if STANDARD.decode(secret_hash).is_ok_and(|sent| equal(&sent, expected.as_ref())) {
            Ok(client)
        } else {
            Err(Exception::not_authorized(format!("SecretHash does not match for the client: {client_id}")))
        }
    }

    /// The account that an access token with the user scope belongs to.
    pub(super) async fn account(&self, access_token: Option<&str>) -> Result<(AccessClaims, Account), Exception> {
        let token = required(access_token, "AccessToken")?;
        Ok(self.provider.authenticate(token, scopes::ADMIN).await??)
    }
}

/// A parameter that must be there.
pub(super) fn required<'a>(value: Option<&'a str>, name: &str) -> Result<&'a str, Exception> {
    match value {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(Exception::invalid_parameter(format!("Missing required parameter {name}"))),
    }
}

/// Where a code went, masked. Made from what the caller typed, so it is the same for known and unknown addresses.
pub(super) fn delivery(username: &str) -> Value {
    let username = username.trim().to_lowercase();
    let (local, host) = username.split_once('@').unwrap_or((&username, ""));
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    json!({
        "AttributeName": "email",
        "DeliveryMedium": "EMAIL",
        "Destination": format!("{}***@{}***", first(local), first(host)),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_destination_shows_two_letters() {
        assert_eq!(super::delivery(" Ada@Example.org")["Destination"], "a***@e***");
        assert_eq!(super::delivery("")["Destination"], "***@***");
    }
}
