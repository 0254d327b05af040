//! Conversations: two people or a group, their messages, and what each of them has read.

mod conversation;
mod list;
mod message;
mod thread;

pub use conversation::{
    Conversation, ConversationKind, NewConversation, PARTICIPANTS_MAX, Participant, StartedConversation, TITLE_MAX,
    checked_title,
};
pub use list::{ConversationCursor, ConversationList, ConversationsPage, UnreadCount};
pub use message::{
    CLIENT_ID_MAX, CONTENT_MAX, EXCERPT_MAX, Message, NewMessage, REACTIONS_MAX, Reaction, ReplyTo, SentMessage,
    checked_caption, checked_client_id, checked_content,
};
pub use thread::{FoundMessages, MessageList, MessagePlace, MessageSearch, ReadPosition};

use crate::{ApiError, Viewer};
use async_trait::async_trait;
use uuid::Uuid;

/// Entries of a list when the caller names no number.
pub const PAGE_DEFAULT: i64 = 50;
/// Most entries of a list.
pub const PAGE_MAX: i64 = 100;
/// Seconds for which a typing signal holds; a client repeats it sooner while the person goes on.
pub const TYPING_SECONDS: i64 = 6;

/// Conversations and messages. Whoever is no participant of a conversation gets `forbidden`; for one that does not
/// exist, `not_found`.
#[async_trait]
pub trait Conversations: Send + Sync {
    /// The viewer's conversations.
    ///
    /// # Errors
    /// `validation_failed` for a limit out of range.
    async fn list(&self, viewer: &Viewer, page: ConversationsPage) -> Result<ConversationList, ApiError>;

    /// One conversation.
    async fn conversation(&self, viewer: &Viewer, id: i64) -> Result<Conversation, ApiError>;

    /// Starts a conversation; the two of a direct one get the one that they have.
    ///
    /// # Errors
    /// `validation_failed` for people that are not registered, nobody but the viewer, or more than
    /// [`PARTICIPANTS_MAX`].
    async fn start(&self, viewer: &Viewer, new: NewConversation) -> Result<StartedConversation, ApiError>;

    /// Gives a group another title, or none.
    ///
    /// # Errors
    /// `conflict` for a direct conversation.
    async fn rename(&self, viewer: &Viewer, id: i64, title: Option<String>) -> Result<Conversation, ApiError>;

    /// Gives a group a picture, from a completed upload of the viewer for the purpose `avatar`, or none.
    ///
    /// # Errors
    /// `conflict` for a direct conversation; `validation_failed` for an upload that cannot be used.
    async fn set_picture(&self, viewer: &Viewer, id: i64, upload_id: Option<Uuid>) -> Result<Conversation, ApiError>;

    /// Adds people to a group; those who are in it already stay.
    ///
    /// # Errors
    /// `conflict` for a direct conversation; `validation_failed` as for [`Conversations::start`].
    async fn add_participants(&self, viewer: &Viewer, id: i64, subs: Vec<String>) -> Result<Conversation, ApiError>;

    /// Leaves a group, or takes somebody out of it. The last one to leave takes its messages along.
    ///
    /// # Errors
    /// `conflict` for a direct conversation; `not_found` when the person is not in it; `forbidden` unless the viewer
    /// made the group or leaves themselves.
    async fn remove_participant(&self, viewer: &Viewer, id: i64, sub: String) -> Result<(), ApiError>;

    /// A part of the thread.
    ///
    /// # Errors
    /// `validation_failed` when the place names a message of another conversation.
    async fn messages(
        &self,
        viewer: &Viewer,
        id: i64,
        place: MessagePlace,
        limit: i64,
    ) -> Result<MessageList, ApiError>;

    /// Sends a message.
    ///
    /// # Errors
    /// `validation_failed` naming each broken rule; `conflict` where everybody else has cancelled their account.
    async fn send(&self, viewer: &Viewer, new: NewMessage) -> Result<SentMessage, ApiError>;

    /// Changes a message of the viewer.
    ///
    /// # Errors
    /// `forbidden` for somebody else's; `conflict` for a deleted one.
    async fn edit(&self, viewer: &Viewer, message_id: i64, content: String) -> Result<Message, ApiError>;

    /// Takes a message of the viewer back: its place stays, its text goes. Again changes nothing.
    ///
    /// # Errors
    /// `forbidden` for somebody else's.
    async fn delete(&self, viewer: &Viewer, message_id: i64) -> Result<Message, ApiError>;

    /// Adds (`on`) or takes back a reaction of the viewer; again changes nothing.
    ///
    /// # Errors
    /// `validation_failed` when it is no emoji; `conflict` for a deleted message or over [`REACTIONS_MAX`].
    async fn react(&self, viewer: &Viewer, message_id: i64, emoji: String, on: bool) -> Result<Message, ApiError>;

    /// Moves the viewer's read position forward to a message; never back.
    ///
    /// # Errors
    /// `validation_failed` when the message is not of this conversation.
    async fn mark_read(&self, viewer: &Viewer, id: i64, message_id: i64) -> Result<ReadPosition, ApiError>;

    /// Whether the viewer wants no notifications from the conversation.
    async fn set_muted(&self, viewer: &Viewer, id: i64, muted: bool) -> Result<(), ApiError>;

    /// Tells the others that the viewer is writing.
    async fn typing(&self, viewer: &Viewer, id: i64) -> Result<(), ApiError>;

    /// Messages with every word of the query, in one or all of the viewer's conversations.
    async fn search(&self, viewer: &Viewer, search: MessageSearch) -> Result<FoundMessages, ApiError>;
}
