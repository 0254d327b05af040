//! The latest events in memory, so that whoever comes late can be told what they have missed.

use std::collections::VecDeque;

/// The most that is kept.
const KEPT: usize = 500;

/// Events by cursor, without a gap since its start.
#[derive(Clone, Debug)]
pub struct EventLog<T> {
    start: i64,
    end: i64,
    events: VecDeque<(i64, T)>,
}

/// What to do with an event that names the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the next one.
    Next,
    /// It was there before.
    Known,
    /// There are others between.
    AfterGap,
}

impl<T: Clone> EventLog<T> {
    /// A log that begins after a cursor.
    #[must_use]
    pub const fn new(start: i64) -> Self {
        Self { start, end: start, events: VecDeque::new() }
    }

    /// The cursor of the last event.
    #[must_use]
    pub const fn end(&self) -> i64 {
        self.end
    }

    /// Where an event stands that comes after `previous`.
    #[must_use]
    pub const fn place(&self, previous: i64, cursor: i64) -> Place {
        if cursor <= self.end {
            Place::Known
        } else if previous <= self.end {
            Place::Next
        } else {
            Place::AfterGap
        }
    }

    /// Keeps an event.
    pub fn push(&mut self, cursor: i64, event: T) {
        self.end = cursor;
        self.events.push_back((cursor, event));
        if self.events.len() > KEPT
            && let Some((dropped, _)) = self.events.pop_front()
        {
            self.start = dropped;
        }
    }

    /// The events after a cursor, each with the cursor before it; none when some of them are not kept any more.
    #[must_use]
    pub fn after(&self, cursor: i64) -> Option<Vec<(i64, i64, T)>> {
        if cursor < self.start {
            return None;
        }
        let mut previous = cursor;
        let missed = self.events.iter().filter(|(at, _)| *at > cursor);
        let chained = missed.map(|(at, event)| (std::mem::replace(&mut previous, *at), *at, event.clone()));
        Some(chained.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latecomer_gets_what_it_missed() {
        let mut log = EventLog::new(10);
        log.push(12, "a");
        log.push(15, "b");
        assert_eq!(log.after(10), Some(vec![(10, 12, "a"), (12, 15, "b")]));
        assert_eq!(log.after(12), Some(vec![(12, 15, "b")]));
        assert_eq!(log.after(99), Some(vec![]));
        assert_eq!(log.after(9), None);
    }

    #[test]
    fn what_is_too_old_is_not_pretended_to_be_there() {
        let mut log = EventLog::new(0);
        (1..=600).for_each(|cursor| log.push(cursor, ()));
        assert_eq!(log.after(99), None);
        assert_eq!(log.after(100).map(|events| events.len()), Some(KEPT));
    }

    #[test]
    fn a_gap_and_a_repetition_are_noticed() {
        let mut log = EventLog::new(10);
        log.push(12, ());
        assert_eq!(log.place(12, 13), Place::Next);
        assert_eq!(log.place(10, 12), Place::Known);
        assert_eq!(log.place(11, 14), Place::Next);
        assert_eq!(log.place(13, 14), Place::AfterGap);
    }
}
