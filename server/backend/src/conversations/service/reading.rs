//! What somebody has read, wants to hear of, and is writing.

use super::{ConversationService, store, view::READ_SHOWN_MAX};
use crate::{events::Woken, failure::Failure};
use db::Connection;
use domain::{ApiError, FieldError, Viewer, conversations::ReadPosition, events::Event};
use store::PositionRow;

impl ConversationService {
    pub(super) async fn read_up_to(&self, viewer: &Viewer, id: i64, message_id: i64) -> Result<ReadPosition, Failure> {
        let mut transaction = self.db.begin().await?;
        self.standing(&mut transaction, viewer, id).await?;
        if !store::is_in(&mut transaction, message_id, id).await? {
            let msg = "This is no message of this conversation.";
            return Err(ApiError::validation(vec![FieldError::body("message_id", "unknown", msg)]).into());
        }
        let has_moved = store::move_forward(&mut transaction, id, viewer.account_id, message_id).await?;
        let position = store::position(&mut transaction, id, viewer.account_id).await?;
        if has_moved {
            let only = if is_shown(position) { 0 } else { viewer.account_id };
            let woken = self.events.record_read(&mut transaction, id, &viewer.sub, message_id, only).await?;
            transaction.commit().await?;
            self.events.publish(woken);
        }
        let PositionRow { read_message_id, unread_count, .. } = position;
        Ok(ReadPosition { conversation_id: id, message_id: read_message_id, unread_count })
    }

    pub(super) async fn mute(&self, viewer: &Viewer, id: i64, muted: bool) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        self.standing(&mut transaction, viewer, id).await?;
        store::mute(&mut transaction, id, viewer.account_id, muted).await?;
        let woken = self.events.record_updated(&mut transaction, id, viewer.account_id).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }

    /// Tells everybody who sees how far a person reads that this looks different now.
    pub(crate) async fn show_reader(&self, c: &mut Connection, account_id: i64) -> Result<Woken, Failure> {
        let conversations = store::up_to_size(c, account_id, READ_SHOWN_MAX).await?;
        self.lock_all(c, conversations.iter().copied().collect()).await?;
        let mut woken = Woken::default();
        for id in conversations {
            woken = woken.and(self.events.record_updated(c, id, 0).await?);
        }
        Ok(woken)
    }

    pub(super) async fn signal_typing(&self, viewer: &Viewer, id: i64) -> Result<(), Failure> {
        let mut connection = self.db.read().await?;
        self.standing(&mut connection, viewer, id).await?;
        let others = store::other_participants(&mut connection, id, viewer.account_id).await?;
        self.events.publish_typing(others, &Event::Typing { conversation_id: id, sub: viewer.sub.clone() })
    }
}

/// Whether the others are told how far the person has read.
fn is_shown(position: PositionRow) -> bool {
    position.read_receipts && position.participants <= READ_SHOWN_MAX
}
