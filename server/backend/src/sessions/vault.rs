//! What the database keeps of secrets: hashes to find them by, and tokens under keys that it does not have.

use super::cookie::Secret;
use crate::failure::Failure;
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    digest,
    hkdf::{HKDF_SHA256, KeyType, Salt},
};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// Names this use of HKDF; another version of the scheme gets another name.
const SALT: &[u8] = b"lyceum sessions 1";
const TOKENS: &[u8] = b"tokens";
const BROKEN: Failure = Failure::Broken("sealing failed");

/// The provider's tokens of a session.
#[derive(Clone, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct KeptTokens {
    pub(crate) access_token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
}

impl fmt::Debug for KeptTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptTokens")
    }
}

struct Bytes32;

impl KeyType for Bytes32 {
    fn len(&self) -> usize {
        32
    }
}

/// SHA-256: what a row is found by. The secret has 256 random bits, so nothing slower is needed.
pub(crate) fn hash(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// 256 bits derived from the secret for one purpose; they tell nothing of the secret or of one another.
pub(crate) fn derive(secret: Secret, purpose: &[&[u8]]) -> Result<[u8; 32], Failure> {
    let mut key = [0; 32];
    let derived = Salt::new(HKDF_SHA256, SALT).extract(&secret.0);
    derived.expand(purpose, Bytes32).and_then(|output| output.fill(&mut key)).map_err(|_| BROKEN)?;
    Ok(key)
}

/// Nonce and AES-256-GCM ciphertext, bound to the session.
pub(crate) fn seal(secret: Secret, session: Uuid, tokens: &KeptTokens) -> Result<Vec<u8>, Failure> {
    let mut text = serde_json::to_vec(tokens).map_err(|_| BROKEN)?;
    let key = key(secret, session)?;
    let nonce = key.seal_in_place_append_tag(Aad::from(session.as_bytes()), &mut text).map_err(|_| BROKEN)?;
    Ok([nonce.as_ref().as_slice(), &text].concat())
}

/// The tokens again; none when the row was tampered with or belongs to another cookie.
pub(crate) fn open(secret: Secret, session: Uuid, sealed: &[u8]) -> Option<KeptTokens> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut text = text.to_vec();
    let opened = key(secret, session).ok()?.open_in_place(nonce, Aad::from(session.as_bytes()), &mut text).ok()?;
    serde_json::from_slice(opened).ok()
}

fn key(secret: Secret, session: Uuid) -> Result<RandomizedNonceKey, Failure> {
    let bytes = derive(secret, &[TOKENS, session.as_bytes()])?;
    RandomizedNonceKey::new(&AES_256_GCM, &bytes).map_err(|_| BROKEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::clock::random_uuid;

    #[test]
    fn only_the_cookie_of_the_session_opens_its_tokens() {
        let (secret, session) = (Secret::random(), random_uuid());
        let tokens = KeptTokens { access_token: "access".into(), refresh_token: Some("refresh".into()) };
        let sealed = seal(secret, session, &tokens).unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"refresh"));
        assert_eq!(open(secret, session, &sealed), Some(tokens.clone()));
        assert_eq!(open(Secret::random(), session, &sealed), None);
        assert_eq!(open(secret, random_uuid(), &sealed), None);
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(open(secret, session, &changed), None);
        assert_eq!(open(secret, session, &sealed[..5]), None);
        assert_ne!(seal(secret, session, &tokens).unwrap(), sealed, "a nonce is never used twice");
    }
}
