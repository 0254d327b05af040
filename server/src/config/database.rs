//! Which database.

use super::Environment;
use db::sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::{fmt, path::Path};

/// What compose.yaml sets where nobody has chosen a password.
const TRIAL_PASSWORD: &str = "local-trial-only";

/// The database and how many connections it gets.
#[derive(Clone)]
pub struct DatabaseConfig {
    /// Where it is.
    pub place: DatabasePlace,
    /// `LYCEUM_DATABASE_CONNECTIONS`: at most so many per process. Default: 16.
    pub connections: u32,
}

/// A URL, or a PostgreSQL server put together from parts.
#[derive(Clone)]
pub enum DatabasePlace {
    /// `DATABASE_URL`: `sqlite:PATH` or `postgres://…`. Default: `sqlite:` and `lyceum.db` in the data folder.
    Url(String),
    /// `LYCEUM_DATABASE_HOST`, `_PORT`, `_NAME`, `_USER`, `_PASSWORD`, `_CA` (path of the certificate authority):
    /// the form in which RDS hands out managed secrets. With `_CA` the server's certificate is verified.
    Parts(Box<PgConnectOptions>),
}

impl fmt::Debug for DatabaseConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses carry passwords, so neither form is printed.
        let place = match &self.place {
            DatabasePlace::Url(url) => url.split(':').next().unwrap_or_default(),
            DatabasePlace::Parts(_) => "postgres parts",
        };
        f.debug_struct("DatabaseConfig").field("place", &place).field("connections", &self.connections).finish()
    }
}

impl DatabaseConfig {
    pub(super) fn read(environment: &Environment<'_>, data_folder: &Path, production: bool) -> Self {
        if production && environment.text("LYCEUM_DATABASE_PASSWORD").as_deref() == Some(TRIAL_PASSWORD) {
            environment.problem("LYCEUM_DATABASE_PASSWORD is the one of a trial, which everybody knows".into());
        }
        let connections = environment.value_or("LYCEUM_DATABASE_CONNECTIONS", "a number of connections", 16);
        Self { place: place(environment, data_folder), connections }
    }

    /// The SQLite file, whose folder has to exist before it is opened.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<&Path> {
        let DatabasePlace::Url(url) = &self.place else { return None };
        let path = url.strip_prefix("sqlite:")?;
        Some(Path::new(path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default()))
    }
}

fn place(environment: &Environment<'_>, data_folder: &Path) -> DatabasePlace {
    if environment.text("LYCEUM_DATABASE_HOST").is_some() {
        return DatabasePlace::Parts(Box::new(parts(environment)));
    }
    let Some(url) = environment.text("DATABASE_URL") else {
        return DatabasePlace::Url(format!("sqlite:{}", data_folder.join("lyceum.db").display()));
    };
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        environment.problem("DATABASE_URL must begin with sqlite: or postgres://".into());
    }
    DatabasePlace::Url(url)
}

fn parts(environment: &Environment<'_>) -> PgConnectOptions {
    let why = "LYCEUM_DATABASE_HOST is set";
    let options = PgConnectOptions::new_without_pgpass()
        .host(&environment.required("LYCEUM_DATABASE_HOST", why))
        .port(environment.value_or("LYCEUM_DATABASE_PORT", "a port number", 5432))
        .database(&environment.text("LYCEUM_DATABASE_NAME").unwrap_or_else(|| "lyceum".into()))
        .username(&environment.required("LYCEUM_DATABASE_USER", why))
        .password(&environment.required("LYCEUM_DATABASE_PASSWORD", why));
    match environment.text("LYCEUM_DATABASE_CA") {
        Some(certificate) => options.ssl_mode(PgSslMode::VerifyFull).ssl_root_cert(certificate),
        None => options.ssl_mode(PgSslMode::Prefer),
    }
}
