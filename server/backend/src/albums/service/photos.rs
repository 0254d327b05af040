//! Looking at photos.

use super::{
    AlbumService, checks,
    cursor::List,
    files, no_photo,
    store::{self, PhotoFilter},
    view,
};
use crate::{accounts::folding::plain_beginning, failure::Failure};
use db::Connection;
use domain::{
    ApiError, FieldError, Viewer,
    albums::{Part, Photo, PhotoList, PhotoSort, PhotoTile, TAG_MAX, TagCount},
    text,
};
use uuid::Uuid;

/// Most tags that are proposed.
const TAGS_PROPOSED: i64 = 20;

impl AlbumService {
    pub(super) async fn album_photos(
        &self,
        viewer: &Viewer,
        id: Uuid,
        sort: PhotoSort,
        part: Part,
    ) -> Result<PhotoList, Failure> {
        checks::limit(part.limit)?;
        let (list, patterns) = (List::Album(id, sort), checks::query_patterns(part.query.as_deref())?);
        let after = part.after.map(|cursor| list.place(&cursor)).transpose()?;
        let mut connection = self.db.read().await?;
        self.standing(&mut connection, viewer, id).await?;
        let filter = PhotoFilter {
            album_id: Some(id),
            patterns: &patterns,
            sort,
            after,
            limit: Some(part.limit + 1),
            ..PhotoFilter::default()
        };
        page(&mut connection, viewer, list, &filter, part.limit).await
    }

    pub(super) async fn search_photos(&self, viewer: &Viewer, part: Part) -> Result<PhotoList, Failure> {
        checks::limit(part.limit)?;
        let patterns = checks::query_patterns(part.query.as_deref())?;
        let after = part.after.map(|cursor| List::Photos.place(&cursor)).transpose()?;
        let filter = PhotoFilter {
            patterns: &patterns,
            sort: PhotoSort::Added,
            after,
            limit: Some(part.limit + 1),
            ..PhotoFilter::default()
        };
        page(&mut self.db.read().await?, viewer, List::Photos, &filter, part.limit).await
    }

    pub(super) async fn one_photo(&self, viewer: &Viewer, id: Uuid) -> Result<Photo, Failure> {
        let mut connection = self.db.read().await?;
        Ok(several(&mut connection, viewer, &[id]).await?.pop().ok_or_else(no_photo)?)
    }

    pub(super) async fn album_tiles(
        &self,
        viewer: &Viewer,
        id: Uuid,
        sort: PhotoSort,
    ) -> Result<Vec<PhotoTile>, Failure> {
        let mut connection = self.db.read().await?;
        self.standing(&mut connection, viewer, id).await?;
        let filter = PhotoFilter { album_id: Some(id), sort, ..PhotoFilter::default() };
        let rows = store::photos(&mut connection, viewer.account_id, &filter).await?;
        let objects: Vec<Uuid> = rows.iter().map(|row| row.object_id).collect();
        let mut pictures = files::pictures(&mut connection, &objects).await?;
        Ok(rows.into_iter().filter_map(|row| Some(view::tile(&row, pictures.remove(&row.object_id)?))).collect())
    }

    pub(super) async fn tags_beginning(&self, viewer: &Viewer, beginning: &str) -> Result<Vec<TagCount>, Failure> {
        let beginning = beginning.trim().trim_start_matches('#');
        if !beginning.is_empty() {
            text::line("query", beginning, TAG_MAX)
                .map_err(|error| ApiError::validation(vec![FieldError::query("query", &error.rule, error.msg)]))?;
        }
        let pattern = plain_beginning(beginning);
        let mut connection = self.db.read().await?;
        let found = store::tags_like(&mut connection, viewer.account_id, &pattern, TAGS_PROPOSED).await?;
        Ok(found.into_iter().map(|(tag, count)| TagCount { tag, count }).collect())
    }
}

/// The photos of these ids that the viewer sees, in no order.
pub(super) async fn several(c: &mut Connection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Photo>, Failure> {
    let filter = PhotoFilter { ids: Some(ids), ..PhotoFilter::default() };
    let rows = store::photos(c, viewer.account_id, &filter).await?;
    view::photos(c, viewer, rows).await
}

async fn page(
    c: &mut Connection,
    viewer: &Viewer,
    list: List,
    filter: &PhotoFilter<'_>,
    limit: i64,
) -> Result<PhotoList, Failure> {
    let mut rows = store::photos(c, viewer.account_id, filter).await?;
    let has_more = view::truncate(&mut rows, limit);
    let next = rows.last().filter(|_| has_more).map(|last| list.after_photo(last));
    Ok(PhotoList { photos: view::photos(c, viewer, rows).await?, next })
}
