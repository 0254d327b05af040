//! The events of this tab, handed to everybody who follows them: each from the place at which their data was read.

use crate::browser::event_log::EventLog;
use domain::events::Event;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Callback = Arc<dyn Fn(&Event) + Send + Sync>;

/// Followers of the event stream.
#[derive(Clone, Default)]
pub(super) struct Feed(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// None until the stream is open.
    log: Option<EventLog<Arc<Event>>>,
    followers: Vec<Follower>,
    next_id: u64,
}

struct Follower {
    id: u64,
    /// The last event that it knows of, from its data or from here.
    position: i64,
    callback: Callback,
}

impl Feed {
    /// Adds a follower whose data knows of everything up to a cursor.
    pub(super) fn add(&self, after: i64, callback: Callback) -> u64 {
        let mut state = self.state();
        let id = state.next_id;
        state.next_id += 1;
        state.followers.push(Follower { id, position: after, callback });
        id
    }

    /// A follower has left.
    pub(super) fn remove(&self, id: u64) {
        self.state().followers.retain(|follower| follower.id != id);
    }

    /// A follower has data that knows of everything up to a cursor: brings it from there to now. Answers with a
    /// cursor from which the stream must come again, when what the follower needs is not kept here.
    #[must_use]
    pub(super) fn bring_up_to_date(&self, id: u64, after: i64) -> Option<i64> {
        let (callback, missed) = {
            let mut state = self.state();
            let missed = match &state.log {
                None => Vec::new(),
                Some(log) => match log.after(after) {
                    Some(missed) => missed,
                    None => {
                        state.move_follower(id, after);
                        return Some(after);
                    }
                },
            };
            let position = state.log.as_ref().map_or(after, |log| log.end().max(after));
            (state.move_follower(id, position)?, missed)
        };
        missed.iter().for_each(|(_, _, event)| callback(event));
        None
    }

    /// The stream begins, or begins again, after a cursor: the oldest that any follower needs.
    pub(super) fn start(&self, after: i64) -> i64 {
        let mut state = self.state();
        let oldest = state.followers.iter().map(|follower| follower.position).fold(after, i64::min);
        state.log = Some(EventLog::new(oldest));
        oldest
    }

    /// Something has changed.
    pub(super) fn deliver(&self, cursor: Option<i64>, event: Event) {
        let event = Arc::new(event);
        let callbacks = match cursor {
            None => self.everybody(),
            Some(cursor) => self.keep(cursor, &event),
        };
        // Called without the lock: a callback may follow, leave or catch up itself.
        callbacks.iter().for_each(|callback| callback(&event));
    }

    /// Events up to this cursor are missing.
    pub(super) fn reset(&self, cursor: i64) {
        let callbacks = {
            let mut state = self.state();
            state.log = Some(EventLog::new(cursor));
            state.behind(cursor)
        };
        callbacks.iter().for_each(|callback| callback(&Event::Reset));
    }

    fn everybody(&self) -> Vec<Callback> {
        self.state().followers.iter().map(|follower| follower.callback.clone()).collect()
    }

    fn keep(&self, cursor: i64, event: &Arc<Event>) -> Vec<Callback> {
        let mut state = self.state();
        if let Some(log) = &mut state.log
            && cursor > log.end()
        {
            log.push(cursor, event.clone());
        }
        state.behind(cursor)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Everybody who does not know of a cursor yet; from now on they do.
    fn behind(&mut self, cursor: i64) -> Vec<Callback> {
        let behind = self.followers.iter_mut().filter(|follower| follower.position < cursor);
        let move_on = |follower: &mut Follower| {
            follower.position = cursor;
            follower.callback.clone()
        };
        behind.map(move_on).collect()
    }

    fn move_follower(&mut self, id: u64, position: i64) -> Option<Callback> {
        let follower = self.followers.iter_mut().find(|follower| follower.id == id)?;
        follower.position = position;
        Some(follower.callback.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message_id: i64) -> Event {
        let sub = domain::id::Sub::parse("ada").unwrap();
        Event::ConversationRead { conversation_id: 4, sub, message_id }
    }

    fn recorder() -> (Callback, Arc<Mutex<Vec<Event>>>) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = seen.clone();
        (Arc::new(move |event: &Event| sink.lock().unwrap().push(event.clone())), seen)
    }

    fn taken(seen: &Arc<Mutex<Vec<Event>>>) -> Vec<Event> {
        std::mem::take(&mut *seen.lock().unwrap())
    }

    #[test]
    fn everybody_hears_what_their_data_does_not_have() {
        let feed = Feed::default();
        let ((early, heard_early), (late, heard_late)) = (recorder(), recorder());
        feed.add(10, early);
        feed.add(12, late);
        assert_eq!(feed.start(11), 10, "from the oldest place that somebody needs");
        feed.deliver(Some(11), read(1));
        feed.deliver(Some(13), read(2));
        assert_eq!(taken(&heard_early), [read(1), read(2)]);
        assert_eq!(taken(&heard_late), [read(2)]);
    }

    #[test]
    fn fresh_data_is_brought_up_to_date_and_old_events_may_come_again() {
        let feed = Feed::default();
        let (callback, heard) = recorder();
        let id = feed.add(10, callback);
        feed.start(10);
        feed.deliver(Some(11), read(1));
        feed.deliver(Some(12), read(2));
        taken(&heard);
        assert_eq!(feed.bring_up_to_date(id, 11), None);
        assert_eq!(taken(&heard), [read(2)]);
        assert_eq!(feed.bring_up_to_date(id, 5), Some(5), "that is not kept here");
        feed.start(5);
        feed.deliver(Some(6), read(0));
        assert_eq!(taken(&heard), [read(0)]);
    }

    #[test]
    fn a_reset_reaches_those_who_miss_something() {
        let feed = Feed::default();
        let ((old, heard_old), (new, heard_new)) = (recorder(), recorder());
        feed.add(10, old);
        feed.add(30, new);
        feed.start(10);
        feed.reset(20);
        assert_eq!(taken(&heard_old), [Event::Reset]);
        assert_eq!(taken(&heard_new), []);
    }

    #[test]
    fn whoever_leaves_hears_nothing_more() {
        let feed = Feed::default();
        let (callback, heard) = recorder();
        let id = feed.add(0, callback);
        feed.start(0);
        feed.remove(id);
        feed.deliver(Some(1), read(1));
        feed.deliver(None, read(1));
        assert_eq!(taken(&heard), []);
    }
}
