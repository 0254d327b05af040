//! What operators and load balancers ask.

use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use backend::Backend;
use http::{StatusCode, header};
use metrics_exporter_prometheus::PrometheusHandle;

/// `/health`, `/healthz` and `/ready`.
pub fn health(backend: Backend) -> Router {
    Router::new()
        .route("/health", get(alive))
        .route("/healthz", get(alive))
        .route("/ready", get(ready).with_state(backend))
}

/// `/metrics` as Prometheus text.
pub fn metrics(handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(render).with_state(handle))
}

async fn alive() -> Response {
    ([(header::CACHE_CONTROL, "no-store")], axum::Json(serde_json::json!({ "status": "ok" }))).into_response()
}

async fn ready(State(backend): State<Backend>) -> Response {
    let (database, objects) = tokio::join!(backend.ready(), backend.objects_ready());
    let all = database && objects;
    let status = if all { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = |holds: bool| if holds { "ok" } else { "unreachable" };
    let body = serde_json::json!({ "status": word(all), "database": word(database), "objects": word(objects) });
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}

async fn render(State(handle): State<PrometheusHandle>) -> Response {
    handle.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
}
