//! Rows of events and of how far each person's own sequence of them goes.

use db::{Connection, Engine, on};
use domain::Timestamp;
use uuid::Uuid;

/// One statement: the counters are locked in the order of the accounts, so that two senders with several receivers in
/// common never wait for each other.
const RECORD_POSTGRES: &str = "with receivers as ( \
       select e.account_id from event_cursors e where e.account_id in ( \
         select p.account_id from participants p where p.conversation_id = $1 and ($2 = 0 or p.account_id = $2)) \
       order by e.account_id for update), \
     moved as ( \
       update event_cursors e set last_cursor = e.last_cursor + 1 from receivers r where e.account_id = r.account_id \
       returning e.account_id, e.last_cursor), \
     event as ( \
       insert into events (conversation_id, kind, message_id, payload, created_at) \
       values ($1, $3, $4, $5, $6) returning id) \
     insert into event_deliveries (account_id, event_cursor, event_id) \
       select m.account_id, m.last_cursor, e.id from moved m cross join event e returning account_id";
const INSERT_SQLITE: &str = "insert into events (conversation_id, kind, message_id, payload, created_at) \
     values ($1, $2, $3, $4, $5) returning id";
const COUNT_SQLITE: &str = "update event_cursors set last_cursor = last_cursor + 1 where account_id in ( \
     select account_id from participants where conversation_id = $1 and ($2 = 0 or account_id = $2))";
const DELIVER_SQLITE: &str = "insert into event_deliveries (account_id, event_cursor, event_id) \
     select account_id, last_cursor, $3 from event_cursors where account_id in ( \
       select account_id from participants where conversation_id = $1 and ($2 = 0 or account_id = $2)) \
     returning account_id";
/// The same for one person, about a document.
const RECORD_FOR_POSTGRES: &str = "with moved as ( \
       update event_cursors set last_cursor = last_cursor + 1 where account_id = $1 \
       returning account_id, last_cursor), \
     event as ( \
       insert into events (conversation_id, document_id, kind, payload, created_at) \
       values (0, $2, $3, $4, $5) returning id) \
     insert into event_deliveries (account_id, event_cursor, event_id) \
       select m.account_id, m.last_cursor, e.id from moved m cross join event e";
const INSERT_FOR_SQLITE: &str = "insert into events (conversation_id, document_id, kind, payload, created_at) \
     values (0, $1, $2, $3, $4) returning id";
const INSERT_ALBUM: &str = "insert into events (conversation_id, album_id, kind, payload, created_at) \
     values (0, $1, $2, '', $3) returning id";
const COUNT_FOR: &str = "update event_cursors set last_cursor = last_cursor + 1 where account_id = $1";
const DELIVER_FOR: &str = "insert into event_deliveries (account_id, event_cursor, event_id) \
     select account_id, last_cursor, $2 from event_cursors where account_id = $1";
const OPEN_CURSOR: &str = "insert into event_cursors (account_id) values ($1) on conflict (account_id) do nothing";
/// Changes nothing, but waits for whoever records.
const LOCK_CURSOR: &str = "update event_cursors set last_cursor = last_cursor where account_id = $1";
const CURSORS: &str = "select last_cursor, floor_cursor from event_cursors where account_id = $1";
const AFTER: &str = "select d.event_cursor, e.conversation_id, e.document_id, e.album_id, e.payload \
     from event_deliveries d join events e on e.id = d.event_id \
     where d.account_id = $1 and d.event_cursor > $2 order by d.event_cursor limit $3";
const ABOUT: &str = "select distinct kind from events where message_id = $1";
const REWRITE: &str = "update events set payload = $3 where message_id = $1 and kind = $2";
const LAST_OLD: &str = "select max(id) from (select id, created_at from events order by id limit $2) oldest \
     where created_at < $1";
const FLOORS: &str =
    "select account_id, max(event_cursor) from event_deliveries where event_id <= $1 group by account_id";
