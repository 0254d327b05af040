//! What the pages ask about conversations. Checks and permissions are the service's.

#[cfg(feature = "ssr")]
use crate::{conversations::paths, ssr};
use crate::{error::Failure, json_text::JsonText};
use domain::conversations::{Conversation, ConversationList, FoundMessages, Message, MessageList, ReadPosition};
#[cfg(feature = "ssr")]
use domain::conversations::{ConversationsPage, MessageSearch, NewConversation, NewMessage, PAGE_DEFAULT};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

/// The viewer's conversations, newest activity first.
#[server(prefix = "/fn", endpoint = "conversations/list", input = GetUrl, output = JsonText)]
pub async fn list_conversations(
    /// Words of a title or of names; all conversations without.
    query: Option<String>,
    /// The place in the list after which to go on.
    before: Option<String>,
) -> Result<ConversationList, Failure> {
    let viewer = ssr::viewer()?;
    let page = ConversationsPage { query: words(query), limit: PAGE_DEFAULT, before: parameters::cursor(before)? };
    Ok(ssr::services()?.conversations.list(&viewer, page).await?)
}

/// One conversation.
#[server(prefix = "/fn", endpoint = "conversations/conversation", input = GetUrl, output = JsonText)]
pub async fn load_conversation(
    /// The conversation.
    id: i64,
) -> Result<Conversation, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.conversations.conversation(&viewer, id).await?)
}

/// A part of a thread: the newest messages, or those before, after or around one.
#[server(prefix = "/fn", endpoint = "conversations/messages", input = GetUrl, output = JsonText)]
pub async fn load_messages(
    /// The conversation.
    conversation_id: i64,
    /// Only older ones than this message.
    before: Option<i64>,
    /// Only newer ones than this message.
    after: Option<i64>,
    /// This message with those around it; 0 stands before the oldest.
    around: Option<i64>,
) -> Result<MessageList, Failure> {
    let viewer = ssr::viewer()?;
    let place = parameters::place(before, after, around)?;
    Ok(ssr::services()?.conversations.messages(&viewer, conversation_id, place, PAGE_DEFAULT).await?)
}

/// Starts a conversation; two people get the one that they have.
#[server(prefix = "/fn", endpoint = "conversations/start", output = JsonText)]
pub async fn start_conversation(
    /// The others.
    #[server(default)]
    participant_subs: Vec<String>,
    /// A title makes it a group.
    title: Option<String>,
) -> Result<Conversation, Failure> {
    let new = NewConversation { participant_subs, title: words(title) };
    let started = ssr::services()?.conversations.start(&ssr::viewer()?, new).await?;
    ssr::after_form(&paths::conversation(started.conversation.id));
    Ok(started.conversation)
}

/// Gives a group another title, or none.
#[server(prefix = "/fn", endpoint = "conversations/rename", output = JsonText)]
pub async fn rename_conversation(
    /// The group.
    id: i64,
    /// The new title.
    title: Option<String>,
) -> Result<Conversation, Failure> {
    let conversation = ssr::services()?.conversations.rename(&ssr::viewer()?, id, words(title)).await?;
    ssr::after_form(&paths::details(id));
    Ok(conversation)
}

/// Gives a group a picture, or none.
#[server(prefix = "/fn", endpoint = "conversations/set_picture", output = JsonText)]
pub async fn set_picture(
    /// The group.
    id: i64,
    /// A complete upload of a picture; none takes the picture away.
    upload_id: Option<Uuid>,
) -> Result<Conversation, Failure> {
    let conversation = ssr::services()?.conversations.set_picture(&ssr::viewer()?, id, upload_id).await?;
    ssr::after_form(&paths::details(id));
    Ok(conversation)
}

/// Adds people to a group.
#[server(prefix = "/fn", endpoint = "conversations/add_participants", output = JsonText)]
pub async fn add_participants(
    /// The group.
    id: i64,
    /// Who joins.
    #[server(default)]
    participant_subs: Vec<String>,
) -> Result<Conversation, Failure> {
    let service = ssr::services()?.conversations;
    let conversation = service.add_participants(&ssr::viewer()?, id, participant_subs).await?;
    ssr::after_form(&paths::details(id));
    Ok(conversation)
}

/// Leaves a group, or takes somebody out of it.
#[server(prefix = "/fn", endpoint = "conversations/remove_participant", output = JsonText)]
pub async fn remove_participant(
    /// The group.
    id: i64,
    /// Who goes.
    sub: String,
) -> Result<(), Failure> {
    let viewer = ssr::viewer()?;
    let leaves = viewer.sub.as_str() == sub;
    ssr::services()?.conversations.remove_participant(&viewer, id, sub).await?;
    ssr::after_form(&if leaves { paths::LIST.to_owned() } else { paths::details(id) });
    Ok(())
}

