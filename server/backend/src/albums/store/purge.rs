//! Throwing away what was deleted.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

const DUE_PHOTOS: &str = "select id, object_id from photos where deleted_at <= $1 order by deleted_at limit $2";
const DUE_ALBUM_PHOTOS: &str = "select p.id, p.object_id from albums a join photos p on p.album_id = a.id \
     where a.deleted_at <= $1 limit $2";
/// Of a cancelled account; everybody else has heard of the deletion when it came.
const CANCELLED_PHOTOS_IN: &str = "select distinct album_id from photos where deleted_at = 0 and id in (";
const CANCELLED_ALBUMS: &str = "select id from albums where deleted_at = 0";
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

/// The albums of those photos that go with a cancelled account.
pub(crate) async fn albums_of_cancelled(c: &mut Connection, photos: &[Uuid]) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(CANCELLED_PHOTOS_IN);
        let mut list = query.separated(", ");
        for id in photos {
            list.push_bind(*id);
        }
        query.push(")");
        query.build_query_scalar().persistent(false).fetch_all(&mut *c).await
    })
}

/// The albums that go with a cancelled account.
pub(crate) async fn cancelled_albums(c: &mut Connection) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(CANCELLED_ALBUMS).fetch_all(&mut *c).await)
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

/// Deletes all albums of a person, and all photos that they added anywhere, beyond undoing; tells
/// how many these are.
pub(crate) async fn delete_all_of(c: &mut Connection, account_id: i64) -> Result<u64, sqlx::Error> {
    on!(c, c => {
        let albums = sqlx::query(DELETE_ALBUMS_OF).bind(account_id).execute(&mut *c).await?.rows_affected();
        let photos = sqlx::query(DELETE_PHOTOS_OF).bind(account_id).execute(&mut *c).await?.rows_affected();
        Ok(albums + photos)
    })
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 6] =
    [DUE_PHOTOS, DUE_ALBUM_PHOTOS, CANCELLED_ALBUMS, EMPTY_ALBUMS, DELETE_ALBUMS_OF, DELETE_PHOTOS_OF];
