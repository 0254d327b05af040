//! The two keys that sign tokens, and the one that signs for ourselves. Made once, kept in the database.

mod store;

use crate::{
    error::Fault,
    secrets::{HASH_LENGTH, Sealer},
};
use aws_lc_rs::{
    digest,
    encoding::AsDer as _,
    rand::SystemRandom,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_SHA256},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use db::Db;
use domain::{Timestamp, clock::random_bytes};
use jsonwebtoken::DecodingKey;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;
use tokio::task;

/// Who a token is for; ID and access tokens are signed by different keys, as Cognito's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenUse {
    Id,
    Access,
}

impl TokenUse {
    /// As it stands in the claim `token_use`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Access => "access",
        }
    }
}

/// Everything that signs.
#[derive(Debug)]
pub(crate) struct Keys {
    id: SigningKey,
    access: SigningKey,
    /// Links, form tokens, codes.
    pub(crate) sealer: Sealer,
}

impl Keys {
    /// Reads the keys, making those that are missing. When two processes start at once, the one that writes first
    /// wins and both read its keys.
    pub(crate) async fn load(db: &Db, now: Timestamp) -> Result<Self, Fault> {
        let id = signing_key(db, TokenUse::Id, now).await?;
        let access = signing_key(db, TokenUse::Access, now).await?;
        if store::secret(&mut db.read().await?).await?.is_none() {
            store::insert_secret(&mut db.write().await?, &random_bytes::<HASH_LENGTH>(), now).await?;
        }
        let secret = store::secret(&mut db.read().await?).await?.ok_or(Fault::Key("the secret was not kept"))?;
        Ok(Self { id, access, sealer: Sealer::new(&secret) })
    }

    /// The key for this kind of token.
    pub(crate) const fn of(&self, token_use: TokenUse) -> &SigningKey {
        match token_use {
            TokenUse::Id => &self.id,
            TokenUse::Access => &self.access,
        }
    }

    /// The public halves as RFC 7517 has them.
    pub(crate) fn jwks(&self) -> Value {
        json!({ "keys": [self.id.jwk(), self.access.jwk()] })
    }
}

async fn signing_key(db: &Db, token_use: TokenUse, now: Timestamp) -> Result<SigningKey, Fault> {
    if let Some(kept) = store::signing_key(&mut db.read().await?, token_use).await? {
        return SigningKey::from_pkcs8(&kept);
    }
    let made = task::spawn_blocking(generate).await.map_err(|_| Fault::Key("making it was broken off"))??;
    let kid = SigningKey::from_pkcs8(&made)?.kid;
    store::insert_signing_key(&mut db.write().await?, token_use, &kid, &made, now).await?;
    let kept = store::signing_key(&mut db.read().await?, token_use).await?;
    SigningKey::from_pkcs8(&kept.ok_or(Fault::Key("it was not kept"))?)
}

fn generate() -> Result<Vec<u8>, Fault> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| Fault::Key("it cannot be made"))?;
    Ok(pair.as_der().map_err(|_| Fault::Key("it cannot be written"))?.as_ref().to_vec())
}

/// An RSA key of 2048 bits for RS256.
pub(crate) struct SigningKey {
    /// RFC 7638 thumbprint: names the key and cannot name another.
    pub(crate) kid: String,
    pair: KeyPair,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl SigningKey {
    fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, Fault> {
        let pair = KeyPair::from_pkcs8(pkcs8).map_err(|_| Fault::Key("it cannot be read"))?;
        let modulus = pair.public_key().modulus().big_endian_without_leading_zero().to_vec();
        let exponent = pair.public_key().exponent().big_endian_without_leading_zero().to_vec();
        let members =
            format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, BASE64.encode(&exponent), BASE64.encode(&modulus));
        let kid = BASE64.encode(digest::digest(&digest::SHA256, members.as_bytes()));
        Ok(Self { kid, pair, modulus, exponent })
    }

    fn jwk(&self) -> Value {
        json!({
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid,
            "n": BASE64.encode(&self.modulus), "e": BASE64.encode(&self.exponent),
        })
    }

    /// Signs claims as a compact JWS. The header has `kid` and `alg` only, as Cognito's.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Result<String, Fault> {
        let header = json!({ "kid": self.kid, "alg": "RS256" }).to_string();
        let claims = serde_json::to_vec(claims).map_err(|_| Fault::Key("the claims cannot be written"))?;
        let mut token = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
            .map_err(|_| Fault::Key("it does not sign"))?;
        token.push('.');
        BASE64.encode_string(signature, &mut token);
        Ok(token)
    }

    /// For verifying what [`Self::sign`] signed.
    pub(crate) fn decoding_key(&self) -> DecodingKey {
        DecodingKey::from_rsa_raw_components(&self.modulus, &self.exponent)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}
