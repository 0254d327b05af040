//! Conversations: finding one another, talking, and what has been read.

pub mod conversations_page;
pub mod live;
pub mod model;
pub mod paths;
pub mod server_fns;

pub use conversations_page::ConversationsPage;
