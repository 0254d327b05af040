//! The object store: ours, opened over a folder, or one elsewhere.

use crate::config::{Config, ObjectsKey, ObjectsPlace};
use backend::{ObjectCredentials, ObjectSettings};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::clock::{Clock, random_bytes};
use objects::Store;
use std::{
    error::Error,
    fs::OpenOptions,
    io::{ErrorKind, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;

type Failure = Box<dyn Error>;

/// The key pair of the embedded store, beside what it keeps.
const KEY_FILE: &str = "objects-key";
const ACCESS_KEY_ID: &str = "lyceum";

/// Our own store, about to be served.
pub(crate) struct EmbeddedStore {
    pub(crate) store: Store,
    pub(crate) listener: TcpListener,
}

/// What the rest of the server has to know of the store, and the store itself when it is ours.
pub(crate) async fn open(
    config: &Config,
    public_url: &Url,
    clock: &Clock,
) -> Result<(ObjectSettings, Option<EmbeddedStore>), Failure> {
    let ObjectsPlace::Embedded { address, folder } = &config.objects.place else {
        return Ok((unopened(config)?, None));
    };
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("the object store cannot listen on {address} (LYCEUM_OBJECTS_ADDRESS): {error}"))?;
    let bound = listener.local_addr()?;
    let key = match &config.objects.key {
        Some(key) => key.clone(),
        None => kept_key(&config.data_folder)?,
    };
    let store = Store::open(objects::Settings {
        folder: folder.clone(),
        buckets: config.objects.buckets.all(),
        access_key_id: key.access_key_id.clone(),
        secret_access_key: key.secret_access_key.clone().into(),
        origins: vec![public_url.origin().ascii_serialization()],
        test_clock: config.test_clock.then(|| follow(clock.clone())),
    })?;
    let mut settings = settings(config, Some(loopback(bound)?), Some(&key));
    if settings.public_url.is_none() {
        settings.public_url = Some(beside(public_url, bound.port())?);
    }
    Ok((settings, Some(EmbeddedStore { store, listener })))
}

/// The same without opening anything: for whoever only writes to the database.
pub(crate) fn unopened(config: &Config) -> Result<ObjectSettings, Failure> {
    let endpoint = match &config.objects.place {
        ObjectsPlace::Embedded { address, .. } => Some(loopback(*address)?),
        ObjectsPlace::External { endpoint } => endpoint.clone(),
    };
    Ok(settings(config, endpoint, config.objects.key.as_ref()))
}

/// Serves the store until `stop`.
pub(crate) fn serve(store: Store, listener: TcpListener, stop: CancellationToken) -> TaskTracker {
    let tracker = TaskTracker::new();
    tracker.spawn(async move {
        if let Err(error) = store.serve(listener, stop).await {
            tracing::error!(cause = %error, "the object store ended");
        }
    });
    tracker.close();
    tracker
}

fn settings(config: &Config, endpoint: Option<Url>, key: Option<&ObjectsKey>) -> ObjectSettings {
    let credentials = key.map_or(ObjectCredentials::Chain, |key| ObjectCredentials::Static {
        access_key_id: key.access_key_id.clone(),
        secret_access_key: key.secret_access_key.clone().into(),
        session_token: None,
    });
    ObjectSettings {
        endpoint,
        public_url: config.objects.public_url.clone(),
        region: config.objects.region.clone(),
        buckets: config.objects.buckets.clone(),
        credentials,
    }
}

fn loopback(address: SocketAddr) -> Result<Url, Failure> {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    Ok(Url::parse(&format!("http://{}", SocketAddr::new(ip, address.port())))?)
}

/// The store is on the same machine as the app, so browsers reach it under the same name.
fn beside(app: &Url, port: u16) -> Result<Url, Failure> {
    let host = app.host_str().ok_or("the app's public address has no host")?;
    Ok(Url::parse(&format!("http://{host}:{port}"))?)
}

/// The key pair is made once: addresses that were signed before a restart hold after it.
fn kept_key(data_folder: &Path) -> Result<ObjectsKey, Failure> {
    let file = data_folder.join(KEY_FILE);
    std::fs::create_dir_all(data_folder)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&file) {
        Ok(mut new) => new.write_all(URL_SAFE_NO_PAD.encode(random_bytes::<32>()).as_bytes())?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(format!("cannot write {}: {error}", file.display()).into()),
    }
    let secret = std::fs::read_to_string(&file)?;
    let secret_access_key = secret.trim().to_owned();
    if secret_access_key.is_empty() {
        return Err(format!("{} is empty: remove it, and a new key is made", file.display()).into());
    }
    Ok(ObjectsKey { access_key_id: ACCESS_KEY_ID.into(), secret_access_key })
}

fn follow(clock: Clock) -> objects::Now {
    Arc::new(move || -> SystemTime {
        let micros = u64::try_from(clock.now().micros()).unwrap_or_default();
        UNIX_EPOCH + Duration::from_micros(micros)
    })
}
