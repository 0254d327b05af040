//! Messages.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// A message with its writer and what it replies to; the condition follows. Both engines answer it from one index.
macro_rules! select {
    ($condition:literal) => {
        select!("", $condition)
    };
    ($more:literal, $condition:literal) => {
        concat!(
            "select m.id, m.conversation_id, m.content, m.content_html, s.sub as sender_sub, ",
            "s.display_name as sender_name, m.sent_at, m.edited_at, m.deleted_at, m.reactions, m.client_id, ",
            "r.id as reply_id, substr(r.content, 1, 400) as reply_content, rs.sub as reply_sub, ",
            "rs.display_name as reply_name, m.object_id, ro.filename as reply_filename, m.quiz_card",
            $more,
            " from messages m join accounts s on s.id = m.sender_id ",
            "left join messages r on r.id = m.reply_to_id left join accounts rs on rs.id = r.sender_id ",
            "left join objects ro on ro.id = r.object_id where ",
            $condition
        )
    };
}

const LATEST: &str = select!("m.conversation_id = $1 order by m.id desc limit $2");
/// For a participant, with how far their events have been counted; nothing for anybody else.
const LATEST_FOR: &str = select!(
    ", coalesce((select e.last_cursor from event_cursors e where e.account_id = $3), 0) as last_cursor",
    "m.conversation_id = $1 \
     and exists (select 1 from participants p where p.conversation_id = $1 and p.account_id = $3) \
     order by m.id desc limit $2"
);
const BEFORE: &str = select!("m.conversation_id = $1 and m.id < $2 order by m.id desc limit $3");
const AFTER: &str = select!("m.conversation_id = $1 and m.id > $2 order by m.id limit $3");
const ONE: &str = select!("m.id = $1");
const BY_CLIENT_ID: &str = select!("m.sender_id = $1 and m.client_id = $2");
const REPLIES: &str = select!("m.reply_to_id = $1 order by m.id");
const BY_OBJECT: &str = select!("m.object_id = $1");
const SEVERAL: &str = select!("m.id in (");
const SEARCH: &str = select!(
    "m.deleted_at is null and m.conversation_id in (select conversation_id from participants where account_id = "
);
const INSERT: &str = "insert into messages (conversation_id, sender_id, content, content_html, search_text, \
       reply_to_id, client_id, sent_at, object_id, quiz_id, quiz_card) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
     on conflict (sender_id, client_id) do nothing \
     returning id, (select display_name from accounts where id = $2) as sender_name";
const OWNER: &str = "select conversation_id, sender_id, deleted_at, object_id from messages where id = $1";
const EDIT: &str = "update messages set content = $2, content_html = $3, search_text = $4, edited_at = $5 \
     where id = $1 and deleted_at is null";
const DELETE: &str = "update messages set content = '', content_html = '', search_text = '', reactions = null, \
       object_id = null, quiz_id = null, quiz_card = null, deleted_at = $2 where id = $1 and deleted_at is null";
const FILES: &str = "select object_id from messages where conversation_id = $1 and object_id is not null order by id";
const FILES_OF: &str = "select id, conversation_id from messages where sender_id = $1 and object_id is not null \
     order by conversation_id, id";
const LOSE_FILE: &str = "update messages set object_id = null, search_text = $2 where id = $1";
const IS_IN: &str = "select count(*) from messages where id = $1 and conversation_id = $2";

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct MessageRow {
    pub(crate) id: i64,
    pub(crate) conversation_id: i64,
    pub(crate) content: String,
    pub(crate) content_html: String,
    pub(crate) sender_sub: String,
    pub(crate) sender_name: Option<String>,
    pub(crate) sent_at: i64,
    pub(crate) edited_at: Option<i64>,
    pub(crate) deleted_at: Option<i64>,
    pub(crate) reactions: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) reply_id: Option<i64>,
    pub(crate) reply_content: Option<String>,
    pub(crate) reply_sub: Option<String>,
    pub(crate) reply_name: Option<String>,
    pub(crate) object_id: Option<Uuid>,
    pub(crate) reply_filename: Option<String>,
    pub(crate) quiz_card: Option<String>,
}

