//! The list of a person's conversations.

use super::Conversation;
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// Which part of the conversations to list, by last activity, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationsPage {
    /// Words of a title or of participants' names; all conversations without.
    pub query: Option<String>,
    /// 1 to [`PAGE_MAX`](super::PAGE_MAX).
    pub limit: i64,
    /// Only those after this one in the list.
    pub before: Option<ConversationCursor>,
}

/// A place in the list of conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConversationCursor {
    /// Last activity of the conversation at that place.
    pub last_activity_at: Timestamp,
    /// Its id.
    pub id: i64,
}

impl ConversationCursor {
    /// Reads what [`std::fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i64>().ok())?;
        let id = digits(id).filter(|id| *id > 0)?;
        Some(Self { last_activity_at: Timestamp::from_micros(digits(micros)?), id })
    }
}

impl std::fmt::Display for ConversationCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.last_activity_at.micros(), self.id)
    }
}

/// Conversations, and where the event stream goes on from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationList {
    /// The conversations.
    pub conversations: Vec<Conversation>,
    /// Whether there are more after them.
    pub has_more: bool,
    /// The viewer's event cursor: every change up to it is in the list.
    pub cursor: i64,
    /// What is unread in conversations that are not in this part, those that are muted left out; told with the beginning
    /// of the whole list only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread_elsewhere: Option<Vec<UnreadCount>>,
}

/// What is unread in one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadCount {
    /// The conversation.
    pub conversation_id: i64,
    /// Messages by others after the viewer's read position.
    pub unread_count: i64,
}

impl ConversationList {
    /// What is unread in all conversations that are not muted, of this part and of those after it; none unless this is
    /// the beginning of the whole list.
    #[must_use]
    pub fn total_unread(&self) -> Option<i64> {
        let elsewhere = self.unread_elsewhere.as_ref()?.iter().map(|one| one.unread_count);
        let here = self.conversations.iter().filter(|one| !one.muted).map(|one| one.unread_count);
        Some(here.chain(elsewhere).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_cursors_are_read() {
        let cursor = ConversationCursor { last_activity_at: Timestamp::from_micros(17), id: 4 };
        assert_eq!(ConversationCursor::parse(&cursor.to_string()), Some(cursor));
        for bad in ["", "17", "-", "17-", "-4", "17-0", "+17-4", "17-4-1", "17-99999999999999999999", "x-4"] {
            assert_eq!(ConversationCursor::parse(bad), None, "{bad}");
        }
    }
}
