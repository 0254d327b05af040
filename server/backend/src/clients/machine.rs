//! AWS credentials of the machine: from the environment, a profile, or the role of a container or an instance.

use super::identity::{AwsCredentials, CredentialSource};
use async_trait::async_trait;
use aws_config::{Region, default_provider::credentials::DefaultCredentialsChain};
use aws_sdk_s3::config::ProvideCredentials as _;
use tokio::sync::OnceCell;

/// Whatever the machine has.
#[derive(Debug)]
pub struct MachineCredentials {
    region: String,
    /// Made at the first use: that is asynchronous.
    chain: OnceCell<DefaultCredentialsChain>,
}

impl MachineCredentials {
    /// Those that a service of the region is asked with.
    #[must_use]
    pub fn new(region: impl Into<String>) -> Self {
        Self { region: region.into(), chain: OnceCell::new() }
    }
}

#[async_trait]
impl CredentialSource for MachineCredentials {
    async fn credentials(&self) -> Option<AwsCredentials> {
        let region = Region::new(self.region.clone());
        let chain = self.chain.get_or_init(|| DefaultCredentialsChain::builder().region(region).build()).await;
        match chain.provide_credentials().await {
            Ok(found) => Some(AwsCredentials {
                access_key_id: found.access_key_id().to_owned(),
                secret_access_key: found.secret_access_key().into(),
                session_token: found.session_token().map(Into::into),
            }),
            Err(error) => {
                tracing::warn!(cause = %error, "the machine has no AWS credentials");
                None
            }
        }
    }
}
