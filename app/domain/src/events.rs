//! What has changed, as the event stream tells it to the people concerned.

use crate::{
    albums::Album,
    conversations::{Conversation, Message},
    documents::Document,
    id::Sub,
    quizzes::QuizStatus,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One change, with the whole of the changed thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Event {
    /// Somebody sent a message.
    #[serde(rename = "message.created")]
    MessageCreated {
        /// The message.
        message: Message,
    },
    /// A message was edited.
    #[serde(rename = "message.updated")]
    MessageUpdated {
        /// The message as it is now.
        message: Message,
    },
    /// A message was taken back.
    #[serde(rename = "message.deleted")]
    MessageDeleted {
        /// What is left of it.
        message: Message,
    },
    /// A reaction came or went.
    #[serde(rename = "reaction.changed")]
    ReactionChanged {
        /// The message as it is now.
        message: Message,
    },
    /// Somebody has read up to a message. Of a person who keeps that to themselves, only their own browsers hear.
    #[serde(rename = "conversation.read")]
    ConversationRead {
        /// Where.
        conversation_id: i64,
        /// Who.
        sub: Sub,
        /// The last message read.
        message_id: i64,
    },
    /// A conversation was started, renamed or muted, somebody joined or left, or shows or hides what they have read.
    #[serde(rename = "conversation.updated")]
    ConversationUpdated {
        /// The conversation as the receiver sees it now.
        conversation: Box<Conversation>,
    },
    /// The receiver is no longer in the conversation.
    #[serde(rename = "conversation.removed")]
    ConversationRemoved {
        /// Which.
        conversation_id: i64,
    },
    /// A document of the receiver's has come further, was renamed, or has other notes. While it is read, at most twice a
    /// second.
    #[serde(rename = "document.updated")]
    DocumentUpdated {
        /// The document as it is now.
        document: Box<Document>,
    },
    /// A document of the receiver's is gone.
    #[serde(rename = "document.deleted")]
    DocumentDeleted {
        /// Which.
        document_id: Uuid,
    },
    /// An album that the receiver sees was made, changed or shared, or has other photos.
    #[serde(rename = "album.updated")]
    AlbumUpdated {
        /// The album as the receiver sees it now.
        album: Box<Album>,
    },
    /// An album is gone, or the receiver does not see it any more.
    #[serde(rename = "album.removed")]
    AlbumRemoved {
        /// Which.
        album_id: Uuid,
    },
    /// Making a quiz of the receiver's has come to its end.
    #[serde(rename = "quiz.updated")]
    QuizUpdated {
        /// Which.
        quiz_id: i64,
        /// How it came out.
        status: QuizStatus,
    },
    /// Somebody is writing. Holds for a few seconds and has no cursor.
    #[serde(rename = "typing")]
    Typing {
        /// Where.
        conversation_id: i64,
        /// Who.
        sub: Sub,
    },
    /// The cursor was too old to go on from: load everything anew.
    #[serde(rename = "reset")]
    Reset,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_says_its_type() {
        let event = Event::Typing { conversation_id: 4, sub: Sub::parse("ada").unwrap() };
        let json = serde_json::to_value(&event).unwrap();
        assert_eq!(json, serde_json::json!({"type": "typing", "conversation_id": 4, "sub": "ada"}));
        assert_eq!(serde_json::to_value(Event::Reset).unwrap(), serde_json::json!({"type": "reset"}));
    }
}
