//! Takes messages from the table to the publisher.

use super::{
    Consumer, InProcess, Message, Publisher,
    store::{self, Taken},
};
use crate::{failure::Failure, jobs::Jobs};
use db::Db;
use domain::{Timestamp, clock::Clock};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// A process that does not come back within this time loses the message to another.
const LEASE_SECONDS: i64 = 60;
const PAUSE_MAX_SECONDS: i64 = 300;
/// How often to look for messages of other processes and those whose time has come.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);
/// What was handled is remembered for so long: nothing is delivered again after that.
const HANDLED_SECONDS: i64 = 7 * 86_400;

/// Delivers messages until they are delivered. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Relay {
    db: Db,
    clock: Clock,
    publisher: Arc<dyn Publisher>,
    jobs: Jobs,
}

impl Relay {
    pub(crate) fn new(db: Db, clock: Clock, publisher: Arc<dyn Publisher>, jobs: Jobs) -> Self {
        Self { db, clock, publisher, jobs }
    }

    /// One that delivers to parts of this program.
    pub(crate) fn within(db: &Db, clock: &Clock, jobs: &Jobs, consumers: Vec<Arc<dyn Consumer>>) -> Self {
        let publisher = InProcess { db: db.clone(), clock: clock.clone(), consumers };
        Self::new(db.clone(), clock.clone(), Arc::new(publisher), jobs.clone())
    }

    /// Until told to stop. A message that is being delivered is finished first.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.run_until(&stop).await {
                tracing::error!(cause = %error, "messages could not be taken from the outbox");
            }
            self.report().await;
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.jobs.outbox_woken() => {}
                () = tokio::time::sleep(LOOK_INTERVAL) => {}
            }
        }
    }

    /// Everything that is due now; tells how many tries that were.
    pub(crate) async fn run_due(&self) -> Result<usize, sqlx::Error> {
        self.run_until(&CancellationToken::new()).await
    }

    async fn run_until(&self, stop: &CancellationToken) -> Result<usize, sqlx::Error> {
        let mut tries = 0;
        while !stop.is_cancelled()
            && let Some(taken) = self.take().await?
        {
            let outcome = self.publisher.publish(&message(&taken)).await;
            self.settle(&taken, outcome).await?;
            tries += 1;
        }
        Ok(tries)
    }

    /// Forgets what was handled so long ago that it cannot come again.
    pub(crate) async fn forget_old(&self, now: Timestamp) -> Result<(), sqlx::Error> {
        store::forget_handled(&mut self.db.write().await?, now.plus_seconds(-HANDLED_SECONDS)).await
    }

    pub(super) async fn take(&self) -> Result<Option<Taken>, sqlx::Error> {
        let now = self.clock.now();
        store::take(&mut self.db.write().await?, now, now.plus_seconds(LEASE_SECONDS)).await
    }

    /// A message is never given up: those behind it would come out of order.
    async fn settle(&self, taken: &Taken, outcome: Result<(), Failure>) -> Result<(), sqlx::Error> {
        let mut connection = self.db.write().await?;
        match outcome {
            Ok(()) => store::finish(&mut connection, taken).await,
            Err(failure) => {
                let Taken { topic, event_id, attempts, .. } = taken;
                tracing::warn!(topic, %event_id, attempts, cause = %failure, "a message was not delivered");
                let at = self.clock.now().plus_seconds(pause(*attempts));
                store::postpone(&mut connection, taken, at, &failure.to_string()).await
            }
        }
    }

    async fn report(&self) {
        let counted = async { store::count(&mut self.db.read().await?).await };
        if let Ok(waiting) = counted.await {
            #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 messages")]
            metrics::gauge!("lyceum_outbox_waiting").set(waiting as f64);
        }
    }
}

fn message(taken: &Taken) -> Message {
    Message {
        event_id: taken.event_id,
        topic: taken.topic.clone(),
        key: taken.event_key.clone(),
        payload: taken.payload.clone(),
        created_at: Timestamp::from_micros(taken.created_at),
    }
}

/// Seconds before the next try: 1, 2, 4 … five minutes.
fn pause(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    (1_i64 << doublings).min(PAUSE_MAX_SECONDS)
}
