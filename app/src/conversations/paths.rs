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
    fn a_query_stays_one_parameter() {
        assert_eq!(search("a&b=日", Some(4)), "/conversations/search?query=a%26b%3D%E6%97%A5&conversation=4");
        assert_eq!(search("x", None), "/conversations/search?query=x");
    }
}
