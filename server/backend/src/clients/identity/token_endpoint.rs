//! The provider's token and revocation endpoints, through the `oauth2` crate.

use super::{
    discovery::Metadata,
    outbound::{Outbound, OutboundError},
};
use crate::settings::IdentitySettings;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError,
    StandardRevocableToken, StandardTokenResponse, TokenResponse as _, TokenUrl,
    basic::{
        BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
        BasicTokenType,
    },
};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, pin::Pin, sync::Arc};
use url::{Url, form_urlencoded};

/// What OpenID Connect adds to a token answer.
#[derive(Clone, Deserialize, Serialize)]
struct OidcFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

impl fmt::Debug for OidcFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OidcFields")
    }
}

impl ExtraTokenFields for OidcFields {}

/// Lets the crate send through our own client.
impl<'c> AsyncHttpClient<'c> for Outbound {
    type Error = OutboundError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, OutboundError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

type Answer = StandardTokenResponse<OidcFields, BasicTokenType>;
type OidcClient = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What the provider gave.
pub(crate) struct Tokens {
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) id_token: Option<String>,
    /// Life of the access token, in seconds.
    pub(crate) expires_in: i64,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

/// The life that RFC 6749 leaves to the client to guess; short, so that a wrong guess costs one refresh.
const DEFAULT_LIFE: i64 = 300;

/// Why there are no tokens.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    /// The code or refresh token is spent, revoked or expired.
    #[error("the provider no longer takes the grant")]
    InvalidGrant,
    /// The provider refuses us or does not answer; another try may work.
    #[error("{0}")]
    Unavailable(String),
}

impl From<OutboundError> for TokenError {
    fn from(error: OutboundError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<RequestTokenError<OutboundError, BasicErrorResponse>> for TokenError {
    fn from(error: RequestTokenError<OutboundError, BasicErrorResponse>) -> Self {
        match error {
            RequestTokenError::ServerResponse(answer) if *answer.error() == BasicErrorResponseType::InvalidGrant => {
                Self::InvalidGrant
            }
            // The code alone: a description may repeat what we sent.
            RequestTokenError::ServerResponse(answer) => Self::Unavailable(format!("it answered {}", answer.error())),
            RequestTokenError::Request(error) => error.into(),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                Self::Unavailable("its token answer is not understood".into())
            }
        }
    }
}

/// The two endpoints, as one client.
pub(crate) struct TokenEndpoint<'a> {
    settings: &'a IdentitySettings,
    metadata: Arc<Metadata>,
    outbound: &'a Outbound,
}

impl<'a> TokenEndpoint<'a> {
    pub(crate) fn new(settings: &'a IdentitySettings, metadata: Arc<Metadata>, outbound: &'a Outbound) -> Self {
        Self { settings, metadata, outbound }
    }

    pub(crate) async fn exchange(
        &self,
        code: String,
        verifier: String,
        callback: String,
    ) -> Result<Tokens, TokenError> {
        let callback = RedirectUrl::new(callback).map_err(|_| OutboundError::Url)?;
        let answer = self
            .client()
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .set_redirect_uri(Cow::Owned(callback))
            .request_async(self.outbound)
            .await?;
        Ok(tokens(&answer))
    }

    pub(crate) async fn refresh(&self, refresh_token: &str) -> Result<Tokens, TokenError> {
        let answer = self
            .client()
            .exchange_refresh_token(&RefreshToken::new(refresh_token.to_owned()))
            .request_async(self.outbound)
            .await?;
        Ok(tokens(&answer))
    }

    /// Revokes by RFC 7009; does nothing where the provider has no such endpoint. By hand, because the crate refuses
    /// every revocation endpoint on plain http, the one on this machine included.
    pub(crate) async fn revoke(&self, refresh_token: &str) -> Result<(), TokenError> {
        let Some(endpoint) = &self.metadata.revocation_endpoint else { return Ok(()) };
        match self.outbound.send(self.revocation(endpoint, refresh_token)?).await?.status().as_u16() {
            200..300 => Ok(()),
            status => Err(OutboundError::Status(status).into()),
        }
    }

    fn revocation(&self, endpoint: &Url, refresh_token: &str) -> Result<HttpRequest, OutboundError> {
        let (client_id, secret) = (&self.settings.client_id, self.settings.client_secret.expose_secret());
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("token", refresh_token).append_pair("token_type_hint", "refresh_token");
        let mut request =
            http::Request::post(endpoint.as_str()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if self.metadata.secret_in_body {
            form.append_pair("client_id", client_id).append_pair("client_secret", secret);
        } else {
            request = request.header(AUTHORIZATION, basic(client_id, secret));
        }
        request.body(form.finish().into_bytes()).map_err(|_| OutboundError::Url)
    }

    fn client(&self) -> OidcClient {
        let metadata = &self.metadata;
        let in_body = if metadata.secret_in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        Client::new(ClientId::new(self.settings.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.settings.client_secret.expose_secret().to_owned()))
            .set_auth_type(in_body)
            .set_auth_uri(AuthUrl::from_url(metadata.authorization_endpoint.clone()))
            .set_token_uri(TokenUrl::from_url(metadata.token_endpoint.clone()))
    }
}

/// RFC 6749 §2.3.1: both are form-encoded first.
fn basic(client_id: &str, secret: &str) -> String {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encode(client_id), encode(secret))))
}

fn tokens(answer: &Answer) -> Tokens {
    let life = answer.expires_in().and_then(|life| i64::try_from(life.as_secs()).ok());
    Tokens {
        access_token: answer.access_token().secret().clone(),
        refresh_token: answer.refresh_token().map(|token| token.secret().clone()),
        id_token: answer.extra_fields().id_token.clone(),
        expires_in: life.unwrap_or(DEFAULT_LIFE),
    }
}
