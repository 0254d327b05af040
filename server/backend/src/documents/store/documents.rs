//! The documents themselves.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// A document with what is known of its file.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "select d.id, d.owner_id, d.object_id, d.title, d.is_titled, d.status, d.progress_page, d.progress_of, \
               d.failure_code, d.failure_message, d.pages, d.words, d.language, d.notes_status, d.notes_failure, \
               d.notes_version, d.created_at, d.updated_at, o.filename, o.content_type, o.size \
             from documents d join objects o on o.id = d.object_id where ",
            $($rest),+
        )
    };
}

const FIND: &str = select!("d.id = $1");
const LIST: &str = select!("d.owner_id = ");
const BY_OBJECT: &str = "select id from documents where object_id = $1 and owner_id = $2";
const BY_SOURCE: &str = "select id from documents where source_object_id = $1 and owner_id = $2";
/// The file of a message in a conversation of the person's.
const ATTACHMENT: &str = "select o.content_type from objects o where o.id = $1 and o.removed_at is null and exists \
     (select 1 from messages m join participants p on p.conversation_id = m.conversation_id \
      where m.object_id = o.id and p.account_id = $2)";
const INSERT: &str = "insert into documents (id, owner_id, object_id, source_object_id, title, search_text, status, \
       notes_status, created_at, updated_at) \
     values ($1, $2, $3, $4, $5, $6, 'uploaded', 'processing', $7, $7) \
     on conflict (owner_id, source_object_id) do nothing";
/// What changes one document comes one after the other.
const LOCK: &str = "update documents set updated_at = updated_at where id = $1";
const RENAME: &str = "update documents set title = $2, search_text = $3, is_titled = true, updated_at = $4 \
     where id = $1";
const BEGIN: &str = "update documents set status = 'processing', progress_page = 0, progress_of = null, \
     updated_at = $2 where id = $1 and status in ('uploaded', 'processing')";
const PROGRESS: &str = "update documents set progress_page = $2, progress_of = $3 \
     where id = $1 and status = 'processing'";
const FAIL: &str = "update documents set status = 'failed', progress_page = null, progress_of = null, \
     failure_code = $2, failure_message = $3, notes_status = 'failed', notes_failure = $3, updated_at = $4 \
     where id = $1 and status in ('uploaded', 'processing')";
const READY: &str = "update documents set status = 'ready', progress_page = null, progress_of = null, pages = $2, \
     words = $3, language = $4, title = $5, search_text = $6, updated_at = $7 \
     where id = $1 and status in ('uploaded', 'processing')";
const REOPEN: &str = "update documents set status = 'uploaded', failure_code = null, failure_message = null, \
     notes_status = 'processing', notes_failure = null, updated_at = $2 \
     where id = $1 and status = 'failed' and failure_message in ($3, $4)";
const DELETE: &str = "delete from documents where id = $1";
const DELETE_ALL_OF: &str = "delete from documents where owner_id = $1 returning object_id";

/// A document.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct DocumentRow {
    pub(crate) id: Uuid,
    pub(crate) owner_id: i64,
    pub(crate) object_id: Uuid,
    pub(crate) title: String,
    pub(crate) is_titled: bool,
    pub(crate) status: String,
    pub(crate) progress_page: Option<i64>,
    pub(crate) progress_of: Option<i64>,
    pub(crate) failure_code: Option<String>,
    pub(crate) failure_message: Option<String>,
    pub(crate) pages: Option<i64>,
    pub(crate) words: Option<i64>,
    pub(crate) language: Option<String>,
    pub(crate) notes_status: String,
    pub(crate) notes_failure: Option<String>,
    pub(crate) notes_version: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) size: i64,
}

/// A document to be added.
#[derive(Debug)]
pub(crate) struct NewDocumentRow<'a> {
    pub(crate) id: Uuid,
    pub(crate) owner_id: i64,
    pub(crate) object_id: Uuid,
    pub(crate) source_object_id: Option<Uuid>,
    pub(crate) title: &'a str,
    pub(crate) search_text: &'a str,
    pub(crate) created_at: Timestamp,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct ReadRow<'a> {
    pub(crate) pages: i64,
    pub(crate) words: i64,
    pub(crate) language: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) search_text: &'a str,
}

/// A place in the list: when a document was added, and its id.
pub(crate) type Place = (i64, Uuid);

/// Which of a person's documents to list, newest first.
#[derive(Debug, Default)]
pub(crate) struct DocumentFilter<'a> {
    pub(crate) patterns: &'a [String],
    /// Only older ones than this.
    pub(crate) before: Option<Place>,
    /// Only newer ones than this, the oldest of them first.
    pub(crate) after: Option<Place>,
    pub(crate) limit: i64,
}

