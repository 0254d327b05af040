//! Made-up conversations behind the domain's trait: what is in them tries to leave its place.

use crate::people::{Fakes, HOSTILE, is_unlucky, sub};
use async_trait::async_trait;
use domain::{
    ApiError, FieldError, Timestamp, Viewer,
    conversations::{
        Conversation, ConversationKind, ConversationList, Conversations, ConversationsPage, FoundMessages, Message,
        MessageList, MessagePlace, MessageSearch, NewConversation, NewMessage, Participant, Reaction, ReadPosition,
        ReplyTo, SentMessage, StartedConversation, checked_content, checked_title,
    },
    uploads::{StoredFile, Thumbnail},
};
use uuid::Uuid;

/// Two people, in which everything is hostile.
pub(crate) const DIRECT: i64 = 4;
/// A group that the viewer made.
pub(crate) const GROUP: i64 = 5;
/// Others talk there.
pub(crate) const FOREIGN: i64 = 6;
/// Two people who send each other files.
pub(crate) const FILES: i64 = 9;

/// Whom the viewer talked to has cancelled their account.
pub(crate) const DESERTED: i64 = 10;

/// Where the viewer has read nothing yet.
pub(crate) const UNREAD: i64 = 11;

/// As the server renders hostile text: its tags are text.
const RENDERED: &str =
    "<p>&lt;/title&gt;&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; <strong>bold</strong></p>";

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_200_000 + seconds)
}

fn participant(name: &str, display_name: &str) -> Participant {
    let display_name = display_name.into();
    Participant { sub: sub(name), display_name, avatar_url: None, read_message_id: Some(11), deleted: false }
}

fn message(id: i64, conversation_id: i64, sender: &str) -> Message {
    Message {
        id,
        conversation_id,
        content: format!("{HOSTILE} **bold**"),
        content_html: RENDERED.into(),
        sender_sub: sub(sender),
        sender_name: HOSTILE.into(),
        sent_at: moment(id * 60),
        edited_at: None,
        deleted: false,
        reply_to: None,
        reactions: Vec::new(),
        attachment: None,
        quiz: None,
        client_id: None,
    }
}

fn file(id: u128, filename: &str, content_type: &str) -> StoredFile {
    let is_picture = content_type.starts_with("image/");
    let side = |side| is_picture.then_some(side);
    let thumbnail = Thumbnail { width: 320, height: 240, url: format!("/media/{}", Uuid::from_u128(id + 100)) };
    StoredFile {
        object_id: Uuid::from_u128(id),
        filename: filename.into(),
        content_type: content_type.into(),
        size: 1_234_567,
        width: side(4_000),
        height: side(3_000),
        url: format!("/media/{}", Uuid::from_u128(id)),
        thumbhash: is_picture.then(|| "1QcSHQRnh493V4dIh4eXh1h4kJUI".into()),
        thumbnails: if is_picture { vec![thumbnail] } else { Vec::new() },
    }
}

fn files() -> Vec<Message> {
    let bare =
        |id, sender| Message { content: String::new(), content_html: String::new(), ..message(id, FILES, sender) };
    let with = |id, sender, file| Message { attachment: Some(file), ..bare(id, sender) };
    let mut second = with(22, "ben", file(2, "second.png", "image/png"));
    second.sent_at = moment(21 * 60 + 10);
    vec![
        with(21, "ben", file(1, HOSTILE, "image/png")),
        second,
        Message { attachment: Some(file(3, "lake.webp", "image/webp")), ..message(23, FILES, "ben") },
        with(24, "ben", file(4, "film.mp4", "video/mp4")),
        with(25, "viewer", file(5, "talk.mp3", "audio/mpeg")),
        with(26, "ben", file(6, &format!("{HOSTILE}.pdf"), "application/pdf")),
        with(27, "ben", file(7, "page.html", "text/html")),
        Message { deleted: true, ..with(28, "ben", file(8, "gone.png", "image/png")) },
    ]
}

fn thread(conversation_id: i64) -> Vec<Message> {
    if conversation_id == FILES {
        return files();
    }
    let quote = ReplyTo { id: 11, sender_sub: sub("viewer"), sender_name: HOSTILE.into(), excerpt: HOSTILE.into() };
    let reaction = Reaction { emoji: "👍".into(), subs: vec![sub("viewer"), sub("ben")] };
    let deleted = Message {
        content: String::new(),
        content_html: String::new(),
        deleted: true,
        ..message(13, conversation_id, "ben")
    };
    vec![
        message(11, conversation_id, "viewer"),
        Message {
            reply_to: Some(quote),
            reactions: vec![reaction],
            edited_at: Some(moment(0)),
            ..message(12, conversation_id, "ben")
        },
        deleted,
        message(14, conversation_id, "ben"),
    ]
}

