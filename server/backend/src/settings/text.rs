//! Who makes notes and questions of text.

use crate::clients::identity::CredentialSource;
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};
use url::Url;

/// Which text provider.
#[derive(Clone, Debug, Default)]
pub enum TextSettings {
    /// Computed here, without a language model.
    #[default]
    Embedded,
    /// A model behind an endpoint that answers like OpenAI's.
    OpenAi(OpenAiSettings),
    /// A model of Amazon Bedrock.
    Bedrock(BedrockSettings),
}

/// An endpoint that answers like OpenAI's chat completions.
#[derive(Clone, Debug)]
pub struct OpenAiSettings {
    /// Its base address, such as `http://127.0.0.1:11434/v1`.
    pub url: Url,
    /// Which model.
    pub model: String,
    /// Where it wants one.
    pub api_key: Option<SecretString>,
    /// How long one answer may take.
    pub timeout: Duration,
}

/// A model of Amazon Bedrock.
#[derive(Clone, Debug)]
pub struct BedrockSettings {
    /// Its origin, where that is not the region's.
    pub url: Option<Url>,
    /// AWS region, used in the address and in signatures.
    pub region: String,
    /// Id of a model or an inference profile.
    pub model: String,
    /// Who signs.
    pub credentials: Arc<dyn CredentialSource>,
    /// How long one answer may take.
    pub timeout: Duration,
}
