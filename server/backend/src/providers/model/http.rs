//! Requests to a model: no redirects, bounded in time and size, no address in an error, for it may hold a key.

use super::ask::ModelError;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use std::time::Duration;
use url::Url;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// No answer is so long.
const BODY_LIMIT: usize = 4_000_000;

/// The HTTP client for a model.
#[derive(Clone, Debug)]
pub(super) struct Outbound(reqwest::Client);

impl Outbound {
    pub(super) fn new(timeout: Duration) -> Result<Self, ModelError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(timeout)
            .user_agent("lyceum")
            .build();
        client.map(Self).map_err(transport)
    }

    /// A POST that must answer 200 with JSON.
    pub(super) async fn post(&self, url: Url, headers: HeaderMap, body: Vec<u8>) -> Result<Value, ModelError> {
        let mut response = self.0.post(url).headers(headers).body(body).send().await.map_err(transport)?;
        match response.status() {
            status if status.is_success() => {}
            StatusCode::REQUEST_TIMEOUT | StatusCode::FAILED_DEPENDENCY | StatusCode::TOO_MANY_REQUESTS => {
                return Err(ModelError::Busy(response.status().as_u16()));
            }
            status if status.is_server_error() => return Err(ModelError::Busy(status.as_u16())),
            status => return Err(ModelError::Refused(status.as_u16())),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            if bytes.len() + chunk.len() > BODY_LIMIT {
                return Err(ModelError::TooLong);
            }
            bytes.extend_from_slice(&chunk);
        }
        serde_json::from_slice(&bytes).map_err(|_| ModelError::Format("it is not JSON"))
    }
}

fn transport(error: reqwest::Error) -> ModelError {
    ModelError::Transport(error.without_url())
}
