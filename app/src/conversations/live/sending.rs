//! The outbox: messages are kept in the browser until the server has confirmed them.
//!
//! All tabs share the outbox; the one that holds its lock sends, one message after another, and another takes over
//! when it is closed. A message has the same client id on every attempt, so the server never stores it twice.

use super::{Live, now};
use crate::{
    browser,
    conversations::{
        model::{
            Outgoing, SendState,
            outbox::{Verdict, next_order, next_to_send, stranded, verdict, wait_millis},
        },
        server_fns::send_message,
    },
    error::Failure,
};
use domain::{ErrorCode, events::Event};
use leptos::prelude::*;
use std::{
    future::poll_fn,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// How it stands with sending in this tab.
#[derive(Default)]
pub(super) struct Sending(Mutex<State>);

#[derive(Default)]
struct State {
    /// This tab sends, or waits for the lock to do so.
    is_queued: bool,
    is_stopped: bool,
    failed_attempts: u32,
    pause: Option<Pause>,
    /// What the browser would not keep: it lasts as long as the page.
    unkept: Vec<Outgoing>,
}

/// A rest between two attempts.
#[derive(Default)]
struct Pause {
    /// The server has named the time: only it decides.
    is_firm: bool,
    /// The server was reached and could not take the message.
    was_answered: bool,
    waker: Option<Waker>,
}

impl Live {
    /// What is on its way, oldest first, in all conversations.
    #[must_use]
    pub fn outgoing(&self) -> ArcReadSignal<Vec<Outgoing>> {
        self.0.outgoing.read_only()
    }

    /// What was refused and no thread shows: the viewer is not in its conversation any more. That is known once all
    /// conversations are.
    #[must_use]
    pub fn stranded(&self) -> Memo<Vec<Outgoing>> {
        let (inbox, outgoing) = (self.0.inbox.clone(), self.0.outgoing.clone());
        Memo::new(move |_| {
            inbox.with(|inbox| {
                let Some(inbox) = inbox else { return Vec::new() };
                outgoing.with(|outbox| stranded(outbox, |id| inbox.has_more() || inbox.get(id).is_some()))
            })
        })
    }

    /// Sends a message: it is kept and shown at once, and goes when it can. False when it cannot be taken yet, because
    /// it is not known who is signed in.
    #[must_use]
    pub fn send(&self, conversation_id: i64, content: String, reply_to: Option<i64>) -> bool {
        let client_id = browser::random_id();
        let (order, file, state) = (0, None, SendState::Sending);
        self.put(Outgoing { order, client_id, conversation_id, content, reply_to, file, state })
    }

    /// Sends a refused message again, after all others.
    pub fn retry(&self, client_id: &str) {
        if let Some(outgoing) = self.found(client_id) {
            self.take_out(&outgoing);
            self.put(Outgoing { state: SendState::Sending, ..outgoing });
        }
    }

    /// Gives a message up that was not sent.
    pub fn discard(&self, client_id: &str) {
        if let Some(outgoing) = self.found(client_id) {
            self.take_out(&outgoing);
            self.refresh();
        }
    }

    /// What another tab or an earlier visit has left is shown and sent. Stops with the owner.
    pub(super) fn start_sending(&self) {
        for event in ["storage", "offline"] {
            let live = self.clone();
            browser::on_window(event, move || live.go_on_sending());
        }
        let live = self.clone();
        browser::on_window("online", move || live.wake_sending());
        let live = self.clone();
        on_cleanup(move || {
            live.sending().is_stopped = true;
            live.end_pause(true);
        });
    }

    /// The outbox may have changed.
    pub(super) fn go_on_sending(&self) {
        self.refresh();
        let is_idle = self.0.outgoing.with_untracked(|outgoing| self.next_of(outgoing).is_none());
        let Some(prefix) = self.prefix().filter(|_| !is_idle) else { return };
        if std::mem::replace(&mut self.sending().is_queued, true) {
            return self.end_pause(false);
        }
        let live = self.clone();
        browser::exclusively(&prefix, move || async move { live.send_all().await });
    }

    /// The server can be reached (again).
    pub(super) fn wake_sending(&self) {
        self.sending().failed_attempts = 0;
        self.end_pause(true);
        self.go_on_sending();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.sending().is_stopped
    }

    async fn send_all(&self) {
        while let Some(next) = self.next() {
            if let Err(rest) = self.attempt(&next).await {
                self.rest(rest).await;
            }
        }
        self.sending().is_queued = false;
    }

    fn next(&self) -> Option<Outgoing> {
        if self.is_stopped() {
            return None;
        }
        // Read anew each time: other tabs write to it.
        self.refresh();
        self.0.outgoing.with_untracked(|outgoing| self.next_of(outgoing).cloned())
    }

    fn next_of<'a>(&self, outbox: &'a [Outgoing]) -> Option<&'a Outgoing> {
        next_to_send(outbox, |outgoing| self.is_file_under_way(outgoing))
    }

    /// Sends one message; an error says how to rest before the next attempt.
    async fn attempt(&self, next: &Outgoing) -> Result<(), Rest> {
        if !browser::is_online() {
            return Err(Rest { millis: wait_millis(u32::MAX), is_firm: false, was_answered: false });
        }
        let Outgoing { conversation_id, content, client_id, reply_to, file, .. } = next.clone();
        let upload_id = file.and_then(|file| file.upload_id);
        match send_message(conversation_id, content, Some(client_id), reply_to, upload_id).await {
            Ok(message) => {
                self.sending().failed_attempts = 0;
                self.0.feed.deliver(None, Event::MessageCreated { message });
                self.take_out(next);
                self.refresh();
                Ok(())
            }
            Err(failure) if verdict(failure.code) == Verdict::Refused => {
                self.keep_changed(Outgoing { state: SendState::Failed(sentence(&failure)), ..next.clone() });
                Ok(())
            }
            Err(failure) => Err(self.rest_after(&failure)),
        }
    }

    fn rest_after(&self, failure: &Failure) -> Rest {
        let mut sending = self.sending();
        sending.failed_attempts += 1;
        let was_answered = failure.code != ErrorCode::Offline;
        let asked = failure.retry_after_seconds.and_then(|seconds| u32::try_from(seconds).ok());
        match asked {
            Some(seconds) => Rest { millis: seconds.saturating_mul(1_000), is_firm: true, was_answered },
            None => Rest { millis: wait_millis(sending.failed_attempts), is_firm: false, was_answered },
        }
    }

    /// Ends after the time, or when there is reason to try sooner.
    async fn rest(&self, rest: Rest) {
        let Rest { millis, is_firm, was_answered } = rest;
        self.sending().pause = Some(Pause { is_firm, was_answered, waker: None });
        self.refresh();
        let live = self.clone();
        let timer = browser::after(millis, move || live.end_pause(true));
        poll_fn(|context| match &mut self.sending().pause {
            Some(pause) => {
                pause.waker = Some(context.waker().clone());
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
        timer.cancel();
    }

    fn end_pause(&self, in_any_case: bool) {
        let ended = self.sending().pause.take_if(|pause| in_any_case || !pause.is_firm);
        if let Some(waker) = ended.and_then(|pause| pause.waker) {
            waker.wake();
        }
    }

    /// Adds a message at the end.
    pub(super) fn put(&self, outgoing: Outgoing) -> bool {
        if self.prefix().is_none() {
            return false;
        }
        self.refresh();
        let order = self.0.outgoing.with_untracked(|outbox| next_order(outbox, now()));
        self.keep_changed(Outgoing { order, ..outgoing });
        self.go_on_sending();
        true
    }

    pub(super) fn keep_changed(&self, outgoing: Outgoing) {
        let Some(prefix) = self.prefix() else { return };
        if !browser::keep(&(prefix + &outgoing.key()), &outgoing.to_stored()) {
            let mut sending = self.sending();
            sending.unkept.retain(|other| other.client_id != outgoing.client_id);
            sending.unkept.push(outgoing);
        }
        self.refresh();
    }

    pub(super) fn take_out(&self, outgoing: &Outgoing) {
        if let Some(prefix) = self.prefix() {
            browser::forget(&(prefix + &outgoing.key()));
        }
        self.sending().unkept.retain(|other| other.client_id != outgoing.client_id);
    }

    /// Shows the outbox as it is kept.
    pub(super) fn refresh(&self) {
        let Some(prefix) = self.prefix() else { return };
        let kept = browser::kept_below(&prefix);
        let mut outbox: Vec<Outgoing> =
            kept.iter().filter_map(|(key, stored)| Outgoing::from_stored(key, stored)).collect();
        let unsent = {
            let sending = self.sending();
            outbox.extend(sending.unkept.iter().cloned());
            match &sending.pause {
                _ if !browser::is_online() => SendState::Waiting,
                Some(pause) if pause.was_answered => SendState::Retrying,
                Some(_) => SendState::Waiting,
                None => SendState::Sending,
            }
        };
        outbox.sort_by_key(|outgoing| outgoing.order);
        for outgoing in &mut outbox {
            if !matches!(outgoing.state, SendState::Failed(_)) {
                outgoing.state = unsent.clone();
            }
        }
        if self.0.outgoing.with_untracked(|shown| *shown != outbox) {
            self.0.outgoing.set(outbox);
        }
    }

    pub(super) fn found(&self, client_id: &str) -> Option<Outgoing> {
        self.0.outgoing.with_untracked(|outbox| outbox.iter().find(|one| one.client_id == client_id).cloned())
    }

    /// How the keys of this person's outbox begin.
    fn prefix(&self) -> Option<String> {
        self.0.viewer.with_untracked(|viewer| viewer.as_ref().map(|viewer| format!("lyceum.outbox.{viewer}.")))
    }

    fn sending(&self) -> MutexGuard<'_, State> {
        self.0.sending.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long to wait, whether nothing may end it sooner, and whether the server has answered at all.
struct Rest {
    millis: u32,
    is_firm: bool,
    was_answered: bool,
}

/// What a person reads about a message that was refused.
fn sentence(failure: &Failure) -> String {
    failure.field_message("content").unwrap_or_else(|| failure.detail.clone())
}
