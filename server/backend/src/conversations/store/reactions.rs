//! Reactions: a row for each, and all of a message's together as JSON beside the message.

use db::{Connection, on};
use domain::Timestamp;

const ADD: &str = "insert into reactions (message_id, account_id, emoji, created_at) values ($1, $2, $3, $4) \
     on conflict (message_id, account_id, emoji) do nothing";
const REMOVE: &str = "delete from reactions where message_id = $1 and account_id = $2 and emoji = $3";
const COUNT: &str = "select count(*) from reactions where message_id = $1 and account_id = $2";
const OF: &str = "select r.emoji, a.sub from reactions r join accounts a on a.id = r.account_id \
     where r.message_id = $1 order by r.created_at, r.account_id, r.emoji";
const KEEP: &str = "update messages set reactions = $2 where id = $1";
const FORGET: &str = "delete from reactions where message_id = $1";

/// Adds it; false when it was there.
pub(crate) async fn add_reaction(
    c: &mut Connection,
    message_id: i64,
    account_id: i64,
    emoji: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(ADD)
        .bind(message_id)
        .bind(account_id)
        .bind(emoji)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Takes it back; false when it was not there.
pub(crate) async fn remove_reaction(
    c: &mut Connection,
    message_id: i64,
    account_id: i64,
    emoji: &str,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(REMOVE)
        .bind(message_id)
        .bind(account_id)
        .bind(emoji)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// How many of the person's the message has.
pub(crate) async fn count_reactions(c: &mut Connection, message_id: i64, account_id: i64) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(COUNT).bind(message_id).bind(account_id).fetch_one(&mut *c).await)
}

/// All of a message, with who made them, in their order.
pub(crate) async fn reactions(c: &mut Connection, message_id: i64) -> Result<Vec<(String, String)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(OF).bind(message_id).fetch_all(&mut *c).await)
}

/// Puts them beside the message as JSON.
pub(crate) async fn keep_reactions(
    c: &mut Connection,
    message_id: i64,
    reactions: Option<&str>,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(KEEP).bind(message_id).bind(reactions).execute(&mut *c).await.map(drop))
}

/// Takes all of a deleted message's away.
pub(crate) async fn forget_reactions(c: &mut Connection, message_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET).bind(message_id).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 6] = [ADD, REMOVE, COUNT, OF, KEEP, FORGET];
