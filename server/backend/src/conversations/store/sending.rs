//! A plain message sent with one statement, where the engine is a network away.

use super::NewMessageRow;
use db::{Connection, Engine};

/// Everything that sending does, in the order in which the long way does it: the turn first, under the row's lock, then
/// the message, then the receivers' counters in the order of the accounts.
///
/// A statement sees the participants as they were when it began. If it then waited for the lock, somebody may have come
/// or gone: the version tells, and nothing is written. Nor is anything when the clock stands still, the sender is no
/// participant, or has sent the message before, or nobody else is left: all of that is for the long way.
///
/// The payload lacks what only the database knows. Its quotation marks cannot stand in what a person wrote, where JSON
/// escapes them.
const SEND: &str = "with turn as ( \
       update conversations set last_activity_at = $8 where id = $1 and last_activity_at < $8 \
         and exists (select 1 from participants where conversation_id = $1 and account_id = $2) \
         and exists (select 1 from participants o join accounts a on a.id = o.account_id \
           where o.conversation_id = $1 and o.account_id <> $2 and a.cancelled_at is null) \
         and not exists (select 1 from messages where sender_id = $2 and client_id = $7) \
       returning participants_version), \
     message as ( \
       insert into messages (conversation_id, sender_id, content, content_html, search_text, reply_to_id, client_id, \
         sent_at) \
       select $1, $2, $3, $4, $5, $6, $7, $8 from turn \
         where turn.participants_version = (select c.participants_version from conversations c where c.id = $1) \
       on conflict (sender_id, client_id) do nothing \
       returning id), \
     sender as (select coalesce(display_name, '') as name from accounts where id = $2), \
     event as ( \
       insert into events (conversation_id, kind, message_id, payload, created_at) \
       select $1, 'message.created', message.id, replace(replace($9, '\"id\":0,', '\"id\":' || message.id || ','), \
           '\"sender_name\":\"\"', '\"sender_name\":' || to_json(sender.name)::text), $8 \
       from message cross join sender returning id), \
     receivers as ( \
       select e.account_id from event_cursors e where exists (select 1 from message) and e.account_id in ( \
         select p.account_id from participants p where p.conversation_id = $1) \
       order by e.account_id for update), \
     moved as ( \
       update event_cursors e set last_cursor = e.last_cursor + 1 from receivers r where e.account_id = r.account_id \
       returning e.account_id, e.last_cursor), \
     delivered as ( \
       insert into event_deliveries (account_id, event_cursor, event_id) \
       select moved.account_id, moved.last_cursor, event.id from moved cross join event returning account_id) \
     select message.id, sender.name, (select array_agg(account_id) from delivered) as receivers \
     from message cross join sender";

/// What was written.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct SentRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) receivers: Option<Vec<i64>>,
}

/// Writes the message and its event, whose payload has the id 0 and no sender's name, and commits. None where there is
/// something to decide, or where a transaction costs no round trips: then nothing was written but the turn.
pub(crate) async fn send_plain(
    c: &mut Connection,
    row: &NewMessageRow<'_>,
    payload: &str,
) -> Result<Option<SentRow>, sqlx::Error> {
    let Engine::Postgres(c) = c.engine() else { return Ok(None) };
    sqlx::query_as(SEND)
        .bind(row.conversation_id)
        .bind(row.sender_id)
        .bind(row.content)
        .bind(row.content_html)
        .bind(row.search_text)
        .bind(row.reply_to_id)
        .bind(row.client_id)
        .bind(row.sent_at.micros())
        .bind(payload)
        .fetch_optional(c)
        .await
}
