//! Logs and metrics.

use super::Environment;
use std::net::SocketAddr;

/// What is told to operators.
#[derive(Clone, Debug)]
pub struct TelemetryConfig {
    /// `LYCEUM_LOG`: filter in tracing's syntax. Default: `info`.
    pub log_filter: String,
    /// `LYCEUM_LOG_FORMAT`: `text` or `json`. Default: text in development, json in production.
    pub log_format: LogFormat,
    /// `LYCEUM_METRICS_ADDRESS`: a listener of its own for `/metrics`. Without it `/metrics` is served with the app,
    /// in development only.
    pub metrics_address: Option<SocketAddr>,
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for CloudWatch and the like.
    Json,
}

impl TelemetryConfig {
    pub(super) fn read(environment: &Environment<'_>, production: bool) -> Self {
        let log_format = match environment.text("LYCEUM_LOG_FORMAT").as_deref() {
            Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            None if production => LogFormat::Json,
            None => LogFormat::Text,
            Some(_) => {
                environment.problem("LYCEUM_LOG_FORMAT is neither text nor json".into());
                LogFormat::Json
            }
        };
        Self {
            log_filter: environment.text("LYCEUM_LOG").unwrap_or_else(|| "info".into()),
            log_format,
            metrics_address: environment.value("LYCEUM_METRICS_ADDRESS", "an address such as 127.0.0.1:9464"),
        }
    }
}