const RAISE_FLOOR: &str = "update event_cursors set floor_cursor = $2 where account_id = $1 and floor_cursor < $2";
const FORGET: &str = "delete from events where id <= $1";
const FORGET_CONVERSATION: &str = "delete from events where conversation_id = $1";
const FORGET_DELIVERIES: &str = "delete from event_deliveries where account_id = $1";
const CLOSE_CURSOR: &str = "delete from event_cursors where account_id = $1";

/// Something that happened in a conversation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewEvent<'a> {
    pub(crate) kind: &'static str,
    pub(crate) conversation_id: i64,
    pub(crate) message_id: Option<i64>,
    pub(crate) payload: &'a str,
    /// The only participant who is told; 0 for all of them.
    pub(crate) only: i64,
    pub(crate) created_at: Timestamp,
}

#[derive(Clone, Copy, Debug, Default, sqlx::FromRow)]
pub(crate) struct Cursors {
    pub(crate) last_cursor: i64,
    pub(crate) floor_cursor: i64,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct DeliveryRow {
    pub(crate) event_cursor: i64,
    pub(crate) conversation_id: i64,
    pub(crate) document_id: Option<Uuid>,
    pub(crate) album_id: Option<Uuid>,
    pub(crate) payload: String,
}

/// Until the end of the transaction nobody else adds to the sequence of the person.
pub(crate) async fn lock_cursor(c: &mut Connection, account_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOCK_CURSOR).bind(account_id).execute(&mut *c).await.map(drop))
}

/// Adds an event to the sequence of one person; about a document, or about something of theirs that the payload shows.
pub(crate) async fn record_for(
    c: &mut Connection,
    account_id: i64,
    document_id: Option<Uuid>,
    kind: &'static str,
    payload: &str,
    created_at: Timestamp,
) -> Result<(), sqlx::Error> {
    match c.engine() {
        Engine::Postgres(c) => sqlx::query(RECORD_FOR_POSTGRES)
            .bind(account_id)
            .bind(document_id)
            .bind(kind)
            .bind(payload)
            .bind(created_at.micros())
            .execute(c)
            .await
            .map(drop),
        Engine::Sqlite(c) => {
            let id: i64 = sqlx::query_scalar(INSERT_FOR_SQLITE)
                .bind(document_id)
                .bind(kind)
                .bind(payload)
                .bind(created_at.micros())
                .fetch_one(&mut *c)
                .await?;
            sqlx::query(COUNT_FOR).bind(account_id).execute(&mut *c).await?;
            sqlx::query(DELIVER_FOR).bind(account_id).bind(id).execute(c).await.map(drop)
        }
    }
}

/// Adds an event about an album to the sequences of these people, which must be locked.
pub(crate) async fn record_album(
    c: &mut Connection,
    accounts: &[i64],
    album_id: Uuid,
    kind: &'static str,
    created_at: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => {
        let new = sqlx::query_scalar(INSERT_ALBUM).bind(album_id).bind(kind).bind(created_at.micros());
        let id: i64 = new.fetch_one(&mut *c).await?;
        for account_id in accounts {
            sqlx::query(COUNT_FOR).bind(*account_id).execute(&mut *c).await?;
            sqlx::query(DELIVER_FOR).bind(*account_id).bind(id).execute(&mut *c).await?;
        }
        Ok(())
    })
}

/// Adds the event to the sequence of each receiver, and tells who they are.
pub(crate) async fn record(c: &mut Connection, event: NewEvent<'_>) -> Result<Vec<i64>, sqlx::Error> {
    let NewEvent { kind, conversation_id, message_id, payload, only, created_at } = event;
    match c.engine() {
        Engine::Postgres(c) => {
            sqlx::query_scalar(RECORD_POSTGRES)
                .bind(conversation_id)
                .bind(only)
                .bind(kind)
                .bind(message_id)
                .bind(payload)
                .bind(created_at.micros())
                .fetch_all(c)
                .await
        }
        Engine::Sqlite(c) => {
            let id: i64 = sqlx::query_scalar(INSERT_SQLITE)
                .bind(conversation_id)
                .bind(kind)
                .bind(message_id)
                .bind(payload)
                .bind(created_at.micros())
                .fetch_one(&mut *c)
                .await?;
            sqlx::query(COUNT_SQLITE).bind(conversation_id).bind(only).execute(&mut *c).await?;
            sqlx::query_scalar(DELIVER_SQLITE).bind(conversation_id).bind(only).bind(id).fetch_all(c).await
        }
    }
}

