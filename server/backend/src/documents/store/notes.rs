//! Versions of notes.

use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

const INSERT: &str = "insert into document_notes (document_id, version, is_edited, markdown, points, remark, created_at) \
     values ($1, $2, $3, $4, $5, $6, $7)";
const ONE: &str = "select version, is_edited, markdown, points, remark, created_at from document_notes \
     where document_id = $1 and version = $2";
const BEFORE: &str = "select version, is_edited, markdown, points, remark, created_at from document_notes \
     where document_id = $1 and version < $2 order by version desc limit $3";
const MADE: &str = "select version, is_edited, markdown, points, remark, created_at from document_notes \
     where document_id = $1 and version <= $2 and not is_edited order by version desc limit 1";
const SET_VERSION: &str = "update documents set notes_version = $2, notes_status = $3, notes_failure = null, \
     updated_at = $4 where id = $1";
const SET_STATUS: &str = "update documents set notes_status = $2, notes_failure = $3, updated_at = $4 where id = $1";

/// A version of notes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct NotesRow {
    pub(crate) version: i64,
    pub(crate) is_edited: bool,
    pub(crate) markdown: String,
    /// JSON.
    pub(crate) points: String,
    pub(crate) remark: Option<String>,
    pub(crate) created_at: i64,
}

pub(crate) async fn insert_notes(c: &mut Connection, id: Uuid, row: &NotesRow) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(id)
        .bind(row.version)
        .bind(row.is_edited)
        .bind(&row.markdown)
        .bind(&row.points)
        .bind(row.remark.as_deref())
        .bind(row.created_at)
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn notes(c: &mut Connection, id: Uuid, version: i64) -> Result<Option<NotesRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ONE).bind(id).bind(version).fetch_optional(&mut *c).await)
}

/// The last version up to the one named that no person wrote.
pub(crate) async fn made_notes(c: &mut Connection, id: Uuid, version: i64) -> Result<Option<NotesRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(MADE).bind(id).bind(version).fetch_optional(&mut *c).await)
}

/// Versions before the one named, newest first.
pub(crate) async fn notes_before(
    c: &mut Connection,
    id: Uuid,
    version: i64,
    limit: i64,
) -> Result<Vec<NotesRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(BEFORE).bind(id).bind(version).bind(limit).fetch_all(&mut *c).await)
}

/// Makes a version the present one.
pub(crate) async fn set_notes_version(
    c: &mut Connection,
    id: Uuid,
    version: i64,
    status: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SET_VERSION)
        .bind(id)
        .bind(version)
        .bind(status)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Says that notes are being made, or why they could not be.
pub(crate) async fn set_notes_status(
    c: &mut Connection,
    id: Uuid,
    status: &str,
    failure: Option<&str>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SET_STATUS)
        .bind(id)
        .bind(status)
        .bind(failure)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 6] = [INSERT, ONE, BEFORE, MADE, SET_VERSION, SET_STATUS];
