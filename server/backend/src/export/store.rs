//! What somebody has written, for themselves.

use db::{Connection, on};

const WRITTEN_IN: &str = "select c.id, c.title from conversations c where exists \
     (select 1 from messages m where m.conversation_id = c.id and m.sender_id = $1 and m.deleted_at is null) \
     order by c.id";
const WRITTEN: &str = "select id, content, reply_to_id, sent_at, edited_at from messages \
     where conversation_id = $1 and sender_id = $2 and id > $3 and deleted_at is null order by id limit $4";

/// A message of one's own.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct WrittenRow {
    pub(super) id: i64,
    pub(super) content: String,
    pub(super) reply_to_id: Option<i64>,
    pub(super) sent_at: i64,
    pub(super) edited_at: Option<i64>,
}

/// The conversations in which the person has written, with their titles.
pub(super) async fn written_in(c: &mut Connection, account_id: i64) -> Result<Vec<(i64, Option<String>)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(WRITTEN_IN).bind(account_id).fetch_all(&mut *c).await)
}

/// What the person has written in one of them after a message, oldest first.
pub(super) async fn written(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<WrittenRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(WRITTEN)
        .bind(conversation_id)
        .bind(account_id)
        .bind(after)
        .bind(limit)
        .fetch_all(&mut *c)
        .await)
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 2] = [WRITTEN_IN, WRITTEN];
