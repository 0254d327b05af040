//! Parts of a thread: reading it, how far it was read, and searching it.

use super::Message;
use serde::{Deserialize, Serialize};

/// Which messages of a conversation to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagePlace {
    /// The newest.
    Latest,
    /// The oldest.
    Oldest,
    /// Those before a message.
    Before(i64),
    /// Those after a message.
    After(i64),
    /// A message with those around it.
    Around(i64),
}

/// A part of a thread, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageList {
    /// The messages.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// Whether there are newer ones.
    pub has_newer: bool,
    /// The viewer's event cursor: every change up to it is in the list.
    pub cursor: i64,
}

/// The viewer's read position in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPosition {
    /// The conversation.
    pub conversation_id: i64,
    /// The last message read.
    pub message_id: i64,
    /// Messages by others after it.
    pub unread_count: i64,
}

/// Which messages to search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageSearch {
    /// Words, or parts of words, that a message must all have; 1 to 200 code points.
    pub query: String,
    /// Only in this conversation.
    pub conversation_id: Option<i64>,
    /// Only messages before this one.
    pub before: Option<i64>,
    /// 1 to [`PAGE_MAX`](super::PAGE_MAX).
    pub limit: i64,
}

/// What a search found, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundMessages {
    /// The messages.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_older: bool,
}
