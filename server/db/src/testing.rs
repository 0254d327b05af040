//! A fresh, migrated database per test, on each engine.
//!
//! PostgreSQL comes from `scripts/with-postgres`, which sets `LYCEUM_TEST_POSTGRES_URL`; a test that finds none
//! fails, because a skipped engine would look like a passing one. Databases are cloned from a migrated template.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot have its database must fail loudly")]

use crate::{Db, EngineKind, open};
use sqlx::{Connection as _, Executor as _, PgConnection, postgres::PgConnectOptions};
use std::{env, fs, path::PathBuf, str::FromStr};
use uuid::Uuid;

/// Names the server on which test databases are made.
pub const POSTGRES_URL: &str = "LYCEUM_TEST_POSTGRES_URL";
/// The template's name ends in its migrations' checksum, so that a new migration makes a new template.
const TEMPLATE_LOCK: i64 = 0x4c79_6365_756d;

/// Both engines, to loop over.
pub const ENGINES: [EngineKind; 2] = [EngineKind::Sqlite, EngineKind::Postgres];

/// A database of one test. Its files or tables go when it is dropped.
#[derive(Debug)]
pub struct TestDb {
    /// The open database.
    pub db: Db,
    /// The address to open it again with, for tests of restarts and of several processes.
    pub url: String,
    folder: Option<PathBuf>,
}

impl TestDb {
    /// A fresh migrated database on the engine.
    ///
    /// # Panics
    /// When the engine is not there.
    pub async fn new(kind: EngineKind) -> Self {
        match kind {
            EngineKind::Sqlite => {
                let database = Self::sqlite().await;
                database.db.migrate().await.expect("SQLite migrates");
                database
            }
            EngineKind::Postgres => {
                let (server, mut admin) = server().await;
                let template = template(&mut admin, &server).await;
                Self::postgres(&server, &mut admin, &template).await
            }
        }
    }

    /// A fresh database without any table, for tests of the migrations themselves.
    ///
    /// # Panics
    /// When the engine is not there.
    pub async fn empty(kind: EngineKind) -> Self {
        match kind {
            EngineKind::Sqlite => Self::sqlite().await,
            EngineKind::Postgres => {
                let (server, mut admin) = server().await;
                Self::postgres(&server, &mut admin, "template0").await
            }
        }
    }

    /// Applies the migrations up to this one.
    ///
    /// # Panics
    /// When one of them fails.
    pub async fn migrate_to(&self, version: i64) {
        self.db.migrate_to(version).await.expect("the database migrates");
    }

    async fn sqlite() -> Self {
        let folder = env::temp_dir().join(format!("lyceum-test-{}", Uuid::new_v4()));
        fs::create_dir(&folder).expect("the temporary folder can be written");
        let url = format!("sqlite:{}", folder.join("lyceum.db").display());
        let db = Db::open(&url, 4).await.expect("SQLite opens");
        Self { db, url, folder: Some(folder) }
    }

    async fn postgres(server: &str, admin: &mut PgConnection, template: &str) -> Self {
        let name = format!("test_{}", Uuid::new_v4().simple());
        let create = sqlx::AssertSqlSafe(format!("create database {name} template {template}"));
        admin.execute(create).await.expect("a test database can be made");
        let url = with_database(server, &name);
        let db = Db::open(&url, 4).await.expect("PostgreSQL opens");
        Self { db, url, folder: None }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            fs::remove_dir_all(folder).ok();
        }
    }
}

/// The migrations of the engine in their order, each with its version and the rest of its file's name.
#[must_use]
pub fn migrations(kind: EngineKind) -> Vec<(i64, String)> {
    let all = open::migrations(kind).iter();
    all.map(|migration| (migration.version, migration.description.replace(' ', "_"))).collect()
}

/// The address of the test server, and a connection to it.
async fn server() -> (String, PgConnection) {
    let server = env::var(POSTGRES_URL)
        .unwrap_or_else(|_| panic!("{POSTGRES_URL} is not set: run the tests through scripts/with-postgres"));
    let options = PgConnectOptions::from_str(&server).expect("the test server's address is valid");
    let admin = PgConnection::connect_with(&options).await.expect("the test server answers");
    (server, admin)
}

/// Makes the template once per server; the lock lets several test processes ask at the same time.
async fn template(admin: &mut PgConnection, server: &str) -> String {
    let checksum = open::migrations(EngineKind::Postgres).iter().fold(0_u64, |sum, migration| {
        migration.checksum.iter().fold(sum, |sum, byte| sum.wrapping_mul(1_099_511_628_211) ^ u64::from(*byte))
    });
    let name = format!("template_{checksum:016x}");
    sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut *admin).await.expect("lock");
    let exists: bool = sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut *admin)
        .await
        .expect("the catalogue answers");
    if !exists {
        let create = sqlx::AssertSqlSafe(format!("create database {name}"));
        admin.execute(create).await.expect("the template can be made");
        let db = Db::open(&with_database(server, &name), 2).await.expect("the template opens");
        db.migrate().await.expect("the template migrates");
        db.close().await;
    }
    sqlx::query("select pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(&mut *admin).await.expect("unlock");
    name
}

fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    query.map_or_else(|| format!("{base}/{name}"), |query| format!("{base}/{name}?{query}"))
}
