//! The conversations themselves.

use db::{Connection, on};
use domain::{Timestamp, conversations::ConversationCursor};
use sqlx::QueryBuilder;
use uuid::Uuid;

const STANDING: &str = "select c.direct_key is not null as is_direct, c.creator_id, p.account_id is not null as is_in, \
       coalesce((select e.last_cursor from event_cursors e where e.account_id = $2), 0) as last_cursor \
     from conversations c left join participants p on p.conversation_id = c.id and p.account_id = $2 where c.id = $1";
const INSERT: &str = "insert into conversations (direct_key, title, search_title, creator_id, last_activity_at, \
     created_at) values ($1, $2, $3, $4, $5, $5) on conflict (direct_key) do nothing returning id";
const BY_DIRECT_KEY: &str = "select id from conversations where direct_key = $1";
const RENAME: &str = "update conversations set title = $2, search_title = $3 where id = $1";
/// Takes the row's lock as well: joining, leaving and sending come one after the other.
const HAND_OVER: &str = "update conversations set creator_id = $2 where id = $1";
const LOCK: &str = "update conversations set creator_id = creator_id where id = $1";
const DELETE: &str = "delete from conversations where id = $1";
/// The next place in the thread, for a participant: its time is later than that of every message before.
const TAKE_TURN: &str = "update conversations set \
       last_activity_at = case when last_activity_at >= $3 then last_activity_at + 1 else $3 end \
     where id = $1 and exists (select 1 from participants where conversation_id = $1 and account_id = $2) \
     returning last_activity_at";
/// The conversations of one person, with all that is the person's own about them.
const LIST: &str = "select c.id, c.direct_key is not null as is_direct, c.title, c.picture_object_id, creator.sub as creator_sub, \
       c.last_activity_at, c.created_at, p.read_message_id, p.muted, \
       (select max(m.id) from messages m where m.conversation_id = c.id) as last_message_id, \
       (select count(*) from messages m where m.conversation_id = c.id and m.id > p.read_message_id \
          and m.sender_id <> p.account_id and m.deleted_at is null) as unread_count \
     from participants p join conversations c on c.id = p.conversation_id \
     join accounts creator on creator.id = c.creator_id where p.account_id = ";
const PICTURE: &str = "select picture_object_id from conversations where id = $1";
const SET_PICTURE: &str = "update conversations set picture_object_id = $2 where id = $1";
/// What is unread in each conversation of one person, those that are muted left out.
const UNREAD: &str = "select p.conversation_id, count(*) as unread_count from participants p \
     join messages m on m.conversation_id = p.conversation_id and m.id > p.read_message_id \
       and m.sender_id <> p.account_id and m.deleted_at is null \
     where p.account_id = $1 and not p.muted group by p.conversation_id order by p.conversation_id";
const MINE: &str = "select c.id, c.direct_key is not null as is_direct from participants p \
     join conversations c on c.id = p.conversation_id where p.account_id = $1 order by c.id";

/// What somebody is in a conversation.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct StandingRow {
    pub(crate) is_direct: bool,
    pub(crate) creator_id: i64,
    pub(crate) is_in: bool,
    /// How far the person's events have been counted at that moment.
    pub(crate) last_cursor: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ConversationRow {
    pub(crate) id: i64,
    pub(crate) is_direct: bool,
    pub(crate) title: Option<String>,
    pub(crate) picture_object_id: Option<Uuid>,
    pub(crate) creator_sub: String,
    pub(crate) last_activity_at: i64,
    pub(crate) created_at: i64,
    pub(crate) read_message_id: i64,
    pub(crate) muted: bool,
    pub(crate) last_message_id: Option<i64>,
    pub(crate) unread_count: i64,
}

/// A conversation to be added.
#[derive(Debug)]
pub(crate) struct NewConversationRow<'a> {
    pub(crate) direct_key: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) search_title: &'a str,
    pub(crate) creator_id: i64,
    pub(crate) created_at: Timestamp,
}

/// Which of a person's conversations to list.
#[derive(Debug, Default)]
pub(crate) struct ListFilter<'a> {
    pub(crate) id: Option<i64>,
    /// Each must be in the title, or in the name of somebody else.
    pub(crate) patterns: &'a [String],
    pub(crate) before: Option<ConversationCursor>,
    pub(crate) limit: i64,
}

pub(crate) async fn standing(c: &mut Connection, id: i64, account_id: i64) -> Result<Option<StandingRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(STANDING).bind(id).bind(account_id).fetch_optional(&mut *c).await)
}

