//! A few at a time, first come, first served.

use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// So many may work at once.
#[derive(Clone, Debug)]
pub struct Permits(Arc<Mutex<Line>>);

#[derive(Debug)]
struct Line {
    free: usize,
    next_ticket: u64,
    waiting: VecDeque<(u64, Option<Waker>)>,
}

/// Held while somebody works.
#[derive(Debug)]
pub struct Permit(Permits);

/// A place in the line; whoever leaves gives it up.
struct Place<'a> {
    permits: &'a Permits,
    ticket: u64,
}

impl Permits {
    /// So many.
    #[must_use]
    pub fn new(free: usize) -> Self {
        Self(Arc::new(Mutex::new(Line { free, next_ticket: 0, waiting: VecDeque::new() })))
    }

    /// Waits for one's turn.
    pub async fn acquire(&self) -> Permit {
        let place = self.queue_up();
        poll_fn(|context| self.line().serve(place.ticket, context.waker())).await;
        Permit(self.clone())
    }

    fn queue_up(&self) -> Place<'_> {
        let mut line = self.line();
        let ticket = line.next_ticket;
        line.next_ticket += 1;
        line.waiting.push_back((ticket, None));
        Place { permits: self, ticket }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    fn serve(&mut self, ticket: u64, waker: &Waker) -> Poll<()> {
        if self.free > 0 && self.waiting.front().is_some_and(|(first, _)| *first == ticket) {
            self.free -= 1;
            self.waiting.pop_front();
            self.wake_first();
            return Poll::Ready(());
        }
        if let Some((_, place)) = self.waiting.iter_mut().find(|(waiting, _)| *waiting == ticket) {
            *place = Some(waker.clone());
        }
        Poll::Pending
    }

    fn wake_first(&self) {
        if let Some((_, Some(waker))) = self.waiting.front().filter(|_| self.free > 0) {
            waker.wake_by_ref();
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut line = self.permits.line();
        line.waiting.retain(|(ticket, _)| *ticket != self.ticket);
        line.wake_first();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut line = self.0.line();
        line.free += 1;
        line.wake_first();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        pin::pin,
        task::{Context, Poll},
    };

    #[test]
    fn they_are_served_in_order_and_whoever_leaves_holds_up_nobody() {
        let permits = Permits::new(1);
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(held) = pin!(permits.acquire()).poll(&mut context) else { panic!("it was free") };
        let mut second = Box::pin(permits.acquire());
        let mut third = Box::pin(permits.acquire());
        assert!(second.as_mut().poll(&mut context).is_pending());
        assert!(third.as_mut().poll(&mut context).is_pending());
        drop(held);
        assert!(third.as_mut().poll(&mut context).is_pending(), "not before the second");
        drop(second);
        assert!(third.as_mut().poll(&mut context).is_ready());
    }
}
