//! Photos.

use super::ME;
use db::{Connection, on};
use domain::{Timestamp, albums::PhotoSort};
use sqlx::QueryBuilder;
use uuid::Uuid;

const LIST: &str = after_me!(
    "select p.id, p.album_id, p.object_id, p.title, p.description, p.added_by as added_by_id, u.sub as added_by_sub, \
       u.display_name as added_by_name, u.avatar_object_id as added_by_avatar_id, p.created_at, p.updated_at, p.taken_at, p.sort_title, r.role \
     from roles r join albums a on a.id = r.album_id join photos p on p.album_id = a.id \
     join accounts u on u.id = p.added_by where a.deleted_at is null and p.deleted_at is null"
);
/// Also deleted ones, as long as that can be undone.
const DELETED: &str = after_me!(
    "select p.id, p.album_id, p.added_by as added_by_id, r.role, p.deleted_at \
     from roles r join albums a on a.id = r.album_id join photos p on p.album_id = a.id \
     where a.deleted_at is null and p.id in ("
);
const INSERT: &str = "insert into photos (id, album_id, object_id, sha256, added_by, title, description, search_text, \
       sort_title, created_at, updated_at, taken_at) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11) \
     on conflict (album_id, sha256) where deleted_at is null do nothing";
const BY_SHA256: &str = "select id from photos where album_id = $1 and sha256 = $2 and deleted_at is null";
const BY_OBJECT: &str = "select id from photos where album_id = $1 and object_id = $2 and deleted_at is null";
const ORIGINAL: &str = "select filename, sha256, exif from objects where id = $1";
const EXIF: &str = "select id, exif from objects where exif is not null and id in (";
const CHANGE: &str = "update photos set title = $2, description = $3, search_text = $4, sort_title = $5, \
       updated_at = $6 where id = $1 and deleted_at is null";
const DELETE: &str = "update photos set deleted_at = ";
/// One whose file came again in the meantime stays away: that is the same photo.
const RESTORE: &str = "update photos set deleted_at = null where id = $1 and deleted_at is not null \
     and not exists (select 1 from photos other where other.album_id = photos.album_id \
       and other.sha256 = photos.sha256 and other.deleted_at is null)";
const MOVE: &str = "update photos set album_id = $2 where id = $1 and deleted_at is null \
     and not exists (select 1 from photos other where other.album_id = $2 \
       and other.sha256 = photos.sha256 and other.deleted_at is null)";
const COPY: &str = "insert into photos (id, album_id, object_id, sha256, added_by, title, description, search_text, \
       sort_title, created_at, updated_at, taken_at) \
     select $2, $3, object_id, sha256, $4, title, description, search_text, sort_title, $5, $5, taken_at \
       from photos where id = $1 \
     on conflict (album_id, sha256) where deleted_at is null do nothing";
const IS_IN: &str = "select count(*) from photos where id = $1 and album_id = $2 and deleted_at is null";

/// A photo as one person sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct PhotoRow {
    pub(crate) id: Uuid,
    pub(crate) album_id: Uuid,
    pub(crate) object_id: Uuid,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) added_by_id: i64,
    pub(crate) added_by_sub: String,
    pub(crate) added_by_name: Option<String>,
    pub(crate) added_by_avatar_id: Option<Uuid>,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) taken_at: i64,
    pub(crate) sort_title: String,
    /// What the person may do with its album.
    pub(crate) role: i64,
}

/// A photo that may have been deleted.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct DeletedRow {
    pub(crate) id: Uuid,
    pub(crate) album_id: Uuid,
    pub(crate) added_by_id: i64,
    pub(crate) role: i64,
    pub(crate) deleted_at: Option<i64>,
}

/// A photo to be added.
#[derive(Debug)]
pub(crate) struct NewPhotoRow<'a> {
    pub(crate) id: Uuid,
    pub(crate) album_id: Uuid,
    pub(crate) object_id: Uuid,
    pub(crate) sha256: &'a str,
    pub(crate) added_by: i64,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) search_text: &'a str,
    pub(crate) sort_title: &'a str,
    pub(crate) created_at: Timestamp,
    pub(crate) taken_at: Timestamp,
}

/// The place of a photo in one of the orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PhotoPlace {
    /// After this time and id, by when they were taken.
    Taken(i64, Uuid),
    /// Before this time and id, by when they were added.
    Added(i64, Uuid),
    /// After this title and id.
    Title(String, Uuid),
}

/// Which photos to list, and in which order.
#[derive(Debug, Default)]
pub(crate) struct PhotoFilter<'a> {
    pub(crate) album_id: Option<Uuid>,
    /// Only these; all without.
    pub(crate) ids: Option<&'a [Uuid]>,
    pub(crate) patterns: &'a [String],
    pub(crate) sort: PhotoSort,
    pub(crate) after: Option<PhotoPlace>,
    pub(crate) limit: Option<i64>,
}

