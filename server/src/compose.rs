//! Wires the packages together.

use crate::{
    config::{
        Config, ConfigProblems, DatabaseConfig, DatabasePlace, EmbeddedIdentity, ExternalIdentity, IdentityConfig,
        TextConfig,
    },
    http::{self, Site},
    stores::{self, EmbeddedStore},
    telemetry,
};
use axum::serve::ListenerExt as _;
use backend::{
    Backend,
    clients::{
        identity::{AwsCredentials, StaticCredentials},
        machine::MachineCredentials,
    },
    seed::Seed,
    settings::{
        BedrockSettings, IdentitySettings, ObjectSettings, OpenAiSettings, RateLimitSettings, ReadingSettings,
        SessionSettings, TextSettings,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use db::Db;
use domain::{
    accounts::RegistrationClaims,
    clock::{Clock, random_bytes},
    id::Sub,
};
use std::{
    error::Error,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, signal};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;
use uuid::Uuid;

type Failure = Box<dyn Error>;

/// The command of this program that reads one document; only the program itself calls it.
pub const EXTRACT_COMMAND: &str = "extract";

/// A pool name as Cognito would give it, so that verifiers made for Cognito take our tokens.
const EMBEDDED_POOL: &str = "us-east-1_embedded0";
const EMBEDDED_REGION: &str = "us-east-1";
const PUBLIC_CLIENT: &str = "lyceum";
const BFF_CLIENT: &str = "lyceum-web";
const ADMINISTRATION_KEY_ID: &str = "lyceum-embedded";
/// Where programs that sign a person in are sent back to: the page on which the calls can be tried.
const PROGRAM_REDIRECT: &str = "/docs/oauth2-redirect.html";
/// How long the provider remembers a browser: Cognito's hour.
const PROVIDER_SESSION_SECONDS: i64 = 3_600;

/// The demo group of development: invented people, signed in with one click on the provider's page.
const DEMO_PEOPLE: [(&str, &str, &str); 3] = [
    ("amara.okafor@demo.example", "Amara", "Okafor"),
    ("jan.kowalski@demo.example", "Jan", "Kowalski"),
    ("mei.tanaka@demo.example", "Mei", "Tanaka"),
];

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

/// Between this server and the provider inside it. Made anew at every start: each process talks to its own provider,
/// so there is nothing to keep or to leak.
struct EmbeddedSecrets {
    client_secret: String,
    administration_key: String,
}

impl EmbeddedSecrets {
    fn random() -> Self {
        let secret = || URL_SAFE_NO_PAD.encode(random_bytes::<32>());
        Self { client_secret: secret(), administration_key: secret() }
    }
}

fn provider_settings(
    config: &Config,
    embedded: &EmbeddedIdentity,
    public_url: &Url,
    secrets: &EmbeddedSecrets,
) -> Result<identity::Settings, Failure> {
    let scopes = |text: &str| text.split(' ').map(str::to_owned).collect();
    let at = |path: &str| public_url.join(path).map(String::from);
    let web = identity::Client {
        client_id: BFF_CLIENT.into(),
        secret: Some(secrets.client_secret.clone().into()),
        redirect_uris: vec![at("/auth/callback")?],
        logout_uris: vec![at("/")?],
        scopes: scopes(IdentitySettings::SCOPES),
        password_grant: false,
    };
    let programs = identity::Client {
        client_id: PUBLIC_CLIENT.into(),
        secret: None,
        redirect_uris: vec![at(PROGRAM_REDIRECT)?],
        logout_uris: vec![at("/")?],
        scopes: scopes("openid email profile"),
        password_grant: true,
    };
    let demo = if embedded.demo { DEMO_PEOPLE.as_slice() } else { &[] };
    Ok(identity::Settings {
        public_url: public_url.clone(),
        pool_id: EMBEDDED_POOL.into(),
        sign_in_url: public_url.join("/auth/sign-in")?,
        clients: vec![web, programs],
        access_token_seconds: embedded.access_token_seconds,
        refresh_token_seconds: embedded.refresh_token_seconds,
        browser_session_seconds: PROVIDER_SESSION_SECONDS,
        production: config.production,
        mail: mail_settings(embedded),
        demo_people: demo
            .iter()
            .map(|(email, given_name, family_name)| identity::DemoPerson {
                email: (*email).into(),
                given_name: (*given_name).into(),
                family_name: (*family_name).into(),
            })
            .collect(),
        test_clock: config.test_clock,
        administration: Some(identity::AdministrationKey {
            access_key_id: ADMINISTRATION_KEY_ID.into(),
            secret_access_key: secrets.administration_key.clone().into(),
        }),
        limits: identity::Limits::default(),
    })
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

fn mail_settings(embedded: &EmbeddedIdentity) -> identity::MailSettings {
    match (&embedded.smtp_url, &embedded.mail_from) {
        (Some(url), Some(from)) => identity::MailSettings::Smtp { url: url.clone().into(), from: from.clone() },
        _ => identity::MailSettings::Outbox,
    }
}

/// What the rest of the server needs to know of the provider inside it: the same as of any other.
fn embedded_settings(public_url: &Url, own_url: &Url, secrets: &EmbeddedSecrets) -> Result<IdentitySettings, Failure> {
    Ok(IdentitySettings {
        issuer: public_url.join(&format!("/identity/{EMBEDDED_POOL}"))?.into(),
        internal_url: Some(own_url.clone()),
        hosted_url: None,
        api_url: Some(own_url.join("/identity/")?),
        region: EMBEDDED_REGION.into(),
        user_pool_id: EMBEDDED_POOL.into(),
        client_id: BFF_CLIENT.into(),
        client_secret: secrets.client_secret.clone().into(),
        public_client_id: PUBLIC_CLIENT.into(),
        public_redirect_uri: public_url.join(PROGRAM_REDIRECT)?.into(),
        accepted_client_ids: Vec::new(),
        scopes: IdentitySettings::SCOPES.into(),
        logout_url: Some(public_url.join("/identity/logout")?),
        administration: Some(Arc::new(StaticCredentials(AwsCredentials {
            access_key_id: ADMINISTRATION_KEY_ID.into(),
            secret_access_key: secrets.administration_key.clone().into(),
            session_token: None,
        }))),
    })
}

fn external_settings(external: &ExternalIdentity, public_url: &Url) -> Result<IdentitySettings, Failure> {
    Ok(IdentitySettings {
        issuer: external.issuer.clone(),
        internal_url: external.internal_url.clone(),
        hosted_url: external.hosted_url.clone(),
        api_url: external.api_url.clone(),
        region: external.region.clone(),
        user_pool_id: external.user_pool_id.clone(),
        client_id: external.client_id.clone(),
        client_secret: external.client_secret.clone().into(),
        public_client_id: external.public_client_id.clone(),
        public_redirect_uri: public_url.join(PROGRAM_REDIRECT)?.into(),
        accepted_client_ids: Vec::new(),
        scopes: external.scopes.clone(),
        logout_url: external.logout_url.clone(),
        // Only a provider with `api_url` is ever asked with them.
        administration: Some(Arc::new(MachineCredentials::new(external.region.clone()))),
    })
}

fn backend_settings(
    config: &Config,
    public_url: &Url,
    identity: IdentitySettings,
    objects: ObjectSettings,
    reading: ReadingSettings,
) -> backend::settings::Settings {
    backend::settings::Settings {
        public_url: public_url.clone(),
        identity,
        sessions: SessionSettings {
            idle_seconds: config.limits.session_idle_seconds,
            absolute_seconds: config.limits.session_absolute_seconds,
        },
        rate_limit: RateLimitSettings {
            per_second: config.limits.rate_per_second,
            burst: config.limits.rate_burst,
            daily_quota: config.limits.daily_quota.map(u64::from),
        },
        objects,
        uploads: config.objects.uploads,
        text: text_settings(&config.text),
        reading,
        trusted_proxies: config.http.trusted_proxies,
        heartbeat: backend::settings::Settings::HEARTBEAT,
    }
}

fn text_settings(config: &TextConfig) -> TextSettings {
    match config.clone() {
        TextConfig::Embedded => TextSettings::Embedded,
        TextConfig::OpenAi { url, model, api_key, timeout } => {
            TextSettings::OpenAi(OpenAiSettings { url, model, api_key: api_key.map(Into::into), timeout })
        }
        TextConfig::Bedrock { url, region, model, timeout } => {
            let credentials = Arc::new(MachineCredentials::new(region.clone()));
            TextSettings::Bedrock(BedrockSettings { url, region, model, credentials, timeout })
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// On a container or an instance nothing but a role may remove the identity of somebody who cancels.
    #[test]
    fn a_user_pool_is_administered_with_the_credentials_of_the_machine() {
        let variables = [
            ("LYCEUM_IDENTITY_ISSUER", "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12cd34E"),
            ("LYCEUM_IDENTITY_CLIENT_ID", "bff"),
            ("LYCEUM_IDENTITY_CLIENT_SECRET", "hidden"),
            ("LYCEUM_IDENTITY_PUBLIC_CLIENT_ID", "lyceum"),
        ];
        let lookup = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let IdentityConfig::External(external) = Config::read(&lookup).unwrap().identity else { panic!("embedded") };
        let settings = external_settings(&external, &"https://lyceum.example".parse().unwrap()).unwrap();
        assert_eq!(settings.api_url.unwrap().as_str(), "https://cognito-idp.eu-central-1.amazonaws.com/");
        let credentials = format!("{:?}", settings.administration.unwrap());
        assert!(credentials.starts_with("MachineCredentials") && credentials.contains("eu-central-1"), "{credentials}");
    }
}
