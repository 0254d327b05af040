//! Wires the packages together.

mod settings;

use crate::{
    config::{Config, ConfigProblems, DatabaseConfig, DatabasePlace, IdentityConfig},
    http::{self, Site},
    stores::{self, EmbeddedStore},
    telemetry,
};
use axum::serve::ListenerExt as _;
use backend::{Backend, seed::Seed, settings::ReadingSettings};
use db::Db;
use domain::{accounts::RegistrationClaims, clock::Clock, id::Sub};
use settings::{EmbeddedSecrets, backend_settings, embedded_settings, external_settings, provider_settings};
use std::{
    error::Error,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, signal};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;
use uuid::Uuid;

type Failure = Box<dyn Error>;

/// The command of this program that reads one document; only the program itself calls it.
pub const EXTRACT_COMMAND: &str = "extract";

/// Everything that serves one process: its router and its workers.
pub struct Application {
    /// All that is served on the main address.
    pub router: axum::Router,
    /// `/metrics` alone, for an address of its own.
    pub metrics: axum::Router,
    workers: Vec<TaskTracker>,
    /// Our own object store, which open requests may still need when everything else stops.
    store: Option<TaskTracker>,
    stop: CancellationToken,
    store_stop: CancellationToken,
}

/// Serves until SIGTERM or Ctrl+C, then lets open requests finish.
///
/// # Errors
/// When the address is taken, the database cannot be opened or a part cannot start.
pub async fn serve(config: Config) -> Result<(), Failure> {
    let listener = TcpListener::bind(config.http.address)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", config.http.address))?;
    let address = listener.local_addr()?;
    let reading = ReadingSettings::Worker { program: std::env::current_exe()?, args: vec![EXTRACT_COMMAND.into()] };
    let application = Application::start(&config, address, reading).await?;
    let public_url = public_url(&config, address)?;
    if !config.production {
        print_welcome(&config, &public_url);
    }
    tracing::info!(%address, "serving");
    if let Some(metrics_address) = config.telemetry.metrics_address {
        let metrics = TcpListener::bind(metrics_address).await?;
        let router = application.metrics.clone();
        tokio::spawn(async move { axum::serve(metrics, router).await });
    }
    application.run(listener, Duration::from_secs(config.http.shutdown_seconds)).await
}

impl Application {
    /// Opens the database, brings it up to date and starts every part. `address` is where it will be served. Documents
    /// are read within this process.
    ///
    /// # Errors
    /// When a part cannot start.
    pub async fn new(config: &Config, address: SocketAddr) -> Result<Self, Failure> {
        Self::start(config, address, ReadingSettings::InProcess).await
    }

    async fn start(config: &Config, address: SocketAddr, reading: ReadingSettings) -> Result<Self, Failure> {
        let clock = Clock::system();
        let db = open_database(config).await?;
        db.migrate().await?;
        let public_url = public_url(config, address)?;
        let own_url = loopback_url(address)?;
        let stop = CancellationToken::new();
        let mut workers = Vec::new();

        let mut demo = Vec::new();
        let (identity_settings, embedded) = match &config.identity {
            IdentityConfig::External(external) => (external_settings(external, &public_url)?, None),
            IdentityConfig::Embedded(embedded) => {
                let secrets = EmbeddedSecrets::random();
                let settings = provider_settings(config, embedded, &public_url, &secrets)?;
                let provider = identity::Identity::new(settings, db.clone(), clock.clone()).await?;
                workers.push(provider.spawn_workers(&stop));
                demo = provider.demo_people().await?;
                (embedded_settings(&public_url, &own_url, &secrets)?, Some(provider.router()))
            }
        };
        let (object_settings, store) = stores::open(config, &public_url, &clock).await?;
        let store_stop = CancellationToken::new();
        let store = store.map(|EmbeddedStore { store, listener }| stores::serve(store, listener, store_stop.clone()));
        let settings = backend_settings(config, &public_url, identity_settings, object_settings, reading);
        let backend = Backend::new(settings, db, clock)?;
        backend.make_demo(demo.into_iter().filter_map(registration).collect()).await?;
        workers.push(backend.spawn_workers(&stop));

        let metrics = http::operations::metrics(telemetry::metrics_handle()?);
        let site = Site::new(config, &public_url, embedded, backend);
        let router = http::router(site, (!config.production).then(|| metrics.clone()));
        Ok(Self { router, metrics, workers, store, stop, store_stop })
    }

