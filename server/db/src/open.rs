//! Opening, pooling and migrating.

use crate::{Connection, Transaction, connection::Inner};
use sqlx::{
    Connection as _, PgConnection, PgPool, SqlitePool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../migrations/postgres");

/// A writer waits this long for the one before it.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection to PostgreSQL that was idle for so long is asked whether it still lives before it is used; asking one
/// that was used a moment ago costs as much as a query and tells nothing.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);
/// A prepared statement is planned once. PostgreSQL would else plan those with a limit anew each time, because it
/// takes the limit for what makes the difference, and planning a page of messages takes longer than reading it.
const PLANNING: [(&str, &str); 1] = [("plan_cache_mode", "force_generic_plan")];
/// A request that gets no connection within this time fails instead of piling up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// One file, one machine.
    Sqlite,
    /// A server, any number of machines.
    Postgres,
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db(Pools);

#[derive(Clone, Debug)]
enum Pools {
    /// SQLite has one writer at a time: a queue in front of one connection is faster and fairer than lock retries.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// The database could not be opened or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither `sqlite:` nor `postgres:`.
    #[error("DATABASE_URL must begin with sqlite: or postgres://")]
    UnknownScheme,
    /// The engine refused.
    #[error("cannot open the database: {0}")]
    Engine(#[from] sqlx::Error),
    /// A migration failed or differs from the one applied.
    #[error("cannot migrate the database: {0}")]
    Migration(#[from] MigrateError),
}

/// A connection that was in use a moment ago works; only one that rested may have been cut meanwhile. Asking each time
/// would double the round trips.
async fn is_usable(connection: &mut PgConnection, idle_for: Duration) -> Result<bool, sqlx::Error> {
    Ok(idle_for < TRUSTED_IDLE || connection.ping().await.is_ok())
}

pub(crate) fn migrations(kind: EngineKind) -> &'static Migrator {
    match kind {
        EngineKind::Sqlite => &SQLITE_MIGRATIONS,
        EngineKind::Postgres => &POSTGRES_MIGRATIONS,
    }
}

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…` with at most `connections` connections.
    ///
    /// # Errors
    /// When the address is of no known kind or the engine does not answer.
    pub async fn open(url: &str, connections: u32) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            return Self::open_sqlite(SqliteConnectOptions::from_str(url)?, connections).await;
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Self::open_postgres(PgConnectOptions::from_str(url)?, connections).await;
        }
        Err(OpenError::UnknownScheme)
    }

    async fn open_sqlite(options: SqliteConnectOptions, connections: u32) -> Result<Self, OpenError> {
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL keeps an acknowledged write through a power cut, not only through a killed process.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("cache_size", "-16000")
            .optimize_on_close(true, None);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(connections.max(1))
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .connect_lazy_with(options.read_only(true));
        Ok(Self(Pools::Sqlite { read, write }))
    }

    /// Opens PostgreSQL with options that were put together from parts.
    ///
    /// # Errors
    /// When the server does not answer or refuses.
    pub async fn open_postgres(options: PgConnectOptions, connections: u32) -> Result<Self, OpenError> {
        let pool = PgPoolOptions::new()
            .max_connections(connections.max(2))
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .before_acquire(|connection, usage| Box::pin(is_usable(connection, usage.idle_for)))
            .connect_with(options.application_name("lyceum").options(PLANNING))
            .await?;
        Ok(Self(Pools::Postgres(pool)))
    }

    /// Applies the migrations that are missing. Safe to run from several processes at once.
    ///
    /// # Errors
    /// When a migration fails, or an applied one is not the one in this program.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        match &self.0 {
            Pools::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Pools::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Applies those up to this one: what an older program would have done.
    pub(crate) async fn migrate_to(&self, version: i64) -> Result<(), OpenError> {
        match &self.0 {
            Pools::Sqlite { write, .. } => SQLITE_MIGRATIONS.run_to(version, write).await?,
            Pools::Postgres(pool) => POSTGRES_MIGRATIONS.run_to(version, pool).await?,
        }
        Ok(())
    }

    /// Which engine this is.
    #[must_use]
    pub fn kind(&self) -> EngineKind {
        match &self.0 {
            Pools::Sqlite { .. } => EngineKind::Sqlite,
            Pools::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// A connection for reading; on SQLite it refuses to write.
    ///
    /// # Errors
    /// When none is free in time or the engine is away.
    pub async fn read(&self) -> Result<Connection, sqlx::Error> {
        Ok(Connection(match &self.0 {
            Pools::Sqlite { read, .. } => Inner::Sqlite(read.acquire().await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.acquire().await?),
        }))
    }

    /// A connection for one writing statement that is its own transaction.
    ///
    /// # Errors
    /// When none is free in time or the engine is away.
    pub async fn write(&self) -> Result<Connection, sqlx::Error> {
        Ok(Connection(match &self.0 {
            Pools::Sqlite { write, .. } => Inner::Sqlite(write.acquire().await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.acquire().await?),
        }))
    }

    /// A transaction for several statements that must all hold or none.
    ///
    /// # Errors
    /// When no connection is free in time or the engine is away.
    pub async fn begin(&self) -> Result<Transaction, sqlx::Error> {
        Ok(Transaction(Connection(match &self.0 {
            Pools::Sqlite { write, .. } => Inner::SqliteTransaction(write.begin_with("begin immediate").await?),
            Pools::Postgres(pool) => Inner::PostgresTransaction(pool.begin().await?),
        })))
    }

    /// The PostgreSQL pool, for LISTEN and for administration in tests.
    #[must_use]
    pub fn postgres(&self) -> Option<&PgPool> {
        match &self.0 {
            Pools::Sqlite { .. } => None,
            Pools::Postgres(pool) => Some(pool),
        }
    }

    /// Closes every connection after its present statement.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
