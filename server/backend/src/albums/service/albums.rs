//! Making, listing, changing and deleting albums.

use super::{
    AlbumService, checks,
    checks::Broken,
    cursor::List,
    store::{self, AlbumFilter, NewAlbumRow},
    view,
};
use crate::{access, accounts::folding::plain, conversations::store as conversations, failure::Failure};
use db::Connection;
use domain::{
    ApiError, FieldError, Viewer,
    albums::{Album, AlbumChange, AlbumList, NewAlbum, Part, UNDO_SECONDS},
    clock::random_uuid,
};
use std::collections::BTreeSet;
use uuid::Uuid;

impl AlbumService {
    pub(super) async fn list(&self, viewer: &Viewer, part: Part) -> Result<AlbumList, Failure> {
        checks::limit(part.limit)?;
        let patterns = checks::query_patterns(part.query.as_deref())?;
        let after = part.after.map(|cursor| List::Albums.time(&cursor)).transpose()?;
        let mut connection = self.db.read().await?;
        let filter = AlbumFilter { id: None, patterns: &patterns, after, limit: part.limit + 1 };
        let mut rows = store::albums(&mut connection, viewer.account_id, &filter).await?;
        let has_more = view::truncate(&mut rows, part.limit);
        let last = rows.last().filter(|_| has_more);
        let next = last.map(|last| List::Albums.after_time(last.updated_at, last.id));
        Ok(AlbumList { albums: view::albums(&mut connection, viewer, rows).await?, next })
    }

    pub(super) async fn find(&self, viewer: &Viewer, id: Uuid) -> Result<Album, Failure> {
        Ok(self.seen(viewer, id).await?.ok_or_else(|| ApiError::not_found("There is no such album."))?)
    }

    /// The album as the viewer sees it; none when they do not.
    pub(crate) async fn seen(&self, viewer: &Viewer, id: Uuid) -> Result<Option<Album>, Failure> {
        let mut connection = self.db.read().await?;
        let filter = AlbumFilter { id: Some(id), limit: 1, ..AlbumFilter::default() };
        let rows = store::albums(&mut connection, viewer.account_id, &filter).await?;
        Ok(view::albums(&mut connection, viewer, rows).await?.pop())
    }

    pub(super) async fn make_album(&self, viewer: &Viewer, new: &NewAlbum) -> Result<Album, Failure> {
        let mut broken = Broken::default();
        let title = broken.take(checks::album_title(&new.title));
        let description = broken.take(checks::description(&new.description));
        broken.finish()?;
        let id = random_uuid();
        let row = NewAlbumRow {
            id,
            owner_id: viewer.account_id,
            title: &title,
            description: &description,
            search_text: &search_text(&title, &description),
            created_at: self.clock.now(),
        };
        let mut transaction = self.db.begin().await?;
        store::insert_album(&mut transaction, &row).await?;
        self.finish(transaction, &BTreeSet::from([id])).await?;
        self.find(viewer, id).await
    }

    pub(super) async fn change_album(&self, viewer: &Viewer, id: Uuid, change: AlbumChange) -> Result<(), Failure> {
        let mut broken = Broken::default();
        let title = change.title.map(|title| broken.take(checks::album_title(&title)));
        let description = change.description.map(|text| broken.take(checks::description(&text)));
        broken.finish()?;
        let mut transaction = self.db.begin().await?;
        let role = self.locked(&mut transaction, viewer, id).await?;
        access::owns_album(role)?;
        hold_audience(&mut transaction, id).await?;
        if let Some(photo_id) = change.cover_photo_id {
            if !store::has_photo(&mut transaction, id, photo_id).await? {
                let msg = "This is no photo of the album: choose one of its own.";
                return Err(ApiError::validation(vec![FieldError::body("cover_photo_id", "unknown", msg)]).into());
            }
            store::choose_cover(&mut transaction, id, photo_id).await?;
        }
        let (old_title, old_description) = store::album_texts(&mut transaction, id).await?;
        let (title, description) = (title.unwrap_or(old_title), description.unwrap_or(old_description));
        let search_text = search_text(&title, &description);
        store::change_album(&mut transaction, id, &title, &description, &search_text).await?;
        store::touch_album(&mut transaction, id, self.clock.now()).await?;
        self.finish(transaction, &BTreeSet::from([id])).await
    }

    pub(super) async fn delete_album(&self, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let role = self.locked(&mut transaction, viewer, id).await?;
        access::owns_album(role)?;
        hold_audience(&mut transaction, id).await?;
        let now = self.clock.now();
        store::delete_album(&mut transaction, id, now).await?;
        self.purge_later(&mut transaction, now.plus_seconds(UNDO_SECONDS)).await?;
        self.finish(transaction, &BTreeSet::from([id])).await
    }

    pub(super) async fn restore_album(&self, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
        let since = self.clock.now().plus_seconds(-UNDO_SECONDS);
        let mut transaction = self.db.begin().await?;
        if store::restore_album(&mut transaction, id, viewer.account_id, since).await? {
            hold_audience(&mut transaction, id).await?;
            return self.finish(transaction, &BTreeSet::from([id])).await;
        }
        // It was not deleted, or is out of reach for good.
        Ok(access::owns_album(self.standing(&mut transaction, viewer, id).await?)?)
    }
}

/// Whoever joins or leaves a conversation that has the album waits, and then hears how it looks by now.
async fn hold_audience(c: &mut Connection, album_id: Uuid) -> Result<(), Failure> {
    for conversation in store::conversations_of_album(c, album_id).await? {
        conversations::lock(c, conversation).await?;
    }
    Ok(())
}

fn search_text(title: &str, description: &str) -> String {
    plain(&format!("{title}\n{description}"))
}
