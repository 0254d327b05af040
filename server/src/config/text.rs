//! Who makes notes and questions of text: this process, or a language model.

use super::Environment;
use std::{fmt, time::Duration};
use url::Url;

/// `LYCEUM_TEXT_PROVIDER`: `embedded`, `openai` or `bedrock`. Default: embedded.
#[derive(Clone, Default)]
pub enum TextConfig {
    /// Computed here, without a language model.
    #[default]
    Embedded,
    /// Any endpoint that answers like OpenAI's: Ollama, vLLM, OpenAI itself.
    OpenAi {
        /// `LYCEUM_TEXT_URL`: its base address, such as `http://127.0.0.1:11434/v1`.
        url: Url,
        /// `LYCEUM_TEXT_MODEL`.
        model: String,
        /// `LYCEUM_TEXT_API_KEY`, where it wants one.
        api_key: Option<String>,
        /// `LYCEUM_TEXT_TIMEOUT_SECONDS`: for one answer. Default: 180.
        timeout: Duration,
    },
    /// A model of Amazon Bedrock, with the machine's credentials.
    Bedrock {
        /// `LYCEUM_TEXT_URL`: its origin. Default: the region's.
        url: Option<Url>,
        /// `LYCEUM_TEXT_REGION`, or `AWS_REGION`. Default: `us-east-1`.
        region: String,
        /// `LYCEUM_TEXT_MODEL`: id of a model or an inference profile.
        model: String,
        /// `LYCEUM_TEXT_TIMEOUT_SECONDS`: for one answer. Default: 180.
        timeout: Duration,
    },
}

impl fmt::Debug for TextConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("Embedded"),
            Self::OpenAi { url, model, .. } => {
                f.debug_struct("OpenAi").field("url", &url.as_str()).field("model", model).finish_non_exhaustive()
            }
            Self::Bedrock { region, model, .. } => {
                f.debug_struct("Bedrock").field("region", region).field("model", model).finish_non_exhaustive()
            }
        }
    }
}

impl TextConfig {
    pub(super) fn read(environment: &Environment<'_>, production: bool) -> Self {
        let seconds: u64 = environment.value_or("LYCEUM_TEXT_TIMEOUT_SECONDS", "a number of seconds", 180);
        if !(1..=3_600).contains(&seconds) {
            environment.problem("LYCEUM_TEXT_TIMEOUT_SECONDS is not between 1 and 3600".into());
        }
        let timeout = Duration::from_secs(seconds);
        match environment.text("LYCEUM_TEXT_PROVIDER").as_deref().map(str::trim) {
            None | Some("embedded") => {
                unused(environment);
                Self::Embedded
            }
            Some("openai") => openai(environment, production, timeout),
            Some("bedrock") => bedrock(environment, timeout),
            Some(_) => {
                environment.problem("LYCEUM_TEXT_PROVIDER is none of embedded, openai and bedrock".into());
                Self::Embedded
            }
        }
    }
}

/// A model is named and would never be asked.
fn unused(environment: &Environment<'_>) {
    for name in ["LYCEUM_TEXT_URL", "LYCEUM_TEXT_MODEL", "LYCEUM_TEXT_API_KEY"] {
        if environment.text(name).is_some() {
            environment
                .problem(format!("{name} has no effect: set LYCEUM_TEXT_PROVIDER to openai or bedrock, or remove it"));
        }
    }
}

fn openai(environment: &Environment<'_>, production: bool, timeout: Duration) -> TextConfig {
    let why = "LYCEUM_TEXT_PROVIDER is openai";
    environment.required("LYCEUM_TEXT_URL", why);
    let model = environment.required("LYCEUM_TEXT_MODEL", why);
    let api_key = environment.text("LYCEUM_TEXT_API_KEY");
    let Some(url) = address(environment) else { return TextConfig::Embedded };
    let is_local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if production && api_key.is_some() && url.scheme() != "https" && !is_local {
        environment.problem("LYCEUM_TEXT_URL must begin with https://: the key would be read on the way".into());
    }
    TextConfig::OpenAi { url, model, api_key, timeout }
}

fn bedrock(environment: &Environment<'_>, timeout: Duration) -> TextConfig {
    if environment.text("LYCEUM_TEXT_API_KEY").is_some() {
        environment.problem("LYCEUM_TEXT_API_KEY has no effect: Bedrock takes AWS credentials of the machine".into());
    }
    let region = environment.text("LYCEUM_TEXT_REGION").or_else(|| environment.text("AWS_REGION"));
    TextConfig::Bedrock {
        url: address(environment),
        region: region.unwrap_or_else(|| "us-east-1".into()),
        model: environment.required("LYCEUM_TEXT_MODEL", "LYCEUM_TEXT_PROVIDER is bedrock"),
        timeout,
    }
}

/// The address, if it is set and one that can be asked. What is in it is printed, so no secret may be.
fn address(environment: &Environment<'_>) -> Option<Url> {
    let url: Url = environment.value("LYCEUM_TEXT_URL", "a URL such as http://127.0.0.1:11434/v1")?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        environment.problem("LYCEUM_TEXT_URL must begin with http:// or https://".into());
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        environment
            .problem("LYCEUM_TEXT_URL must have no name, password or query: the key is LYCEUM_TEXT_API_KEY".into());
        return None;
    }
    Some(url)
}
