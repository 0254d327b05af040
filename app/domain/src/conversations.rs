//! Conversations: two people or a group, their messages, and what each of them has read.

use crate::{ApiError, FieldError, Timestamp, Viewer, id::Sub, quizzes::QuizCard, text, uploads::StoredFile};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest text message, in code points.
pub const CONTENT_MAX: usize = 4_000;
/// Longest title of a group, in code points.
pub const TITLE_MAX: usize = 200;
/// Most people in one conversation.
pub const PARTICIPANTS_MAX: usize = 200;
/// Longest client id of a message, in characters.
pub const CLIENT_ID_MAX: usize = 64;
/// Length of what is quoted of a message that is replied to, in code points.
pub const EXCERPT_MAX: usize = 120;
/// Most different reactions of one person to one message.
pub const REACTIONS_MAX: usize = 20;
/// Entries of a list when the caller names no number.
pub const PAGE_DEFAULT: i64 = 50;
/// Most entries of a list.
pub const PAGE_MAX: i64 = 100;
/// Seconds for which a typing signal holds; a client repeats it sooner while the person goes on.
pub const TYPING_SECONDS: i64 = 6;

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

/// The same emoji from one or several people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The emoji.
    pub emoji: String,
    /// Who reacted with it, in the order in which they did.
    pub subs: Vec<Sub>,
}

/// What a reply quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyTo {
    /// The quoted message.
    pub id: i64,
    /// Who wrote it.
    pub sender_sub: Sub,
    /// The name of who wrote it.
    pub sender_name: String,
    /// The beginning of its text; empty when it was deleted.
    pub excerpt: String,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Names it; a later message of the same conversation has a greater one.
    pub id: i64,
    /// Where it was sent.
    pub conversation_id: i64,
    /// What was written; empty when it was deleted.
    pub content: String,
    /// The same as sanitised HTML.
    pub content_html: String,
    /// Who wrote it.
    pub sender_sub: Sub,
    /// The name of who wrote it.
    pub sender_name: String,
    /// When it was sent; later messages of a conversation have later times.
    pub sent_at: Timestamp,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// Whether its writer took it back.
    pub deleted: bool,
    /// What it replies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<ReplyTo>,
    /// What others think of it, in the order of first use.
    pub reactions: Vec<Reaction>,
    /// The file that was sent with it; the content is its caption then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<StoredFile>,
    /// The quiz that was shared with it; the content is its title and address then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiz: Option<QuizCard>,
    /// What the sending client called it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Which part of the conversations to list, by last activity, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationsPage {
    /// Words of a title or of participants' names; all conversations without.
    pub query: Option<String>,
    /// 1 to [`PAGE_MAX`].
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

/// Which messages of a conversation to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagePlace {
    /// The newest.
    Latest,
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

/// A message to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// Where to.
    pub conversation_id: i64,
    /// What: 1 to [`CONTENT_MAX`] code points, Markdown; may be blank beside a file.
    pub content: String,
    /// Names the message at the sender: the same again is the same message.
    pub client_id: Option<String>,
    /// The message of the same conversation that it answers.
    pub reply_to: Option<i64>,
    /// A completed upload of the sender for the purpose `media`, to send along.
    pub upload_id: Option<Uuid>,
}

/// What sending did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// The message.
    pub message: Message,
    /// False when the sender had sent it before under the same client id.
    pub created: bool,
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
    /// 1 to [`PAGE_MAX`].
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

/// The text of a message: not blank, at most [`CONTENT_MAX`] code points, no NUL; blank space around it is taken off.
///
/// # Errors
/// The broken rule of `content`.
pub fn checked_content(content: &str) -> Result<String, FieldError> {
    if text::is_blank(content) {
        return Err(FieldError::body("content", "blank", "The message is blank: write something."));
    }
    // Counted as it was sent: a program that checks the limit itself must come to the same result.
    let length = content.chars().count();
    if length > CONTENT_MAX {
        let msg = format!("The message has {length} characters: shorten it to {CONTENT_MAX}, or send it in parts.");
        return Err(FieldError::body("content", "too_long", msg));
    }
    if content.contains('\0') {
        return Err(FieldError::body("content", "control_character", "The message has a NUL character: remove it."));
    }
    // Indentation at the beginning means code in Markdown: only whole blank lines are taken off there.
    let first_line = content.find(|letter: char| !letter.is_whitespace()).unwrap_or_default();
    let start = content[..first_line].rfind('\n').map_or(0, |at| at + 1);
    Ok(content[start..].trim_end().to_owned())
}

