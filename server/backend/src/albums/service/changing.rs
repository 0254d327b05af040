//! Changing and deleting photos, several at once, all or none.

use super::{
    AlbumService,
    adding::with_search,
    checks::{self, Broken},
    files, no_photo, photos,
    store::{self, PhotoFilter, PhotoRow, PhotoTexts},
    view,
};
use crate::{access, accounts::folding::plain, failure::Failure};
use db::Connection;
use domain::{
    ApiError, FieldError, Timestamp, Viewer,
    albums::{Photo, PhotoChange, TAGS_MAX, UNDO_SECONDS, checked_tags},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What a photo is found and sorted by.
#[derive(Clone, Copy, Debug)]
pub(super) struct PhotoWords<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) tags: &'a [String],
    pub(super) filename: &'a str,
}

impl PhotoWords<'_> {
    pub(super) fn search_text(&self) -> String {
        let Self { title, description, tags, filename } = self;
        plain(&format!("{title}\n{description}\n{}\n{filename}", tags.join("\n")))
    }

    pub(super) fn sort_title(&self) -> String {
        plain(if self.title.is_empty() { self.filename } else { self.title })
    }
}

impl AlbumService {
    /// The photos of these ids; until the end of the transaction nobody else changes their albums, nor `also`.
    ///
    /// # Errors
    /// `not_found` when the viewer does not see one of them.
    pub(super) async fn locked_photos(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        ids: &[Uuid],
        also: Option<Uuid>,
    ) -> Result<Vec<PhotoRow>, Failure> {
        let filter = PhotoFilter { ids: Some(ids), ..PhotoFilter::default() };
        let seen = store::photos(c, viewer.account_id, &filter).await?;
        if seen.len() != ids.len() {
            return Err(no_photo().into());
        }
        let mut albums = albums_of(&seen);
        albums.extend(also);
        for album in albums {
            store::lock_album(c, album).await?;
        }
        // They may have gone while we waited.
        let rows = store::photos(c, viewer.account_id, &filter).await?;
        if rows.len() == ids.len() { Ok(rows) } else { Err(no_photo().into()) }
    }

