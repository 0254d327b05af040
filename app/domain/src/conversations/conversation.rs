//! A conversation, who is in it, and starting one.

use super::Message;
use crate::{FieldError, Timestamp, id::Sub, text};
use serde::{Deserialize, Serialize};

/// Longest title of a group, in code points.
pub const TITLE_MAX: usize = 200;
/// Most people in one conversation.
pub const PARTICIPANTS_MAX: usize = 200;

/// What kind of conversation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Two people, for ever the same two.
    Direct,
    /// Any number of people, who come and go.
    Group,
}

/// A person in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The identity provider's name for the person.
    pub sub: Sub,
    /// The name they chose to show.
    pub display_name: String,
    /// Address of the profile picture.
    pub avatar_url: Option<String>,
    /// The last message they have read; none when nothing, or when they keep it to themselves. One's own is always
    /// told.
    pub read_message_id: Option<i64>,
    /// Whether they have cancelled their account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// A conversation as one of its participants sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Names it.
    pub id: i64,
    /// Two people or a group.
    pub kind: ConversationKind,
    /// A group's title, if it was given one.
    pub title: Option<String>,
    /// Address of a group's picture, if it was given one.
    pub picture_url: Option<String>,
    /// Who may remove others from a group: who made it, or the longest-standing member after they left.
    pub creator_sub: Option<Sub>,
    /// Everybody in it, the viewer among them, in the order in which they joined.
    pub participants: Vec<Participant>,
    /// The newest message.
    pub last_message: Option<Message>,
    /// Messages by others after the viewer's read position.
    pub unread_count: i64,
    /// The viewer's read position; 0 when nothing was read.
    pub read_message_id: i64,
    /// Whether the viewer wants no notifications from it.
    pub muted: bool,
    /// When it was started.
    pub created_at: Timestamp,
    /// When the last message was sent, or it was started.
    pub last_activity_at: Timestamp,
}

impl Conversation {
    /// Whether everybody else has cancelled their account: nobody would read what the viewer writes.
    #[must_use]
    pub fn is_deserted(&self, viewer: &Sub) -> bool {
        let mut others = self.participants.iter().filter(|participant| participant.sub != *viewer).peekable();
        others.peek().is_some() && others.all(|participant| participant.deleted)
    }
}

/// A conversation to be started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewConversation {
    /// The others; naming oneself changes nothing.
    pub participant_subs: Vec<String>,
    /// A title makes it a group, also with one other person.
    pub title: Option<String>,
}

/// What starting a conversation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedConversation {
    /// The conversation.
    pub conversation: Conversation,
    /// False when these two people had one.
    pub created: bool,
}

/// A group's title; blank means none.
///
/// # Errors
/// The broken rule of `title`.
pub fn checked_title(title: Option<&str>) -> Result<Option<String>, FieldError> {
    title.filter(|title| !text::is_blank(title)).map(|title| text::line("title", title, TITLE_MAX)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_title_is_none() {
        assert_eq!(checked_title(Some("  ")).unwrap(), None);
        assert_eq!(checked_title(Some(" Biology ")).unwrap().as_deref(), Some("Biology"));
        assert_eq!(checked_title(Some(&"x".repeat(201))).unwrap_err().rule, "too_long");
    }
}
