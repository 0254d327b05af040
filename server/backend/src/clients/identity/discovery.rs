//! OpenID Connect Discovery 1.0: fetched when first needed, kept, fetched again when old.

use super::outbound::{Outbound, OutboundError};
use domain::{Timestamp, clock::Clock};
use serde_json::Value;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;
use url::Url;

/// Older metadata is fetched anew, and used on when that fails.
const FRESH_SECONDS: i64 = 3_600;
/// After a failure nobody asks for so long: requests fail at once instead of queueing at a dead host.
const PAUSE_SECONDS: i64 = 2;

/// What we read of the provider's description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Metadata {
    pub(crate) authorization_endpoint: Url,
    pub(crate) token_endpoint: Url,
    pub(crate) jwks_uri: Url,
    pub(crate) revocation_endpoint: Option<Url>,
    pub(crate) end_session_endpoint: Option<Url>,
    /// Whether `prompt=create` leads to the form for a new account.
    pub(crate) can_create_accounts: bool,
    /// Whether the secret goes into the body, because the provider takes it nowhere else.
    pub(crate) secret_in_body: bool,
}

/// The provider's metadata, shared by all who need it.
#[derive(Clone, Debug)]
pub(crate) struct Discovery(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    issuer: String,
    outbound: Outbound,
    clock: Clock,
    known: RwLock<Known>,
    flight: Mutex<()>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    metadata: Option<Arc<Metadata>>,
    /// Not asked again before this moment.
    next_fetch: Timestamp,
}

impl Discovery {
    pub(crate) fn new(issuer: String, outbound: Outbound, clock: Clock) -> Self {
        let (known, flight) = (RwLock::default(), Mutex::default());
        Self(Arc::new(Inner { issuer, outbound, clock, known, flight }))
    }

    pub(crate) async fn metadata(&self) -> Result<Arc<Metadata>, OutboundError> {
        if let Some(settled) = self.settled() {
            return settled;
        }
        let _flight = self.0.flight.lock().await;
        if let Some(settled) = self.settled() {
            return settled;
        }
        let fetched = self.fetch().await;
        let pause = if fetched.is_ok() { FRESH_SECONDS } else { PAUSE_SECONDS };
        let next_fetch = self.0.clock.now().plus_seconds(pause);
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        known.next_fetch = next_fetch;
        match fetched {
            Ok(metadata) => Ok(known.metadata.insert(Arc::new(metadata)).clone()),
            Err(error) => {
                tracing::warn!(cause = %error, "the identity provider's discovery failed");
                known.metadata.clone().ok_or(error)
            }
        }
    }

    /// The answer that needs no fetch, if there is one.
    fn settled(&self) -> Option<Result<Arc<Metadata>, OutboundError>> {
        let known = self.0.known.read().unwrap_or_else(PoisonError::into_inner);
        (self.0.clock.now() < known.next_fetch).then(|| known.metadata.clone().ok_or(OutboundError::Paused))
    }

    async fn fetch(&self) -> Result<Metadata, OutboundError> {
        let address = format!("{}/.well-known/openid-configuration", self.0.issuer.trim_end_matches('/'));
        let address = Url::parse(&address).map_err(|_| OutboundError::Url)?;
        let document = self.0.outbound.get_json(&address).await?;
        read(&document, &self.0.issuer)
    }
}

fn read(document: &Value, issuer: &str) -> Result<Metadata, OutboundError> {
    if document["issuer"].as_str() != Some(issuer) {
        return Err(OutboundError::Format("the discovery document names another issuer"));
    }
    let endpoint = |name: &str| {
        let url = document[name].as_str().and_then(|text| Url::parse(text).ok())?;
        // A provider on https never sends people or secrets to plain http.
        (url.scheme() == "https" || (url.scheme() == "http" && issuer.starts_with("http:"))).then_some(url)
    };
    let required = |name: &str| endpoint(name).ok_or(OutboundError::Format("the discovery document lacks an endpoint"));
    let methods = document["token_endpoint_auth_methods_supported"].as_array();
    let prompts = document["prompt_values_supported"].as_array();
    let takes = |method: &str| methods.is_some_and(|methods| methods.iter().any(|known| known == method));
    Ok(Metadata {
        authorization_endpoint: required("authorization_endpoint")?,
        token_endpoint: required("token_endpoint")?,
        jwks_uri: required("jwks_uri")?,
        revocation_endpoint: endpoint("revocation_endpoint"),
        end_session_endpoint: endpoint("end_session_endpoint"),
        can_create_accounts: prompts.is_some_and(|prompts| prompts.iter().any(|prompt| prompt == "create")),
        secret_in_body: takes("client_secret_post") && !takes("client_secret_basic"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Value {
        json!({
            "issuer": "https://issuer.example",
            "authorization_endpoint": "https://login.example/authorize",
            "token_endpoint": "https://login.example/token",
            "jwks_uri": "https://issuer.example/jwks",
        })
    }

    #[test]
    fn the_issuer_must_be_the_configured_one_to_the_letter() {
        assert!(read(&document(), "https://issuer.example").is_ok());
        assert!(read(&document(), "https://issuer.example/").is_err());
    }

    #[test]
    fn a_provider_on_https_cannot_name_a_plain_endpoint() {
        let mut document = document();
        document["token_endpoint"] = json!("http://login.example/token");
        assert!(read(&document, "https://issuer.example").is_err());
    }

    #[test]
    fn the_secret_goes_into_the_header_unless_only_the_body_is_taken() {
        let mut document = document();
        document["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
        assert!(read(&document, "https://issuer.example").unwrap().secret_in_body);
        document["token_endpoint_auth_methods_supported"] = json!(["client_secret_post", "client_secret_basic"]);
        assert!(!read(&document, "https://issuer.example").unwrap().secret_in_body);
    }
}
