//! Many rows at a time.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;

const CONVERSATIONS: &str = "select count(*) from conversations";
const PEOPLE: &str = "select id from accounts where cancelled_at is null order by id limit $1";
const OPEN_CURSORS: &str = "insert into event_cursors (account_id) select id from accounts where cancelled_at is null \
     on conflict (account_id) do nothing";
const INSERT_PEOPLE: &str =
    "insert into accounts (sub, email, given_name, family_name, display_name, search_name, created_at) ";
const INSERT_CONVERSATIONS: &str = "insert into conversations (direct_key, title, search_title, creator_id, \
     last_activity_at, created_at) ";
const INSERT_MESSAGES: &str = "insert into messages (conversation_id, sender_id, content, content_html, search_text, \
     reply_to_id, sent_at) ";
const INSERT_PARTICIPANTS: &str = "insert into participants (conversation_id, account_id, joined_at, read_message_id) ";
/// After so many new rows the planner's old figures are wrong.
const ANALYZE: &str = "analyze";

#[derive(Debug)]
pub(super) struct PersonRow {
    pub(super) sub: String,
    pub(super) email: String,
    pub(super) given_name: &'static str,
    pub(super) family_name: &'static str,
    pub(super) display_name: String,
    pub(super) search_name: String,
}

#[derive(Debug)]
pub(super) struct ConversationRow {
    pub(super) direct_key: Option<String>,
    pub(super) title: Option<&'static str>,
    pub(super) search_title: String,
    pub(super) creator_id: i64,
    pub(super) last_activity_at: Timestamp,
    pub(super) created_at: Timestamp,
}

#[derive(Debug)]
pub(super) struct MessageRow {
    pub(super) conversation_id: i64,
    pub(super) sender_id: i64,
    pub(super) content: String,
    pub(super) content_html: String,
    pub(super) search_text: String,
    pub(super) reply_to_id: Option<i64>,
    pub(super) sent_at: Timestamp,
}

#[derive(Debug)]
pub(super) struct ParticipantRow {
    pub(super) conversation_id: i64,
    pub(super) account_id: i64,
    pub(super) joined_at: Timestamp,
    pub(super) read_message_id: i64,
}

pub(super) async fn count_conversations(c: &mut Connection) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(CONVERSATIONS).fetch_one(&mut *c).await)
}

/// The first people, those who have been here longest first.
pub(super) async fn people(c: &mut Connection, limit: i64) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(PEOPLE).bind(limit).fetch_all(&mut *c).await)
}

pub(super) async fn open_cursors(c: &mut Connection) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(OPEN_CURSORS).execute(&mut *c).await.map(drop))
}

pub(super) async fn analyze(c: &mut Connection) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(ANALYZE).execute(&mut *c).await.map(drop))
}

pub(super) async fn insert_people(
    c: &mut Connection,
    rows: &[PersonRow],
    created_at: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(INSERT_PEOPLE);
        query.push_values(rows, |mut row, new| {
            row.push_bind(&new.sub).push_bind(&new.email).push_bind(new.given_name).push_bind(new.family_name);
            row.push_bind(&new.display_name).push_bind(&new.search_name).push_bind(created_at.micros());
        });
        query.push(" on conflict (sub) do nothing");
        query.build().persistent(false).execute(&mut *c).await.map(drop)
    })
}

/// Adds the conversations and gives their ids, in the order of the rows.
pub(super) async fn insert_conversations(
    c: &mut Connection,
    rows: &[ConversationRow],
) -> Result<Vec<i64>, sqlx::Error> {
    let ids = on!(c, c => {
        let mut query = QueryBuilder::new(INSERT_CONVERSATIONS);
        query.push_values(rows, |mut row, new| {
            row.push_bind(&new.direct_key).push_bind(new.title).push_bind(&new.search_title).push_bind(new.creator_id);
            row.push_bind(new.last_activity_at.micros()).push_bind(new.created_at.micros());
        });
        query.push(" returning id");
        query.build_query_scalar().fetch_all(&mut *c).await
    })?;
    Ok(in_order(ids))
}

/// Adds the messages and gives their ids, in the order of the rows.
pub(super) async fn insert_messages(c: &mut Connection, rows: &[MessageRow]) -> Result<Vec<i64>, sqlx::Error> {
    let ids = on!(c, c => {
        let mut query = QueryBuilder::new(INSERT_MESSAGES);
        query.push_values(rows, |mut row, new| {
            row.push_bind(new.conversation_id).push_bind(new.sender_id).push_bind(&new.content);
            row.push_bind(&new.content_html).push_bind(&new.search_text).push_bind(new.reply_to_id);
            row.push_bind(new.sent_at.micros());
        });
        query.push(" returning id");
        query.build_query_scalar().fetch_all(&mut *c).await
    })?;
    Ok(in_order(ids))
}

pub(super) async fn insert_participants(c: &mut Connection, rows: &[ParticipantRow]) -> Result<(), sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(INSERT_PARTICIPANTS);
        query.push_values(rows, |mut row, new| {
            row.push_bind(new.conversation_id).push_bind(new.account_id).push_bind(new.joined_at.micros());
            row.push_bind(new.read_message_id);
        });
        query.build().execute(&mut *c).await.map(drop)
    })
}

/// Both engines number the rows of one statement in the order in which it has them, but may return them in another.
fn in_order(mut ids: Vec<i64>) -> Vec<i64> {
    ids.sort_unstable();
    ids
}

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 3] = [CONVERSATIONS, PEOPLE, OPEN_CURSORS];
