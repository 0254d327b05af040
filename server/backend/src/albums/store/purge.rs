//! Throwing away what was deleted.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

const DUE_PHOTOS: &str = "select id, object_id from photos where deleted_at <= $1 order by deleted_at limit $2";
const DUE_ALBUM_PHOTOS: &str = "select p.id, p.object_id from albums a join photos p on p.album_id = a.id \
     where a.deleted_at <= $1 limit $2";
const EMPTY_ALBUMS: &str = "delete from albums where deleted_at <= $1 \
     and not exists (select 1 from photos where photos.album_id = albums.id)";
const FORGET: &str = "delete from photos where id in (";
const DELETE_ALBUMS_OF: &str = "update albums set deleted_at = 0 where owner_id = $1";
const DELETE_PHOTOS_OF: &str = "update photos set deleted_at = 0 where added_by = $1";

/// Photos, by themselves or with their album, that were deleted by then; each with its file.
pub(crate) async fn due_photos(
    c: &mut Connection,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<(Uuid, Uuid)>, sqlx::Error> {
    let mut due: Vec<(Uuid, Uuid)> =
        on!(c, c => sqlx::query_as(DUE_PHOTOS).bind(until.micros()).bind(limit).fetch_all(&mut *c).await)?;
    if due.is_empty() {
        due = on!(c, c => sqlx::query_as(DUE_ALBUM_PHOTOS).bind(until.micros()).bind(limit).fetch_all(&mut *c).await)?;
    }
    Ok(due)
}

/// Takes the albums away that were deleted by then and have no photo left.
pub(crate) async fn forget_albums(c: &mut Connection, until: Timestamp) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(EMPTY_ALBUMS).bind(until.micros()).execute(&mut *c).await.map(drop))
}

pub(crate) async fn forget_photos(c: &mut Connection, ids: &[Uuid]) -> Result<(), sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(FORGET);
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
        query.build().persistent(false).execute(&mut *c).await.map(drop)
    })
}

/// Deletes all albums of a person, and all photos that they added anywhere, beyond undoing.
pub(crate) async fn delete_all_of(c: &mut Connection, account_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => {
        sqlx::query(DELETE_ALBUMS_OF).bind(account_id).execute(&mut *c).await?;
        sqlx::query(DELETE_PHOTOS_OF).bind(account_id).execute(&mut *c).await.map(drop)
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 5] =
    [DUE_PHOTOS, DUE_ALBUM_PHOTOS, EMPTY_ALBUMS, DELETE_ALBUMS_OF, DELETE_PHOTOS_OF];
