//! Token verification, in the order of aws-jwt-verify: form, key, signature, then claims.
//!
//! `jsonwebtoken` checks the signature; times are judged by our own clock, which tests can advance.

use super::{
    keys::{KeySet, UnusableKey},
    outbound::OutboundError,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Timestamp, clock::Clock, id::Sub};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// No provider's token comes near it, and headers are not longer.
const TOKEN_BYTES: usize = 16 * 1024;

/// What a token must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expected<'a> {
    /// From a program: an ID or access token, marked as such, of one of the clients.
    Bearer { clients: &'a [&'a str] },
    /// From the token endpoint to our own client: an ID token. Providers other than Cognito do not mark it.
    Own { client: &'a str, nonce: Option<&'a str> },
}

/// What a verified token says.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    pub(crate) sub: Sub,
    /// When the person proved who they are; the epoch when the token does not tell, which is never recent.
    pub(crate) authenticated_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) email: Option<String>,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
}

/// Why a token was not taken. People are told nothing of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VerifyError {
    #[error("invalid token: {0:?}")]
    Invalid(Reason),
    #[error(transparent)]
    Unavailable(#[from] OutboundError),
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Form,
    Header,
    KeyId,
    Algorithm,
    UnknownKey,
    Key(UnusableKey),
    Signature,
    ClaimType(&'static str),
    Missing(&'static str),
    Expired,
    NotYet,
    Issuer,
    Use,
    Client,
    Nonce,
}

/// Verifies against one issuer.
#[derive(Debug)]
pub(crate) struct Verifier {
    issuer: String,
    keys: KeySet,
    clock: Clock,
}

impl Verifier {
    pub(crate) fn new(issuer: String, keys: KeySet, clock: Clock) -> Self {
        Self { issuer, keys, clock }
    }

    pub(crate) async fn verify(&self, token: &str, expected: &Expected<'_>) -> Result<Claims, VerifyError> {
        let kid = key_id(token).map_err(VerifyError::Invalid)?;
        let key = self.keys.find(&kid).await?.ok_or(VerifyError::Invalid(Reason::UnknownKey))?;
        let key = key.as_ref().as_ref().map_err(|unusable| VerifyError::Invalid(Reason::Key(*unusable)))?;
        let claims = signed_claims(token, key).map_err(VerifyError::Invalid)?;
        self.judge(&claims, expected).map_err(VerifyError::Invalid)
    }

    fn judge(&self, claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<Claims, Reason> {
        let now = self.clock.now();
        if time(claims, "exp")?.ok_or(Reason::Missing("exp"))? <= now {
            return Err(Reason::Expired);
        }
        if time(claims, "nbf")?.is_some_and(|begins| now < begins) {
            return Err(Reason::NotYet);
        }
        time(claims, "iat")?;
        if text(claims, "iss")? != Some(self.issuer.as_str()) {
            return Err(Reason::Issuer);
        }
        text(claims, "scope")?;
        texts(claims, "cognito:groups")?;
        match expected {
            Expected::Bearer { clients } => judge_bearer(claims, clients)?,
            Expected::Own { client, nonce } => judge_own(claims, client, *nonce)?,
        }
        let sub = text(claims, "sub")?.ok_or(Reason::Missing("sub"))?;
        let attribute = |name| text(claims, name).map(|value| value.map(str::to_owned));
        Ok(Claims {
            sub: Sub::parse(sub).map_err(|_| Reason::ClaimType("sub"))?,
            authenticated_at: time(claims, "auth_time")?.unwrap_or_default(),
            expires_at: time(claims, "exp")?.unwrap_or_default(),
            email: attribute("email")?,
            given_name: attribute("given_name")?,
            family_name: attribute("family_name")?,
        })
    }
}

fn judge_bearer(claims: &Map<String, Value>, clients: &[&str]) -> Result<(), Reason> {
    let client = match text(claims, "token_use")?.ok_or(Reason::Missing("token_use"))? {
        "id" => sole_audience(claims)?,
        "access" => text(claims, "client_id")?,
        _ => return Err(Reason::Use),
    };
    if client.is_some_and(|client| clients.contains(&client)) { Ok(()) } else { Err(Reason::Client) }
}

fn judge_own(claims: &Map<String, Value>, client: &str, nonce: Option<&str>) -> Result<(), Reason> {
    if text(claims, "token_use")?.is_some_and(|usage| usage != "id") {
        return Err(Reason::Use);
    }
    // OpenID Connect Core §3.1.3.7: among several audiences `azp` says for whom the token is.
    let audiences = texts(claims, "aud")?;
    let party = text(claims, "azp")?;
    let ours = audiences.contains(&client) && party.map_or(audiences.len() == 1, |party| party == client);
    if !ours {
        return Err(Reason::Client);
    }
    if let Some(nonce) = nonce
        && text(claims, "nonce")? != Some(nonce)
    {
        return Err(Reason::Nonce);
    }
    Ok(())
}

fn sole_audience(claims: &Map<String, Value>) -> Result<Option<&str>, Reason> {
    Ok(match texts(claims, "aud")?.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}

/// The header's key id, after the form and the algorithm were found in order. Nothing else in the header counts:
/// a key or its address (`jwk`, `jku`, `x5u`) given by the sender would let everybody sign.
fn key_id(token: &str) -> Result<String, Reason> {
    let parts: Vec<&str> = token.splitn(4, '.').collect();
    let [header, payload, signature] = parts.as_slice() else { return Err(Reason::Form) };
    let base64url = |part: &&str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    if token.len() > TOKEN_BYTES || ![header, payload, signature].into_iter().all(base64url) {
        return Err(Reason::Form);
    }
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| Reason::Form)?;
    let header: Map<String, Value> = serde_json::from_slice(&header).map_err(|_| Reason::Header)?;
    // RFC 7515 §4.1.11: what one does not understand and is told to must be refused.
    if header.contains_key("crit") || header.get("typ").is_some_and(|kind| !kind.is_string()) {
        return Err(Reason::Header);
    }
    if header.get("alg").and_then(Value::as_str) != Some("RS256") {
        return Err(Reason::Algorithm);
    }
    header.get("kid").and_then(Value::as_str).map(str::to_owned).ok_or(Reason::KeyId)
}

fn signed_claims(token: &str, key: &DecodingKey) -> Result<Map<String, Value>, Reason> {
    use jsonwebtoken::errors::ErrorKind;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims = HashSet::new();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    let decoded = jsonwebtoken::decode::<Map<String, Value>>(token, key, &validation);
    decoded.map(|token| token.claims).map_err(|error| match error.kind() {
        ErrorKind::InvalidSignature | ErrorKind::Base64(_) => Reason::Signature,
        ErrorKind::Json(_) | ErrorKind::Utf8(_) => Reason::Form,
        _ => Reason::Header,
    })
}

fn text<'a>(claims: &'a Map<String, Value>, name: &'static str) -> Result<Option<&'a str>, Reason> {
    claims.get(name).map(|value| value.as_str().ok_or(Reason::ClaimType(name))).transpose()
}

/// A claim that may be one text or a list of them.
fn texts<'a>(claims: &'a Map<String, Value>, name: &'static str) -> Result<Vec<&'a str>, Reason> {
    match claims.get(name) {
        None => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one]),
        Some(Value::Array(several)) => {
            several.iter().map(|value| value.as_str().ok_or(Reason::ClaimType(name))).collect()
        }
        Some(_) => Err(Reason::ClaimType(name)),
    }
}

/// A `NumericDate` (RFC 7519 §2), which may have a fraction.
fn time(claims: &Map<String, Value>, name: &'static str) -> Result<Option<Timestamp>, Reason> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let seconds = match (value.as_i64(), value.as_f64()) {
        (Some(seconds), _) => seconds,
        #[expect(clippy::cast_possible_truncation, reason = "a float saturates at the ends of i64")]
        (None, Some(seconds)) => seconds.floor() as i64,
        _ => return Err(Reason::ClaimType(name)),
    };
    Ok(Some(Timestamp::from_seconds(seconds)))
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
