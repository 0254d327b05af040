//! How fast something goes: measured over the last seconds, so that it neither jumps nor lags.

use std::collections::VecDeque;

const WINDOW_MILLIS: i64 = 4_000;
/// Less time says nothing.
const LEAST_MILLIS: i64 = 400;

/// What was sent when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speed(VecDeque<(i64, u64)>);

impl Speed {
    /// So many bytes are there now.
    pub fn note(&mut self, now_millis: i64, sent: u64) {
        // What was lost and is sent again begins a new measurement.
        if self.0.back().is_some_and(|(_, before)| *before > sent) {
            self.0.clear();
        }
        self.0.push_back((now_millis, sent));
        while self.0.len() > 2 && self.0.get(1).is_some_and(|(at, _)| now_millis - at > WINDOW_MILLIS) {
            self.0.pop_front();
        }
    }

    /// Bytes a second; none until there is something to tell.
    #[must_use]
    pub fn bytes_per_second(&self) -> Option<u64> {
        let ((start, first), (end, last)) = (self.0.front()?, self.0.back()?);
        let millis = u64::try_from(end - start).ok().filter(|_| end - start >= LEAST_MILLIS)?;
        Some((last - first).saturating_mul(1_000) / millis)
    }

    /// Begins anew: after a rest the old times say nothing.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_what_happened_lately() {
        let mut speed = Speed::default();
        speed.note(0, 0);
        speed.note(100, 50);
        assert_eq!(speed.bytes_per_second(), None, "too early to tell");
        speed.note(1_000, 1_000);
        assert_eq!(speed.bytes_per_second(), Some(1_000));
        for second in 2..=20 {
            speed.note(second * 1_000, 1_000);
        }
        assert_eq!(speed.bytes_per_second(), Some(0), "it stands still");
        speed.note(21_000, 10);
        assert_eq!(speed.bytes_per_second(), None, "it began again");
    }
}
