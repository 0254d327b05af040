//! Putting photos into albums: from an upload, from another album.

use super::{
    AlbumService,
    changing::{PhotoWords, albums_of},
    checks::{self, Broken},
    files, no_photo, photos,
    store::{self, NewPhotoRow, PhotoRow},
    view,
};
use crate::{access, accounts::folding::plain, failure::Failure};
use db::Connection;
use domain::{
    ApiError, Timestamp, Viewer,
    albums::{AddedPhoto, NewPhoto, UNDO_SECONDS, checked_tags},
    clock::random_uuid,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A photo's words, each kept to its rule.
struct Checked {
    title: String,
    description: String,
    tags: Vec<String>,
}

fn checked(new: &NewPhoto) -> Result<Checked, ApiError> {
    let mut broken = Broken::default();
    let title = broken.take(checks::photo_title(&new.title));
    let description = broken.take(checks::description(&new.description));
    let tags = broken.take(checked_tags("tags", &new.tags));
    broken.finish()?;
    Ok(Checked { title, description, tags })
}

impl AlbumService {
    pub(super) async fn add(&self, viewer: &Viewer, album_id: Uuid, new: &NewPhoto) -> Result<AddedPhoto, Failure> {
        let words = checked(new)?;
        let mut transaction = self.db.begin().await?;
        let role = self.locked(&mut transaction, viewer, album_id).await?;
        access::adds_photos(role)?;
        let (object_id, before) = self.take_upload(&mut transaction, viewer, album_id, new.upload_id).await?;
        let (id, created) = match before {
            Some(photo) => (photo, false),
            None => self.insert(&mut transaction, viewer, album_id, object_id, &words).await?,
        };
        let now = self.clock.now();
        if created {
            store::touch_album(&mut transaction, album_id, now).await?;
        } else {
            self.uploads.remove(&mut transaction, &[object_id], now).await?;
        }
        let photo = photos::several(&mut transaction, viewer, &[id]).await?.pop();
        let changed = if created { BTreeSet::from([album_id]) } else { BTreeSet::new() };
        self.finish(transaction, &changed).await?;
        Ok(AddedPhoto { photo: photo.ok_or_else(no_photo)?, created })
    }

    /// The new photo, or the one of the same file that the album has, and which of the two it is.
    async fn insert(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        album_id: Uuid,
        object_id: Uuid,
        words: &Checked,
    ) -> Result<(Uuid, bool), Failure> {
        let original = files::original(c, object_id).await?;
        if let Some(id) = store::photo_by_sha256(c, album_id, &original.sha256).await? {
            return Ok((id, false));
        }
        let (id, now) = (random_uuid(), self.clock.now());
        let Checked { title, description, tags } = words;
        let texts = PhotoWords { title, description, tags, filename: &original.filename };
        let row = NewPhotoRow {
            id,
            album_id,
            object_id,
            sha256: &original.sha256,
            added_by: viewer.account_id,
            title,
            description,
            search_text: &texts.search_text(),
            sort_title: &texts.sort_title(),
            created_at: now,
            taken_at: original.exif.taken_at.as_deref().and_then(taken_at).unwrap_or(now),
        };
        if !store::insert_photo(c, &row).await? {
            return Err(Failure::Broken("a locked album got the same photo from elsewhere"));
        }
        store::add_tags(c, id, &with_search(tags)).await?;
        Ok((id, true))
    }

    pub(super) async fn move_several(&self, viewer: &Viewer, ids: Vec<Uuid>, to: Uuid) -> Result<(), Failure> {
        let ids = checks::batch(ids)?;
        let mut transaction = self.db.begin().await?;
        let rows = self.locked_photos(&mut transaction, viewer, &ids, Some(to)).await?;
        let role = self.standing(&mut transaction, viewer, to).await?;
        access::adds_photos(role)?;
        for row in &rows {
            access::changes_photo(viewer, view::role(row.role)?, row.added_by_id)?;
        }
        let now = self.clock.now();
        let mut doubled = Vec::new();
        for row in rows.iter().filter(|row| row.album_id != to) {
            if !store::move_photo(&mut transaction, row.id, to).await? {
                doubled.push(row.id);
            }
        }
        if !doubled.is_empty() {
            store::delete_photos(&mut transaction, &doubled, now).await?;
            self.purge_later(&mut transaction, now.plus_seconds(UNDO_SECONDS)).await?;
        }
        let albums: BTreeSet<Uuid> = albums_of(&rows).into_iter().chain([to]).collect();
        for album in &albums {
            store::touch_album(&mut transaction, *album, now).await?;
        }
        self.finish(transaction, &albums).await
    }

    pub(super) async fn copy_several(&self, viewer: &Viewer, ids: Vec<Uuid>, to: Uuid) -> Result<(), Failure> {
        let ids = checks::batch(ids)?;
        let mut transaction = self.db.begin().await?;
        let mut rows = self.locked_photos(&mut transaction, viewer, &ids, Some(to)).await?;
        let role = self.standing(&mut transaction, viewer, to).await?;
        access::adds_photos(role)?;
        // Added one after the other, in the order in which they were named.
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
        let (now, mut at) = (self.clock.now(), self.clock.now().micros());
        for PhotoRow { id, .. } in rows {
            let (new, time) = (random_uuid(), Timestamp::from_micros(at));
            if store::copy_photo(&mut transaction, id, new, to, viewer.account_id, time).await? {
                store::copy_tags(&mut transaction, id, new).await?;
                at += 1;
            }
        }
        store::touch_album(&mut transaction, to, now).await?;
        self.finish(transaction, &BTreeSet::from([to])).await
    }
}

/// Each tag with its form for the search.
pub(super) fn with_search(tags: &[String]) -> Vec<(&str, String)> {
    tags.iter().map(|tag| (tag.as_str(), plain(tag))).collect()
}

/// The camera's time; without an offset it is taken for UTC.
fn taken_at(text: &str) -> Option<Timestamp> {
    let utc = |clock: &str| Timestamp::parse(&format!("{clock}Z"));
    let (clock, offset) = text.len().checked_sub(6).and_then(|at| text.split_at_checked(at))?;
    let Some(sign @ ('+' | '-')) = offset.chars().next() else { return Timestamp::parse(text).or_else(|| utc(text)) };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let seconds = hours.parse::<i64>().ok()? * 3_600 + minutes.parse::<i64>().ok()? * 60;
    Some(utc(clock)?.plus_seconds(if sign == '+' { -seconds } else { seconds }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_may_know_its_offset_or_not() {
        let utc = Timestamp::parse("2026-07-01T07:30:00Z");
        assert!(utc.is_some());
        assert_eq!(taken_at("2026-07-01T09:30:00+02:00"), utc);
        assert_eq!(taken_at("2026-07-01T02:00:00-05:30"), utc);
        assert_eq!(taken_at("2026-07-01T07:30:00"), utc);
        assert_eq!(taken_at("2026-07-01T07:30:00Z"), utc);
        for bad in ["yesterday", "", "+02:00", "żółwżółw", "2026-07-01T07:30:00+2"] {
            assert_eq!(taken_at(bad), None, "{bad}");
        }
    }
}
