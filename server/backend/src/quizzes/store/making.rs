//! Quizzes whose questions are still to be made.

use db::{Connection, on};
use uuid::Uuid;

const FILES: &str = "select o.id as object_id, o.content_type, o.filename from messages m join objects o on o.id = m.object_id \
     where m.conversation_id = $1 and m.deleted_at is null and o.content_type not like 'image/%' \
       and o.content_type not like 'audio/%' and o.content_type not like 'video/%' order by m.id desc limit $2";
const REQUESTED: &str = "select q.author_id, a.sub as author_sub, q.wanted, q.notes_text from quizzes q \
     join accounts a on a.id = q.author_id where q.id = $1 and q.status = 'processing'";
const WANT: &str = "update quizzes set wanted = $2 where id = $1 and status = 'processing'";
/// Only the first remark is news.
const REMARK: &str = "update quizzes set remark = $2 where id = $1 and status = 'processing' and remark is null";
const FINISH: &str = "update quizzes set status = $2, remark = $3, language = $4, statistics = $5 \
     where id = $1 and status = 'processing'";

/// What is known of a quiz that is to be made.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct RequestedRow {
    pub(crate) author_id: i64,
    pub(crate) author_sub: String,
    pub(crate) wanted: String,
    pub(crate) notes_text: Option<String>,
}

/// How making a quiz came out.
#[derive(Debug)]
pub(crate) struct FinishedRow<'a> {
    pub(crate) status: &'static str,
    pub(crate) remark: Option<&'a str>,
    pub(crate) language: &'a str,
    pub(crate) statistics: &'a str,
}

/// A file that was sent in a conversation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SentFileRow {
    pub(crate) object_id: Uuid,
    pub(crate) content_type: String,
    pub(crate) filename: String,
}

/// The files of a conversation that may be documents, newest first.
pub(crate) async fn sent_files(
    c: &mut Connection,
    conversation_id: i64,
    limit: i64,
) -> Result<Vec<SentFileRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FILES).bind(conversation_id).bind(limit).fetch_all(&mut *c).await)
}

/// What is to be made; none once that has come to an end.
pub(crate) async fn requested(c: &mut Connection, id: i64) -> Result<Option<RequestedRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(REQUESTED).bind(id).fetch_optional(&mut *c).await)
}

/// Writes what is to be made, as it is known by now.
pub(crate) async fn set_wanted(c: &mut Connection, id: i64, wanted: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(WANT).bind(id).bind(wanted).execute(&mut *c).await.map(drop))
}

/// Says something of a quiz that is still to be made; false when something was said before.
pub(crate) async fn remark_on_making(c: &mut Connection, id: i64, remark: &str) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(REMARK)
        .bind(id)
        .bind(remark)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Writes how it came out; false when that was known before.
pub(crate) async fn finish_making(c: &mut Connection, id: i64, made: FinishedRow<'_>) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(FINISH)
        .bind(id)
        .bind(made.status)
        .bind(made.remark)
        .bind(made.language)
        .bind(made.statistics)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 5] = [FILES, REQUESTED, WANT, REMARK, FINISH];
