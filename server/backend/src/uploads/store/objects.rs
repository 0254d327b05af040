//! Files that have been checked, and their thumbnails.

use crate::{clients::objects::Place, failure::Failure};
use db::{Connection, on};
use domain::{
    Timestamp,
    uploads::{StoredFile, Thumbnail},
};
use sqlx::QueryBuilder;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows asked for at once, with one number of placeholders: lists of every length would fill the statement cache.
const BATCH: usize = 64;

const INSERT: &str = "insert into objects (id, account_id, purpose, bucket, object_key, filename, content_type, size, \
     sha256, width, height, parent_id, created_at, exif) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
/// A thumbnail that was made twice is there once.
const INSERT_THUMBNAIL: &str = "insert into objects (id, account_id, purpose, bucket, object_key, filename, \
     content_type, size, width, height, parent_id, created_at) \
     select $2, account_id, purpose, bucket, $3, filename, $4, $5, $6, $7, id, $8 from objects \
     where id = $1 and removed_at is null on conflict (bucket, object_key) do nothing";
const SET_THUMBHASH: &str = "update objects set thumbhash = $2 where id = $1 and removed_at is null";
const FIND: &str = "select id, bucket, object_key, filename, content_type, size, width, height, thumbhash, removed_at \
     from objects where id = $1";
/// Whoever may see a file may see its thumbnails (`f` is the file, `o` what was asked for). A file that nothing uses
/// yet is seen by its sender; what uses files adds its own reason to see them here.
const VISIBLE: &str = "select o.id, o.bucket, o.object_key, o.filename, o.content_type, o.size, o.width, o.height, \
     o.thumbhash, o.removed_at, o.purpose from objects o join objects f on f.id = coalesce(o.parent_id, o.id) \
     where o.id = $1 and f.removed_at is null and (\
         (f.attached_at is null and f.account_id = $2) \
         or exists (select 1 from messages m join participants p on p.conversation_id = m.conversation_id \
           where m.object_id = f.id and p.account_id = $2) \
         or exists (select 1 from accounts a where a.avatar_object_id = f.id) \
         or exists (select 1 from conversations c join participants p on p.conversation_id = c.id \
           where c.picture_object_id = f.id and p.account_id = $2) \
         or exists (select 1 from documents d where d.object_id = f.id and d.owner_id = $2) \
         or exists (select 1 from photos p join albums a on a.id = p.album_id \
           where p.object_id = f.id and p.deleted_at is null and a.deleted_at is null and (a.owner_id = $2 \
             or exists (select 1 from album_members m where m.album_id = a.id and m.account_id = $2) \
             or exists (select 1 from album_conversations s join participants q \
               on q.conversation_id = s.conversation_id where s.album_id = a.id and q.account_id = $2)))\
     )";
/// Pictures whose thumbnails were tried and cannot be made have an empty one.
const UNRENDERABLE: &str = "select id from objects where thumbhash = '' and id in (";
const FILES: &str = "select o.id, o.bucket, o.object_key, o.filename, o.content_type, o.size, o.width, o.height, \
     o.thumbhash, o.removed_at from objects o where o.removed_at is null and o.id in (";
const THUMBNAILS: &str = "select parent_id, id, width, height from objects where parent_id in (";
const THUMBNAILS_ORDER: &str = ") order by parent_id, width, height, id";
const SMALLEST: &str = "select id, bucket, object_key, filename, content_type, size, width, height, thumbhash, \
     removed_at from objects where parent_id = $1 order by width, id limit 1";
const USED: &str = "select cast(coalesce(sum(size), 0) as bigint) from objects \
     where account_id = $1 and parent_id is null and removed_at is null";
const ATTACH: &str = "update objects set attached_at = $2 where id = $1 and removed_at is null";
/// Nothing uses the file any more. What uses files adds its own `and not exists (…)` here.
const REMOVE: &str = "update objects set removed_at = $2 where id = $1 and removed_at is null and parent_id is null \
     and not exists (select 1 from messages m where m.object_id = objects.id) \
     and not exists (select 1 from accounts a where a.avatar_object_id = objects.id) \
     and not exists (select 1 from conversations c where c.picture_object_id = objects.id) \
     and not exists (select 1 from documents d where d.object_id = objects.id) \
     and not exists (select 1 from photos where photos.object_id = objects.id)";
const REMOVED: &str = "select bucket, object_key from objects where (id = $1 and removed_at is not null) \
     or parent_id = (select id from objects where id = $1 and removed_at is not null)";
const FORGET: &str = "delete from objects where id = $1 and removed_at is not null";
const UNATTACHED: &str = "select id from objects where attached_at is null and removed_at is null \
     and parent_id is null and created_at <= $1 order by created_at, id limit $2";
const UNATTACHED_OF: &str = "select id from objects where attached_at is null and removed_at is null \
     and parent_id is null and account_id = $1 order by id";