/// Photos that the person may see.
pub(crate) async fn photos(
    c: &mut Connection,
    account_id: i64,
    filter: &PhotoFilter<'_>,
) -> Result<Vec<PhotoRow>, sqlx::Error> {
    if filter.ids.is_some_and(<[_]>::is_empty) {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(ME);
        query.push_bind(account_id).push(LIST);
        if let Some(id) = filter.album_id {
            query.push(" and p.album_id = ").push_bind(id);
        }
        if let Some(ids) = filter.ids {
            query.push(" and p.id in (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")");
        }
        for pattern in filter.patterns {
            query.push(" and p.search_text like ").push_bind(pattern).push(" escape '\\'");
        }
        match &filter.after {
            None => {}
            Some(PhotoPlace::Taken(time, id)) => {
                query.push(" and (p.taken_at, p.id) > (").push_bind(*time).push(", ").push_bind(*id).push(")");
            }
            Some(PhotoPlace::Added(time, id)) => {
                query.push(" and (p.created_at, p.id) < (").push_bind(*time).push(", ").push_bind(*id).push(")");
            }
            Some(PhotoPlace::Title(title, id)) => {
                query.push(" and (p.sort_title, p.id) > (").push_bind(title).push(", ").push_bind(*id).push(")");
            }
        }
        query.push(match filter.sort {
            PhotoSort::Taken => " order by p.taken_at, p.id",
            PhotoSort::Added => " order by p.created_at desc, p.id desc",
            PhotoSort::Title => " order by p.sort_title, p.id",
        });
        if let Some(limit) = filter.limit {
            query.push(" limit ").push_bind(limit);
        }
        let is_common = filter.patterns.is_empty() && filter.ids.is_none_or(|ids| ids.len() == 1);
        query.build_query_as().persistent(is_common).fetch_all(&mut *c).await
    })
}

/// Photos in albums that the person may see, deleted or not.
pub(crate) async fn deleted_photos(
    c: &mut Connection,
    account_id: i64,
    ids: &[Uuid],
) -> Result<Vec<DeletedRow>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(ME);
        query.push_bind(account_id).push(DELETED);
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().persistent(false).fetch_all(&mut *c).await
    })
}

/// Adds it; false when the album has the same file.
pub(crate) async fn insert_photo(c: &mut Connection, new: &NewPhotoRow<'_>) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(new.id)
        .bind(new.album_id)
        .bind(new.object_id)
        .bind(new.sha256)
        .bind(new.added_by)
        .bind(new.title)
        .bind(new.description)
        .bind(new.search_text)
        .bind(new.sort_title)
        .bind(new.created_at.micros())
        .bind(new.taken_at.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// The photo of the album with this file.
pub(crate) async fn photo_by_sha256(
    c: &mut Connection,
    album_id: Uuid,
    sha256: &str,
) -> Result<Option<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY_SHA256).bind(album_id).bind(sha256).fetch_optional(&mut *c).await)
}

/// The photo of the album that shows this file.
pub(crate) async fn photo_by_object(
    c: &mut Connection,
    album_id: Uuid,
    object_id: Uuid,
) -> Result<Option<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY_OBJECT).bind(album_id).bind(object_id).fetch_optional(&mut *c).await)
}

/// What a new photo takes from its file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct OriginalRow {
    pub(crate) filename: String,
    pub(crate) sha256: Option<String>,
    pub(crate) exif: Option<String>,
}

pub(crate) async fn original(c: &mut Connection, object_id: Uuid) -> Result<OriginalRow, sqlx::Error> {
    on!(c, c => sqlx::query_as(ORIGINAL).bind(object_id).fetch_one(&mut *c).await)
}

/// What cameras wrote into these files, as JSON.
pub(crate) async fn exif_of(c: &mut Connection, objects: &[Uuid]) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(EXIF);
        let mut list = query.separated(", ");
        for id in objects {
            list.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().persistent(objects.len() == 1).fetch_all(&mut *c).await
    })
}

/// Title, description, and what search and order make of them.
#[derive(Debug)]
pub(crate) struct PhotoTexts<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) search_text: &'a str,
    pub(crate) sort_title: &'a str,
}

pub(crate) async fn change_photo(
    c: &mut Connection,
    id: Uuid,
    texts: &PhotoTexts<'_>,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHANGE)
        .bind(id)
        .bind(texts.title)
        .bind(texts.description)
        .bind(texts.search_text)
        .bind(texts.sort_title)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn delete_photos(c: &mut Connection, ids: &[Uuid], at: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(DELETE);
        query.push_bind(at.micros()).push(" where deleted_at is null and id in (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
        query.build().persistent(ids.len() == 1).execute(&mut *c).await.map(drop)
    })
}

pub(crate) async fn restore_photo(c: &mut Connection, id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RESTORE).bind(id).execute(&mut *c).await.map(drop))
}

/// Puts it into another album; false when that has the same file.
pub(crate) async fn move_photo(c: &mut Connection, id: Uuid, to: Uuid) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(MOVE).bind(id).bind(to).execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}

/// Puts it into another album as well, without its tags; false when that has the same file.
pub(crate) async fn copy_photo(
    c: &mut Connection,
    from: Uuid,
    new: Uuid,
    to: Uuid,
    added_by: i64,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(COPY)
        .bind(from)
        .bind(new)
        .bind(to)
        .bind(added_by)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Whether the photo is in this album.
pub(crate) async fn has_photo(c: &mut Connection, album_id: Uuid, id: Uuid) -> Result<bool, sqlx::Error> {
    let count: i64 = on!(c, c => sqlx::query_scalar(IS_IN).bind(id).bind(album_id).fetch_one(&mut *c).await)?;
    Ok(count == 1)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 9] = [INSERT, BY_SHA256, BY_OBJECT, ORIGINAL, CHANGE, RESTORE, MOVE, COPY, IS_IN];
