//! Where the server listens and what a browser calls it.

use super::Environment;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use url::Url;

/// Addresses of the app.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// `LYCEUM_ADDRESS`, or all interfaces with `PORT`: where the server listens. Default: `127.0.0.1:3000`.
    pub address: SocketAddr,
    /// `LYCEUM_PUBLIC_URL`: the origin that browsers see. Default: that of the address, on plain http.
    pub public_url: Option<Url>,
    /// `LYCEUM_TRUSTED_PROXIES`: how many proxies in front add to `X-Forwarded-For`. Default: 0.
    pub trusted_proxies: usize,
    /// `LYCEUM_SHUTDOWN_SECONDS`: how long open requests may take after SIGTERM. Default: 20 s.
    pub shutdown_seconds: u64,
}

impl HttpConfig {
    pub(super) fn read(environment: &Environment<'_>, production: bool) -> Self {
        let by_port = environment
            .value::<u16>("PORT", "a port number")
            .map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), port));
        let address = environment
            .value("LYCEUM_ADDRESS", "an address such as 127.0.0.1:3000")
            .or(by_port)
            .unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)));
        let public_url = environment.value::<Url>("LYCEUM_PUBLIC_URL", "a URL such as https://lyceum.example");
        check_public_url(environment, production, public_url.as_ref());
        Self {
            address,
            public_url,
            trusted_proxies: environment.value_or("LYCEUM_TRUSTED_PROXIES", "a number of proxies", 0),
            shutdown_seconds: environment.value_or("LYCEUM_SHUTDOWN_SECONDS", "a number of seconds", 20),
        }
    }
}

fn check_public_url(environment: &Environment<'_>, production: bool, url: Option<&Url>) {
    let Some(url) = url else {
        if production {
            environment.problem("LYCEUM_PUBLIC_URL is missing: the https address that browsers use".into());
        }
        return;
    };
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        environment.problem("LYCEUM_PUBLIC_URL must be an origin without path, query or user".into());
    }
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() != "https" && !(url.scheme() == "http" && (local || !production)) {
        environment.problem("LYCEUM_PUBLIC_URL must begin with https://".into());
    }
}
