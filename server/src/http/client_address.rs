//! Tells the embedded provider whose connection it is, by the rule that all of the server goes by.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use backend::http::address::client_address;
use identity::ClientAddress;

/// How many proxies in front add to `X-Forwarded-For`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrustedProxies(pub(crate) usize);

/// Puts the client's address into the request's extensions.
pub(crate) async fn tell(State(proxies): State<TrustedProxies>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if let Some(address) = client_address(&parts, proxies.0) {
        parts.extensions.insert(ClientAddress(address));
    }
    next.run(Request::from_parts(parts, body)).await
}
