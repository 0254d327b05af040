//! The router: pages, server functions, REST, the embedded provider, assets and operations, in one place.

mod assets;
mod client_address;
mod docs;
mod functions;
pub mod operations;
mod refused_forms;
mod request;
mod security_headers;

use crate::config::{Config, IdentityConfig};
use app::ssr::{Services, provide_services};
use assets::{HashedNames, SiteFiles};
use axum::{Router, extract::DefaultBodyLimit, middleware};
use backend::{Backend, http::problem::name_request};
use client_address::TrustedProxies;
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::{ErrorHandler, LeptosRoutes, generate_route_list};
use security_headers::{CspNonce, SecurityHeaders};
use std::sync::Arc;
use tower::Layer as _;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
};
use url::Url;

/// No page, form or JSON body is larger. The one call that takes a file through here has its own limit.
const BODY_LIMIT: usize = 1_000_000;

/// What the router is made of.
pub struct Site {
    options: LeptosOptions,
    backend: Backend,
    provider: Option<Router>,
    trusted_proxies: TrustedProxies,
    headers: Arc<SecurityHeaders>,
}

impl Site {
    /// `provider` is the embedded identity provider's router, if it runs here.
    #[must_use]
    pub fn new(config: &Config, public_url: &Url, provider: Option<Router>, backend: Backend) -> Self {
        let provider_pages = match &config.identity {
            IdentityConfig::Embedded(_) => None,
            IdentityConfig::External(external) => external.hosted_url.clone().or_else(|| external.issuer.parse().ok()),
        };
        let options = leptos_options(config);
        let reload_port = is_watched().then_some(options.reload_port);
        let headers =
            Arc::new(SecurityHeaders::new(public_url, provider_pages.as_ref(), &backend.file_origins(), reload_port));
        let trusted_proxies = TrustedProxies(config.http.trusted_proxies);
        Self { options, backend, provider, trusted_proxies, headers }
    }
}

/// Whether `cargo leptos watch` runs this process.
fn is_watched() -> bool {
    std::env::var_os("LEPTOS_WATCH").is_some()
}

/// The site's folder and file names come from cargo-leptos through these variables.
fn leptos_options(config: &Config) -> LeptosOptions {
    let variable = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    LeptosOptions::builder()
        .output_name("lyceum")
        .site_root(variable("LEPTOS_SITE_ROOT", "target/site"))
        .site_pkg_dir(variable("LEPTOS_SITE_PKG_DIR", "pkg"))
        .site_addr(config.http.address)
        .reload_port(variable("LEPTOS_RELOAD_PORT", "3001").parse().unwrap_or(3001))
        .hash_files(variable("LEPTOS_HASH_FILES", "false") == "true")
        .env(if is_watched() { Env::DEV } else { Env::PROD })
        .build()
}

/// Everything served on the main address. `metrics` joins it where they may be public.
pub fn router(site: Site, metrics: Option<Router>) -> Router {
    let Site { options, backend, provider, trusted_proxies, headers } = site;
    let services = Services {
        accounts: backend.accounts(),
        conversations: backend.conversations(),
        sessions: backend.sessions(),
        uploads: backend.uploads(),
        albums: backend.albums(),
        documents: backend.documents(),
        quizzes: backend.quizzes(),
        reviews: backend.reviews(),
    };
    let (rest, openapi) = backend.rest();

    let pages = pages(&options, services)
        .layer(middleware::from_fn_with_state(backend.clone(), refused_forms::carry))
        .layer(middleware::from_fn(request::read_body))
        .layer(middleware::from_fn_with_state(backend.clone(), refused_forms::refuse_too_long))
        .layer(middleware::from_fn(functions::refuse_strangers));
    let application = rest.merge(pages);
    let application = backend.protect(application);
    let mut router = application.merge(docs::router(openapi)).merge(operations::health(backend));
    if let Some(provider) = provider {
        router = router.merge(provider.layer(middleware::from_fn_with_state(trusted_proxies, client_address::tell)));
    }
    if let Some(metrics) = metrics {
        router = router.merge(metrics);
    }
    let hashed = HashedNames(options.hash_files);
    router
        .layer(middleware::from_fn_with_state(hashed, assets::cache_policy))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(middleware::from_fn(assets::accept_some_encoding))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(request::limit_time))
        .layer(middleware::from_fn_with_state(headers, security_headers::add))
        .layer(CatchPanicLayer::custom(request::panicked))
        .layer(middleware::from_fn(name_request))
        .layer(middleware::from_fn(objects::close_unread))
        .layer(middleware::from_fn(request::observe))
}

/// Archives hold pictures, which are small already. WebAssembly is compressed once, when the site is built: anew at each
/// request it would cost more time than it saves.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/wasm"))
}

/// Pages, server functions and files. The same context for all three: a page's first rendering, a later call of its
/// function and the page of an unknown address must see the same services.
fn pages(options: &LeptosOptions, services: Services) -> Router {
    let context = move || {
        provide_services(&services);
        let nonce = use_context::<http::request::Parts>()
            .and_then(|parts| parts.extensions.get::<CspNonce>().map(|nonce| nonce.0.clone()));
        if let Some(nonce) = nonce {
            provide_context(Nonce::from_value(nonce));
        }
    };
    app::ssr::register_server_functions();
    let shell = app::shell;
    let unknown_address = ErrorHandler::new_with_context(context.clone(), shell, options.clone());
    let files = middleware::from_fn_with_state(SiteFiles::new(&options.site_root), assets::serve);
    Router::new()
        .leptos_routes_with_context(options, generate_route_list(app::App), context, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .fallback_service(files.layer(unknown_address))
        .with_state(options.clone())
}