fn conversation(id: i64) -> Conversation {
    let mut participants = vec![participant("viewer", HOSTILE), participant("ben", HOSTILE)];
    let is_group = id == GROUP;
    if is_group {
        participants.push(participant("cem", "Cem"));
    }
    participants[1].deleted = id == DESERTED;
    Conversation {
        id,
        kind: if is_group { ConversationKind::Group } else { ConversationKind::Direct },
        title: is_group.then(|| HOSTILE.to_owned()),
        picture_url: None,
        creator_sub: is_group.then(|| sub("viewer")),
        participants,
        last_message: thread(id).pop(),
        unread_count: 3,
        read_message_id: if id == UNREAD { 0 } else { 11 },
        muted: is_group,
        created_at: moment(0),
        last_activity_at: moment(840),
    }
}

fn found(viewer: &Viewer, id: i64) -> Result<Conversation, ApiError> {
    if is_unlucky(viewer) {
        return Err(ApiError::internal());
    }
    match id {
        DIRECT | GROUP | FILES | DESERTED | UNREAD => Ok(conversation(id)),
        FOREIGN => Err(ApiError::forbidden("You are not in this conversation.")),
        _ => Err(ApiError::not_found("There is no such conversation.")),
    }
}

#[async_trait]
impl Conversations for Fakes {
    async fn list(&self, viewer: &Viewer, page: ConversationsPage) -> Result<ConversationList, ApiError> {
        if is_unlucky(viewer) {
            return Err(ApiError::internal());
        }
        let conversations = match page.query.as_deref() {
            Some("nobody") => Vec::new(),
            _ => vec![conversation(DIRECT), conversation(GROUP)],
        };
        let unread_elsewhere = page.before.is_none().then(Vec::new);
        Ok(ConversationList { conversations, has_more: page.before.is_some(), cursor: 17, unread_elsewhere })
    }

    async fn conversation(&self, viewer: &Viewer, id: i64) -> Result<Conversation, ApiError> {
        found(viewer, id)
    }

    async fn start(&self, _: &Viewer, new: NewConversation) -> Result<StartedConversation, ApiError> {
        checked_title(new.title.as_deref()).map_err(|error| ApiError::validation(vec![error]))?;
        if new.participant_subs.is_empty() {
            let error = FieldError::body("participant_subs", "missing", "Choose somebody.");
            return Err(ApiError::validation(vec![error]));
        }
        let id = if new.participant_subs.len() > 1 || new.title.is_some() { GROUP } else { DIRECT };
        Ok(StartedConversation { conversation: conversation(id), created: true })
    }

    async fn rename(&self, viewer: &Viewer, id: i64, title: Option<String>) -> Result<Conversation, ApiError> {
        checked_title(title.as_deref()).map_err(|error| ApiError::validation(vec![error]))?;
        found(viewer, id)
    }

    async fn set_picture(&self, viewer: &Viewer, id: i64, _: Option<Uuid>) -> Result<Conversation, ApiError> {
        found(viewer, id)
    }

    async fn add_participants(&self, viewer: &Viewer, id: i64, _: Vec<String>) -> Result<Conversation, ApiError> {
        found(viewer, id)
    }

    async fn remove_participant(&self, viewer: &Viewer, id: i64, _: String) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn messages(&self, viewer: &Viewer, id: i64, place: MessagePlace, _: i64) -> Result<MessageList, ApiError> {
        found(viewer, id)?;
        if let MessagePlace::Around(at) = place
            && !thread(id).iter().any(|message| message.id == at)
        {
            return Err(ApiError::validation(vec![FieldError::query("around", "cursor", "There is no such message.")]));
        }
        let (has_older, has_newer) = (place != MessagePlace::Oldest, place != MessagePlace::Latest);
        Ok(MessageList { messages: thread(id), has_older, has_newer, cursor: 17 })
    }

    async fn send(&self, viewer: &Viewer, new: NewMessage) -> Result<SentMessage, ApiError> {
        found(viewer, new.conversation_id)?;
        let content = checked_content(&new.content).map_err(|error| ApiError::validation(vec![error]))?;
        let message = Message { content, client_id: new.client_id, ..message(15, new.conversation_id, "viewer") };
        Ok(SentMessage { message, created: true })
    }

    async fn edit(&self, _: &Viewer, id: i64, _: String) -> Result<Message, ApiError> {
        Ok(message(id, DIRECT, "viewer"))
    }

    async fn delete(&self, _: &Viewer, id: i64) -> Result<Message, ApiError> {
        Ok(message(id, DIRECT, "viewer"))
    }

    async fn react(&self, _: &Viewer, id: i64, _: String, _: bool) -> Result<Message, ApiError> {
        Ok(message(id, DIRECT, "ben"))
    }

    async fn mark_read(&self, viewer: &Viewer, id: i64, message_id: i64) -> Result<ReadPosition, ApiError> {
        found(viewer, id)?;
        Ok(ReadPosition { conversation_id: id, message_id, unread_count: 0 })
    }

    async fn set_muted(&self, viewer: &Viewer, id: i64, _: bool) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn typing(&self, viewer: &Viewer, id: i64) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn search(&self, viewer: &Viewer, search: MessageSearch) -> Result<FoundMessages, ApiError> {
        if let Some(id) = search.conversation_id {
            found(viewer, id)?;
        }
        let messages = if search.query == "nothing" { Vec::new() } else { vec![message(14, DIRECT, "ben")] };
        Ok(FoundMessages { messages, has_older: true })
    }
}
