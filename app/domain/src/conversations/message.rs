//! A message, and sending one.

use crate::{FieldError, Timestamp, id::Sub, quizzes::QuizCard, text, uploads::StoredFile};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longest text message, in code points.
pub const CONTENT_MAX: usize = 4_000;
/// Longest client id of a message, in characters.
pub const CLIENT_ID_MAX: usize = 64;
/// Length of what is quoted of a message that is replied to, in code points.
pub const EXCERPT_MAX: usize = 120;
/// Most different reactions of one person to one message.
pub const REACTIONS_MAX: usize = 20;

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
    fn a_client_id_is_short_and_printable() {
        assert!(checked_client_id("0198c5a0-5f3e-7c1d-9a63-2f0c7c1e4b11").is_ok());
        for bad in ["", "a b", "ż", &"x".repeat(65)] {
            assert!(checked_client_id(bad).is_err(), "{bad:?}");
        }
    }
}
