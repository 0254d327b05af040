//! Refuses unsafe requests that another site made a browser send.
//!
//! tower-http decides (Fetch Metadata, then Origin). It lets pass what has neither; with the session's cookie that is
//! refused too, for every browser sends one of them with an unsafe request. Requests with an `Authorization` header pass: no browser adds
//! one by itself. The identity provider's paths pass too: programs of other origins use its token endpoint, and
//! its forms have a guard of their own.

use super::problem::Refusal;
use crate::sessions::cookie::{Cookies, Kind, Presented};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{ApiError, ErrorCode};
use http::header::{AUTHORIZATION, ORIGIN};
use std::convert::Infallible;
use tower::{Layer as _, ServiceExt as _, service_fn};
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};
use url::Url;

const FETCH_SITE: &str = "sec-fetch-site";

/// The rule, with our own origin in it: behind a proxy the Host header need not be the public one.
#[derive(Clone, Debug)]
pub(crate) struct OriginCheck {
    layer: CsrfLayer,
    cookies: Cookies,
}

impl OriginCheck {
    pub(crate) fn new(public_url: &Url) -> Result<Self, ConfigError> {
        let layer = CsrfLayer::new().add_trusted_origin(public_url.origin().ascii_serialization())?;
        Ok(Self { layer, cookies: Cookies::new(public_url.scheme() == "https") })
    }

    async fn allows(&self, probe: http::Request<()>) -> bool {
        let headers = probe.headers();
        let is_told = headers.contains_key(ORIGIN) || headers.contains_key(FETCH_SITE);
        if !is_told && self.cookies.read(Kind::Session, headers) != Presented::Nothing {
            return false;
        }
        let Ok(answer) = self.layer.layer(service_fn(pass)).oneshot(probe).await;
        answer.extensions().get::<ProtectionError>().is_none()
    }
}

/// What there is to judge; none where there is nothing to fear.
fn probe(request: &Request) -> Option<http::Request<()>> {
    let path = request.uri().path();
    let identity = path == "/identity" || path.starts_with("/identity/");
    if request.method().is_safe() || request.headers().contains_key(AUTHORIZATION) || identity {
        return None;
    }
    let mut probe = http::Request::new(());
    *probe.method_mut() = request.method().clone();
    *probe.uri_mut() = request.uri().clone();
    *probe.headers_mut() = request.headers().clone();
    Some(probe)
}

/// Stands for the app when only the decision is wanted.
async fn pass(_: http::Request<()>) -> Result<http::Response<String>, Infallible> {
    Ok(http::Response::default())
}

/// Middleware: before anything else looks at the request.
pub(crate) async fn check_origin(State(check): State<OriginCheck>, request: Request, next: Next) -> Response {
    let refused = match probe(&request) {
        Some(probe) => !check.allows(probe).await,
        None => false,
    };
    if !refused {
        return next.run(request).await;
    }
    let detail =
        "This request did not come from the app's own pages, or does not say so. Do it there, or with a bearer token.";
    Refusal(ApiError::new(ErrorCode::CrossOrigin, detail)).into_response()
}
