//! Whose connection it is.

use axum::extract::ConnectInfo;
use http::{HeaderMap, request::Parts};
use std::net::{IpAddr, SocketAddr};

/// The client's address, for limits on people we do not know. Each trusted proxy adds the address it saw at the
/// right end of `X-Forwarded-For`; what stands further left anybody can write.
#[must_use]
pub fn client_address(parts: &Parts, trusted_proxies: usize) -> Option<IpAddr> {
    let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if trusted_proxies == 0 { connected } else { forwarded(&parts.headers, trusted_proxies).or(connected) }
}

fn forwarded(headers: &HeaderMap, trusted_proxies: usize) -> Option<IpAddr> {
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let at = chain.len().checked_sub(trusted_proxies)?;
    chain.get(at)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_trusted_proxies_wrote_counts() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "1.1.1.1, 2.2.2.2".parse().unwrap());
        headers.append("x-forwarded-for", "3.3.3.3".parse().unwrap());
        assert_eq!(forwarded(&headers, 1), "3.3.3.3".parse().ok());
        assert_eq!(forwarded(&headers, 2), "2.2.2.2".parse().ok());
        assert_eq!(forwarded(&headers, 4), None);
    }
}
