//! The forms of answers for the OpenAPI document. The answers themselves are `domain`'s types, written as they are.

#![expect(dead_code, reason = "documents the types of `domain::conversations`")]

use crate::uploads::schemas::StoredFile;
use utoipa::ToSchema;

/// A conversation as the caller sees it.
#[derive(Debug, ToSchema)]
pub(super) struct Conversation {
    /// Names it.
    #[schema(minimum = 1)]
    id: i64,
    /// Two people for ever, or any number who come and go.
    kind: ConversationKind,
    /// A group's title.
    #[schema(required = true)]
    title: Option<String>,
    /// Address of a group's picture.
    #[schema(required = true)]
    picture_url: Option<String>,
    /// Who may take others out of a group.
    #[schema(required = true)]
    creator_sub: Option<String>,
    /// Everybody in it, the caller among them.
    participants: Vec<Participant>,
    /// The newest message.
    #[schema(required = true)]
    last_message: Option<Message>,
    /// Messages by others after the caller's read position.
    #[schema(minimum = 0)]
    unread_count: i64,
    /// The caller's read position; 0 when nothing was read.
    #[schema(minimum = 0)]
    read_message_id: i64,
    /// Whether the caller wants no notifications from it.
    muted: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// When the last message was sent, or it was started.
    #[schema(format = DateTime)]
    last_activity_at: String,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum ConversationKind {
    Direct,
    Group,
}

/// A person in a conversation.
#[derive(Debug, ToSchema)]
pub(super) struct Participant {
    /// The identity provider's name for the person.
    sub: String,
    /// The name they chose to show.
    display_name: String,
    /// Address of the profile picture.
    #[schema(required = true)]
    avatar_url: Option<String>,
    /// The last message they have read, if they let others see it and the group is small.
    #[schema(required = true)]
    read_message_id: Option<i64>,
    /// True once they have cancelled their account.
    #[schema(required = false)]
    deleted: bool,
}

/// A message.
#[derive(Debug, ToSchema)]
pub(super) struct Message {
    /// Names it; a later one of the same conversation has a greater one.
    #[schema(minimum = 1)]
    id: i64,
    #[schema(minimum = 1)]
    conversation_id: i64,
    /// What was written; empty when it was deleted.
    content: String,
    /// The same as sanitised HTML.
    content_html: String,
    sender_sub: String,
    sender_name: String,
    #[schema(format = DateTime)]
    sent_at: String,
    #[schema(nullable = false, format = DateTime)]
    edited_at: Option<String>,
    deleted: bool,
    #[schema(nullable = false)]
    reply_to: Option<ReplyTo>,
    reactions: Vec<Reaction>,
    /// The file that was sent with it.
    #[schema(nullable = false)]
    attachment: Option<StoredFile>,
    /// The quiz that was shared with it; `content` is its title and address then.
    #[schema(nullable = false)]
    quiz: Option<QuizCard>,
    /// What the sending client called it.
    #[schema(nullable = false)]
    client_id: Option<String>,
}

/// The card of a quiz. Whoever is in the conversation can take it.
#[derive(Debug, ToSchema)]
pub(super) struct QuizCard {
    #[schema(minimum = 1)]
    quiz_id: i64,
    title: String,
    #[schema(minimum = 0)]
    total_questions: u32,
    author_sub: String,
    /// True once the quiz was deleted.
    #[schema(required = false)]
    deleted: bool,
}

/// What a reply quotes.
#[derive(Debug, ToSchema)]
pub(super) struct ReplyTo {
    id: i64,
    sender_sub: String,
    sender_name: String,
    /// The beginning of its text.
    excerpt: String,
}

/// The same emoji from one or several people.
#[derive(Debug, ToSchema)]
pub(super) struct Reaction {
    emoji: String,
    subs: Vec<String>,
}

/// How far the caller has read.
#[derive(Debug, ToSchema)]
pub(super) struct ReadPosition {
    conversation_id: i64,
    message_id: i64,
    /// Messages by others after it.
    unread_count: i64,
}
