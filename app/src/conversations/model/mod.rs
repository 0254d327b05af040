//! What the pages know about conversations: pure, so that it is tested without a browser.

pub mod conversation_list;
mod gallery;
pub mod outbox;
pub mod texts;
pub mod thread;

pub use conversation_list::{Applied, Inbox};
pub use gallery::Tile;
pub use outbox::{Outgoing, SendState};
pub use thread::{End, Entry, Row, Rows, Thread, portions};

#[cfg(test)]
pub(crate) mod samples;
