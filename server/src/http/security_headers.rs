//! The headers that tell a browser what these pages may do.

use axum::{extract::Request, extract::State, middleware::Next, response::Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderName, HeaderValue, header};
use std::sync::Arc;
use url::Url;

/// The value that inline scripts of this one response must carry.
#[derive(Clone, Debug)]
pub(crate) struct CspNonce(pub(crate) Arc<str>);

/// What the policy depends on.
#[derive(Clone, Debug)]
pub(crate) struct SecurityHeaders {
    https: bool,
    form_targets: String,
    connect_targets: String,
    file_origins: String,
}

impl SecurityHeaders {
    /// `provider_pages`: the identity provider's origin, when it is not ours. The sign-out form is redirected there,
    /// and browsers apply `form-action` to redirects too. `file_origins`: the object store, where files are sent to and
    /// come from. `reload_port`: where `cargo leptos watch` tells pages to reload, when it runs.
    #[must_use]
    pub(crate) fn new(
        public_url: &Url,
        provider_pages: Option<&Url>,
        file_origins: &[String],
        reload_port: Option<u32>,
    ) -> Self {
        let file_origins: String = file_origins.iter().map(|origin| format!(" {origin}")).collect();
        let origin = provider_pages.map(|url| format!(" {}", url.origin().ascii_serialization()));
        let host = public_url.host_str().unwrap_or_default();
        let reload = reload_port.map(|port| format!(" ws://{host}:{port}"));
        Self {
            https: public_url.scheme() == "https",
            form_targets: format!("'self'{}", origin.unwrap_or_default()),
            connect_targets: format!("'self'{file_origins}{}", reload.unwrap_or_default()),
            file_origins,
        }
    }

    /// The policy of an application page. Scripts run only with the nonce of this response or from this origin;
    /// `wasm-unsafe-eval` lets WebAssembly compile and nothing else.
    fn content_security_policy(&self, nonce: &str) -> String {
        let upgrade = if self.https { "; upgrade-insecure-requests" } else { "" };
        format!(
            "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
             style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:{files}; font-src 'self'; \
             connect-src {}; media-src 'self' blob:{files}; worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; \
             form-action {}; frame-ancestors 'none'{upgrade}",
            self.connect_targets,
            self.form_targets,
            files = self.file_origins
        )
    }
}

/// Mints the nonce before the page is made and adds the headers after; what a handler has set itself stays.
pub(crate) async fn add(State(settings): State<Arc<SecurityHeaders>>, mut request: Request, next: Next) -> Response {
    let nonce: Arc<str> = STANDARD.encode(domain::clock::random_bytes::<16>()).into();
    request.extensions_mut().insert(CspNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(self), payment=()");
    if settings.https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if let Ok(policy) = HeaderValue::from_str(&settings.content_security_policy(&nonce)) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    response
}
