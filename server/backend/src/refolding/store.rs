//! Rows with text that the search compares.

use db::{Connection, on};
use domain::Timestamp;

const FIND: &str = "select again_at from search_foldings where version = $1";
const KEEP_FIRST: &str =
    "insert into search_foldings (version, again_at) values ($1, $2) on conflict (version) do nothing";
const PUT_OFF: &str = "update search_foldings set again_at = $3 where version = $1 and again_at <= $2";
const SETTLE: &str = "update search_foldings set again_at = null where version = $1";

/// One column of folded text.
#[derive(Debug)]
pub(crate) struct Column {
    rows: &'static str,
    /// Leaves alone what somebody has written since it was read.
    replace: &'static str,
}

const NAMES: Column = Column {
    rows: "select id, search_name from accounts where id > $1 order by id limit $2",
    replace: "update accounts set search_name = $3 where id = $1 and search_name = $2",
};
const TITLES: Column = Column {
    rows: "select id, search_title from conversations where id > $1 order by id limit $2",
    replace: "update conversations set search_title = $3 where id = $1 and search_title = $2",
};
const TEXTS: Column = Column {
    rows: "select id, search_text from messages where id > $1 order by id limit $2",
    replace: "update messages set search_text = $3 where id = $1 and search_text = $2",
};

/// All that is not in the present form.
pub(crate) const COLUMNS: [Column; 3] = [NAMES, TITLES, TEXTS];

/// A version that every row has been folded to once.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct Folding {
    /// When all rows are to be looked at again; none when never.
    pub(crate) again_at: Option<i64>,
}

pub(crate) async fn find(c: &mut Connection, version: i64) -> Result<Option<Folding>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND).bind(version).fetch_optional(&mut *c).await)
}

/// Every row has been folded to this version once.
pub(crate) async fn keep_first(c: &mut Connection, version: i64, again_at: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(KEEP_FIRST).bind(version).bind(again_at.micros()).execute(&mut *c).await.map(drop))
}

/// Whether it was time, and nobody else has put it off.
pub(crate) async fn put_off(
    c: &mut Connection,
    version: i64,
    now: Timestamp,
    again_at: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(PUT_OFF)
        .bind(version)
        .bind(now.micros())
        .bind(again_at.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// All rows need not be looked at again.
pub(crate) async fn settle(c: &mut Connection, version: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SETTLE).bind(version).execute(&mut *c).await.map(drop))
}

/// The next rows by id, each with its text.
pub(crate) async fn rows(
    c: &mut Connection,
    column: &Column,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(column.rows).bind(after).bind(limit).fetch_all(&mut *c).await)
}

pub(crate) async fn replace(
    c: &mut Connection,
    column: &Column,
    id: i64,
    before: &str,
    text: &str,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(column.replace).bind(id).bind(before).bind(text).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 10] = [
    FIND,
    KEEP_FIRST,
    PUT_OFF,
    SETTLE,
    NAMES.rows,
    NAMES.replace,
    TITLES.rows,
    TITLES.replace,
    TEXTS.rows,
    TEXTS.replace,
];
