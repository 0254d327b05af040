//! Conversations, whoever asks: REST or a page.

mod attachments;
mod cards;
mod messages;
mod participants;
mod reading;
mod sending;
mod view;

pub(super) use messages::keep_reactions;
pub(crate) use participants::direct_key;

use participants::group_only;

use super::store;
use crate::{
    access, accounts::folding::plain_patterns, events::Events, events::store as event_store, failure::Failure,
    uploads::service::UploadService,
};
use async_trait::async_trait;
use db::{Connection, Db};
use domain::{
    ApiError, FieldError, Viewer,
    clock::Clock,
    conversations::{
        Conversation, ConversationList, Conversations, ConversationsPage, FoundMessages, Message, MessageList,
        MessagePlace, MessageSearch, NewConversation, NewMessage, PAGE_MAX, ReadPosition, SentMessage,
        StartedConversation, UnreadCount,
    },
    text,
};
use std::collections::HashSet;
use store::{ListFilter, StandingRow};
use uuid::Uuid;

/// Conversations and messages over the database.
#[derive(Clone, Debug)]
pub(crate) struct ConversationService {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) events: Events,
    pub(crate) uploads: UploadService,
}

impl ConversationService {
    /// What the viewer is in the conversation.
    ///
    /// # Errors
    /// `not_found` when there is none; `forbidden` for whoever is no participant.
    async fn standing(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<StandingRow, Failure> {
        let standing = store::standing(c, id, viewer.account_id).await?.ok_or_else(no_conversation)?;
        access::takes_part(standing.is_in)?;
        Ok(standing)
    }

    /// The conversation as the viewer sees it; none when they are not in it.
    pub(crate) async fn find(&self, viewer: &Viewer, id: i64) -> Result<Option<Conversation>, Failure> {
        let mut connection = self.db.read().await?;
        let filter = ListFilter { id: Some(id), limit: 1, ..ListFilter::default() };
        let rows = store::list(&mut connection, viewer.account_id, &filter).await?;
        Ok(view::conversations(&mut connection, viewer, rows).await?.pop())
    }

    async fn get(&self, viewer: &Viewer, id: i64) -> Result<Conversation, Failure> {
        self.standing(&mut self.db.read().await?, viewer, id).await?;
        Ok(self.find(viewer, id).await?.ok_or_else(no_conversation)?)
    }

    async fn page(&self, viewer: &Viewer, page: ConversationsPage) -> Result<ConversationList, Failure> {
        check_limit(page.limit)?;
        let query = page.query.as_deref().filter(|query| !query.trim().is_empty());
        let query = query.map(|query| text::line("query", query, text::QUERY_MAX)).transpose();
        let query =
            query.map_err(|error| ApiError::validation(vec![FieldError::query("query", &error.rule, error.msg)]))?;
        let is_beginning = query.is_none() && page.before.is_none();
        let patterns = query.as_deref().map(plain_patterns).unwrap_or_default();
        let mut connection = self.db.read().await?;
        // The cursor first: what happens between the two is then told again, and nothing is left out.
        let cursor = event_store::cursors(&mut connection, viewer.account_id).await?.last_cursor;
        let filter = ListFilter { id: None, patterns: &patterns, before: page.before, limit: page.limit + 1 };
        let mut rows = store::list(&mut connection, viewer.account_id, &filter).await?;
        let has_more = truncate(&mut rows, page.limit);
        let conversations = view::conversations(&mut connection, viewer, rows).await?;
        let unread_elsewhere = match (is_beginning, has_more) {
            (true, true) => Some(unread_beyond(&mut connection, viewer, &conversations).await?),
            (true, false) => Some(Vec::new()),
            (false, _) => None,
        };
        Ok(ConversationList { conversations, has_more, cursor, unread_elsewhere })
    }
}

#[async_trait]
impl Conversations for ConversationService {
    async fn list(&self, viewer: &Viewer, page: ConversationsPage) -> Result<ConversationList, ApiError> {
        Ok(self.page(viewer, page).await?)
    }

