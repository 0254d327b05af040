//! Changes of state that others hear of: written in the transaction of the change, then delivered at least once, and
//! those of one key in their order. Who hears of them is up to the [`Publisher`]: within this program, or a broker.

mod consumers;
mod relay;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(crate) use consumers::Consumer;
use consumers::InProcess;
pub(crate) use relay::Relay;

use crate::failure::Failure;
use async_trait::async_trait;
use db::Connection;
use domain::{Timestamp, clock::random_uuid};
use serde::Serialize;
use std::fmt;
use uuid::Uuid;

/// A document was added. Key: its id.
pub(crate) const DOCUMENT_UPLOADED: &str = "document.uploaded";
/// A document was read, or cannot be. Key: its id.
pub(crate) const DOCUMENT_PROCESSED: &str = "document.processed";
/// The notes of a document were made. Key: the document's id.
pub(crate) const NOTES_GENERATED: &str = "notes.generated";
/// A quiz is to be made. Key: its id.
pub(crate) const QUIZ_REQUESTED: &str = "quiz.requested";
/// A quiz was made, or cannot be. Key: its id.
pub(crate) const QUIZ_GENERATED: &str = "quiz.generated";

/// Something that has happened, as it is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// The same each time that it is delivered.
    pub(crate) event_id: Uuid,
    pub(crate) topic: String,
    /// Messages of one key come in their order.
    pub(crate) key: String,
    /// JSON.
    pub(crate) payload: String,
    pub(crate) created_at: Timestamp,
}

/// Delivers messages. `InProcess` does so within this program; for a broker such as Kafka its client is put in the place,
/// and nothing else changes: `topic` names the broker's topic, `key` is what it partitions by so that order holds, and
/// `event_id` goes along for receivers to tell a repeat.
#[async_trait]
pub(crate) trait Publisher: fmt::Debug + Send + Sync {
    /// Delivers one, and returns once it cannot be lost any more. It may come again; then the receivers must tell by its
    /// `event_id`.
    ///
    /// # Errors
    /// When somebody has not got it: it will be delivered again, and what comes after it under its key waits.
    async fn publish(&self, message: &Message) -> Result<(), Failure>;
}

/// Writes a message within the transaction of the change. Hold the lock of what `key` names: its order is the order of
/// the locks.
pub(crate) async fn record(
    c: &mut Connection,
    topic: &str,
    key: &str,
    payload: &impl Serialize,
    now: Timestamp,
) -> Result<(), Failure> {
    let payload =
        serde_json::to_string(payload).map_err(|_| Failure::Broken("a message of the outbox cannot be written"))?;
    Ok(store::insert(c, random_uuid(), topic, key, &payload, now).await?)
}
