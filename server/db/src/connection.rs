//! One connection or transaction, of either engine.

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, pool::PoolConnection};
use std::ops::{Deref, DerefMut};

/// A connection of one of the engines, borrowed for one statement. [`crate::on!`] matches on it.
#[derive(Debug)]
pub enum Engine<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// What store functions take: a pooled connection, or the inside of a transaction.
#[derive(Debug)]
pub struct Connection(pub(crate) Inner);

#[derive(Debug)]
pub(crate) enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTransaction(sqlx::Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTransaction(sqlx::Transaction<'static, Postgres>),
}

impl Connection {
    /// The engine's own connection, for [`crate::on!`].
    pub fn engine(&mut self) -> Engine<'_> {
        match &mut self.0 {
            Inner::Sqlite(c) => Engine::Sqlite(&mut *c),
            Inner::SqliteTransaction(c) => Engine::Sqlite(&mut *c),
            Inner::Postgres(c) => Engine::Postgres(&mut *c),
            Inner::PostgresTransaction(c) => Engine::Postgres(&mut *c),
        }
    }
}

/// A transaction that writes. Dropped without [`Transaction::commit`], it is rolled back.
#[derive(Debug)]
pub struct Transaction(pub(crate) Connection);

impl Transaction {
    /// Makes everything done in it durable.
    ///
    /// # Errors
    /// What the engine says; then nothing was kept.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self.0.0 {
            Inner::SqliteTransaction(transaction) => transaction.commit().await,
            Inner::PostgresTransaction(transaction) => transaction.commit().await,
            Inner::Sqlite(_) | Inner::Postgres(_) => Ok(()),
        }
    }

    /// Undoes everything done in it.
    ///
    /// # Errors
    /// What the engine says; the engine then rolls back by itself.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        match self.0.0 {
            Inner::SqliteTransaction(transaction) => transaction.rollback().await,
            Inner::PostgresTransaction(transaction) => transaction.rollback().await,
            Inner::Sqlite(_) | Inner::Postgres(_) => Ok(()),
        }
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}