    async fn conversation(&self, viewer: &Viewer, id: i64) -> Result<Conversation, ApiError> {
        Ok(self.get(viewer, id).await?)
    }

    async fn start(&self, viewer: &Viewer, new: NewConversation) -> Result<StartedConversation, ApiError> {
        Ok(self.begin(viewer, new).await?)
    }

    async fn rename(&self, viewer: &Viewer, id: i64, title: Option<String>) -> Result<Conversation, ApiError> {
        self.give_title(viewer, id, title).await?;
        Ok(self.get(viewer, id).await?)
    }

    async fn set_picture(&self, viewer: &Viewer, id: i64, upload_id: Option<Uuid>) -> Result<Conversation, ApiError> {
        self.give_picture(viewer, id, upload_id).await?;
        Ok(self.get(viewer, id).await?)
    }

    async fn add_participants(&self, viewer: &Viewer, id: i64, subs: Vec<String>) -> Result<Conversation, ApiError> {
        self.add(viewer, id, &subs).await?;
        Ok(self.get(viewer, id).await?)
    }

    async fn remove_participant(&self, viewer: &Viewer, id: i64, sub: String) -> Result<(), ApiError> {
        Ok(self.remove(viewer, id, &sub).await?)
    }

    async fn messages(
        &self,
        viewer: &Viewer,
        id: i64,
        place: MessagePlace,
        limit: i64,
    ) -> Result<MessageList, ApiError> {
        Ok(self.thread(viewer, id, place, limit).await?)
    }

    async fn send(&self, viewer: &Viewer, new: NewMessage) -> Result<SentMessage, ApiError> {
        Ok(self.send_message(viewer, new).await?)
    }

    async fn edit(&self, viewer: &Viewer, message_id: i64, content: String) -> Result<Message, ApiError> {
        Ok(self.change(viewer, message_id, &content).await?)
    }

    async fn delete(&self, viewer: &Viewer, message_id: i64) -> Result<Message, ApiError> {
        Ok(self.take_back(viewer, message_id).await?)
    }

    async fn react(&self, viewer: &Viewer, message_id: i64, emoji: String, on: bool) -> Result<Message, ApiError> {
        Ok(self.set_reaction(viewer, message_id, &emoji, on).await?)
    }

    async fn mark_read(&self, viewer: &Viewer, id: i64, message_id: i64) -> Result<ReadPosition, ApiError> {
        Ok(self.read_up_to(viewer, id, message_id).await?)
    }

    async fn set_muted(&self, viewer: &Viewer, id: i64, muted: bool) -> Result<(), ApiError> {
        Ok(self.mute(viewer, id, muted).await?)
    }

    async fn typing(&self, viewer: &Viewer, id: i64) -> Result<(), ApiError> {
        Ok(self.signal_typing(viewer, id).await?)
    }

    async fn search(&self, viewer: &Viewer, search: MessageSearch) -> Result<FoundMessages, ApiError> {
        Ok(self.find_messages(viewer, search).await?)
    }
}

/// What is unread in the viewer's conversations that are not among these.
async fn unread_beyond(
    c: &mut Connection,
    viewer: &Viewer,
    listed: &[Conversation],
) -> Result<Vec<UnreadCount>, Failure> {
    let listed: HashSet<i64> = listed.iter().map(|conversation| conversation.id).collect();
    let unread = store::unread(c, viewer.account_id).await?.into_iter();
    let elsewhere = unread.filter(|(conversation_id, _)| !listed.contains(conversation_id));
    Ok(elsewhere.map(|(conversation_id, unread_count)| UnreadCount { conversation_id, unread_count }).collect())
}

fn no_conversation() -> ApiError {
    ApiError::not_found("There is no such conversation.")
}

fn check_limit(limit: i64) -> Result<(), ApiError> {
    if (1..=PAGE_MAX).contains(&limit) {
        return Ok(());
    }
    let msg = format!("Ask for 1 to {PAGE_MAX} entries.");
    Err(ApiError::validation(vec![FieldError::query("limit", "range", msg)]))
}

/// Takes the one off that was asked for only to know whether there are more.
fn truncate<T>(rows: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or_default();
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    has_more
}
