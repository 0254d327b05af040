//! Rows as the people concerned see them.

use super::store::{self, ConversationRow, MessageRow, ParticipantRow};
use crate::{failure::Failure, uploads::store as upload_store};
use db::Connection;
use domain::{
    Timestamp, Viewer,
    accounts::CANCELLED_NAME,
    conversations::{Conversation, ConversationKind, EXCERPT_MAX, Message, Participant, Reaction, ReplyTo},
    id::Sub,
    quizzes::QuizCard,
    uploads::StoredFile,
};
use std::collections::HashMap;
use upload_store::media_path;
use uuid::Uuid;

/// In a larger group nobody is told who has read what: it would be an event for everybody from everybody.
pub(super) const READ_SHOWN_MAX: i64 = 20;

/// The rows with their participants and last messages.
pub(super) async fn conversations(
    c: &mut Connection,
    viewer: &Viewer,
    rows: Vec<ConversationRow>,
) -> Result<Vec<Conversation>, Failure> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut participants: HashMap<i64, Vec<ParticipantRow>> = HashMap::new();
    for row in store::participants(c, &ids).await? {
        participants.entry(row.conversation_id).or_default().push(row);
    }
    let last: Vec<i64> = rows.iter().filter_map(|row| row.last_message_id).collect();
    let last = store::messages(c, &last).await?;
    let mut messages: HashMap<i64, Message> =
        self::messages(c, last).await?.into_iter().map(|message| (message.conversation_id, message)).collect();
    rows.into_iter()
        .map(|row| {
            let participants = participants.remove(&row.id).unwrap_or_default();
            let last_message = messages.remove(&row.id);
            conversation(viewer, row, participants, last_message)
        })
        .collect()
}

fn conversation(
    viewer: &Viewer,
    row: ConversationRow,
    participants: Vec<ParticipantRow>,
    last_message: Option<Message>,
) -> Result<Conversation, Failure> {
    let is_small = i64::try_from(participants.len()).unwrap_or(i64::MAX) <= READ_SHOWN_MAX;
    let participants =
        participants.into_iter().map(|row| participant(viewer, row, is_small)).collect::<Result<_, _>>()?;
    Ok(Conversation {
        id: row.id,
        kind: if row.is_direct { ConversationKind::Direct } else { ConversationKind::Group },
        title: row.title,
        picture_url: row.picture_object_id.map(media_path),
        creator_sub: Some(sub(row.creator_sub)?),
        participants,
        last_message,
        unread_count: row.unread_count,
        read_message_id: row.read_message_id,
        muted: row.muted,
        created_at: Timestamp::from_micros(row.created_at),
        last_activity_at: Timestamp::from_micros(row.last_activity_at),
    })
}

fn participant(viewer: &Viewer, row: ParticipantRow, is_small: bool) -> Result<Participant, Failure> {
    let is_told = row.account_id == viewer.account_id || (row.read_receipts && is_small);
    Ok(Participant {
        sub: sub(row.sub)?,
        deleted: row.display_name.is_none(),
        display_name: row.display_name.unwrap_or_else(cancelled),
        avatar_url: row.avatar_object_id.map(media_path),
        read_message_id: (is_told && row.read_message_id > 0).then_some(row.read_message_id),
    })
}

/// Messages from their rows, with their files.
pub(super) async fn messages(c: &mut Connection, rows: Vec<MessageRow>) -> Result<Vec<Message>, Failure> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.object_id).collect();
    let mut files = upload_store::files(c, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let file = row.object_id.and_then(|id| files.remove(&id));
            message(row, file)
        })
        .collect()
}

