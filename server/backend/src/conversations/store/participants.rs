//! Who is in a conversation, and how far they have read.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

const IDS: &str = "select account_id from participants where conversation_id = $1";
const OF: &str = "select p.conversation_id, p.account_id, a.sub, a.display_name, a.avatar_object_id, p.read_message_id, \
       a.read_receipts \
     from participants p join accounts a on a.id = p.account_id where p.conversation_id in (";
const ADD: &str = "insert into participants (conversation_id, account_id, joined_at, read_message_id) \
     values ($1, $2, $3, coalesce((select max(id) from messages where conversation_id = $1), 0)) \
     on conflict (conversation_id, account_id) do nothing";
const COUNT: &str = "select count(*) from participants where conversation_id = $1";
const REMOVE: &str = "delete from participants where conversation_id = $1 and account_id = $2";
const OLDEST: &str = "select account_id from participants where conversation_id = $1 \
     order by joined_at, account_id limit 1";
const BY_SUB: &str = "select p.account_id from participants p join accounts a on a.id = p.account_id \
     where p.conversation_id = $1 and a.sub = $2";
const OTHERS: &str = "select account_id from participants where conversation_id = $1 and account_id <> $2";
/// Whether there are others, and all of them have cancelled their accounts.
const IS_DESERTED: &str = "select exists (select 1 from participants where conversation_id = $1 and account_id <> $2) \
       and not exists (select 1 from participants p join accounts a on a.id = p.account_id \
         where p.conversation_id = $1 and p.account_id <> $2 and a.cancelled_at is null)";
const MOVE_FORWARD: &str = "update participants set read_message_id = $3 \
     where conversation_id = $1 and account_id = $2 and read_message_id < $3";
const POSITION: &str = "select p.read_message_id, a.read_receipts, \
       (select count(*) from messages m where m.conversation_id = p.conversation_id and m.id > p.read_message_id \
          and m.sender_id <> p.account_id and m.deleted_at is null) as unread_count, \
       (select count(*) from participants q where q.conversation_id = p.conversation_id) as participants \
     from participants p join accounts a on a.id = p.account_id where p.conversation_id = $1 and p.account_id = $2";
const UP_TO_SIZE: &str = "select p.conversation_id from participants p where p.account_id = $1 \
       and (select count(*) from participants q where q.conversation_id = p.conversation_id) <= $2 \
     order by p.conversation_id";
const CHANGED: &str = "update conversations set participants_version = participants_version + 1 where id = $1";
const MUTE: &str = "update participants set muted = $3 where conversation_id = $1 and account_id = $2";
const ACCOUNTS: &str = "select id, sub from accounts where cancelled_at is null and sub in (";

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ParticipantRow {
    pub(crate) conversation_id: i64,
    pub(crate) account_id: i64,
    pub(crate) sub: String,
    pub(crate) display_name: Option<String>,
    pub(crate) avatar_object_id: Option<Uuid>,
    pub(crate) read_message_id: i64,
    pub(crate) read_receipts: bool,
}

/// How far somebody has read, and who may know.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct PositionRow {
    pub(crate) read_message_id: i64,
    pub(crate) read_receipts: bool,
    pub(crate) unread_count: i64,
    pub(crate) participants: i64,
}

/// Everybody in the conversations, in the order in which they joined.
pub(crate) async fn participants(
    c: &mut Connection,
    conversations: &[i64],
) -> Result<Vec<ParticipantRow>, sqlx::Error> {
    if conversations.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(OF);
        let mut list = query.separated(", ");
        for id in conversations {
            list.push_bind(*id);
        }
        query.push(") order by p.conversation_id, p.joined_at, p.account_id");
        query.build_query_as().persistent(conversations.len() == 1).fetch_all(&mut *c).await
    })
}

/// Adds somebody, who has read all that was said before; nothing when they are in it.
pub(crate) async fn add_participant(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(ADD)
        .bind(conversation_id)
        .bind(account_id)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Says that somebody came or went, to those who wait to write to the conversation.
pub(crate) async fn participants_changed(c: &mut Connection, conversation_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHANGED).bind(conversation_id).execute(&mut *c).await.map(drop))
}

/// Who is in the conversation.
pub(crate) async fn participant_ids(c: &mut Connection, conversation_id: i64) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(IDS).bind(conversation_id).fetch_all(&mut *c).await)
}

pub(crate) async fn count_participants(c: &mut Connection, conversation_id: i64) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(COUNT).bind(conversation_id).fetch_one(&mut *c).await)
}

pub(crate) async fn remove_participant(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(REMOVE).bind(conversation_id).bind(account_id).execute(&mut *c).await.map(drop))
}

/// Who has been in it for the longest; none when nobody is.
pub(crate) async fn oldest_participant(c: &mut Connection, conversation_id: i64) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(OLDEST).bind(conversation_id).fetch_optional(&mut *c).await)
}

pub(crate) async fn participant_by_sub(
    c: &mut Connection,
    conversation_id: i64,
    sub: &str,
) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY_SUB).bind(conversation_id).bind(sub).fetch_optional(&mut *c).await)
}

pub(crate) async fn other_participants(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(OTHERS).bind(conversation_id).bind(account_id).fetch_all(&mut *c).await)
}

/// Whether nobody but this participant is left who would read what is written.
pub(crate) async fn is_deserted(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(IS_DESERTED).bind(conversation_id).bind(account_id).fetch_one(&mut *c).await)
}

/// Moves the position forward; false when it was there or further.
pub(crate) async fn move_forward(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
    message_id: i64,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(MOVE_FORWARD)
        .bind(conversation_id)
        .bind(account_id)
        .bind(message_id)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

pub(crate) async fn position(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
) -> Result<PositionRow, sqlx::Error> {
    on!(c, c => sqlx::query_as(POSITION).bind(conversation_id).bind(account_id).fetch_one(&mut *c).await)
}

/// The conversations of a person that have at most so many people.
pub(crate) async fn up_to_size(c: &mut Connection, account_id: i64, people: i64) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(UP_TO_SIZE).bind(account_id).bind(people).fetch_all(&mut *c).await)
}

pub(crate) async fn mute(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
    muted: bool,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(MUTE).bind(conversation_id).bind(account_id).bind(muted).execute(&mut *c).await.map(drop))
}

/// The registered people among these.
pub(crate) async fn accounts(c: &mut Connection, subs: &[String]) -> Result<Vec<(i64, String)>, sqlx::Error> {
    if subs.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(ACCOUNTS);
        let mut list = query.separated(", ");
        for sub in subs {
            list.push_bind(sub);
        }
        query.push(") order by id");
        query.build_query_as().persistent(false).fetch_all(&mut *c).await
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 13] =
    [IDS, ADD, COUNT, REMOVE, OLDEST, BY_SUB, OTHERS, IS_DESERTED, MOVE_FORWARD, POSITION, UP_TO_SIZE, CHANGED, MUTE];
