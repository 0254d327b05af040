//! The identity provider, seen through OpenID Connect. Nothing here knows which provider it is; what only Cognito
//! has (removing an identity) stands apart in [`administration`].

pub mod administration;
mod discovery;
mod keys;
mod outbound;
pub(crate) mod sigv4;
mod token_endpoint;
mod verify;

pub(crate) use administration::{Administration, RemovalError};
pub use administration::{AwsCredentials, CredentialSource, StaticCredentials};
pub(crate) use outbound::OutboundError;
pub(crate) use token_endpoint::{TokenError, Tokens};
pub(crate) use verify::{Claims, Expected, VerifyError};

use crate::settings::Settings;
use discovery::{Discovery, Metadata};
use domain::clock::Clock;
use keys::KeySet;
use outbound::Outbound;
use std::sync::Arc;
use url::Url;
use verify::Verifier;

/// What an authorization request carries beside what the settings fix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Authorization<'a> {
    pub(crate) state: &'a str,
    pub(crate) nonce: &'a str,
    /// RFC 7636 S256 challenge.
    pub(crate) code_challenge: &'a str,
    pub(crate) prompt: Option<&'a str>,
}

/// The provider as our client sees it.
#[derive(Debug)]
pub(crate) struct Identity {
    settings: Arc<Settings>,
    discovery: Discovery,
    outbound: Outbound,
    verifier: Verifier,
}

impl Identity {
    pub(crate) fn new(settings: Arc<Settings>, clock: Clock) -> Result<Self, OutboundError> {
        let outbound = Outbound::new(&settings.identity)?;
        let discovery = Discovery::new(settings.identity.issuer.clone(), outbound.clone(), clock.clone());
        let keys = KeySet::new(discovery.clone(), outbound.clone(), clock.clone());
        let verifier = Verifier::new(settings.identity.issuer.clone(), keys, clock);
        Ok(Self { settings, discovery, outbound, verifier })
    }

    /// The provider's own description, from the cache or fetched now.
    pub(crate) async fn metadata(&self) -> Result<Arc<Metadata>, OutboundError> {
        self.discovery.metadata().await
    }

    /// Checks a token that came as `Authorization: Bearer`.
    pub(crate) async fn verify_bearer(&self, token: &str) -> Result<Claims, VerifyError> {
        let identity = &self.settings.identity;
        let mut clients = vec![identity.public_client_id.as_str(), identity.client_id.as_str()];
        clients.extend(identity.accepted_client_ids.iter().map(String::as_str));
        self.verifier.verify(token, &Expected::Bearer { clients: &clients }).await
    }

    /// Checks an ID token that the provider gave to our own client; `nonce` is none after a refresh.
    pub(crate) async fn verify_own(&self, token: &str, nonce: Option<&str>) -> Result<Claims, VerifyError> {
        let client = &self.settings.identity.client_id;
        self.verifier.verify(token, &Expected::Own { client, nonce }).await
    }

    /// Where the browser goes to sign in.
    pub(crate) async fn authorization_url(&self, request: Authorization<'_>) -> Result<Url, OutboundError> {
        let metadata = self.metadata().await?;
        let mut url = metadata.authorization_endpoint.clone();
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.settings.identity.client_id)
                .append_pair("redirect_uri", &self.callback_url())
                .append_pair("scope", &self.settings.identity.scopes)
                .append_pair("state", request.state)
                .append_pair("nonce", request.nonce)
                .append_pair("code_challenge", request.code_challenge)
                .append_pair("code_challenge_method", "S256");
            // A provider without a page for new accounts would refuse the word.
            let known = |prompt: &&str| *prompt != "create" || metadata.can_create_accounts;
            if let Some(prompt) = request.prompt.filter(known) {
                query.append_pair("prompt", prompt);
            }
            if request.prompt == Some("login") {
                // OpenID Connect Core §3.1.2.1: with max_age the ID token must tell auth_time.
                query.append_pair("max_age", "300");
            }
        }
        Ok(url)
    }

    /// Where the browser goes to sign out at the provider and from there back to us; none when it has no such page.
    pub(crate) async fn logout_url(&self) -> Option<Url> {
        let advertised = self.metadata().await.ok().and_then(|metadata| metadata.end_session_endpoint.clone());
        let mut url = advertised.or_else(|| self.settings.identity.logout_url.clone())?;
        let back = self.settings.public("/");
        // Cognito reads `logout_uri`, OpenID Connect RP-Initiated Logout `post_logout_redirect_uri`; each ignores
        // the other's, so both are sent and nobody has to know which provider it is.
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.identity.client_id)
            .append_pair("logout_uri", &back)
            .append_pair("post_logout_redirect_uri", &back);
        Some(url)
    }

    pub(crate) async fn exchange(&self, code: String, code_verifier: String) -> Result<Tokens, TokenError> {
        self.token_endpoint().await?.exchange(code, code_verifier, self.callback_url()).await
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> Result<Tokens, TokenError> {
        self.token_endpoint().await?.refresh(refresh_token).await
    }

    pub(crate) async fn revoke(&self, refresh_token: &str) -> Result<(), TokenError> {
        self.token_endpoint().await?.revoke(refresh_token).await
    }

    /// The part that only Cognito has, when the settings name it.
    pub(crate) fn administration(&self, clock: Clock) -> Option<Administration> {
        Administration::new(&self.settings.identity, self.outbound.clone(), clock)
    }

    fn callback_url(&self) -> String {
        self.settings.public("/auth/callback")
    }

    async fn token_endpoint(&self) -> Result<token_endpoint::TokenEndpoint<'_>, TokenError> {
        let metadata = self.metadata().await?;
        Ok(token_endpoint::TokenEndpoint::new(&self.settings.identity, metadata, &self.outbound))
    }
}
