//! Telling everybody who sees an album that it looks different.

use super::{AlbumService, store};
use crate::{events::Woken, failure::Failure};
use db::{Connection, Transaction};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl AlbumService {
    /// Writes it for everybody who sees the albums now. Whoever is about to be taken out has to be told before.
    pub(super) async fn tell(&self, c: &mut Connection, albums: &BTreeSet<Uuid>) -> Result<Woken, Failure> {
        let mut concerned = BTreeMap::new();
        for id in albums {
            concerned.insert(*id, store::audience(c, *id).await?);
        }
        self.events.record_albums(c, &concerned).await
    }

    /// Ends a transaction that has changed albums.
    pub(super) async fn finish(&self, mut transaction: Transaction, albums: &BTreeSet<Uuid>) -> Result<(), Failure> {
        let woken = self.tell(&mut transaction, albums).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }
}
