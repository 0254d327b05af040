//! The outbox: messages are kept in the browser until the server has confirmed them.
//!
//! All tabs share the outbox; the one that holds its lock sends, one message after another, and another takes over
//! when it is closed. A message has the same client id on every attempt, so the server never stores it twice.

use super::{Live, now};
use crate::{
    browser::{self, Connection, Timer},
    conversations::{
        model::{
            Outgoing, SendState,
            outbox::{Verdict, next_order, next_to_send, verdict, wait_millis},
        },
        server_fns::send_message,
    },
    error::Failure,
};
use domain::events::Event;
use leptos::prelude::*;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

/// Whether and how this tab sends.
#[derive(Default)]
pub(super) struct Sending {
    /// This tab sends, or waits for the lock to do so.
    is_queued: AtomicBool,
    failed_attempts: AtomicU32,
    waiting: Mutex<Option<Timer>>,
}

impl Live {
    /// What is on its way, oldest first, in all conversations.
    #[must_use]
    pub fn outgoing(&self) -> ArcReadSignal<Vec<Outgoing>> {
        self.0.outgoing.read_only()
    }

    /// Sends a message: it is kept and shown at once, and goes when it can.
    pub fn send(&self, conversation_id: i64, content: String, reply_to: Option<i64>) {
        let _ = (conversation_id, content, reply_to);
    }

    /// Sends a refused message again, after all others.
    pub fn retry(&self, client_id: &str) {
        let _ = client_id;
    }

    /// Gives a refused message up.
    pub fn discard(&self, client_id: &str) {
        let _ = client_id;
    }

    pub(super) fn start_sending(&self) {}

    pub(super) fn wake_sending(&self) {}
}
