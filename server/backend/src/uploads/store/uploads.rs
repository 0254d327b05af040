//! What people have begun to send.

use crate::clients::objects::Place;
use db::{Connection, on};
use domain::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

const INSERT: &str = "insert into uploads (id, account_id, purpose, filename, content_type, size, sha256, bucket, \
     object_key, is_checksummed, status, object_id, created_at, expires_at) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12, $13)";
const FIND: &str = "select id, account_id, purpose, filename, content_type, size, sha256, bucket, object_key, \
     multipart_id, is_checksummed, status, refusal, object_id, used_at, expires_at \
     from uploads where id = $1 and account_id = $2";
const BEGIN_PARTS: &str = "update uploads set multipart_id = $3, is_checksummed = $4 \
     where id = $1 and status = 'open' and coalesce(multipart_id, '') = $2";
const KEEP_CHECKSUM: &str = "insert into upload_parts (upload_id, part_number, sha256) values ($1, $2, $3) \
     on conflict (upload_id, part_number) do update set sha256 = excluded.sha256";
const CHECKSUMS: &str = "select part_number, sha256 from upload_parts where upload_id = $1";
const SETTLE: &str = "update uploads set status = $2, refusal = $3 where id = $1 and status = 'open'";
const ABORT: &str = "update uploads set status = 'aborted' where id = $1 and status in ('open', 'failed')";
const USE: &str = "update uploads set used_at = $4 where id = $1 and account_id = $2 and purpose = $3 \
     and status = 'complete' and used_at is null returning object_id";
const OPEN: &str = "select cast(count(*) as bigint), cast(coalesce(sum(size), 0) as bigint) \
     from uploads where account_id = $1 and status = 'open'";
const LOCK_ACCOUNT: &str = "update accounts set read_receipts = read_receipts where id = $1 and cancelled_at is null";
const EXPIRED: &str = "delete from uploads where id in \
     (select id from uploads where expires_at <= $1 order by expires_at, id limit $2) \
     returning status, size, bucket, object_key, multipart_id";
const ALL_OF: &str =
    "delete from uploads where account_id = $1 returning status, size, bucket, object_key, multipart_id";

/// An upload about to be written.
#[derive(Debug)]
pub(in crate::uploads) struct NewRow<'a> {
    pub(in crate::uploads) id: Uuid,
    pub(in crate::uploads) account_id: i64,
    pub(in crate::uploads) purpose: &'a str,
    pub(in crate::uploads) filename: &'a str,
    pub(in crate::uploads) content_type: &'a str,
    pub(in crate::uploads) size: i64,
    pub(in crate::uploads) sha256: Option<&'a str>,
    pub(in crate::uploads) place: &'a Place,
    pub(in crate::uploads) object_id: Uuid,
    pub(in crate::uploads) created_at: Timestamp,
    pub(in crate::uploads) expires_at: Timestamp,
}

/// An upload.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::uploads) struct UploadRow {
    pub(in crate::uploads) id: Uuid,
    pub(in crate::uploads) account_id: i64,
    pub(in crate::uploads) purpose: String,
    pub(in crate::uploads) filename: String,
    pub(in crate::uploads) content_type: String,
    pub(in crate::uploads) size: i64,
    pub(in crate::uploads) sha256: Option<String>,
    pub(in crate::uploads) bucket: String,
    pub(in crate::uploads) object_key: String,
    pub(in crate::uploads) multipart_id: Option<String>,
    pub(in crate::uploads) is_checksummed: bool,
    pub(in crate::uploads) status: String,
    pub(in crate::uploads) refusal: Option<String>,
    pub(in crate::uploads) object_id: Uuid,
    pub(in crate::uploads) used_at: Option<i64>,
    pub(in crate::uploads) expires_at: i64,
}

impl UploadRow {
    pub(in crate::uploads) fn place(&self) -> Place {
        Place { bucket: self.bucket.clone(), key: self.object_key.clone() }
    }
}

/// What is left of an upload whose row is gone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::uploads) struct GoneRow {
    pub(in crate::uploads) status: String,
    pub(in crate::uploads) size: i64,
    pub(in crate::uploads) bucket: String,
    pub(in crate::uploads) object_key: String,
    pub(in crate::uploads) multipart_id: Option<String>,
}

