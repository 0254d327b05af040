//! Waiting between two attempts: for a time, or until there is reason to try sooner.

use super::Uploads;
use crate::browser;
use std::{
    future::poll_fn,
    sync::{Arc, Mutex, PoisonError},
    task::{Poll, Waker},
};

/// Somebody who waits.
#[derive(Clone, Default)]
pub(super) struct Rest(Arc<Mutex<Course>>);

#[derive(Default)]
struct Course {
    is_over: bool,
    waker: Option<Waker>,
}

impl Rest {
    fn end(&self) {
        let waker = {
            let mut course = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            course.is_over = true;
            course.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn poll(&self, waker: &Waker) -> Poll<()> {
        let mut course = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if course.is_over {
            return Poll::Ready(());
        }
        course.waker = Some(waker.clone());
        Poll::Pending
    }
}

impl Uploads {
    /// Waits so long, or until [`Uploads::wake`].
    pub(super) async fn rest(&self, millis: u32) {
        let rest = Rest::default();
        self.state().resting.push(rest.clone());
        let ended = rest.clone();
        let timer = browser::after(millis, move || ended.end());
        poll_fn(|context| rest.poll(context.waker())).await;
        timer.cancel();
        self.state().resting.retain(|other| !Arc::ptr_eq(&other.0, &rest.0));
    }

    /// There is reason to try again now.
    pub(super) fn wake(&self) {
        let resting = std::mem::take(&mut self.state().resting);
        resting.iter().for_each(Rest::end);
    }
}
