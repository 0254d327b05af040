//! People and messages for the tests.

use domain::{
    Timestamp,
    conversations::{Conversation, ConversationKind, Message, MessageList, Participant},
    id::Sub,
    uploads::StoredFile,
};
use uuid::Uuid;

pub(crate) fn sub(name: &str) -> Sub {
    Sub::parse(name).unwrap()
}

/// A message of the conversation 4, a minute after the one before.
pub(crate) fn message(id: i64, sender: &str) -> Message {
    Message {
        id,
        conversation_id: 4,
        content: format!("text {id}"),
        content_html: format!("<p>text {id}</p>"),
        sender_sub: sub(sender),
        sender_name: sender.to_uppercase(),
        sent_at: Timestamp::from_seconds(id * 60),
        edited_at: None,
        deleted: false,
        reply_to: None,
        reactions: Vec::new(),
        attachment: None,
        quiz: None,
        client_id: None,
    }
}

/// A picture without a caption.
pub(crate) fn picture(id: i64, sender: &str) -> Message {
    let attachment = StoredFile {
        object_id: Uuid::from_u128(u128::try_from(id).unwrap()),
        filename: format!("{id}.png"),
        content_type: "image/png".into(),
        size: 3,
        width: Some(640),
        height: Some(480),
        url: format!("/media/{id}"),
        thumbhash: None,
        thumbnails: Vec::new(),
    };
    let (content, content_html) = (String::new(), String::new());
    Message { content, content_html, attachment: Some(attachment), ..message(id, sender) }
}

pub(crate) fn list(messages: Vec<Message>, has_older: bool, has_newer: bool) -> MessageList {
    MessageList { messages, has_older, has_newer, cursor: 0 }
}

pub(crate) fn participant(name: &str) -> Participant {
    let display_name = name.to_uppercase();
    Participant { sub: sub(name), display_name, avatar_url: None, read_message_id: None, deleted: false }
}

/// A conversation of Ada with others.
pub(crate) fn conversation(id: i64, others: &[&str]) -> Conversation {
    let kind = if others.len() == 1 { ConversationKind::Direct } else { ConversationKind::Group };
    let participants = std::iter::once("ada").chain(others.iter().copied()).map(participant).collect();
    Conversation {
        id,
        kind,
        title: None,
        picture_url: None,
        creator_sub: None,
        participants,
        last_message: None,
        unread_count: 0,
        read_message_id: 0,
        muted: false,
        created_at: Timestamp::from_seconds(id),
        last_activity_at: Timestamp::from_seconds(id),
    }
}