/// Adds it, unless the two people of a direct one have one.
pub(crate) async fn insert(c: &mut Connection, new: &NewConversationRow<'_>) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(INSERT)
        .bind(new.direct_key)
        .bind(new.title)
        .bind(new.search_title)
        .bind(new.creator_id)
        .bind(new.created_at.micros())
        .fetch_optional(&mut *c)
        .await)
}

pub(crate) async fn by_direct_key(c: &mut Connection, key: &str) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY_DIRECT_KEY).bind(key).fetch_optional(&mut *c).await)
}

pub(crate) async fn rename(
    c: &mut Connection,
    id: i64,
    title: Option<&str>,
    search_title: &str,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENAME).bind(id).bind(title).bind(search_title).execute(&mut *c).await.map(drop))
}

/// The group's picture, if it has one.
pub(crate) async fn picture(c: &mut Connection, id: i64) -> Result<Option<Uuid>, sqlx::Error> {
    let found: Option<Option<Uuid>> = on!(c, c => sqlx::query_scalar(PICTURE).bind(id).fetch_optional(&mut *c).await)?;
    Ok(found.flatten())
}

pub(crate) async fn set_picture(c: &mut Connection, id: i64, object_id: Option<Uuid>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SET_PICTURE).bind(id).bind(object_id).execute(&mut *c).await.map(drop))
}

/// Makes somebody else the one who may remove others.
pub(crate) async fn hand_over(c: &mut Connection, id: i64, creator_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(HAND_OVER).bind(id).bind(creator_id).execute(&mut *c).await.map(drop))
}

/// Until the end of the transaction nobody else changes the conversation.
pub(crate) async fn lock(c: &mut Connection, id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOCK).bind(id).execute(&mut *c).await.map(drop))
}

/// Takes it away with its messages.
pub(crate) async fn delete(c: &mut Connection, id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(DELETE).bind(id).execute(&mut *c).await.map(drop))
}

/// The time at which a participant's next message is sent; none for everybody else.
pub(crate) async fn take_turn(
    c: &mut Connection,
    id: i64,
    account_id: i64,
    now: Timestamp,
) -> Result<Option<Timestamp>, sqlx::Error> {
    let time: Option<i64> = on!(c, c => sqlx::query_scalar(TAKE_TURN)
        .bind(id)
        .bind(account_id)
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await)?;
    Ok(time.map(Timestamp::from_micros))
}

/// Conversations of the person by last activity, newest first.
pub(crate) async fn list(
    c: &mut Connection,
    account_id: i64,
    filter: &ListFilter<'_>,
) -> Result<Vec<ConversationRow>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(LIST);
        query.push_bind(account_id);
        if let Some(id) = filter.id {
            query.push(" and c.id = ").push_bind(id);
        }
        for pattern in filter.patterns {
            query.push(" and (c.search_title like ").push_bind(pattern).push(" escape '\\'");
            query.push(" or exists (select 1 from participants q join accounts b on b.id = q.account_id ");
            query.push("where q.conversation_id = c.id and b.id <> p.account_id and b.search_name like ");
            query.push_bind(pattern).push(" escape '\\'))");
        }
        if let Some(ConversationCursor { last_activity_at, id }) = filter.before {
            query.push(" and (c.last_activity_at, c.id) < (").push_bind(last_activity_at.micros());
            query.push(", ").push_bind(id).push(")");
        }
        query.push(" order by c.last_activity_at desc, c.id desc limit ").push_bind(filter.limit);
        // As many texts as there are numbers of words: they must not push others out of the statement cache.
        query.build_query_as().persistent(filter.patterns.is_empty()).fetch_all(&mut *c).await
    })
}

/// The conversations of the person in which something is unread, with how much; without those that are muted.
pub(crate) async fn unread(c: &mut Connection, account_id: i64) -> Result<Vec<(i64, i64)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(UNREAD).bind(account_id).fetch_all(&mut *c).await)
}

/// Ids of all conversations of the person, and whether they are direct ones.
pub(crate) async fn mine(c: &mut Connection, account_id: i64) -> Result<Vec<(i64, bool)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(MINE).bind(account_id).fetch_all(&mut *c).await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 12] =
    [STANDING, INSERT, BY_DIRECT_KEY, RENAME, HAND_OVER, LOCK, DELETE, TAKE_TURN, PICTURE, SET_PICTURE, UNREAD, MINE];
