//! What the search compares, folded anew once the folding has changed: the text of a row is else that of the program
//! which wrote it, and the words of a query that of this one.

pub(crate) mod store;

use crate::{accounts::folding::plain, failure::Failure};
use db::Db;
use domain::clock::Clock;
use std::time::Duration;
use store::Column;
use tokio_util::sync::CancellationToken;

/// What [`plain`] makes of a text. The first version kept accents and how letters were put together.
const VERSION: i64 = 2;
/// Rows of one transaction: whoever writes meanwhile waits for no more than these.
const BATCH: i64 = 200;
/// While an update is under way, processes of the older version write on behind this one: so long after each look at all
/// rows there is another, until one finds nothing of theirs.
const AGAIN_SECONDS: i64 = 3_600;
/// How often a process sees whether it is time.
const INTERVAL: Duration = Duration::from_secs(300);
const PAUSE: Duration = Duration::from_secs(10);

/// Folds what older versions have written, for all processes on the database.
#[derive(Clone)]
pub(crate) struct Refolding {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
}

impl Refolding {
    /// Until it is done, or told to stop: the next start begins anew, and finds most of it done.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let pause = match self.once(&stop).await {
                Ok(true) => return,
                Ok(false) => INTERVAL,
                Err(error) => {
                    tracing::error!(cause = %error, "the text for the search could not be folded anew");
                    PAUSE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Looks at all rows when it is time; tells whether it never will be again.
    pub(crate) async fn once(&self, stop: &CancellationToken) -> Result<bool, Failure> {
        let folding = store::find(&mut self.db.read().await?, VERSION).await?;
        match folding.map(|folding| folding.again_at) {
            None => self.look_first(stop).await,
            Some(None) => Ok(true),
            Some(Some(again_at)) if again_at > self.clock.now().micros() => Ok(false),
            Some(Some(_)) => self.look_again(stop).await,
        }
    }

    /// Every process does it that finds it undone: the search waits for it, and whoever began may have ended.
    async fn look_first(&self, stop: &CancellationToken) -> Result<bool, Failure> {
        if self.refold_all(stop).await?.is_some() {
            let again_at = self.clock.now().plus_seconds(AGAIN_SECONDS);
            store::keep_first(&mut self.db.write().await?, VERSION, again_at).await?;
        }
        Ok(false)
    }

    /// One process does it; should it end meanwhile, another does in its turn.
    async fn look_again(&self, stop: &CancellationToken) -> Result<bool, Failure> {
        let now = self.clock.now();
        let again_at = now.plus_seconds(AGAIN_SECONDS);
        if !store::put_off(&mut self.db.write().await?, VERSION, now, again_at).await? {
            return Ok(false);
        }
        let is_settled = self.refold_all(stop).await? == Some(0);
        if is_settled {
            store::settle(&mut self.db.write().await?, VERSION).await?;
        }
        Ok(is_settled)
    }

    /// Tells how many texts were of another version; none when it was told to stop before the end.
    async fn refold_all(&self, stop: &CancellationToken) -> Result<Option<usize>, Failure> {
        let mut stale = 0;
        for column in &store::COLUMNS {
            let mut after = 0;
            while let Some(batch) = self.refold(column, after).await? {
                if stop.is_cancelled() {
                    return Ok(None);
                }
                stale += batch.stale;
                after = batch.last;
            }
        }
        Ok(Some(stale))
    }

    /// The rows after that one; none at the end.
    async fn refold(&self, column: &Column, after: i64) -> Result<Option<Batch>, Failure> {
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
        Ok(rows.last().map(|(last, _)| Batch { last: *last, stale: changed.len() }))
    }
}

/// Rows that were looked at together.
struct Batch {
    /// The id of the last of them.
    last: i64,
    stale: usize,
}
