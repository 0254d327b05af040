//! Rows with text that the search compares.

use db::{Connection, on};

const IS_DONE: &str = "select count(*) from search_foldings where version = $1";
const KEEP_DONE: &str = "insert into search_foldings (version) values ($1) on conflict (version) do nothing";

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

/// Whether every row has the text of this version.
pub(crate) async fn is_done(c: &mut Connection, version: i64) -> Result<bool, sqlx::Error> {
    let count: i64 = on!(c, c => sqlx::query_scalar(IS_DONE).bind(version).fetch_one(&mut *c).await)?;
    Ok(count == 1)
}

pub(crate) async fn keep_done(c: &mut Connection, version: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(KEEP_DONE).bind(version).execute(&mut *c).await.map(drop))
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
pub(crate) const STATEMENTS: [&str; 8] =
    [IS_DONE, KEEP_DONE, NAMES.rows, NAMES.replace, TITLES.rows, TITLES.replace, TEXTS.rows, TEXTS.replace];
