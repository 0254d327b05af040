//! Which client calls, proved by its secret if it has one.

use super::OAuthError;
use crate::{
    Client, Settings,
    params::{self, Params},
    secrets,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, header};
use secrecy::ExposeSecret as _;

/// The credentials that came with a call.
struct Credentials {
    client_id: String,
    /// As sent, and with the form encoding undone that RFC 6749 §2.3.1 asks for and not everybody applies.
    secrets: Vec<String>,
}

/// The client that calls the token or revocation endpoint.
pub(crate) fn authenticate<'s>(
    settings: &'s Settings,
    headers: &HeaderMap,
    form: &Params,
) -> Result<&'s Client, OAuthError> {
    const REFUSED: OAuthError = OAuthError::new("invalid_client");
    let credentials = match headers.get(header::AUTHORIZATION) {
        Some(value) => from_header(value.as_bytes(), form)?,
        None => {
            let client_id = form.get("client_id").ok_or(REFUSED)?.to_owned();
            Credentials { client_id, secrets: form.get("client_secret").map(str::to_owned).into_iter().collect() }
        }
    };
    let client = settings.client(&credentials.client_id).ok_or(REFUSED)?;
    let proved = match &client.secret {
        Some(secret) => {
            let secret = secrets::hash(secret.expose_secret());
            credentials.secrets.iter().any(|sent| secrets::equal(&secrets::hash(sent), &secret))
        }
        None => credentials.secrets.iter().all(String::is_empty),
    };
    if proved { Ok(client) } else { Err(REFUSED) }
}

fn from_header(value: &[u8], form: &Params) -> Result<Credentials, OAuthError> {
    const MALFORMED: OAuthError = OAuthError::new("invalid_client");
    let encoded = value.split_at_checked(6).filter(|(scheme, _)| scheme.eq_ignore_ascii_case(b"basic "));
    let (_, encoded) = encoded.ok_or(MALFORMED)?;
    let decoded = STANDARD.decode(encoded.trim_ascii()).map_err(|_| MALFORMED)?;
    let decoded = String::from_utf8(decoded).map_err(|_| MALFORMED)?;
    let (client_id, secret) = decoded.split_once(':').ok_or(MALFORMED)?;
    let client_id = params::decode(client_id.as_bytes()).ok_or(MALFORMED)?;
    if form.get("client_secret").is_some() || form.get("client_id").is_some_and(|other| other != client_id) {
        return Err(OAuthError::new("invalid_request").because("two client authentications at once"));
    }
    let secrets = params::decode(secret.as_bytes()).into_iter().chain([secret.to_owned()]).collect();
    Ok(Credentials { client_id, secrets })
}
