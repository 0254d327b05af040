//! What happens is written down in the transaction in which it happens, once, with a number in the sequence of each
//! person concerned; their streams then read it, in this process or another.

mod hub;
mod notify;
pub(crate) mod rest;
pub(crate) mod store;
mod stream;

pub(crate) use hub::Signal;

use crate::failure::Failure;
use db::{Connection, Db};
use domain::{Timestamp, clock::Clock, conversations::Message, events::Event, id::Sub, quizzes::QuizStatus};
use hub::Hub;
use notify::Notifier;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::NewEvent;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

/// Events are kept for so long; a stream that was away longer starts anew.
const KEPT_SECONDS: i64 = 7 * 86_400;
/// Events that one clean-up takes away at most, so that it holds no lock for long.
const FORGET_BATCH: i64 = 5_000;

const MESSAGE_CREATED: &str = "message.created";
const MESSAGE_UPDATED: &str = "message.updated";
const MESSAGE_DELETED: &str = "message.deleted";
const REACTION_CHANGED: &str = "reaction.changed";

/// The people to wake once the transaction has been committed.
#[derive(Debug, Default)]
#[must_use = "nobody hears of the event until it is published"]
pub(crate) struct Woken(Vec<i64>);

impl Woken {
    /// Both.
    pub(crate) fn and(mut self, mut other: Self) -> Self {
        self.0.append(&mut other.0);
        self
    }
}

/// Writes events and wakes those concerned. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Events {
    db: Db,
    clock: Clock,
    hub: Arc<Hub>,
    notifier: Notifier,
}

impl Events {
    pub(crate) fn new(db: Db, clock: Clock) -> Self {
        let hub = Arc::new(Hub::default());
        Self { notifier: Notifier::new(db.clone(), hub.clone()), db, clock, hub }
    }

    /// Writes an event about a message for everybody in the conversation.
    pub(crate) async fn record_message(&self, c: &mut Connection, event: &Event) -> Result<Woken, Failure> {
        let (kind, message) = about_message(event)?;
        let payload = json(event)?;
        let event = NewEvent {
            kind,
            conversation_id: message.conversation_id,
            message_id: Some(message.id),
            payload: &payload,
            only: 0,
            created_at: self.clock.now(),
        };
        Ok(Woken(store::record(c, event).await?))
    }

    /// What an event shows as it is stored, for a statement that writes it itself.
    pub(crate) fn payload(event: &Event) -> Result<String, Failure> {
        json(event)
    }

    /// Those to wake after such a statement.
    pub(crate) fn woken(receivers: Vec<i64>) -> Woken {
        Woken(receivers)
    }

    /// Lets the events that were written about a message show it as it is now: what was deleted is gone from them.
    pub(crate) async fn rewrite(&self, c: &mut Connection, message: &Message) -> Result<(), Failure> {
        for kind in store::kinds_about(c, message.id).await? {
            let (id, message) = (message.id, message.clone());
            let event = match kind.as_str() {
                MESSAGE_CREATED => Event::MessageCreated { message },
                MESSAGE_UPDATED => Event::MessageUpdated { message },
                MESSAGE_DELETED => Event::MessageDeleted { message },
                _ => Event::ReactionChanged { message },
            };
            store::rewrite(c, id, &kind, &json(&event)?).await?;
        }
        Ok(())
    }

    /// Writes that somebody has read; `only` is the account that is told, 0 for all.
    pub(crate) async fn record_read(
        &self,
        c: &mut Connection,
        conversation_id: i64,
        sub: &Sub,
        message_id: i64,
        only: i64,
    ) -> Result<Woken, Failure> {
        let payload = json(&Event::ConversationRead { conversation_id, sub: sub.clone(), message_id })?;
        self.record_other(c, "conversation.read", conversation_id, &payload, only).await
    }

    /// Writes that the conversation looks different; `only` is the account that is told, 0 for all.
    pub(crate) async fn record_updated(
        &self,
        c: &mut Connection,
        conversation_id: i64,
        only: i64,
    ) -> Result<Woken, Failure> {
        self.record_other(c, "conversation.updated", conversation_id, "", only).await
    }

    /// Writes to one participant, who is about to be taken out, that it is so. It is no event of the conversation: those
    /// go with it when the last one leaves.
    pub(crate) async fn record_removed(
        &self,
        c: &mut Connection,
        conversation_id: i64,
        account_id: i64,
    ) -> Result<Woken, Failure> {
        let payload = json(&Event::ConversationRemoved { conversation_id })?;
        store::record_for(c, account_id, None, "conversation.removed", &payload, self.clock.now()).await?;
        Ok(Woken(vec![account_id]))
    }

    /// Writes to its owner that a document looks different. What it looks like is read when it is sent.
    pub(crate) async fn record_document(
        &self,
        c: &mut Connection,
        owner_id: i64,
        document_id: Uuid,
    ) -> Result<Woken, Failure> {
        store::open_cursor(c, owner_id).await?;
        store::record_for(c, owner_id, Some(document_id), "document.updated", "", self.clock.now()).await?;
        Ok(Woken(vec![owner_id]))
    }

