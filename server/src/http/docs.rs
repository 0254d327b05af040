//! The description of the REST calls, for programs and for people.

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::Response,
};
use http::{HeaderValue, header};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Swagger UI sets styles from its scripts, so this one page may; its scripts still come from this origin only.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// `/openapi.json` and the interactive page at `/docs`, where a token can be pasted in.
pub(crate) fn router(openapi: OpenApi) -> Router {
    let config = Config::default().persist_authorization(false).try_it_out_enabled(true);
    Router::new()
        .merge(SwaggerUi::new("/docs").url("/openapi.json", openapi).config(config))
        .layer(middleware::from_fn(own_policy))
}

async fn own_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
