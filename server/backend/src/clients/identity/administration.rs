//! Removing a person's identity: the one thing that OpenID Connect has no call for. Cognito's JSON API has, and the
//! embedded provider answers like it.

use super::{
    outbound::{Outbound, OutboundError},
    sigv4::{self, Signable},
};
use crate::settings::IdentitySettings;
use async_trait::async_trait;
use domain::{clock::Clock, id::Sub};
use http::{Request, Response, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::{fmt, sync::Arc};
use url::Url;

const TARGET: &str = "AWSCognitoIdentityProviderService.AdminDeleteUser";
const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// AWS credentials.
#[derive(Clone, Debug)]
pub struct AwsCredentials {
    /// Public part.
    pub access_key_id: String,
    /// Secret part.
    pub secret_access_key: SecretString,
    /// With temporary credentials only.
    pub session_token: Option<SecretString>,
}

/// Where credentials come from; asked for every request, because those of a role change by the hour.
#[async_trait]
pub trait CredentialSource: Send + Sync + fmt::Debug {
    /// The credentials of now; none when there are none at the moment.
    async fn credentials(&self) -> Option<AwsCredentials>;
}

/// Credentials that never change.
#[derive(Clone, Debug)]
pub struct StaticCredentials(pub AwsCredentials);

#[async_trait]
impl CredentialSource for StaticCredentials {
    async fn credentials(&self) -> Option<AwsCredentials> {
        Some(self.0.clone())
    }
}

/// The identity was not removed; another try may work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RemovalError {
    #[error("there are no credentials at the moment")]
    NoCredentials,
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    #[error("the provider refused: {0}")]
    Refused(String),
}

/// The administrative side of the provider.
#[derive(Clone, Debug)]
pub(crate) struct Administration {
    api_url: Url,
    region: String,
    user_pool_id: String,
    credentials: Arc<dyn CredentialSource>,
    outbound: Outbound,
    clock: Clock,
}

impl Administration {
    pub(crate) fn new(settings: &IdentitySettings, outbound: Outbound, clock: Clock) -> Option<Self> {
        Some(Self {
            api_url: settings.api_url.clone()?,
            credentials: settings.administration.clone()?,
            region: settings.region.clone(),
            user_pool_id: settings.user_pool_id.clone(),
            outbound,
            clock,
        })
    }

    /// Removes the person's identity. One that is not there is as good as removed.
    pub(crate) async fn remove_identity(&self, sub: &Sub) -> Result<(), RemovalError> {
        let credentials = self.credentials.credentials().await.ok_or(RemovalError::NoCredentials)?;
        let body = json!({ "UserPoolId": self.user_pool_id, "Username": sub.as_str() }).to_string();
        let response = self.outbound.send(self.signed(&credentials, body)?).await?;
        if response.status().is_success() || failure(&response) == "UserNotFoundException" {
            return Ok(());
        }
        Err(RemovalError::Refused(failure(&response)))
    }

    fn signed(&self, credentials: &AwsCredentials, body: String) -> Result<Request<Vec<u8>>, RemovalError> {
        let at = self.clock.now();
        let date = sigv4::amz_date(at);
        let host = &self.api_url[url::Position::BeforeHost..url::Position::AfterPort];
        let token = credentials.session_token.as_ref().map(ExposeSecret::expose_secret);
        let mut headers = vec![("content-type", CONTENT_TYPE), ("host", host), ("x-amz-date", date.as_str())];
        headers.extend(token.map(|token| ("x-amz-security-token", token)));
        headers.push(("x-amz-target", TARGET));
        let authorization = sigv4::authorization(
            &Signable {
                path: self.api_url.path(),
                headers: &headers,
                body: body.as_bytes(),
                region: &self.region,
                service: "cognito-idp",
                at,
            },
            credentials,
        );
        let request = Request::post(self.api_url.as_str()).header(header::AUTHORIZATION, authorization);
        let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        request.body(body.into_bytes()).map_err(|_| OutboundError::Url.into())
    }
}

/// The name of the exception in a refusal of Cognito.
fn failure(response: &Response<Vec<u8>>) -> String {
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    // The type may come with a namespace: `com.amazonaws.cognito#UserNotFoundException`.
    let kind = body["__type"].as_str().and_then(|kind| kind.rsplit('#').next());
    kind.map_or_else(|| format!("status {}", response.status().as_u16()), str::to_owned)
}
