//! Who listens in this process, and how they are woken. Carries no events: a stream that is woken reads them from the
//! database, so a lost wake-up costs time and never an event.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Signals that a stream has not looked at yet; more than that are dropped, because the first one says it all.
const QUEUE: usize = 32;

/// What a stream is told.
#[derive(Clone, Debug)]
pub(crate) enum Signal {
    /// There are events to read.
    Wake,
    /// Somebody is writing; the event as JSON.
    Typing(Arc<str>),
    /// The person's sign-in may have ended.
    Recheck,
}

type Streams = HashMap<i64, HashMap<u64, mpsc::Sender<Signal>>>;

/// The streams of this process by account.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    streams: Mutex<Streams>,
    next_key: AtomicU64,
    closing: CancellationToken,
}

/// A stream's place in the hub; leaves it when dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    hub: Arc<Hub>,
    account_id: i64,
    key: u64,
    pub(crate) signals: mpsc::Receiver<Signal>,
}

impl Hub {
    /// A place for one more stream of the account; none when it has `limit` of them.
    pub(crate) fn listen(self: &Arc<Self>, account_id: i64, limit: usize) -> Option<Listening> {
        let (sender, signals) = mpsc::channel(QUEUE);
        let key = self.next_key.fetch_add(1, Ordering::Relaxed);
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let own = streams.entry(account_id).or_default();
        if own.len() >= limit {
            return None;
        }
        own.insert(key, sender);
        drop(streams);
        metrics::gauge!("lyceum_event_streams").increment(1.0);
        Some(Listening { hub: self.clone(), account_id, key, signals })
    }

    /// Tells every stream of the accounts.
    pub(crate) fn signal(&self, accounts: &[i64], signal: &Signal) {
        let streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        for sender in accounts.iter().filter_map(|account| streams.get(account)).flat_map(HashMap::values) {
            sender.try_send(signal.clone()).ok();
        }
    }

    /// Lets every stream read again: wake-ups may have been lost.
    pub(crate) fn wake_all(&self) {
        let streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        for sender in streams.values().flat_map(HashMap::values) {
            sender.try_send(Signal::Wake).ok();
        }
    }

    /// Ends every stream: the process stops.
    pub(crate) fn close(&self) {
        self.closing.cancel();
    }

    pub(crate) fn closing(&self) -> &CancellationToken {
        &self.closing
    }
}

impl Listening {
    pub(crate) fn hub(&self) -> &Hub {
        &self.hub
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut streams = self.hub.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = streams.get_mut(&self.account_id) {
            own.remove(&self.key);
            if own.is_empty() {
                streams.remove(&self.account_id);
            }
        }
        metrics::gauge!("lyceum_event_streams").decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_accounts_named_are_woken_and_a_full_queue_harms_nobody() {
        let hub = Arc::new(Hub::default());
        let (mut ada, mut bob) = (hub.listen(1, 8).unwrap(), hub.listen(2, 8).unwrap());
        for _ in 0..QUEUE * 2 {
            hub.signal(&[1, 3], &Signal::Wake);
        }
        assert!(matches!(ada.signals.try_recv(), Ok(Signal::Wake)));
        assert!(bob.signals.try_recv().is_err());
    }

    #[test]
    fn a_place_is_free_again_when_its_stream_is_gone() {
        let hub = Arc::new(Hub::default());
        let first = hub.listen(1, 1).unwrap();
        assert!(hub.listen(1, 1).is_none());
        drop(first);
        assert!(hub.listen(1, 1).is_some());
    }
}
