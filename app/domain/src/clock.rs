//! The only source of time, identifiers and randomness on the server, so that tests can hold the clock still.

use crate::Timestamp;
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use uuid::Uuid;

/// Tells the time. Clones share one offset, so advancing one advances all.
#[derive(Clone, Debug)]
pub struct Clock {
    offset_micros: Arc<AtomicI64>,
    /// The sum of all moves forward, without those back.
    forward_micros: Arc<AtomicI64>,
    started: Instant,
    /// What the machine said when the clock was stopped.
    stopped: Arc<OnceLock<Machine>>,
}

/// What the machine says of the time.
#[derive(Clone, Copy, Debug)]
struct Machine {
    since_epoch: Duration,
    since_start: Duration,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            offset_micros: Arc::default(),
            forward_micros: Arc::default(),
            started: Instant::now(),
            stopped: Arc::default(),
        }
    }
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let micros = i64::try_from(self.machine().since_epoch.as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_micros(micros.saturating_add(self.offset_micros.load(Ordering::Relaxed)))
    }

    /// Time since this clock was made; it goes on evenly when the machine's clock is set back. For intervals.
    #[must_use]
    pub fn steady(&self) -> Duration {
        let forward = u64::try_from(self.forward_micros.load(Ordering::Relaxed)).unwrap_or_default();
        self.machine().since_start.saturating_add(Duration::from_micros(forward))
    }

    /// Moves every clone of this clock forward, or back for a negative number.
    pub fn advance_seconds(&self, seconds: i64) {
        let micros = seconds.saturating_mul(1_000_000);
        self.offset_micros.fetch_add(micros, Ordering::Relaxed);
        self.forward_micros.fetch_add(micros.max(0), Ordering::Relaxed);
    }

    /// Stops every clone of this clock: it goes on only when it is moved. For tests of a limit to the second.
    pub fn stop(&self) {
        self.stopped.get_or_init(|| self.running());
    }

    fn machine(&self) -> Machine {
        self.stopped.get().copied().unwrap_or_else(|| self.running())
    }

    fn running(&self) -> Machine {
        Machine {
            since_epoch: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
            since_start: self.started.elapsed(),
        }
    }
}

/// A random identifier (RFC 9562 version 4), for what must not be guessed from its neighbour.
#[must_use]
pub fn random_uuid() -> Uuid {
    uuid::Builder::from_random_bytes(random_bytes()).into_uuid()
}

/// Bytes from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness to give: nothing that we do is safe then.
#[must_use]
#[expect(clippy::expect_used, reason = "without randomness every secret would be guessable: stop instead")]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_their_offset() {
        let clock = Clock::system();
        let clone = clock.clone();
        let before = clone.now();
        clock.advance_seconds(3_600);
        assert!(clone.now().seconds_since(before) >= 3_600);
    }

    #[test]
    fn steady_time_never_goes_back() {
        let clock = Clock::system();
        clock.advance_seconds(60);
        let before = clock.steady();
        clock.advance_seconds(-3_600);
        assert!(clock.steady() >= before && before >= Duration::from_secs(60));
    }

    #[test]
    fn a_stopped_clock_goes_on_only_when_it_is_moved() {
        let clock = Clock::system();
        let clone = clock.clone();
        clock.stop();
        let (now, steady) = (clone.now(), clone.steady());
        while Clock::system().now() <= now {}
        assert_eq!((clone.now(), clone.steady()), (now, steady));
        clock.advance_seconds(30);
        assert_eq!(clone.now(), now.plus_seconds(30));
        assert_eq!(clone.steady(), steady + Duration::from_secs(30));
    }

    #[test]
    fn random_uuids_are_version_4_and_differ() {
        let (one, other) = (random_uuid(), random_uuid());
        assert_eq!(one.get_version_num(), 4);
        assert_ne!(one, other);
    }
}
