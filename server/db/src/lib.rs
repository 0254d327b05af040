//! The two database engines behind one door.
//!
//! A store function is written once. It takes a [`Connection`], which a [`Transaction`] dereferences to, and
//! [`on!`] expands its body for SQLite and for PostgreSQL, so that both run the same SQL text with native types.
//!
//! What differs and has to be kept in mind: on SQLite a NULL read into a non-`Option` is silently 0 or ""; sums
//! and `case` need `cast(… as bigint)`; LIKE ignores ASCII case on SQLite only; NULLs sort first on SQLite, last
//! on PostgreSQL; PostgreSQL refuses NUL in text. There is one writing connection on SQLite: a task that holds a
//! transaction must not ask for a second one.

mod connection;
mod constraint;
mod open;
mod outage;
pub mod testing;

pub use connection::{Connection, Engine, Transaction};
pub use constraint::Unique;
pub use open::{Db, EngineKind, OpenError};
pub use outage::is_outage;
pub use sqlx;

/// Runs one body on whichever engine the connection belongs to.
///
/// `on!(connection, c => sqlx::query("…").execute(&mut *c).await)`: in the body `c` is `&mut SqliteConnection`
/// or `&mut PgConnection`.
#[macro_export]
macro_rules! on {
    ($connection:expr, $c:ident => $body:expr) => {
        match $crate::Connection::engine($connection) {
            $crate::Engine::Sqlite($c) => $body,
            $crate::Engine::Postgres($c) => $body,
        }
    };
}