    async fn own_photos(&self, c: &mut Connection, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<PhotoRow>, Failure> {
        let rows = self.locked_photos(c, viewer, ids, None).await?;
        for row in &rows {
            access::changes_photo(viewer, view::role(row.role)?, row.added_by_id)?;
        }
        Ok(rows)
    }

    pub(super) async fn change_several(
        &self,
        viewer: &Viewer,
        ids: Vec<Uuid>,
        change: PhotoChange,
    ) -> Result<Vec<Photo>, Failure> {
        let (ids, change) = (checks::batch(ids)?, checked(&change)?);
        let mut transaction = self.db.begin().await?;
        let rows = self.own_photos(&mut transaction, viewer, &ids).await?;
        let now = self.clock.now();
        change_rows(&mut transaction, &rows, &change, now).await?;
        touch(&mut transaction, &rows, now).await?;
        let photos = photos::several(&mut transaction, viewer, &ids).await?;
        self.finish(transaction, &albums_of(&rows)).await?;
        let mut photos: HashMap<Uuid, Photo> = photos.into_iter().map(|photo| (photo.id, photo)).collect();
        Ok(ids.iter().filter_map(|id| photos.remove(id)).collect())
    }

    pub(super) async fn delete_several(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), Failure> {
        let ids = checks::batch(ids)?;
        let mut transaction = self.db.begin().await?;
        let rows = self.own_photos(&mut transaction, viewer, &ids).await?;
        let now = self.clock.now();
        store::delete_photos(&mut transaction, &ids, now).await?;
        touch(&mut transaction, &rows, now).await?;
        self.purge_later(&mut transaction, now.plus_seconds(UNDO_SECONDS)).await?;
        self.finish(transaction, &albums_of(&rows)).await
    }

    pub(super) async fn restore_several(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), Failure> {
        let ids = checks::batch(ids)?;
        let mut transaction = self.db.begin().await?;
        let now = self.clock.now();
        let since = now.plus_seconds(-UNDO_SECONDS).micros();
        let rows = store::deleted_photos(&mut transaction, viewer.account_id, &ids).await?;
        if rows.len() != ids.len() {
            return Err(no_photo().into());
        }
        for row in &rows {
            let may = access::changes_photo(viewer, view::role(row.role)?, row.added_by_id);
            match row.deleted_at {
                // Who could not have deleted it does not see it either.
                Some(at) if at <= since || may.is_err() => return Err(no_photo().into()),
                Some(_) => {}
                None => may?,
            }
        }
        let albums: BTreeSet<Uuid> = rows.iter().map(|row| row.album_id).collect();
        for album in &albums {
            store::touch_album(&mut transaction, *album, now).await?;
        }
        for row in rows.iter().filter(|row| row.deleted_at.is_some()) {
            store::restore_photo(&mut transaction, row.id).await?;
        }
        self.finish(transaction, &albums).await
    }
}

/// The albums of the photos, in the order in which everybody locks them.
pub(super) fn albums_of(rows: &[PhotoRow]) -> BTreeSet<Uuid> {
    rows.iter().map(|row| row.album_id).collect()
}

async fn touch(c: &mut Connection, rows: &[PhotoRow], now: Timestamp) -> Result<(), Failure> {
    for album in albums_of(rows) {
        store::touch_album(c, album, now).await?;
    }
    Ok(())
}

fn checked(change: &PhotoChange) -> Result<PhotoChange, ApiError> {
    let mut broken = Broken::default();
    let title = change.title.as_deref().map(|title| broken.take(checks::photo_title(title)));
    let description = change.description.as_deref().map(|text| broken.take(checks::description(text)));
    let tags = change.tags.as_deref().map(|tags| broken.take(checked_tags("tags", tags)));
    let add_tags = broken.take(checked_tags("add_tags", &change.add_tags));
    let remove_tags = broken.take(checked_tags("remove_tags", &change.remove_tags));
    broken.finish()?;
    Ok(PhotoChange { title, description, tags, add_tags, remove_tags })
}

async fn change_rows(
    c: &mut Connection,
    rows: &[PhotoRow],
    change: &PhotoChange,
    now: Timestamp,
) -> Result<(), Failure> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let objects: Vec<Uuid> = rows.iter().map(|row| row.object_id).collect();
    let pictures = files::pictures(c, &objects).await?;
    let mut tags_of: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (photo, tag) in store::tags_of(c, &ids).await? {
        tags_of.entry(photo).or_default().push(tag);
    }
    for row in rows {
        let old = tags_of.remove(&row.id).unwrap_or_default();
        let tags = changed_tags(&old, change)?;
        let picture = pictures.get(&row.object_id).ok_or(Failure::Broken("a photo has no file"))?;
        let words = PhotoWords {
            title: change.title.as_deref().unwrap_or(&row.title),
            description: change.description.as_deref().unwrap_or(&row.description),
            tags: &tags,
            filename: &picture.file.filename,
        };
        let texts = PhotoTexts {
            title: words.title,
            description: words.description,
            search_text: &words.search_text(),
            sort_title: &words.sort_title(),
        };
        store::change_photo(c, row.id, &texts, now).await?;
        if tags != old {
            store::set_tags(c, row.id, &with_search(&tags)).await?;
        }
    }
    Ok(())
}

fn changed_tags(old: &[String], change: &PhotoChange) -> Result<Vec<String>, ApiError> {
    let kept = change.tags.as_deref().unwrap_or(old).iter().chain(&change.add_tags);
    let tags: BTreeSet<&String> = kept.filter(|tag| !change.remove_tags.contains(tag)).collect();
    if tags.len() > TAGS_MAX {
        let msg = format!("A photo would have {} tags: add fewer, it can have {TAGS_MAX}.", tags.len());
        return Err(ApiError::validation(vec![FieldError::body("add_tags", "too_many", msg)]));
    }
    Ok(tags.into_iter().cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_replaced_added_and_taken_away() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let change = PhotoChange { add_tags: words(&["c", "a"]), remove_tags: words(&["b"]), ..PhotoChange::default() };
        assert_eq!(changed_tags(&words(&["a", "b"]), &change).unwrap(), ["a", "c"]);
        let change = PhotoChange { tags: Some(words(&["x"])), ..change };
        assert_eq!(changed_tags(&words(&["a", "b"]), &change).unwrap(), ["a", "c", "x"]);
        let many: Vec<String> = (0..TAGS_MAX).map(|number| number.to_string()).collect();
        assert_eq!(changed_tags(&many, &change).unwrap().len(), 3, "they are replaced first");
        let change = PhotoChange { tags: None, ..change };
        assert_eq!(changed_tags(&many, &change).unwrap_err().errors[0].rule, "too_many");
    }
}