/// A message from its row and its file.
pub(super) fn message(row: MessageRow, attachment: Option<StoredFile>) -> Result<Message, Failure> {
    let reply_to = match (row.reply_id, row.reply_sub) {
        (Some(id), Some(sender)) => Some(ReplyTo {
            id,
            sender_sub: sub(sender)?,
            sender_name: row.reply_name.unwrap_or_else(cancelled),
            excerpt: excerpt(&quoted(row.reply_content, row.reply_filename)),
        }),
        _ => None,
    };
    Ok(Message {
        id: row.id,
        conversation_id: row.conversation_id,
        content: row.content,
        content_html: row.content_html,
        sender_sub: sub(row.sender_sub)?,
        sender_name: row.sender_name.unwrap_or_else(cancelled),
        sent_at: Timestamp::from_micros(row.sent_at),
        edited_at: row.edited_at.map(Timestamp::from_micros),
        deleted: row.deleted_at.is_some(),
        reply_to,
        reactions: row.reactions.map_or_else(|| Ok(Vec::new()), |json| reactions_from_json(&json))?,
        attachment,
        quiz: row.quiz_card.map(|json| card(&json)).transpose()?,
        client_id: row.client_id,
    })
}

/// What was written, or what the file is called that was sent without a word.
fn quoted(content: Option<String>, filename: Option<String>) -> String {
    let content = content.unwrap_or_default();
    match filename {
        Some(filename) if says_nothing(&content) => filename,
        _ => content,
    }
}

/// Whether a caption is blank, or only the address of the file as programs get it.
pub(super) fn says_nothing(caption: &str) -> bool {
    caption.is_empty() || caption.strip_prefix("/media/").is_some_and(|id| Uuid::parse_str(id).is_ok())
}

fn reactions_from_json(json: &str) -> Result<Vec<Reaction>, Failure> {
    serde_json::from_str(json).map_err(|_| Failure::Broken("stored reactions cannot be read"))
}

/// The card of a quiz as it is stored.
pub(super) fn card(json: &str) -> Result<QuizCard, Failure> {
    serde_json::from_str(json).map_err(|_| Failure::Broken("a stored card cannot be read"))
}

/// Reactions in the order of first use, each with its people.
pub(super) fn reactions(rows: Vec<(String, String)>) -> Result<Vec<Reaction>, Failure> {
    let mut reactions: Vec<Reaction> = Vec::new();
    for (emoji, person) in rows {
        let person = sub(person)?;
        match reactions.iter_mut().find(|reaction| reaction.emoji == emoji) {
            Some(reaction) => reaction.subs.push(person),
            None => reactions.push(Reaction { emoji, subs: vec![person] }),
        }
    }
    Ok(reactions)
}

/// The beginning of a text in one line.
fn excerpt(content: &str) -> String {
    let line = content.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXCERPT_MAX {
        return line;
    }
    let mut short: String = line.chars().take(EXCERPT_MAX - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

pub(super) fn cancelled() -> String {
    CANCELLED_NAME.to_owned()
}

pub(super) fn sub(text: String) -> Result<Sub, Failure> {
    Sub::parse(text).map_err(|_| Failure::Broken("a stored sub is not valid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_of_a_known_length() {
        assert_eq!(excerpt("a\n\n  b"), "a b");
        let long = excerpt(&"słowo ".repeat(100));
        assert!(long.ends_with('…') && long.chars().count() <= EXCERPT_MAX, "{long}");
    }

    #[test]
    fn a_file_without_words_is_quoted_by_its_name() {
        let name = || Some("plan.pdf".to_owned());
        assert_eq!(quoted(Some("Look".into()), name()), "Look");
        assert_eq!(quoted(Some(String::new()), name()), "plan.pdf");
        assert_eq!(quoted(Some(media_path(Uuid::nil())), name()), "plan.pdf");
        assert_eq!(quoted(Some("/media/x".into()), name()), "/media/x");
        assert_eq!(quoted(Some(String::new()), None), "");
    }

    #[test]
    fn reactions_stand_in_the_order_of_their_first_use() {
        let row = |emoji: &str, sub: &str| (emoji.to_owned(), sub.to_owned());
        let reactions = reactions(vec![row("👍", "ada"), row("🎉", "bob"), row("👍", "bob")]).unwrap();
        let shown: Vec<_> = reactions.iter().map(|reaction| (reaction.emoji.as_str(), reaction.subs.len())).collect();
        assert_eq!(shown, [("👍", 2), ("🎉", 1)]);
    }
}
