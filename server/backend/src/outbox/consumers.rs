//! Delivery within this program.

use super::{Message, Publisher, store};
use crate::failure::Failure;
use async_trait::async_trait;
use db::{Connection, Db};
use domain::clock::Clock;
use std::{fmt, sync::Arc};

/// Part of this program that hears of messages.
#[async_trait]
pub(crate) trait Consumer: fmt::Debug + Send + Sync {
    /// Names it for ever: by it is remembered what it has handled.
    fn name(&self) -> &'static str;

    /// Whether it wants to hear of these.
    fn hears(&self, topic: &str) -> bool;

    /// Handles a message, once: what it writes on `c` is kept together with that it has handled it.
    ///
    /// # Errors
    /// When it cannot at the moment; the message comes again.
    async fn handle(&self, c: &mut Connection, message: &Message) -> Result<(), Failure>;

    /// What it wrote is committed.
    fn handled(&self) {}
}

/// Delivers to the parts of this program.
#[derive(Debug)]
pub(crate) struct InProcess {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) consumers: Vec<Arc<dyn Consumer>>,
}

#[async_trait]
impl Publisher for InProcess {
    async fn publish(&self, message: &Message) -> Result<(), Failure> {
        metrics::counter!("lyceum_outbox_messages_total", "topic" => message.topic.clone()).increment(1);
        for consumer in self.consumers.iter().filter(|consumer| consumer.hears(&message.topic)) {
            let mut transaction = self.db.begin().await?;
            if store::handle(&mut transaction, consumer.name(), message.event_id, self.clock.now()).await? {
                consumer.handle(&mut transaction, message).await?;
            }
            transaction.commit().await?;
            consumer.handled();
        }
        Ok(())
    }
}
