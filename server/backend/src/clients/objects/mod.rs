//! The object store, whoever it is: anything that speaks S3. Requests that browsers send are signed here for the
//! store's public address; our own go to its internal one.

mod parts;
pub(crate) mod sign;

pub(crate) use parts::{ListedPart, PartsError};

use crate::{
    failure::Failure,
    settings::{ObjectCredentials, ObjectSettings},
};
use aws_config::{BehaviorVersion, Region, default_provider::credentials::DefaultCredentialsChain};
use aws_sdk_s3::{
    Client,
    config::{
        Builder, Credentials, RequestChecksumCalculation, ResponseChecksumValidation, SharedCredentialsProvider,
        retry::RetryConfig, timeout::TimeoutConfig,
    },
    error::{DisplayErrorContext, SdkError},
    operation::head_object::HeadObjectError,
    primitives::ByteStream,
    types::ChecksumMode,
};
use domain::{ApiError, clock::Clock};
use secrecy::ExposeSecret as _;
use std::{sync::Arc, time::Duration};
use tokio::sync::OnceCell;
use url::Url;

/// A store that does not even begin to answer by then does not answer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);

/// Where an object is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub(crate) struct Place {
    pub(crate) bucket: String,
    pub(crate) key: String,
}

/// What the store tells of an object.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) size: u64,
    /// SHA-256 of the whole in base64, where the store keeps it.
    pub(crate) sha256: Option<String>,
}

/// The object store. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Objects(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: ObjectSettings,
    clock: Clock,
    /// Made at the first use: finding credentials is asynchronous.
    clients: OnceCell<Clients>,
}

#[derive(Debug)]
struct Clients {
    internal: Client,
    public: Client,
}

impl Objects {
    pub(crate) fn new(settings: ObjectSettings, clock: Clock) -> Self {
        Self(Arc::new(Inner { settings, clock, clients: OnceCell::new() }))
    }

    async fn clients(&self) -> &Clients {
        self.0.clients.get_or_init(|| clients(&self.0.settings)).await
    }

    async fn client(&self) -> &Client {
        &self.clients().await.internal
    }

    /// What is known of the object; none when there is none.
    pub(crate) async fn head(&self, place: &Place) -> Result<Option<Head>, Failure> {
        let request = self.client().await.head_object().bucket(&place.bucket).key(&place.key);
        match request.checksum_mode(ChecksumMode::Enabled).send().await {
            Ok(found) => Ok(Some(Head {
                size: found.content_length().and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
                // Of parts, it is a checksum of checksums, and says so with a number.
                sha256: found.checksum_sha256().filter(|text| !text.contains('-')).map(str::to_owned),
            })),
            Err(SdkError::ServiceError(error)) if matches!(error.err(), HeadObjectError::NotFound(_)) => Ok(None),
            Err(error) => Err(failed("head", &error)),
        }
    }

    /// The first bytes of the object, at most so many.
    pub(crate) async fn beginning(&self, place: &Place, bytes: u64) -> Result<Vec<u8>, Failure> {
        let request = self.client().await.get_object().bucket(&place.bucket).key(&place.key);
        let found = request.range(format!("bytes=0-{}", bytes.saturating_sub(1))).send().await;
        collected(found.map_err(|error| failed("get", &error))?.body).await
    }

    /// The whole object; the caller has looked at its size.
    pub(crate) async fn whole(&self, place: &Place) -> Result<Vec<u8>, Failure> {
        collected(self.stream(place).await?).await
    }

    /// The object, piece by piece.
    pub(crate) async fn stream(&self, place: &Place) -> Result<ByteStream, Failure> {
        let request = self.client().await.get_object().bucket(&place.bucket).key(&place.key);
        Ok(request.send().await.map_err(|error| failed("get", &error))?.body)
    }

    /// Writes an object of our own, over what was there.
    pub(crate) async fn put(&self, place: &Place, content_type: &str, bytes: Vec<u8>) -> Result<(), Failure> {
        let request = self.client().await.put_object().bucket(&place.bucket).key(&place.key);
        let sent = request.content_type(content_type).body(ByteStream::from(bytes)).send().await;
        sent.map(drop).map_err(|error| failed("put", &error))
    }

    /// Removes the object; again changes nothing.
    pub(crate) async fn delete(&self, place: &Place) -> Result<(), Failure> {
        let request = self.client().await.delete_object().bucket(&place.bucket).key(&place.key);
        request.send().await.map(drop).map_err(|error| failed("delete", &error))
    }

    /// Whether the store answers and lets us in.
    pub(crate) async fn answers(&self) -> bool {
        let client = self.client().await;
        for bucket in self.0.settings.buckets.all() {
            if let Err(error) = client.head_bucket().bucket(&bucket).send().await {
                tracing::warn!(bucket, cause = %DisplayErrorContext(&error), "a bucket does not answer");
                return false;
            }
        }
        true
    }
}

async fn collected(body: ByteStream) -> Result<Vec<u8>, Failure> {
    let bytes = body.collect().await.map_err(|error| unreachable("read", &error.to_string()))?;
    Ok(bytes.into_bytes().into())
}

/// Logs what the store said and tells the person to try again: whatever it is, it is not their fault.
fn failed<E: std::error::Error>(what: &str, error: &E) -> Failure {
    unreachable(what, &DisplayErrorContext(error).to_string())
}

fn unreachable(what: &str, cause: &str) -> Failure {
    tracing::error!(what, cause, "the object store refused or did not answer");
    Failure::Refused(ApiError::unavailable("The file store does not answer. Try again in a moment."))
}

async fn clients(settings: &ObjectSettings) -> Clients {
    let credentials = match &settings.credentials {
        ObjectCredentials::Static { access_key_id, secret_access_key, session_token } => {
            SharedCredentialsProvider::new(Credentials::new(
                access_key_id,
                secret_access_key.expose_secret(),
                session_token.as_ref().map(|token| token.expose_secret().to_owned()),
                None,
                "configuration",
            ))
        }
        ObjectCredentials::Chain => {
            let region = Region::new(settings.region.clone());
            SharedCredentialsProvider::new(DefaultCredentialsChain::builder().region(region).build().await)
        }
    };
    let client = |endpoint: Option<&Url>| {
        let builder = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .credentials_provider(credentials.clone())
            .force_path_style(endpoint.is_some())
            // The SDK's own additions would have to be sent by every browser.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT)
                    .operation_attempt_timeout(ATTEMPT_TIMEOUT)
                    .build(),
            );
        let builder = match endpoint {
            Some(url) => builder.endpoint_url(url.as_str().trim_end_matches('/')),
            None => builder,
        };
        Client::from_conf(builder.build())
    };
    let (internal, public) = (settings.endpoint.as_ref(), settings.public_url.as_ref());
    Clients { internal: client(internal), public: client(public.or(internal)) }
}
