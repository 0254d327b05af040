//! Conversations.

pub mod conversations_page;

pub use conversations_page::ConversationsPage;
