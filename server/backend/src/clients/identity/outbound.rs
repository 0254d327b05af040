//! Requests of the server to the provider: allowed origins only, no redirects, bounded in time and size.

use crate::settings::IdentitySettings;
use http::{Request, Response};
use std::time::Duration;
use url::{Origin, Url};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
const TIMEOUT: Duration = Duration::from_secs(8);
/// Key sets and discovery documents have a few kilobytes.
const BODY_LIMIT: usize = 512 * 1024;

/// The provider did not answer as it should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutboundError {
    #[error("the issuer in the settings is not an absolute http(s) URL")]
    Issuer,
    #[error("{0} is not one of the provider's configured origins")]
    ForeignOrigin(String),
    #[error("not a valid URL")]
    Url,
    #[error("the provider does not answer: {0}")]
    Transport(#[from] reqwest::Error),
    #[error("the provider answered {0}")]
    Status(u16),
    #[error("the provider's answer is longer than {BODY_LIMIT} bytes")]
    TooLong,
    #[error("the provider's answer is not understood: {0}")]
    Format(&'static str),
    #[error("the provider did not answer a moment ago; not asked again yet")]
    Paused,
}

/// The HTTP client for the provider. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Outbound {
    client: reqwest::Client,
    allowed: Vec<Origin>,
    /// Requests to the first go to the second.
    internal: Option<(Origin, Url)>,
}

impl Outbound {
    pub(crate) fn new(settings: &IdentitySettings) -> Result<Self, OutboundError> {
        let issuer = Url::parse(&settings.issuer).map_err(|_| OutboundError::Issuer)?;
        if !matches!(issuer.scheme(), "http" | "https") || !issuer.has_host() {
            return Err(OutboundError::Issuer);
        }
        let others = [&settings.internal_url, &settings.hosted_url, &settings.api_url];
        let allowed = others.into_iter().flatten().chain([&issuer]).map(Url::origin).collect();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .user_agent("lyceum")
            .build()?;
        let internal = settings.internal_url.clone().map(|internal| (issuer.origin(), internal));
        Ok(Self { client, allowed, internal })
    }

    /// A GET that must answer 200 with JSON.
    pub(crate) async fn get_json(&self, url: &Url) -> Result<serde_json::Value, OutboundError> {
        let request = Request::get(url.as_str()).header(http::header::ACCEPT, "application/json").body(Vec::new());
        let response = self.send(request.map_err(|_| OutboundError::Url)?).await?;
        if response.status() != http::StatusCode::OK {
            return Err(OutboundError::Status(response.status().as_u16()));
        }
        serde_json::from_slice(response.body()).map_err(|_| OutboundError::Format("not JSON"))
    }

    pub(crate) async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, OutboundError> {
        let (parts, body) = request.into_parts();
        let url = self.target(&parts.uri.to_string())?;
        let sent = self.client.request(parts.method, url).headers(parts.headers).body(body).send().await?;
        let (status, headers) = (sent.status(), sent.headers().clone());
        let mut response = Response::new(read(sent).await?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// The address to really ask.
    fn target(&self, url: &str) -> Result<Url, OutboundError> {
        let url = Url::parse(url).map_err(|_| OutboundError::Url)?;
        if !self.allowed.contains(&url.origin()) {
            return Err(OutboundError::ForeignOrigin(url.origin().ascii_serialization()));
        }
        match &self.internal {
            Some((from, to)) if *from == url.origin() => {
                let mut moved = to.clone();
                moved.set_path(url.path());
                moved.set_query(url.query());
                Ok(moved)
            }
            _ => Ok(url),
        }
    }
}

async fn read(mut response: reqwest::Response) -> Result<Vec<u8>, OutboundError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > BODY_LIMIT {
            return Err(OutboundError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outbound(internal_url: Option<&str>) -> Outbound {
        let settings = IdentitySettings {
            issuer: "http://app.example/identity/pool".into(),
            internal_url: internal_url.map(|url| url.parse().unwrap()),
            hosted_url: Some("https://login.example".parse().unwrap()),
            api_url: None,
            region: String::new(),
            user_pool_id: String::new(),
            client_id: String::new(),
            client_secret: String::new().into(),
            public_client_id: String::new(),
            public_redirect_uri: String::new(),
            accepted_client_ids: Vec::new(),
            scopes: String::new(),
            logout_url: None,
            administration: None,
        };
        Outbound::new(&settings).unwrap()
    }

    #[test]
    fn only_configured_origins_are_asked() {
        let outbound = outbound(None);
        for allowed in ["http://app.example/any", "https://login.example/oauth2/token"] {
            assert_eq!(outbound.target(allowed).unwrap().as_str(), allowed);
        }
        for foreign in [
            "http://169.254.169.254/latest/meta-data",
            "https://app.example/",
            "http://app.example:81/",
            "http://login.example/",
            "http://app.example.evil/",
            "http://app.example@evil/",
            "file:///etc/passwd",
            "nonsense",
        ] {
            assert!(outbound.target(foreign).is_err(), "{foreign}");
        }
    }

    #[test]
    fn the_issuer_is_reached_inside_where_that_is_set() {
        let outbound = outbound(Some("http://127.0.0.1:3000"));
        let target = |url| outbound.target(url).unwrap().to_string();
        assert_eq!(target("http://app.example/identity/token?x=1"), "http://127.0.0.1:3000/identity/token?x=1");
        assert_eq!(target("https://login.example/token"), "https://login.example/token");
    }
}
