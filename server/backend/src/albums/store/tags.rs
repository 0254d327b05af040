//! Tags of photos.

use db::{Connection, on};
use sqlx::QueryBuilder;
use uuid::Uuid;

const OF: &str = "select photo_id, tag from photo_tags where photo_id in (";
const CLEAR: &str = "delete from photo_tags where photo_id = $1";
const ADD: &str = "insert into photo_tags (photo_id, tag, search_tag) ";
const COPY: &str = "insert into photo_tags (photo_id, tag, search_tag) \
     select $2, tag, search_tag from photo_tags where photo_id = $1";
const BEGINNING: &str = concat!(
    "with ",
    roles!("$1"),
    "select t.tag, count(*) as photos from roles r join albums a on a.id = r.album_id \
     join photos p on p.album_id = a.id join photo_tags t on t.photo_id = p.id \
     where a.deleted_at is null and p.deleted_at is null and t.search_tag like $2 escape '\\' \
     group by t.tag order by photos desc, t.tag limit $3"
);

/// The tags of the photos, in alphabetical order for each.
pub(crate) async fn tags_of(c: &mut Connection, photos: &[Uuid]) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
    if photos.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(OF);
        let mut list = query.separated(", ");
        for id in photos {
            list.push_bind(*id);
        }
        query.push(") order by photo_id, tag");
        query.build_query_as().persistent(photos.len() == 1).fetch_all(&mut *c).await
    })
}

/// Replaces all tags of a photo; each comes with its form for the search.
pub(crate) async fn set_tags(c: &mut Connection, photo_id: Uuid, tags: &[(&str, String)]) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CLEAR).bind(photo_id).execute(&mut *c).await.map(drop))?;
    add_tags(c, photo_id, tags).await
}

/// Gives tags to a photo that has none.
pub(crate) async fn add_tags(c: &mut Connection, photo_id: Uuid, tags: &[(&str, String)]) -> Result<(), sqlx::Error> {
    if tags.is_empty() {
        return Ok(());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(ADD);
        query.push_values(tags, |mut row, (tag, search_tag)| {
            row.push_bind(photo_id).push_bind(*tag).push_bind(search_tag.as_str());
        });
        query.build().persistent(false).execute(&mut *c).await.map(drop)
    })
}

pub(crate) async fn copy_tags(c: &mut Connection, from: Uuid, to: Uuid) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(COPY).bind(from).bind(to).execute(&mut *c).await.map(drop))
}

/// Tags of photos that the person sees, by a pattern, the most used first.
pub(crate) async fn tags_like(
    c: &mut Connection,
    account_id: i64,
    pattern: &str,
    limit: i64,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(BEGINNING).bind(account_id).bind(pattern).bind(limit).fetch_all(&mut *c).await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 3] = [CLEAR, COPY, BEGINNING];