    /// Writes to its owner that a document is gone.
    pub(crate) async fn record_document_deleted(
        &self,
        c: &mut Connection,
        owner_id: i64,
        document_id: Uuid,
    ) -> Result<Woken, Failure> {
        let payload = json(&Event::DocumentDeleted { document_id })?;
        store::open_cursor(c, owner_id).await?;
        store::record_for(c, owner_id, Some(document_id), "document.deleted", &payload, self.clock.now()).await?;
        Ok(Woken(vec![owner_id]))
    }

    /// Writes to its author how making a quiz came out.
    pub(crate) async fn record_quiz(
        &self,
        c: &mut Connection,
        author_id: i64,
        quiz_id: i64,
        status: QuizStatus,
    ) -> Result<Woken, Failure> {
        let payload = json(&Event::QuizUpdated { quiz_id, status })?;
        store::open_cursor(c, author_id).await?;
        store::record_for(c, author_id, None, "quiz.updated", &payload, self.clock.now()).await?;
        Ok(Woken(vec![author_id]))
    }

    /// Writes to everybody concerned that albums look different to them, or are gone for them: that is found out when it
    /// is sent. Comes last in its transaction, unless all of them have got an event in it already.
    pub(crate) async fn record_albums(
        &self,
        c: &mut Connection,
        concerned: &BTreeMap<Uuid, Vec<i64>>,
    ) -> Result<Woken, Failure> {
        let people: BTreeSet<i64> = concerned.values().flatten().copied().collect();
        // All of them first, in the order of their ids: so that two of us with people in common never wait for each other.
        for account_id in &people {
            store::open_cursor(c, *account_id).await?;
            store::lock_cursor(c, *account_id).await?;
        }
        let now = self.clock.now();
        for (album_id, accounts) in concerned {
            store::record_album(c, accounts, *album_id, "album.updated", now).await?;
        }
        Ok(Woken(people.into_iter().collect()))
    }

    async fn record_other(
        &self,
        c: &mut Connection,
        kind: &'static str,
        conversation_id: i64,
        payload: &str,
        only: i64,
    ) -> Result<Woken, Failure> {
        let created_at = self.clock.now();
        let event = NewEvent { kind, conversation_id, message_id: None, payload, only, created_at };
        Ok(Woken(store::record(c, event).await?))
    }

    /// Wakes the streams of those concerned, here and in other processes. Call it after the commit.
    pub(crate) fn publish(&self, woken: Woken) {
        self.notifier.send(woken.0, Signal::Wake);
    }

    /// Tells that somebody is writing. It is worth nothing a moment later and kept nowhere.
    pub(crate) fn publish_typing(&self, accounts: Vec<i64>, event: &Event) -> Result<(), Failure> {
        self.notifier.send(accounts, Signal::Typing(json(event)?.into()));
        Ok(())
    }

    /// Lets the streams of an account look whether their sign-in still holds.
    pub(crate) fn recheck(&self, account_id: i64) {
        self.notifier.send(vec![account_id], Signal::Recheck);
    }

    /// Runs what carries wake-ups between processes, and ends the streams when the process stops.
    pub(crate) fn spawn_workers(&self, tracker: &TaskTracker, stop: &CancellationToken) {
        self.notifier.spawn_workers(tracker, stop);
        let (hub, stop) = (self.hub.clone(), stop.clone());
        tracker.spawn(async move {
            stop.cancelled().await;
            hub.close();
        });
    }

    /// Throws a batch of old events away.
    pub(crate) async fn forget_old(&self, now: Timestamp) -> Result<(), sqlx::Error> {
        let before = now.plus_seconds(-KEPT_SECONDS);
        let mut connection = self.db.write().await?;
        let Some(last) = store::last_old(&mut connection, before, FORGET_BATCH).await? else { return Ok(()) };
        // One row at a time: a statement over many would lock them in no order.
        for (account_id, floor) in store::floors(&mut connection, last).await? {
            store::raise_floor(&mut connection, account_id, floor).await?;
        }
        store::forget(&mut connection, last).await
    }
}

fn about_message(event: &Event) -> Result<(&'static str, &Message), Failure> {
    match event {
        Event::MessageCreated { message } => Ok((MESSAGE_CREATED, message)),
        Event::MessageUpdated { message } => Ok((MESSAGE_UPDATED, message)),
        Event::MessageDeleted { message } => Ok((MESSAGE_DELETED, message)),
        Event::ReactionChanged { message } => Ok((REACTION_CHANGED, message)),
        _ => Err(Failure::Broken("the event is not about a message")),
    }
}

fn json(event: &Event) -> Result<String, Failure> {
    serde_json::to_string(event).map_err(|_| Failure::Broken("an event cannot be written"))
}
