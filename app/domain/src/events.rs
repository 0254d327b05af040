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
#[serde(tag = "type", try_from = "Fields")]
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

/// The fields of all kinds together. Read so, a message in an event has the reader that messages have anyway; serde's own
/// reading of a tag keeps everything aside first and needs another one for each type, which doubles what browsers load.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: String,
    message: Option<Message>,
    conversation: Option<Box<Conversation>>,
    document: Option<Box<Document>>,
    album: Option<Box<Album>>,
    conversation_id: Option<i64>,
    sub: Option<Sub>,
    message_id: Option<i64>,
    document_id: Option<Uuid>,
    album_id: Option<Uuid>,
    quiz_id: Option<i64>,
    status: Option<QuizStatus>,
}

impl Fields {
    /// None when a field of the kind is missing, or nothing is of that kind.
    fn event(self) -> Option<Event> {
        let Self { message, conversation_id, sub, .. } = self;
        Some(match &*self.kind {
            "message.created" => Event::MessageCreated { message: message? },
            "message.updated" => Event::MessageUpdated { message: message? },
            "message.deleted" => Event::MessageDeleted { message: message? },
            "reaction.changed" => Event::ReactionChanged { message: message? },
            "conversation.read" => {
                Event::ConversationRead { conversation_id: conversation_id?, sub: sub?, message_id: self.message_id? }
            }
            "conversation.updated" => Event::ConversationUpdated { conversation: self.conversation? },
            "conversation.removed" => Event::ConversationRemoved { conversation_id: conversation_id? },
            "document.updated" => Event::DocumentUpdated { document: self.document? },
            "document.deleted" => Event::DocumentDeleted { document_id: self.document_id? },
            "album.updated" => Event::AlbumUpdated { album: self.album? },
            "album.removed" => Event::AlbumRemoved { album_id: self.album_id? },
            "quiz.updated" => Event::QuizUpdated { quiz_id: self.quiz_id?, status: self.status? },
            "typing" => Event::Typing { conversation_id: conversation_id?, sub: sub? },
            "reset" => Event::Reset,
            _ => return None,
        })
    }
}

impl TryFrom<Fields> for Event {
    type Error = String;

    fn try_from(fields: Fields) -> Result<Self, String> {
        let kind = fields.kind.clone();
        fields.event().ok_or_else(|| format!("not a whole event of the kind {kind}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, from_value, json, to_value};

    #[test]
    fn an_event_says_its_type() {
        let event = Event::Typing { conversation_id: 4, sub: Sub::parse("ada").unwrap() };
        let json = to_value(&event).unwrap();
        assert_eq!(json, json!({"type": "typing", "conversation_id": 4, "sub": "ada"}));
        assert_eq!(to_value(Event::Reset).unwrap(), json!({"type": "reset"}));
    }
    /// One event of each kind, as the stream tells it.
    fn told() -> Vec<Value> {
        let at = "2026-10-05T08:00:00.000000Z";
        let person = json!({"sub": "ada", "display_name": "Ada", "avatar_url": null});
        let message = json!({
            "id": 7, "conversation_id": 4, "content": "Hello", "content_html": "<p>Hello</p>", "sender_sub": "ada",
            "sender_name": "Ada", "sent_at": at, "deleted": false, "reactions": [{"emoji": "👍", "subs": ["bob"]}],
        });
        let conversation = json!({
            "id": 4, "kind": "group", "title": "Cells", "picture_url": null, "creator_sub": "ada", "participants": [],
            "last_message": message, "unread_count": 1, "read_message_id": 6, "muted": false, "created_at": at,
            "last_activity_at": at,
        });
        let id = Uuid::from_u128(9);
        let document = json!({
            "id": id, "title": "Cells", "filename": "cells.pdf", "content_type": "application/pdf", "size": 1,
            "status": "ready", "pages": 3, "words": 1234, "language": "en", "notes_status": "ready", "url": "/media/1",
            "created_at": at, "updated_at": at,
        });
        let album = json!({
            "id": id, "title": "Field trip", "description": "", "owner": person, "role": "editor", "cover": null,
            "photo_count": 2, "members": [{"sub": "bob", "display_name": "Bob", "avatar_url": null, "role": "viewer"}],
            "conversations": [], "created_at": at, "updated_at": at,
        });
        vec![
            json!({"type": "message.created", "message": message}),
            json!({"type": "message.updated", "message": message}),
            json!({"type": "message.deleted", "message": message}),
            json!({"type": "reaction.changed", "message": message}),
            json!({"type": "conversation.read", "conversation_id": 4, "sub": "ada", "message_id": 7}),
            json!({"type": "conversation.updated", "conversation": conversation}),
            json!({"type": "conversation.removed", "conversation_id": 4}),
            json!({"type": "document.updated", "document": document}),
            json!({"type": "document.deleted", "document_id": id}),
            json!({"type": "album.updated", "album": album}),
            json!({"type": "album.removed", "album_id": id}),
            json!({"type": "quiz.updated", "quiz_id": 3, "status": "ready"}),
            json!({"type": "typing", "conversation_id": 4, "sub": "ada"}),
            json!({"type": "reset"}),
        ]
    }

    #[test]
    fn an_event_of_each_kind_is_read_as_it_is_told() {
        for told in told() {
            let read: Event = from_value(told.clone()).unwrap();
            assert_eq!(to_value(read).unwrap(), told);
        }
    }

    #[test]
    fn an_event_of_no_kind_or_without_one_of_its_fields_is_refused() {
        let refused = |told: Value| from_value::<Event>(told).unwrap_err().to_string();
        assert!(refused(json!({"type": "message.boosted"})).contains("message.boosted"));
        for told in told() {
            let fields = told.as_object().unwrap();
            for missing in fields.keys() {
                let mut rest = fields.clone();
                rest.remove(missing);
                refused(Value::Object(rest));
            }
        }
    }
}
