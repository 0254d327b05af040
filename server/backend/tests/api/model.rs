//! Language models that do not answer as they should.

use crate::world::Options;
use axum::Router;
use backend::{TextSettings, settings::OpenAiSettings};
use http::StatusCode;
use std::time::Duration;
use tokio::net::TcpListener;

/// A model that nobody runs.
pub(crate) fn away() -> Options {
    at("http://127.0.0.1:9")
}

/// A model that answers everything with this.
pub(crate) async fn answering(status: StatusCode, body: &'static str) -> Options {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(move || async move { (status, body) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    at(&origin)
}

fn at(origin: &str) -> Options {
    let (url, timeout) = (format!("{origin}/v1").parse().unwrap(), Duration::from_secs(5));
    let text = TextSettings::OpenAi(OpenAiSettings { url, model: "none".into(), api_key: None, timeout });
    Options { text, ..Options::default() }
}
