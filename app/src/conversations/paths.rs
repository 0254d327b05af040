//! Addresses of the pages about conversations.

use crate::paths::percent_encoded;

/// The list.
pub const LIST: &str = crate::paths::HOME;
/// Where a conversation is started.
pub const NEW: &str = "/conversations/new";
/// Search in messages.
pub const SEARCH: &str = "/conversations/search";

/// A conversation, at its newest messages.
#[must_use]
pub fn conversation(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// Whether a conversation is open at this path of the page's address.
#[must_use]
pub fn is_conversation(path: &str) -> bool {
    let rest = path.strip_prefix(LIST).and_then(|rest| rest.strip_prefix('/'));
    rest.is_some_and(|rest| rest.trim_end_matches('/').parse::<i64>().is_ok())
}

/// Title, members and settings of a conversation.
#[must_use]
pub fn details(id: i64) -> String {
    format!("{LIST}/{id}/details")
}

/// A conversation at the message that was just sent, which is on its newest page.
#[must_use]
pub fn sent(conversation_id: i64, message_id: i64) -> String {
    format!("{LIST}/{conversation_id}#m{message_id}")
}

/// A conversation around one of its messages, wherever that is.
#[must_use]
pub fn message(conversation_id: i64, message_id: i64) -> String {
    format!("{LIST}/{conversation_id}?message={message_id}#m{message_id}")
}

/// A conversation at the first message after the one up to which somebody has read; 0 when that is none.
#[must_use]
pub fn first_unread(conversation_id: i64, read_message_id: i64) -> String {
    format!("{LIST}/{conversation_id}?message={read_message_id}#first-unread")
}

/// A conversation around a message of one's own, with its text ready to be changed.
#[must_use]
pub fn edit(conversation_id: i64, message_id: i64) -> String {
    format!("{LIST}/{conversation_id}?edit={message_id}#m{message_id}")
}

/// The part of a conversation before one of its messages.
#[must_use]
pub fn before(conversation_id: i64, message_id: i64) -> String {
    format!("{LIST}/{conversation_id}?before={message_id}")
}

/// Where a quiz is made of the files of a conversation.
#[must_use]
pub fn quiz_of_files(id: i64) -> String {
    format!("{}?conversation={id}", crate::quizzes::paths::NEW)
}

/// What a search finds, everywhere or in one conversation.
#[must_use]
pub fn search(query: &str, conversation_id: Option<i64>) -> String {
    let place = conversation_id.map(|id| format!("&conversation={id}")).unwrap_or_default();
    format!("{SEARCH}?query={}{place}", percent_encoded(query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_conversation_is_not_the_conversation() {
        assert!(is_conversation(&conversation(4)) && is_conversation("/conversations/4/"));
        for path in [LIST, NEW, SEARCH, &details(4), "/conversations/", "/library/4"] {
            assert!(!is_conversation(path), "{path}");
        }
    }

    #[test]
    fn a_query_stays_one_parameter() {
        assert_eq!(search("a&b=日", Some(4)), "/conversations/search?query=a%26b%3D%E6%97%A5&conversation=4");
        assert_eq!(search("x", None), "/conversations/search?query=x");
    }
}
