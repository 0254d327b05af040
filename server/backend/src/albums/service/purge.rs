//! Throwing away what was deleted, once that cannot be undone any more.

use super::{AlbumService, store};
use crate::{
    failure::Failure,
    jobs::{self, PURGE_ALBUMS},
};
use db::Connection;
use domain::{Timestamp, albums::UNDO_SECONDS};
use std::collections::HashSet;
use uuid::Uuid;

/// Photos that one transaction throws away at most, so that it holds no lock for long.
const BATCH: i64 = 500;

impl AlbumService {
    /// Has everything thrown away then that cannot be brought back any more.
    pub(super) async fn purge_later(&self, c: &mut Connection, at: Timestamp) -> Result<(), Failure> {
        jobs::enqueue_at(c, None, PURGE_ALBUMS, &serde_json::json!({}), self.clock.now(), at).await
    }

    /// Takes away a person who cancels their account: their albums, what they added elsewhere, what was shared with
    /// them. There is nothing to undo.
    pub(crate) async fn forget_person(&self, c: &mut Connection, account_id: i64) -> Result<(), Failure> {
        store::leave_all_albums(c, account_id).await?;
        if store::delete_all_of(c, account_id).await? > 0 {
            self.purge_later(c, self.clock.now()).await?;
        }
        Ok(())
    }

    /// Throws away what was deleted too long ago to be brought back.
    ///
    /// # Errors
    /// When the database fails; what was not thrown away is still due.
    pub(crate) async fn purge(&self) -> Result<(), Failure> {
        let until = self.clock.now().plus_seconds(-UNDO_SECONDS);
        loop {
            let mut transaction = self.db.begin().await?;
            let due = store::due_photos(&mut transaction, until, BATCH).await?;
            if due.is_empty() {
                let cancelled = store::cancelled_albums(&mut transaction).await?.into_iter().collect();
                let woken = self.tell(&mut transaction, &cancelled).await?;
                store::forget_albums(&mut transaction, until).await?;
                transaction.commit().await?;
                self.events.publish(woken);
                return Ok(());
            }
            let (photos, objects): (Vec<Uuid>, HashSet<Uuid>) = due.into_iter().unzip();
            let cancelled = store::albums_of_cancelled(&mut transaction, &photos).await?.into_iter().collect();
            store::forget_photos(&mut transaction, &photos).await?;
            // What a copy still shows stays.
            let objects: Vec<Uuid> = objects.into_iter().collect();
            self.uploads.remove(&mut transaction, &objects, self.clock.now()).await?;
            self.finish(transaction, &cancelled).await?;
        }
    }
}