/// Sends a message.
#[server(prefix = "/fn", endpoint = "conversations/send", output = JsonText)]
pub async fn send_message(
    /// Where to.
    conversation_id: i64,
    /// What: Markdown; may be blank beside a file.
    #[server(default)]
    content: String,
    /// Names the message at the sender: the same again is the same message.
    client_id: Option<String>,
    /// The message that it answers.
    reply_to: Option<i64>,
    /// A complete upload that goes along.
    upload_id: Option<Uuid>,
) -> Result<Message, Failure> {
    let new = NewMessage { conversation_id, content, client_id: words(client_id), reply_to, upload_id };
    let sent = ssr::services()?.conversations.send(&ssr::viewer()?, new).await?;
    ssr::after_form(&paths::sent(conversation_id, sent.message.id));
    Ok(sent.message)
}

/// Changes a message of the viewer.
#[server(prefix = "/fn", endpoint = "conversations/edit", output = JsonText)]
pub async fn edit_message(
    /// The message.
    message_id: i64,
    /// Its new text.
    content: String,
) -> Result<Message, Failure> {
    let message = ssr::services()?.conversations.edit(&ssr::viewer()?, message_id, content).await?;
    ssr::after_form(&paths::message(message.conversation_id, message_id));
    Ok(message)
}

/// Takes a message of the viewer back.
#[server(prefix = "/fn", endpoint = "conversations/delete", output = JsonText)]
pub async fn delete_message(
    /// The message.
    message_id: i64,
) -> Result<(), Failure> {
    let message = ssr::services()?.conversations.delete(&ssr::viewer()?, message_id).await?;
    ssr::after_form(&paths::message(message.conversation_id, message_id));
    Ok(())
}

/// Adds or takes back a reaction of the viewer.
#[server(prefix = "/fn", endpoint = "conversations/react", output = JsonText)]
pub async fn react(
    /// The message.
    message_id: i64,
    /// The emoji.
    emoji: String,
    /// Whether it is added.
    on: bool,
) -> Result<Message, Failure> {
    let message = ssr::services()?.conversations.react(&ssr::viewer()?, message_id, emoji, on).await?;
    ssr::after_form(&paths::message(message.conversation_id, message_id));
    Ok(message)
}

/// Moves the viewer's read position forward.
#[server(prefix = "/fn", endpoint = "conversations/mark_read", output = JsonText)]
pub async fn mark_read(
    /// The conversation.
    conversation_id: i64,
    /// The last message read.
    message_id: i64,
) -> Result<ReadPosition, Failure> {
    let position = ssr::services()?.conversations.mark_read(&ssr::viewer()?, conversation_id, message_id).await?;
    ssr::after_form(&paths::conversation(conversation_id));
    Ok(position)
}

/// Whether the viewer wants no notifications from a conversation.
#[server(prefix = "/fn", endpoint = "conversations/mute", output = JsonText)]
pub async fn set_muted(
    /// The conversation.
    id: i64,
    /// Whether it is silent.
    muted: bool,
) -> Result<(), Failure> {
    ssr::services()?.conversations.set_muted(&ssr::viewer()?, id, muted).await?;
    ssr::after_form(&paths::details(id));
    Ok(())
}

/// Tells the others that the viewer is writing.
#[server(prefix = "/fn", endpoint = "conversations/typing", output = JsonText)]
pub async fn signal_typing(
    /// Where.
    id: i64,
) -> Result<(), Failure> {
    Ok(ssr::services()?.conversations.typing(&ssr::viewer()?, id).await?)
}

/// Messages with every word of the query, in one or all conversations.
#[server(prefix = "/fn", endpoint = "conversations/search", input = GetUrl, output = JsonText)]
pub async fn search_messages(
    /// Words or parts of words.
    query: String,
    /// Only in this conversation.
    conversation_id: Option<i64>,
    /// Only older ones than this message.
    before: Option<i64>,
) -> Result<FoundMessages, Failure> {
    let viewer = ssr::viewer()?;
    let search = MessageSearch { query, conversation_id, before, limit: PAGE_DEFAULT };
    Ok(ssr::services()?.conversations.search(&viewer, search).await?)
}

/// A field that a form leaves empty says nothing.
#[cfg(feature = "ssr")]
fn words(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

#[cfg(feature = "ssr")]
mod parameters {
    use domain::{
        ApiError, FieldError,
        conversations::{ConversationCursor, MessagePlace},
    };

    pub(super) fn cursor(before: Option<String>) -> Result<Option<ConversationCursor>, ApiError> {
        let read = |text: String| {
            ConversationCursor::parse(&text)
                .ok_or_else(|| refused("before", "cursor", "This is no place in the list: leave it out, or take one."))
        };
        before.filter(|text| !text.is_empty()).map(read).transpose()
    }

    pub(super) fn place(
        before: Option<i64>,
        after: Option<i64>,
        around: Option<i64>,
    ) -> Result<MessagePlace, ApiError> {
        match (before, after, around) {
            (None, None, None) => Ok(MessagePlace::Latest),
            (Some(id), None, None) => Ok(MessagePlace::Before(id)),
            (None, Some(id), None) => Ok(MessagePlace::After(id)),
            (None, None, Some(0)) => Ok(MessagePlace::Oldest),
            (None, None, Some(id)) => Ok(MessagePlace::Around(id)),
            _ => Err(refused("before", "exclusive", "Name one of before, after and around, or none.")),
        }
    }

    fn refused(field: &str, rule: &str, msg: &str) -> ApiError {
        ApiError::validation(vec![FieldError::query(field, rule, msg)])
    }
}