/// The caption of a file: as the text of a message, or nothing.
///
/// # Errors
/// The broken rule of `content`.
pub fn checked_caption(caption: &str) -> Result<String, FieldError> {
    if caption.trim().is_empty() { Ok(String::new()) } else { checked_content(caption) }
}

/// A group's title; blank means none.
///
/// # Errors
/// The broken rule of `title`.
pub fn checked_title(title: Option<&str>) -> Result<Option<String>, FieldError> {
    title.filter(|title| !text::is_blank(title)).map(|title| text::line("title", title, TITLE_MAX)).transpose()
}

/// A client id: 1 to [`CLIENT_ID_MAX`] printable ASCII characters.
///
/// # Errors
/// The broken rule of `client_id`.
pub fn checked_client_id(client_id: &str) -> Result<(), FieldError> {
    let fits = (1..=CLIENT_ID_MAX).contains(&client_id.len()) && client_id.bytes().all(|byte| byte.is_ascii_graphic());
    if fits {
        return Ok(());
    }
    let msg = format!("A client id has 1 to {CLIENT_ID_MAX} printable ASCII characters without blanks.");
    Err(FieldError::body("client_id", "client_id", msg))
}

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
    /// `validation_failed` naming each broken rule.
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
    async fn delete(&self, viewer: &Viewer, message_id: i64) -> Result<(), ApiError>;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_checked_and_counted_in_code_points() {
        assert_eq!(checked_content("  hi \n").unwrap(), "  hi");
        assert_eq!(checked_content("\n \n    let x = 1;\n").unwrap(), "    let x = 1;");
        assert_eq!(checked_content(&"🦉".repeat(CONTENT_MAX)).unwrap().chars().count(), CONTENT_MAX);
        for (content, rule) in [
            ("", "blank"),
            (" \n\t", "blank"),
            ("\u{200b}\u{feff} ", "blank"),
            ("a\0b", "control_character"),
            (&*"🦉".repeat(CONTENT_MAX + 1), "too_long"),
        ] {
            assert_eq!(checked_content(content).unwrap_err().rule, rule, "{content:?}");
        }
    }

    #[test]
    fn a_caption_may_be_nothing_but_not_anything() {
        assert_eq!(checked_caption(" \n").unwrap(), "");
        assert_eq!(checked_caption(" hi ").unwrap(), " hi");
        assert_eq!(checked_caption("a\0b").unwrap_err().rule, "control_character");
        assert_eq!(checked_caption(&"x".repeat(CONTENT_MAX + 1)).unwrap_err().rule, "too_long");
    }

    #[test]
    fn a_blank_title_is_none() {
        assert_eq!(checked_title(Some("  ")).unwrap(), None);
        assert_eq!(checked_title(Some(" Biology ")).unwrap().as_deref(), Some("Biology"));
        assert_eq!(checked_title(Some(&"x".repeat(201))).unwrap_err().rule, "too_long");
    }

    #[test]
    fn a_client_id_is_short_and_printable() {
        assert!(checked_client_id("0198c5a0-5f3e-7c1d-9a63-2f0c7c1e4b11").is_ok());
        for bad in ["", "a b", "ż", &"x".repeat(65)] {
            assert!(checked_client_id(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn only_our_own_cursors_are_read() {
        let cursor = ConversationCursor { last_activity_at: Timestamp::from_micros(17), id: 4 };
        assert_eq!(ConversationCursor::parse(&cursor.to_string()), Some(cursor));
        for bad in ["", "17", "-", "17-", "-4", "17-0", "+17-4", "17-4-1", "17-99999999999999999999", "x-4"] {
            assert_eq!(ConversationCursor::parse(bad), None, "{bad}");
        }
    }
}