pub(in crate::uploads) async fn insert_upload(c: &mut Connection, row: &NewRow<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(row.id)
        .bind(row.account_id)
        .bind(row.purpose)
        .bind(row.filename)
        .bind(row.content_type)
        .bind(row.size)
        .bind(row.sha256)
        .bind(&row.place.bucket)
        .bind(&row.place.key)
        .bind(false)
        .bind(row.object_id)
        .bind(row.created_at.micros())
        .bind(row.expires_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The upload, if it is this person's.
pub(in crate::uploads) async fn upload(
    c: &mut Connection,
    id: Uuid,
    account_id: i64,
) -> Result<Option<UploadRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND).bind(id).bind(account_id).fetch_optional(&mut *c).await)
}

/// Puts another upload in parts in the place of the one that was there; whether it was still there.
pub(in crate::uploads) async fn begin_parts(
    c: &mut Connection,
    id: Uuid,
    before: Option<&str>,
    multipart_id: &str,
    is_checksummed: bool,
) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(BEGIN_PARTS)
        .bind(id)
        .bind(before.unwrap_or_default())
        .bind(multipart_id)
        .bind(is_checksummed)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Keeps the checksum that a part was announced with, in the place of an earlier one.
pub(in crate::uploads) async fn keep_part_checksum(
    c: &mut Connection,
    id: Uuid,
    part_number: u32,
    sha256: &str,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(KEEP_CHECKSUM)
        .bind(id)
        .bind(i64::from(part_number))
        .bind(sha256)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The checksums that parts were announced with, by their numbers.
pub(in crate::uploads) async fn part_checksums(
    c: &mut Connection,
    id: Uuid,
) -> Result<BTreeMap<u32, String>, sqlx::Error> {
    let rows: Vec<(i64, String)> = on!(c, c => sqlx::query_as(CHECKSUMS).bind(id).fetch_all(&mut *c).await)?;
    Ok(rows.into_iter().filter_map(|(number, sha256)| Some((u32::try_from(number).ok()?, sha256))).collect())
}

/// Ends an open upload; whether it was open.
pub(in crate::uploads) async fn settle(
    c: &mut Connection,
    id: Uuid,
    status: &str,
    refusal: Option<&str>,
) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(SETTLE)
        .bind(id)
        .bind(status)
        .bind(refusal)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Throws an upload away that is not complete; whether it was there to be thrown away.
pub(in crate::uploads) async fn abort(c: &mut Connection, id: Uuid) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(ABORT).bind(id).execute(&mut *c).await.map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Marks the upload as used and gives its file; none when it is not there to be used.
pub(in crate::uploads) async fn use_upload(
    c: &mut Connection,
    id: Uuid,
    account_id: i64,
    purpose: &str,
    now: Timestamp,
) -> Result<Option<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(USE)
        .bind(id)
        .bind(account_id)
        .bind(purpose)
        .bind(now.micros())
        .fetch_optional(&mut *c)
        .await)
}

/// How many uploads of the person are open, and their announced sizes together.
pub(in crate::uploads) async fn open_uploads(c: &mut Connection, account_id: i64) -> Result<(i64, i64), sqlx::Error> {
    on!(c, c => sqlx::query_as(OPEN).bind(account_id).fetch_one(&mut *c).await)
}

/// Lets two starts of one person follow each other, so that both see what the other keeps.
pub(in crate::uploads) async fn lock_account(c: &mut Connection, account_id: i64) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(LOCK_ACCOUNT)
        .bind(account_id)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Forgets uploads whose time is over, at most so many.
pub(in crate::uploads) async fn forget_expired(
    c: &mut Connection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<GoneRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(EXPIRED).bind(now.micros()).bind(limit).fetch_all(&mut *c).await)
}

/// Forgets all uploads of the person.
pub(in crate::uploads) async fn forget_uploads(
    c: &mut Connection,
    account_id: i64,
) -> Result<Vec<GoneRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ALL_OF).bind(account_id).fetch_all(&mut *c).await)
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 12] =
    [INSERT, FIND, BEGIN_PARTS, KEEP_CHECKSUM, CHECKSUMS, SETTLE, ABORT, USE, OPEN, LOCK_ACCOUNT, EXPIRED, ALL_OF];
