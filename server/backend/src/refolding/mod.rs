//! What the search compares, folded anew once the folding has changed: the text of a row is else that of the program
//! which wrote it, and the words of a query that of this one.

pub(crate) mod store;

use crate::{accounts::folding::plain, failure::Failure};
use db::Db;
use std::time::Duration;
use store::Column;
use tokio_util::sync::CancellationToken;

/// What [`plain`] makes of a text. The first version kept accents and how letters were put together.
const VERSION: i64 = 2;
/// Rows of one transaction: whoever writes meanwhile waits for no more than these.
const BATCH: i64 = 200;
const PAUSE: Duration = Duration::from_secs(10);

/// Folds once, for all processes on the database.
#[derive(Clone)]
pub(crate) struct Refolding {
    pub(crate) db: Db,
}

impl Refolding {
    /// Until it is done, or told to stop: the next start begins anew, and finds most of it done.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.once(&stop).await {
                Ok(()) => return,
                Err(error) => tracing::error!(cause = %error, "the text for the search could not be folded anew"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    pub(crate) async fn once(&self, stop: &CancellationToken) -> Result<(), Failure> {
        if store::is_done(&mut self.db.read().await?, VERSION).await? {
            return Ok(());
        }
        for column in &store::COLUMNS {
            let mut after = 0;
            while let Some(last) = self.refold(column, after).await? {
                if stop.is_cancelled() {
                    return Ok(());
                }
                after = last;
            }
        }
        Ok(store::keep_done(&mut self.db.write().await?, VERSION).await?)
    }

    /// The rows after that one; gives the last of them, none at the end.
    async fn refold(&self, column: &Column, after: i64) -> Result<Option<i64>, Failure> {
        let rows = store::rows(&mut self.db.read().await?, column, after, BATCH).await?;
        let folded = rows.iter().map(|(id, text)| (*id, text, plain(text)));
        let changed: Vec<(i64, &String, String)> = folded.filter(|(_, text, folded)| *text != folded).collect();
        if !changed.is_empty() {
            let mut transaction = self.db.begin().await?;
            for (id, text, folded) in &changed {
                store::replace(&mut transaction, column, *id, text, folded).await?;
            }
            transaction.commit().await?;
        }
        Ok(rows.last().map(|(id, _)| *id))
    }
}
