//! An object store over a folder, for one machine: any S3 client can use it, and nothing but its address and its key
//! pair tells it from a bucket elsewhere.
//!
//! [`Store::open`] makes the buckets, [`Store::router`] serves them. The file system underneath (`s3s-fs`) is trusting;
//! [`guard`] is in front of it, so that a signed request can do no more than an application needs.

mod expiry;
mod guard;
mod headers;
mod leftovers;
mod ranges;
mod unread;

use axum::{
    Router,
    error_handling::HandleError,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware,
    serve::ListenerExt as _,
};
use guard::Guard;
use s3s::{
    HttpError,
    auth::SimpleAuth,
    config::{S3Config, StaticConfigProvider},
    service::{S3Service, S3ServiceBuilder},
};
use s3s_fs::FileSystem;
use secrecy::{ExposeSecret as _, SecretString};
use std::{
    fmt, io,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower_http::{
    cors::{AllowOrigin, CorsLayer},
    limit::RequestBodyLimitLayer,
};
pub use unread::close_unread;

/// Largest body of one request, in bytes: what a single part may have, with room.
pub const BODY_LIMIT: usize = 300 * 1_000_000;
/// Browsers ask this long, in seconds, whether they may ask.
const PREFLIGHT_SECONDS: u64 = 3_600;
/// The clock of a test may be ahead of this machine's by so much.
const TEST_SKEW_SECONDS: u32 = 366 * 86_400;
/// Longest life of a signed request, in seconds.
const SIGNED_MAX_SECONDS: u32 = 86_400;

/// Tells the time by which signed requests expire.
pub type Now = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// What a store is made of.
#[derive(Clone)]
pub struct Settings {
    /// Where objects and what is known of them are kept; made when it is not there.
    pub folder: PathBuf,
    /// Made at start; no request can make or remove one.
    pub buckets: Vec<String>,
    /// Public part of the one key pair.
    pub access_key_id: String,
    /// Its secret part.
    pub secret_access_key: SecretString,
    /// Origins whose pages may use the store from a browser.
    pub origins: Vec<String>,
    /// A clock of a test, which may be ahead of the machine's; none follows the machine's.
    pub test_clock: Option<Now>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("folder", &self.folder)
            .field("buckets", &self.buckets)
            .field("origins", &self.origins)
            .finish_non_exhaustive()
    }
}

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder or something in it.
    #[error("the folder {folder} of the object store: {cause}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the file system says.
        cause: io::Error,
    },
    /// Further causes of the file system below.
    #[error("the object store: {0}")]
    Store(String),
    /// An origin that no header can carry.
    #[error("the origin {0} of the object store is none")]
    Origin(String),
}

/// An open store. Only one process may have its folder open.
pub struct Store {
    service: S3Service,
    cors: CorsLayer,
    test_clock: Option<Now>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Makes folder and buckets, and throws away what requests that were cut have left.
    ///
    /// # Errors
    /// When the folder cannot be used, or an origin is none.
    pub fn open(settings: Settings) -> Result<Self, OpenError> {
        let Settings { folder, buckets, access_key_id, secret_access_key, origins, test_clock } = settings;
        let failed = |cause| OpenError::Folder { folder: folder.clone(), cause };
        for bucket in &buckets {
            std::fs::create_dir_all(folder.join(bucket)).map_err(failed)?;
        }
        leftovers::remove(&folder, SystemTime::now()).map_err(failed)?;
        let files = FileSystem::new(&folder).map_err(|error| OpenError::Store(format!("{error:?}")))?;
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(access_key_id, secret_access_key.expose_secret()));
        builder.set_access(Guard);
        builder.set_config(Arc::new(StaticConfigProvider::new(Arc::new(limits(test_clock.is_some())))));
        Ok(Self { service: builder.build(), cors: cors(&origins)?, test_clock })
    }

    /// Everything that is served, under `/{bucket}/{key}`.
    pub fn router(&self) -> Router {
        let service = HandleError::new(self.service.clone(), broken);
        let router = Router::new()
            .fallback_service(service)
            .layer(middleware::from_fn(ranges::heed))
            .layer(middleware::from_fn(headers::complete))
            .layer(DefaultBodyLimit::disable())
            .layer(RequestBodyLimitLayer::new(BODY_LIMIT));
        let router = match self.test_clock.clone() {
            Some(now) => router.layer(middleware::from_fn_with_state(expiry::Clock(now), expiry::check)),
            None => router,
        };
        // Outermost: a preflight has no signature, and refusals must be readable for the page too.
        router.layer(middleware::from_fn(close_unread)).layer(self.cors.clone())
    }

    /// Serves until `stop` is cancelled, then lets open requests finish.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, listener: TcpListener, stop: CancellationToken) -> io::Result<()> {
        let listener = listener.tap_io(send_at_once);
        axum::serve(listener, self.router()).with_graceful_shutdown(stop.cancelled_owned()).await
    }
}

/// Sends what is written at once: with Nagle's algorithm, the last part of an answer waits for the client's delayed
/// acknowledgement, some 40 ms.
pub fn send_at_once(connection: &mut TcpStream) {
    // A connection that refuses is slower, not broken.
    connection.set_nodelay(true).ok();
}

fn limits(follows_test_clock: bool) -> S3Config {
    let mut config = S3Config::default();
    config.put_object_max_size = u64::try_from(BODY_LIMIT).ok();
    config.post_object_max_file_size = 0;
    config.allow_post_signature = false;
    config.presigned_url_max_expires_secs = SIGNED_MAX_SECONDS;
    if follows_test_clock {
        config.presigned_url_max_skew_time_secs = TEST_SKEW_SECONDS;
    }
    config
}

fn cors(origins: &[String]) -> Result<CorsLayer, OpenError> {
    let value = |origin: &String| HeaderValue::from_str(origin).map_err(|_| OpenError::Origin(origin.clone()));
    let origins = origins.iter().map(value).collect::<Result<Vec<_>, _>>()?;
    let name = HeaderName::from_static;
    Ok(CorsLayer::new()
        // A list of one: `exact` would name its origin to everybody.
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::HEAD, Method::PUT])
        .allow_headers([
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            header::IF_RANGE,
            header::RANGE,
            name("x-amz-checksum-sha256"),
            name("x-amz-content-sha256"),
            name("x-amz-date"),
            name("x-amz-sdk-checksum-algorithm"),
        ])
        .expose_headers([
            header::ETAG,
            header::ACCEPT_RANGES,
            header::CONTENT_DISPOSITION,
            header::CONTENT_LENGTH,
            header::CONTENT_RANGE,
        ])
        .max_age(Duration::from_secs(PREFLIGHT_SECONDS)))
}

async fn broken(error: HttpError) -> StatusCode {
    tracing::error!(cause = ?error, "the object store could not answer");
    StatusCode::INTERNAL_SERVER_ERROR
}
