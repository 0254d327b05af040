//! The albums themselves.

use super::ME;
use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

const LIST: &str = after_me!(
    "select a.id, a.title, a.description, o.sub as owner_sub, o.display_name as owner_name, \
       o.avatar_object_id as owner_avatar_id, r.role, a.created_at, a.updated_at, \
       (select count(*) from photos p where p.album_id = a.id and p.deleted_at is null) as photo_count, \
       coalesce( \
         (select p.id from photos p where p.id = a.cover_photo_id and p.album_id = a.id and p.deleted_at is null), \
         (select p.id from photos p where p.album_id = a.id and p.deleted_at is null order by p.taken_at, p.id \
          limit 1)) as cover_id \
     from roles r join albums a on a.id = r.album_id join accounts o on o.id = a.owner_id where a.deleted_at is null"
);
const STANDING: &str = concat!(
    "with ",
    roles!("$2"),
    "select r.role from roles r join albums a on a.id = r.album_id where a.id = $1 and a.deleted_at is null"
);
const INSERT: &str = "insert into albums (id, owner_id, title, description, search_text, created_at, updated_at) \
     values ($1, $2, $3, $4, $5, $6, $6)";
const TEXTS: &str = "select title, description from albums where id = $1";
const CHANGE: &str = "update albums set title = $2, description = $3, search_text = $4 where id = $1";
const CHOOSE_COVER: &str = "update albums set cover_photo_id = $2 where id = $1";
/// What changes one album comes one after the other.
const LOCK: &str = "update albums set updated_at = updated_at where id = $1";
const TOUCH: &str = "update albums set updated_at = $2 where id = $1 and deleted_at is null";
const DELETE: &str = "update albums set deleted_at = $2 where id = $1 and deleted_at is null";
const RESTORE: &str = "update albums set deleted_at = null where id = $1 and owner_id = $2 and deleted_at > $3";

/// An album as one person sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AlbumRow {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) owner_sub: String,
    pub(crate) owner_name: Option<String>,
    pub(crate) owner_avatar_id: Option<Uuid>,
    pub(crate) role: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) photo_count: i64,
    pub(crate) cover_id: Option<Uuid>,
}

/// An album to be added.
#[derive(Debug)]
pub(crate) struct NewAlbumRow<'a> {
    pub(crate) id: Uuid,
    pub(crate) owner_id: i64,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) search_text: &'a str,
    pub(crate) created_at: Timestamp,
}

/// Which albums to list.
#[derive(Debug, Default)]
pub(crate) struct AlbumFilter<'a> {
    pub(crate) id: Option<Uuid>,
    pub(crate) patterns: &'a [String],
    /// The last change and the id of the album before.
    pub(crate) after: Option<(i64, Uuid)>,
    pub(crate) limit: i64,
}

/// Albums that the person may see, last changed first.
pub(crate) async fn albums(
    c: &mut Connection,
    account_id: i64,
    filter: &AlbumFilter<'_>,
) -> Result<Vec<AlbumRow>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(ME);
        query.push_bind(account_id).push(LIST);
        if let Some(id) = filter.id {
            query.push(" and a.id = ").push_bind(id);
        }
        for pattern in filter.patterns {
            query.push(" and a.search_text like ").push_bind(pattern).push(" escape '\\'");
        }
        if let Some((updated_at, id)) = filter.after {
            query.push(" and (a.updated_at, a.id) < (").push_bind(updated_at);
            query.push(", ").push_bind(id).push(")");
        }
        query.push(" order by a.updated_at desc, a.id desc limit ").push_bind(filter.limit);
        query.build_query_as().persistent(filter.patterns.is_empty()).fetch_all(&mut *c).await
    })
}

/// What the person may do with the album; none when they do not see it.
pub(crate) async fn standing(c: &mut Connection, id: Uuid, account_id: i64) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(STANDING).bind(id).bind(account_id).fetch_optional(&mut *c).await)
}

pub(crate) async fn insert_album(c: &mut Connection, new: &NewAlbumRow<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(new.id)
        .bind(new.owner_id)
        .bind(new.title)
        .bind(new.description)
        .bind(new.search_text)
        .bind(new.created_at.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Title and description.
pub(crate) async fn album_texts(c: &mut Connection, id: Uuid) -> Result<(String, String), sqlx::Error> {
    on!(c, c => sqlx::query_as(TEXTS).bind(id).fetch_one(&mut *c).await)
}

pub(crate) async fn change_album(
    c: &mut Connection,
    id: Uuid,
    title: &str,
    description: &str,
    search_text: &str,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHANGE)
        .bind(id)
        .bind(title)
        .bind(description)
        .bind(search_text)
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn choose_cover(c: &mut Connection, id: Uuid, photo_id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHOOSE_COVER).bind(id).bind(photo_id).execute(&mut *c).await.map(drop))
}

/// Until the end of the transaction nobody else changes the album.
pub(crate) async fn lock_album(c: &mut Connection, id: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOCK).bind(id).execute(&mut *c).await.map(drop))
}

/// Says that the album was changed; takes the lock as well.
pub(crate) async fn touch_album(c: &mut Connection, id: Uuid, now: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(TOUCH).bind(id).bind(now.micros()).execute(&mut *c).await.map(drop))
}

pub(crate) async fn delete_album(c: &mut Connection, id: Uuid, now: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(DELETE).bind(id).bind(now.micros()).execute(&mut *c).await.map(drop))
}

/// Brings back an album of this owner that was deleted after `since`; false when there is none.
pub(crate) async fn restore_album(
    c: &mut Connection,
    id: Uuid,
    owner_id: i64,
    since: Timestamp,
) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(RESTORE)
        .bind(id)
        .bind(owner_id)
        .bind(since.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 9] = [STANDING, INSERT, TEXTS, CHANGE, CHOOSE_COVER, LOCK, TOUCH, DELETE, RESTORE];