/// A message, and how far the events of who reads it have been counted.
#[derive(Clone, Debug, sqlx::FromRow)]
struct ReadRow {
    #[sqlx(flatten)]
    message: MessageRow,
    last_cursor: i64,
}

/// Whose message it is, and where.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct OwnerRow {
    pub(crate) conversation_id: i64,
    pub(crate) sender_id: i64,
    pub(crate) deleted_at: Option<i64>,
    pub(crate) object_id: Option<Uuid>,
}

/// A message to be added.
#[derive(Debug)]
pub(crate) struct NewMessageRow<'a> {
    pub(crate) conversation_id: i64,
    pub(crate) sender_id: i64,
    pub(crate) content: &'a str,
    pub(crate) content_html: &'a str,
    pub(crate) search_text: &'a str,
    pub(crate) reply_to_id: Option<i64>,
    pub(crate) client_id: Option<&'a str>,
    pub(crate) sent_at: Timestamp,
    pub(crate) object_id: Option<Uuid>,
    /// The quiz that it shares, and its card as JSON.
    pub(crate) quiz: Option<(i64, &'a str)>,
}

/// What a search looks for.
#[derive(Debug)]
pub(crate) struct SearchFilter<'a> {
    pub(crate) account_id: i64,
    pub(crate) patterns: &'a [String],
    pub(crate) conversation_id: Option<i64>,
    pub(crate) before: Option<i64>,
    pub(crate) limit: i64,
}

/// The newest, newest first.
pub(crate) async fn latest(c: &mut Connection, conversation: i64, limit: i64) -> Result<Vec<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(LATEST).bind(conversation).bind(limit).fetch_all(&mut *c).await)
}

/// The newest with the reader's cursor, newest first; none when nobody has written, or the reader is no participant.
pub(crate) async fn latest_for(
    c: &mut Connection,
    conversation: i64,
    limit: i64,
    account_id: i64,
) -> Result<Option<(Vec<MessageRow>, i64)>, sqlx::Error> {
    let rows: Vec<ReadRow> = on!(c, c => sqlx::query_as(LATEST_FOR)
        .bind(conversation)
        .bind(limit)
        .bind(account_id)
        .fetch_all(&mut *c)
        .await)?;
    let cursor = rows.first().map(|row| row.last_cursor);
    Ok(cursor.map(|cursor| (rows.into_iter().map(|row| row.message).collect(), cursor)))
}

/// Those before a message, newest first.
pub(crate) async fn before(
    c: &mut Connection,
    conversation: i64,
    id: i64,
    limit: i64,
) -> Result<Vec<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(BEFORE).bind(conversation).bind(id).bind(limit).fetch_all(&mut *c).await)
}

/// Those after a message, oldest first.
pub(crate) async fn after(
    c: &mut Connection,
    conversation: i64,
    id: i64,
    limit: i64,
) -> Result<Vec<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(AFTER).bind(conversation).bind(id).bind(limit).fetch_all(&mut *c).await)
}

pub(crate) async fn message(c: &mut Connection, id: i64) -> Result<Option<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ONE).bind(id).fetch_optional(&mut *c).await)
}

pub(crate) async fn by_client_id(
    c: &mut Connection,
    sender_id: i64,
    client_id: &str,
) -> Result<Option<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(BY_CLIENT_ID).bind(sender_id).bind(client_id).fetch_optional(&mut *c).await)
}

/// The message that a file was sent with.
pub(crate) async fn by_object(c: &mut Connection, object_id: Uuid) -> Result<Option<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(BY_OBJECT).bind(object_id).fetch_optional(&mut *c).await)
}