    async fn run(self, listener: TcpListener, patience: Duration) -> Result<(), Failure> {
        let stop = self.stop.clone();
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener.tap_io(objects::send_at_once), service).with_graceful_shutdown({
            let stop = stop.clone();
            async move { stop.cancelled().await }
        });
        let mut server = tokio::spawn(server.into_future());
        tokio::select! {
            () = asked_to_stop() => tracing::info!("stopping: open requests may finish"),
            ended = &mut server => return Ok(ended??),
        }
        stop.cancel();
        let drained = tokio::time::timeout(patience, async {
            let ended = server.await;
            for workers in &self.workers {
                workers.wait().await;
            }
            self.store_stop.cancel();
            if let Some(store) = &self.store {
                store.wait().await;
            }
            ended
        });
        match drained.await {
            Ok(ended) => Ok(ended??),
            Err(_) => {
                tracing::warn!(patience_seconds = patience.as_secs(), "stopping with requests still open");
                Ok(())
            }
        }
    }
}

/// Opens the database that the configuration names, making the folder of a SQLite file.
///
/// # Errors
/// When the folder cannot be made or the engine does not answer.
pub async fn open_database(config: &Config) -> Result<Db, Failure> {
    let DatabaseConfig { place, connections } = &config.database;
    if let Some(folder) = config.database.sqlite_file().and_then(|file| file.parent()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("cannot make the data folder {}: {error}", folder.display()))?;
    }
    Ok(match place {
        DatabasePlace::Url(url) => Db::open(url, *connections).await?,
        DatabasePlace::Parts(options) => Db::open_postgres((**options).clone(), *connections).await?,
    })
}

/// Fills the database with invented people and conversations.
///
/// # Errors
/// In production, and where there are conversations: what people write must not be mixed with what nobody wrote.
pub async fn seed(config: &Config, seed: Seed) -> Result<(), Failure> {
    if config.production {
        return Err("seed makes invented people: it is refused in production".into());
    }
    let db = open_database(config).await?;
    db.migrate().await?;
    let public_url = public_url(config, config.http.address)?;
    let identity = match &config.identity {
        IdentityConfig::External(external) => external_settings(external, &public_url)?,
        IdentityConfig::Embedded(_) => embedded_settings(&public_url, &public_url, &EmbeddedSecrets::random())?,
    };
    let objects = stores::unopened(config)?;
    let settings = backend_settings(config, &public_url, identity, objects, ReadingSettings::InProcess);
    let backend = Backend::new(settings, db.clone(), Clock::system())?;
    let started = Instant::now();
    backend.seed(&seed).await?;
    db.close().await;
    let Seed { people, conversations, messages, .. } = seed;
    let seconds = started.elapsed().as_secs();
    println!("seed: {people} people, {conversations} conversations and {messages} messages in {seconds} s");
    Ok(())
}

/// Asks the server of this configuration, on this machine, whether it is alive.
///
/// # Errors
/// When it does not answer 200.
pub async fn ask_health(config: Result<Config, ConfigProblems>) -> Result<(), Failure> {
    let address = config?.http.address;
    let url = loopback_url(address)?.join("/health")?;
    let answer = reqwest::get(url).await?;
    if answer.status().is_success() { Ok(()) } else { Err(format!("/health answers {}", answer.status()).into()) }
}

fn public_url(config: &Config, address: SocketAddr) -> Result<Url, Failure> {
    match &config.http.public_url {
        Some(url) => Ok(url.clone()),
        None => loopback_url(address),
    }
}

/// How this process reaches itself.
fn loopback_url(address: SocketAddr) -> Result<Url, Failure> {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    Ok(Url::parse(&format!("http://{}", SocketAddr::new(ip, address.port())))?)
}

/// A demo person as their first sign-in would register them.
fn registration((sub, person): (Uuid, identity::DemoPerson)) -> Option<RegistrationClaims> {
    Some(RegistrationClaims {
        sub: Sub::parse(sub.to_string()).ok()?,
        email: Some(person.email),
        given_name: Some(person.given_name),
        family_name: Some(person.family_name),
    })
}

fn print_welcome(config: &Config, public_url: &Url) {
    println!("\n  Lyceum is at {public_url}");
    let IdentityConfig::Embedded(embedded) = &config.identity else { return };
    if embedded.demo {
        println!("  Sign in as Amara, Jan or Mei with one click, or sign up as yourself:");
    }
    if embedded.smtp_url.is_none() {
        println!("  confirmation mail is at {public_url}identity/outbox");
    }
    println!("  The REST calls are described at {public_url}docs/\n");
}

/// SIGTERM from an orchestrator, or Ctrl+C.
async fn asked_to_stop() {
    let interrupt = async { signal::ctrl_c().await.ok() };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut stream) => stream.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
}