/// A file about to be written.
#[derive(Debug)]
pub(in crate::uploads) struct NewObject<'a> {
    pub(in crate::uploads) id: Uuid,
    pub(in crate::uploads) account_id: i64,
    pub(in crate::uploads) purpose: &'a str,
    pub(in crate::uploads) place: &'a Place,
    pub(in crate::uploads) filename: &'a str,
    pub(in crate::uploads) content_type: &'a str,
    pub(in crate::uploads) size: i64,
    pub(in crate::uploads) sha256: Option<&'a str>,
    pub(in crate::uploads) sides: Option<(i64, i64)>,
    /// What the camera wrote, as JSON.
    pub(in crate::uploads) exif: Option<&'a str>,
    pub(in crate::uploads) created_at: Timestamp,
}

/// A thumbnail about to be written.
#[derive(Debug)]
pub(in crate::uploads) struct NewThumbnail<'a> {
    pub(in crate::uploads) id: Uuid,
    pub(in crate::uploads) parent_id: Uuid,
    pub(in crate::uploads) key: &'a str,
    pub(in crate::uploads) content_type: &'a str,
    pub(in crate::uploads) size: i64,
    pub(in crate::uploads) sides: (i64, i64),
    pub(in crate::uploads) created_at: Timestamp,
}

/// A file or a thumbnail.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::uploads) struct ObjectRow {
    pub(in crate::uploads) id: Uuid,
    pub(in crate::uploads) bucket: String,
    pub(in crate::uploads) object_key: String,
    pub(in crate::uploads) filename: String,
    pub(in crate::uploads) content_type: String,
    pub(in crate::uploads) size: i64,
    pub(in crate::uploads) width: Option<i64>,
    pub(in crate::uploads) height: Option<i64>,
    pub(in crate::uploads) thumbhash: Option<String>,
    pub(in crate::uploads) removed_at: Option<i64>,
    /// Only where it was asked who may see it.
    #[sqlx(default)]
    pub(in crate::uploads) purpose: Option<String>,
}

impl ObjectRow {
    pub(in crate::uploads) fn place(&self) -> Place {
        Place { bucket: self.bucket.clone(), key: self.object_key.clone() }
    }
}

#[derive(Debug, sqlx::FromRow)]
struct ThumbnailRow {
    parent_id: Uuid,
    id: Uuid,
    width: Option<i64>,
    height: Option<i64>,
}

pub(in crate::uploads) async fn insert_object(c: &mut Connection, row: &NewObject<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(row.id)
        .bind(row.account_id)
        .bind(row.purpose)
        .bind(&row.place.bucket)
        .bind(&row.place.key)
        .bind(row.filename)
        .bind(row.content_type)
        .bind(row.size)
        .bind(row.sha256)
        .bind(row.sides.map(|sides| sides.0))
        .bind(row.sides.map(|sides| sides.1))
        .bind(None::<Uuid>)
        .bind(row.created_at.micros())
        .bind(row.exif)
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(in crate::uploads) async fn insert_thumbnail(
    c: &mut Connection,
    row: &NewThumbnail<'_>,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT_THUMBNAIL)
        .bind(row.parent_id)
        .bind(row.id)
        .bind(row.key)
        .bind(row.content_type)
        .bind(row.size)
        .bind(row.sides.0)
        .bind(row.sides.1)
        .bind(row.created_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// What to show before the picture, empty when it can never be shown; whether it is still within reach.
pub(in crate::uploads) async fn set_thumbhash(c: &mut Connection, id: Uuid, hash: &str) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(SET_THUMBHASH)
        .bind(id)
        .bind(hash)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// The file or thumbnail, whoever asks.
pub(in crate::uploads) async fn object(c: &mut Connection, id: Uuid) -> Result<Option<ObjectRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(FIND).bind(id).fetch_optional(&mut *c).await)
}

/// The file or thumbnail, if the person may see it.
pub(in crate::uploads) async fn visible_object(
    c: &mut Connection,
    id: Uuid,
    account_id: i64,
) -> Result<Option<ObjectRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(VISIBLE).bind(id).bind(account_id).fetch_optional(&mut *c).await)
}

/// The smallest thumbnail of a picture.
pub(in crate::uploads) async fn smallest_thumbnail(
    c: &mut Connection,
    parent_id: Uuid,
) -> Result<Option<ObjectRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(SMALLEST).bind(parent_id).fetch_optional(&mut *c).await)
}

/// Bytes of the person's files together.
pub(in crate::uploads) async fn used_bytes(c: &mut Connection, account_id: i64) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(USED).bind(account_id).fetch_one(&mut *c).await)
}

/// Remembers that something uses the file from now on; whether it is there.
pub(in crate::uploads) async fn attach(c: &mut Connection, id: Uuid, now: Timestamp) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(ATTACH)
        .bind(id)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Puts a file that nothing uses out of reach; whether that was so.