/// All that reply to a message.
pub(crate) async fn replies(c: &mut Connection, id: i64) -> Result<Vec<MessageRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(REPLIES).bind(id).fetch_all(&mut *c).await)
}

pub(crate) async fn messages(c: &mut Connection, ids: &[i64]) -> Result<Vec<MessageRow>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(SEVERAL);
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(") order by m.id");
        query.build_query_as().persistent(ids.len() == 1).fetch_all(&mut *c).await
    })
}

/// Messages that the person may see and that match every pattern, newest first.
pub(crate) async fn search(c: &mut Connection, filter: &SearchFilter<'_>) -> Result<Vec<MessageRow>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(SEARCH);
        query.push_bind(filter.account_id).push(")");
        if let Some(id) = filter.conversation_id {
            query.push(" and m.conversation_id = ").push_bind(id);
        }
        if let Some(id) = filter.before {
            query.push(" and m.id < ").push_bind(id);
        }
        for pattern in filter.patterns {
            query.push(" and m.search_text like ").push_bind(pattern).push(" escape '\\'");
        }
        query.push(" order by m.id desc limit ").push_bind(filter.limit);
        query.build_query_as().persistent(false).fetch_all(&mut *c).await
    })
}

/// Adds the message and gives its id and its writer's name; none when the writer has sent it before.
pub(crate) async fn insert_message(
    c: &mut Connection,
    new: &NewMessageRow<'_>,
) -> Result<Option<(i64, Option<String>)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(INSERT)
        .bind(new.conversation_id)
        .bind(new.sender_id)
        .bind(new.content)
        .bind(new.content_html)
        .bind(new.search_text)
        .bind(new.reply_to_id)
        .bind(new.client_id)
        .bind(new.sent_at.micros())
        .bind(new.object_id)
        .bind(new.quiz.map(|(id, _)| id))
        .bind(new.quiz.map(|(_, card)| card))
        .fetch_optional(&mut *c)
        .await)
}

pub(crate) async fn owner(c: &mut Connection, id: i64) -> Result<Option<OwnerRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(OWNER).bind(id).fetch_optional(&mut *c).await)
}

pub(crate) async fn edit_message(
    c: &mut Connection,
    id: i64,
    content: &str,
    content_html: &str,
    search_text: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(EDIT)
        .bind(id)
        .bind(content)
        .bind(content_html)
        .bind(search_text)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Takes the text out; false when that was done before.
pub(crate) async fn delete_message(c: &mut Connection, id: i64, now: Timestamp) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(DELETE).bind(id).bind(now.micros()).execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}

/// The files of all messages of a conversation.
pub(crate) async fn files(c: &mut Connection, conversation_id: i64) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(FILES).bind(conversation_id).fetch_all(&mut *c).await)
}

/// A person's messages that have a file, each with its conversation.
pub(crate) async fn with_files_of(c: &mut Connection, account_id: i64) -> Result<Vec<(i64, i64)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FILES_OF).bind(account_id).fetch_all(&mut *c).await)
}

/// Takes the file off a message; its caption stays.
pub(crate) async fn lose_file(c: &mut Connection, id: i64, search_text: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOSE_FILE).bind(id).bind(search_text).execute(&mut *c).await.map(drop))
}

/// Whether the message is of this conversation.
pub(crate) async fn is_in(c: &mut Connection, id: i64, conversation_id: i64) -> Result<bool, sqlx::Error> {
    let count: i64 = on!(c, c => sqlx::query_scalar(IS_IN).bind(id).bind(conversation_id).fetch_one(&mut *c).await)?;
    Ok(count == 1)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 16] = [
    LATEST,
    LATEST_FOR,
    BEFORE,
    AFTER,
    ONE,
    BY_CLIENT_ID,
    BY_OBJECT,
    REPLIES,
    INSERT,
    OWNER,
    EDIT,
    DELETE,
    FILES,
    FILES_OF,
    LOSE_FILE,
    IS_IN,
];
