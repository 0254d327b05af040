//! Logs without personal data, and metrics.

use crate::config::{LogFormat, TelemetryConfig};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use std::{
    fmt::Debug,
    io::IsTerminal,
    sync::{Mutex, PoisonError},
};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    EnvFilter, Layer, fmt,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

/// Starts logging; a second call in one process changes nothing.
pub fn log(config: &TelemetryConfig) {
    let filter = EnvFilter::try_new(&config.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter).with(RefusedRequests);
    let started = match config.log_format {
        LogFormat::Text => registry
            .with(
                fmt::layer().with_target(false).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr),
            )
            .try_init(),
        LogFormat::Json => registry.with(fmt::layer().json().flatten_event(true)).try_init(),
    };
    started.ok();
}

/// Keeps out of the log what the object store refuses: anybody can send such requests, and the library calls each of
/// them an error. What failed on our side stays.
struct RefusedRequests;

impl<S: Subscriber> Layer<S> for RefusedRequests {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        let metadata = event.metadata();
        if *metadata.level() != Level::ERROR || !metadata.target().starts_with("s3s::") {
            return true;
        }
        let mut fault = OwnFault(false);
        event.record(&mut fault);
        fault.0
    }
}

/// Whether one of the fields is an error with the code of a fault of the store itself.
struct OwnFault(bool);

impl Visit for OwnFault {
    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        const FORMS: [&str; 2] = ["S3Error(Inner { code: InternalError", "S3Error { code: InternalError"];
        let text = format!("{value:?}");
        self.0 |= FORMS.iter().any(|form| text.starts_with(form));
    }
}

/// Starts counting, once per process. The handle renders everything counted as Prometheus text.
///
/// # Errors
/// When another recorder is installed already.
pub fn metrics_handle() -> Result<PrometheusHandle, BuildError> {
    static HANDLE: Mutex<Option<PrometheusHandle>> = Mutex::new(None);
    let mut handle = HANDLE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = handle.as_ref() {
        return Ok(handle.clone());
    }
    let installed = PrometheusBuilder::new()
        .set_buckets(&[0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0])?
        .install_recorder()?;
    Ok(handle.insert(installed).clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::{Request, StatusCode};
    use std::{fs, sync::Arc};
    use tower::ServiceExt as _;

    #[derive(Clone, Default)]
    struct Logged(Arc<Mutex<Vec<String>>>);

    impl<S: Subscriber> Layer<S> for Logged {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            self.0.lock().unwrap().push(event.metadata().target().to_owned());
        }
    }

    #[tokio::test]
    async fn a_refused_request_at_the_object_store_is_no_error_in_the_log() {
        let folder = std::env::temp_dir().join(format!("lyceum-{}", domain::clock::random_uuid()));
        let store = objects::Store::open(objects::Settings {
            folder: folder.clone(),
            buckets: vec!["media".into()],
            access_key_id: "key".into(),
            secret_access_key: "secret".to_owned().into(),
            origins: Vec::new(),
            test_clock: None,
        });
        let router = store.unwrap().router();
        let logged = Logged::default();
        let subscriber =
            tracing_subscriber::registry().with(EnvFilter::new("info")).with(RefusedRequests).with(logged.clone());
        let guard = tracing::subscriber::set_default(subscriber);
        let signature = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=InternalError";
        for path in ["/media/x", "/elsewhere/x", "/media/a/../b", &format!("/media/x?{signature}")] {
            let request = Request::put(path).header("content-length", "1").body(Body::from("x")).unwrap();
            let status = router.clone().oneshot(request).await.unwrap().status();
            assert!(status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED, "{path}: {status}");
        }
        assert_eq!(*logged.0.lock().unwrap(), Vec::<String>::new());
        tracing::error!(target: "s3s::ops", err = %"S3Error(Inner { code: InternalError, message: None })");
        tracing::error!("something of our own");
        assert_eq!(logged.0.lock().unwrap().len(), 2, "faults stay");
        drop(guard);
        fs::remove_dir_all(folder).unwrap();
    }
}
