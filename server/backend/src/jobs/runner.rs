//! Takes jobs and runs them, one at a time per process and lane.

use super::{
    Handlers, JobError, Jobs, Lane, Tries,
    store::{self, Taken},
};
use db::Db;
use domain::clock::Clock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A worker that does not come back within this time loses the job to another.
const LEASE_SECONDS: i64 = 120;
/// How often a worker says that it still has the job.
const RENEW_INTERVAL: Duration = Duration::from_secs(30);
/// The last try, about a day after the first.
pub(crate) const ATTEMPTS_MAX: i64 = 14;
const PAUSE_MAX_SECONDS: i64 = 3 * 3_600;
/// How often to look for jobs of other processes and those whose time has come.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);

/// Runs jobs.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) jobs: Jobs,
    pub(crate) handlers: Handlers,
}

impl Runner {
    /// Until told to stop. A job that is running is finished first.
    pub(crate) async fn run(self, lane: Lane, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.run_lane(lane, &stop).await {
                tracing::error!(cause = %error, "jobs could not be taken from the database");
            }
            self.report().await;
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.jobs.woken(lane) => {}
                () = tokio::time::sleep(LOOK_INTERVAL) => {}
            }
        }
    }

    /// Everything that is due now; tells how many tries that were.
    pub(crate) async fn run_due(&self) -> Result<usize, sqlx::Error> {
        let (mut tries, stop) = (0, CancellationToken::new());
        for lane in Lane::ALL {
            tries += self.run_lane(lane, &stop).await?;
        }
        Ok(tries)
    }

    /// Everything of the lane that is due now, unless told to stop.
    async fn run_lane(&self, lane: Lane, stop: &CancellationToken) -> Result<usize, sqlx::Error> {
        let mut tries = 0;
        while !stop.is_cancelled()
            && let Some(job) = self.take(lane).await?
        {
            let outcome = self.work(&job).await;
            self.settle(&job, outcome).await?;
            tries += 1;
        }
        Ok(tries)
    }

    /// Does the job, and keeps it from other workers for as long as that takes.
    async fn work(&self, job: &Taken) -> Result<(), JobError> {
        let tries = Tries { all: job.attempts, last_failure: job.last_error.as_deref() };
        let work = self.handlers.run(&job.kind, &job.payload, tries);
        tokio::pin!(work);
        loop {
            tokio::select! {
                outcome = &mut work => return outcome,
                // By itself: the job may have the connection that this waits for, and may end before it.
                () = tokio::time::sleep(RENEW_INTERVAL) => drop(tokio::spawn(self.clone().renew(job.clone()))),
            }
        }
    }

    async fn renew(self, job: Taken) {
        let until = self.clock.now().plus_seconds(LEASE_SECONDS);
        let renewed = async { store::renew(&mut self.db.write().await?, &job, until).await };
        if let Err(error) = renewed.await {
            tracing::warn!(job = job.id, cause = %error, "a job could not be kept from other workers");
        }
    }

    async fn take(&self, lane: Lane) -> Result<Option<Taken>, sqlx::Error> {
        let now = self.clock.now();
        store::take(&mut self.db.write().await?, lane, now, now.plus_seconds(LEASE_SECONDS)).await
    }

    async fn settle(&self, job: &Taken, outcome: Result<(), JobError>) -> Result<(), sqlx::Error> {
        let mut connection = self.db.write().await?;
        let now = self.clock.now();
        match outcome {
            Ok(()) => store::finish(&mut connection, job).await,
            Err(JobError::Retry(why)) if job.attempts < ATTEMPTS_MAX => {
                tracing::warn!(job = job.id, kind = job.kind, attempts = job.attempts, cause = why, "a job failed");
                store::postpone(&mut connection, job, now.plus_seconds(pause(job.attempts)), &why).await
            }
            Err(error) => {
                tracing::error!(job = job.id, kind = job.kind, cause = %error, "a job was given up");
                store::bury(&mut connection, job, now, &error.to_string()).await
            }
        }
    }

    async fn report(&self) {
        let counted = async { store::count(&mut self.db.read().await?).await };
        if let Ok((all, dead)) = counted.await {
            #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 jobs")]
            {
                metrics::gauge!("lyceum_jobs_waiting").set((all - dead) as f64);
                metrics::gauge!("lyceum_jobs_dead").set(dead as f64);
            }
        }
    }
}

/// Seconds before the next try: 5, 10, 20 … three hours.
fn pause(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    (5_i64 << doublings).min(PAUSE_MAX_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_three_hours_and_end_after_a_day() {
        assert_eq!([pause(1), pause(2), pause(3)], [5, 10, 20]);
        assert_eq!(pause(60), PAUSE_MAX_SECONDS);
        let all: i64 = (1..ATTEMPTS_MAX).map(pause).sum();
        assert!((6 * 3_600..48 * 3_600).contains(&all), "{all}");
    }
}
