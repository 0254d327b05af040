//! The provider's signing keys (JWKS, RFC 7517).
//!
//! A key that is not known is fetched, by one request for all who wait. After a miss nobody fetches for ten
//! seconds: otherwise anybody could make us hammer the provider with made-up key ids.

use super::{
    discovery::Discovery,
    outbound::{Outbound, OutboundError},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Timestamp, clock::Clock};
use jsonwebtoken::DecodingKey;
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::Mutex;

/// No fetch for so long after an unknown key id stayed unknown.
const PENALTY_SECONDS: i64 = 10;
/// No fetch for so long after one failed.
const PAUSE_SECONDS: i64 = 2;
/// Keys older than this are fetched again, so that a withdrawn key stops counting.
const FRESH_SECONDS: i64 = 3_600;
/// RFC 7518 §3.3: RS256 keys have 2048 bits or more.
const MODULUS_BYTES: usize = 256;

/// A key of the set, or why it must not be used.
pub(crate) type Key = Result<DecodingKey, UnusableKey>;

/// What a search for a key gives: none when the provider has no such key.
type Lookup = Result<Option<Arc<Key>>, OutboundError>;

/// A key is there, but not for our purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnusableKey {
    /// `use` is not `sig`.
    Use,
    /// `alg` is not RS256.
    Algorithm,
    /// Not an RSA key of at least 2048 bits.
    Kind,
}

/// The keys, kept and refetched.
#[derive(Debug)]
pub(crate) struct KeySet {
    discovery: Discovery,
    outbound: Outbound,
    clock: Clock,
    known: RwLock<Known>,
    flight: Mutex<()>,
}

#[derive(Debug, Default)]
struct Known {
    keys: HashMap<String, Arc<Key>>,
    /// Goes up with every fetch, so that one who waited knows that another has just looked.
    fetches: u64,
    fresh_until: Timestamp,
    no_fetch_until: Timestamp,
    loaded: bool,
}

impl KeySet {
    pub(crate) fn new(discovery: Discovery, outbound: Outbound, clock: Clock) -> Self {
        Self { discovery, outbound, clock, known: RwLock::default(), flight: Mutex::default() }
    }

    /// The key of that id; none when the provider has no such key.
    pub(crate) async fn find(&self, kid: &str) -> Lookup {
        let (found, seen) = self.look(kid);
        if let Some(settled) = found {
            return settled;
        }
        let _flight = self.flight.lock().await;
        let (found, fetches) = self.look(kid);
        if let Some(settled) = found {
            return settled;
        }
        if fetches != seen {
            return Ok(self.known(kid));
        }
        match self.fetch().await {
            Ok(keys) => Ok(self.keep(keys, kid)),
            Err(error) => self.fall_back(error, kid),
        }
    }

    /// The answer that needs no fetch, if there is one, and how many fetches there were.
    fn look(&self, kid: &str) -> (Option<Lookup>, u64) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let answer = match known.keys.get(kid) {
            Some(key) if now < known.fresh_until || now < known.no_fetch_until => Some(Ok(Some(key.clone()))),
            None if now < known.no_fetch_until => {
                Some(if known.loaded { Ok(None) } else { Err(OutboundError::Paused) })
            }
            _ => None,
        };
        (answer, known.fetches)
    }

    fn known(&self, kid: &str) -> Option<Arc<Key>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).keys.get(kid).cloned()
    }

    async fn fetch(&self) -> Result<HashMap<String, Arc<Key>>, OutboundError> {
        let metadata = self.discovery.metadata().await?;
        let document = match self.outbound.get_json(&metadata.jwks_uri).await {
            Ok(document) => document,
            // One immediate second try: a connection that the provider closed while idle is no outage.
            Err(_) => self.outbound.get_json(&metadata.jwks_uri).await?,
        };
        read(&document).ok_or(OutboundError::Format("not a key set"))
    }

    fn keep(&self, keys: HashMap<String, Arc<Key>>, kid: &str) -> Option<Arc<Key>> {
        let now = self.clock.now();
        let found = keys.get(kid).cloned();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.keys = keys;
        known.loaded = true;
        known.fetches += 1;
        known.fresh_until = now.plus_seconds(FRESH_SECONDS);
        if found.is_none() {
            known.no_fetch_until = now.plus_seconds(PENALTY_SECONDS);
        }
        found
    }

    /// A key that is only due for a refresh still counts; for an unknown one we cannot tell.
    fn fall_back(&self, error: OutboundError, kid: &str) -> Lookup {
        tracing::warn!(cause = %error, "the identity provider's keys could not be fetched");
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.no_fetch_until = self.clock.now().plus_seconds(PAUSE_SECONDS);
        known.fetches += 1;
        known.keys.get(kid).cloned().map(Some).ok_or(error)
    }
}

/// Every entry that has an id; one that we cannot use must not spoil the others.
fn read(document: &Value) -> Option<HashMap<String, Arc<Key>>> {
    let entries = document.get("keys")?.as_array()?;
    let mut keys = HashMap::new();
    for entry in entries {
        if let Some(kid) = entry["kid"].as_str() {
            keys.entry(kid.to_owned()).or_insert_with(|| Arc::new(key(entry)));
        }
    }
    Some(keys)
}

fn key(entry: &Value) -> Key {
    if entry.get("use").is_some_and(|usage| usage != "sig") {
        return Err(UnusableKey::Use);
    }
    if entry["kty"] != "RSA" {
        return Err(UnusableKey::Kind);
    }
    if entry.get("alg").is_some_and(|algorithm| algorithm != "RS256") {
        return Err(UnusableKey::Algorithm);
    }
    let part = |name: &str| entry[name].as_str().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    match (part("n"), part("e")) {
        (Some(modulus), Some(exponent)) if modulus.len() >= MODULUS_BYTES => {
            Ok(DecodingKey::from_rsa_raw_components(&modulus, &exponent))
        }
        _ => Err(UnusableKey::Kind),
    }
}