pub(in crate::uploads) async fn put_out_of_reach(
    c: &mut Connection,
    id: Uuid,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let changed = on!(c, c => sqlx::query(REMOVE)
        .bind(id)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

/// Where the bytes of a file that is out of reach are, and those of its thumbnails.
pub(in crate::uploads) async fn removed_places(c: &mut Connection, id: Uuid) -> Result<Vec<Place>, sqlx::Error> {
    let rows: Vec<(String, String)> = on!(c, c => sqlx::query_as(REMOVED).bind(id).fetch_all(&mut *c).await)?;
    Ok(rows.into_iter().map(|(bucket, key)| Place { bucket, key }).collect())
}

/// Forgets a file that is out of reach, and its thumbnails.
pub(in crate::uploads) async fn forget_object(c: &mut Connection, id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET).bind(id).execute(&mut *c).await.map(drop))
}

/// Files that nothing has used since then, at most so many.
pub(in crate::uploads) async fn unattached(
    c: &mut Connection,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(UNATTACHED).bind(since.micros()).bind(limit).fetch_all(&mut *c).await)
}

/// Files of the person that nothing uses.
pub(in crate::uploads) async fn unattached_of(c: &mut Connection, account_id: i64) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(UNATTACHED_OF).bind(account_id).fetch_all(&mut *c).await)
}

/// The files of these ids with their thumbnails, as those who may see them see them. Whether the viewer may is up to
/// the caller; what is out of reach is left out.
pub(crate) async fn files(c: &mut Connection, ids: &[Uuid]) -> Result<HashMap<Uuid, StoredFile>, Failure> {
    let mut found = HashMap::new();
    for batch in ids.chunks(BATCH) {
        let rows: Vec<ObjectRow> = on!(c, c => {
            let mut query = QueryBuilder::new(FILES);
            let mut list = query.separated(", ");
            for id in padded(batch) {
                list.push_bind(id);
            }
            query.push(")").build_query_as().fetch_all(&mut *c).await
        })?;
        for row in rows {
            found.insert(row.id, stored_file(&row)?);
        }
        let rows: Vec<ThumbnailRow> = on!(c, c => {
            let mut query = QueryBuilder::new(THUMBNAILS);
            let mut list = query.separated(", ");
            for id in padded(batch) {
                list.push_bind(id);
            }
            query.push(THUMBNAILS_ORDER).build_query_as().fetch_all(&mut *c).await
        })?;
        for row in rows {
            if let Some(file) = found.get_mut(&row.parent_id) {
                file.thumbnails.push(thumbnail(&row)?);
            }
        }
    }
    Ok(found)
}

/// Those of the pictures of which no thumbnail can be made.
pub(crate) async fn unrenderable(c: &mut Connection, ids: &[Uuid]) -> Result<Vec<Uuid>, sqlx::Error> {
    let mut found = Vec::new();
    for batch in ids.chunks(BATCH) {
        let rows: Vec<Uuid> = on!(c, c => {
            let mut query = QueryBuilder::new(UNRENDERABLE);
            let mut list = query.separated(", ");
            for id in padded(batch) {
                list.push_bind(id);
            }
            query.push(")").build_query_scalar().fetch_all(&mut *c).await
        })?;
        found.extend(rows);
    }
    Ok(found)
}

/// The last one again and again up to the same number for all; an id asked for twice is found once.
fn padded(ids: &[Uuid]) -> impl Iterator<Item = Uuid> {
    let last = ids.last().copied().unwrap_or_default();
    ids.iter().copied().chain(std::iter::repeat_n(last, BATCH - ids.len()))
}

fn stored_file(row: &ObjectRow) -> Result<StoredFile, Failure> {
    Ok(StoredFile {
        object_id: row.id,
        filename: row.filename.clone(),
        content_type: row.content_type.clone(),
        size: u64::try_from(row.size).map_err(|_| Failure::Broken("a stored size is negative"))?,
        width: row.width.map(side).transpose()?,
        height: row.height.map(side).transpose()?,
        url: media_path(row.id),
        thumbhash: row.thumbhash.clone().filter(|hash| !hash.is_empty()),
        thumbnails: Vec::new(),
    })
}

fn thumbnail(row: &ThumbnailRow) -> Result<Thumbnail, Failure> {
    let of = |value: Option<i64>| side(value.unwrap_or_default());
    Ok(Thumbnail { width: of(row.width)?, height: of(row.height)?, url: media_path(row.id) })
}

fn side(pixels: i64) -> Result<u32, Failure> {
    u32::try_from(pixels).map_err(|_| Failure::Broken("a stored side is no number of pixels"))
}

/// The stable address of a file.
pub(crate) fn media_path(id: Uuid) -> String {
    format!("/media/{id}")
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 13] = [
    INSERT,
    INSERT_THUMBNAIL,
    SET_THUMBHASH,
    FIND,
    VISIBLE,
    SMALLEST,
    USED,
    ATTACH,
    REMOVE,
    REMOVED,
    FORGET,
    UNATTACHED,
    UNATTACHED_OF,
];