/// Begins the person's sequence, unless it has begun.
pub(crate) async fn open_cursor(c: &mut Connection, account_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(OPEN_CURSOR).bind(account_id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn cursors(c: &mut Connection, account_id: i64) -> Result<Cursors, sqlx::Error> {
    let found: Option<Cursors> = on!(c, c => sqlx::query_as(CURSORS).bind(account_id).fetch_optional(&mut *c).await)?;
    Ok(found.unwrap_or_default())
}

pub(crate) async fn after(
    c: &mut Connection,
    account_id: i64,
    cursor: i64,
    limit: i64,
) -> Result<Vec<DeliveryRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(AFTER).bind(account_id).bind(cursor).bind(limit).fetch_all(&mut *c).await)
}

/// The kinds of events that there are about a message.
pub(crate) async fn kinds_about(c: &mut Connection, message_id: i64) -> Result<Vec<String>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(ABOUT).bind(message_id).fetch_all(&mut *c).await)
}

/// Replaces what the events of one kind show of a message.
pub(crate) async fn rewrite(c: &mut Connection, message_id: i64, kind: &str, payload: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(REWRITE).bind(message_id).bind(kind).bind(payload).execute(&mut *c).await.map(drop))
}

/// The last event older than `before`, among the `limit` oldest of all.
pub(crate) async fn last_old(c: &mut Connection, before: Timestamp, limit: i64) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(LAST_OLD).bind(before.micros()).bind(limit).fetch_one(&mut *c).await)
}

/// How far the sequences of the people concerned go within the events up to this one.
pub(crate) async fn floors(c: &mut Connection, event_id: i64) -> Result<Vec<(i64, i64)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FLOORS).bind(event_id).fetch_all(&mut *c).await)
}

pub(crate) async fn raise_floor(c: &mut Connection, account_id: i64, floor: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RAISE_FLOOR).bind(account_id).bind(floor).execute(&mut *c).await.map(drop))
}

pub(crate) async fn forget(c: &mut Connection, event_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET).bind(event_id).execute(&mut *c).await.map(drop))
}

/// Takes a conversation's events away, when nobody is left in it.
pub(crate) async fn forget_conversation(c: &mut Connection, conversation_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_CONVERSATION).bind(conversation_id).execute(&mut *c).await.map(drop))
}

/// Takes a person's own sequence away.
pub(crate) async fn close_cursor(c: &mut Connection, account_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => {
        sqlx::query(FORGET_DELIVERIES).bind(account_id).execute(&mut *c).await?;
        sqlx::query(CLOSE_CURSOR).bind(account_id).execute(&mut *c).await.map(drop)
    })
}

/// Every statement of both engines here, for the test that prepares them; [`RECORD_POSTGRES`] and
/// [`RECORD_FOR_POSTGRES`] run on one only.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 20] = [
    LOCK_CURSOR,
    INSERT_SQLITE,
    COUNT_SQLITE,
    DELIVER_SQLITE,
    INSERT_FOR_SQLITE,
    INSERT_ALBUM,
    COUNT_FOR,
    DELIVER_FOR,
    OPEN_CURSOR,
    CURSORS,
    AFTER,
    ABOUT,
    REWRITE,
    LAST_OLD,
    FLOORS,
    RAISE_FLOOR,
    FORGET,
    FORGET_CONVERSATION,
    FORGET_DELIVERIES,
    CLOSE_CURSOR,
];