pub(crate) async fn document(c: &mut Connection, id: Uuid) -> Result<Option<DocumentRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND).bind(id).fetch_optional(&mut *c).await)
}

pub(crate) async fn documents(
    c: &mut Connection,
    owner_id: i64,
    filter: &DocumentFilter<'_>,
) -> Result<Vec<DocumentRow>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(LIST);
        query.push_bind(owner_id);
        for pattern in filter.patterns {
            query.push(" and d.search_text like ").push_bind(pattern).push(" escape '\\'");
        }
        for (sign, place) in [(" < (", filter.before), (" > (", filter.after)] {
            if let Some((created_at, id)) = place {
                query.push(" and (d.created_at, d.id)").push(sign).push_bind(created_at);
                query.push(", ").push_bind(id).push(")");
            }
        }
        let order = if filter.after.is_some() { "asc" } else { "desc" };
        query.push(" order by d.created_at ").push(order).push(", d.id ").push(order);
        query.push(" limit ").push_bind(filter.limit);
        query.build_query_as().persistent(filter.patterns.is_empty()).fetch_all(&mut *c).await
    })
}

/// The person's document that has this file.
pub(crate) async fn by_object(c: &mut Connection, object_id: Uuid, owner: i64) -> Result<Option<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY_OBJECT).bind(object_id).bind(owner).fetch_optional(&mut *c).await)
}

/// The person's document that was copied from this file of a message.
pub(crate) async fn by_source(c: &mut Connection, object_id: Uuid, owner: i64) -> Result<Option<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY_SOURCE).bind(object_id).bind(owner).fetch_optional(&mut *c).await)
}

/// What kind of file was sent with a message that the person may see; none when there is no such file for them.
pub(crate) async fn attachment(
    c: &mut Connection,
    object_id: Uuid,
    account_id: i64,
) -> Result<Option<String>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(ATTACHMENT).bind(object_id).bind(account_id).fetch_optional(&mut *c).await)
}

/// Adds the document; false when the same file of a message was added meanwhile.
pub(crate) async fn insert(c: &mut Connection, new: &NewDocumentRow<'_>) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(new.id)
        .bind(new.owner_id)
        .bind(new.object_id)
        .bind(new.source_object_id)
        .bind(new.title)
        .bind(new.search_text)
        .bind(new.created_at.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Until the end of the transaction nobody else changes the document.
pub(crate) async fn lock(c: &mut Connection, id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOCK).bind(id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn rename(
    c: &mut Connection,
    id: Uuid,
    title: &str,
    search_text: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENAME)
        .bind(id)
        .bind(title)
        .bind(search_text)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Says that the document is being read; false when it was read, cannot be, or is gone.
pub(crate) async fn begin(c: &mut Connection, id: Uuid, now: Timestamp) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(BEGIN).bind(id).bind(now.micros()).execute(&mut *c).await
        .map(|done| done.rows_affected() == 1))
}

/// Says how far reading has come; false when it is not being read any more.
pub(crate) async fn progress(c: &mut Connection, id: Uuid, page: i64, of: Option<i64>) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(PROGRESS).bind(id).bind(page).bind(of).execute(&mut *c).await
        .map(|done| done.rows_affected() == 1))
}

/// Says why it cannot be read; false when it was read meanwhile, or is gone.
pub(crate) async fn fail(
    c: &mut Connection,
    id: Uuid,
    code: &str,
    message: &str,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(FAIL)
        .bind(id)
        .bind(code)
        .bind(message)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Says that it was read; false when somebody else has said so, or it is gone.
pub(crate) async fn ready(
    c: &mut Connection,
    id: Uuid,
    read: &ReadRow<'_>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(READY)
        .bind(id)
        .bind(read.pages)
        .bind(read.words)
        .bind(read.language)
        .bind(read.title)
        .bind(read.search_text)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Has it wait to be read once more; false unless it has failed with one of these messages.
pub(crate) async fn reopen(
    c: &mut Connection,
    id: Uuid,
    [one, other]: [&str; 2],
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(REOPEN)
        .bind(id)
        .bind(now.micros())
        .bind(one)
        .bind(other)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Takes it away with its pages and notes.
pub(crate) async fn delete(c: &mut Connection, id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(DELETE).bind(id).execute(&mut *c).await.map(drop))
}

/// Takes all documents of a person away, and tells their files.
pub(crate) async fn delete_all_of(c: &mut Connection, owner_id: i64) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(DELETE_ALL_OF).bind(owner_id).fetch_all(&mut *c).await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 14] = [
    FIND,
    BY_OBJECT,
    BY_SOURCE,
    ATTACHMENT,
    INSERT,
    LOCK,
    RENAME,
    BEGIN,
    PROGRESS,
    FAIL,
    READY,
    REOPEN,
    DELETE,
    DELETE_ALL_OF,
];
