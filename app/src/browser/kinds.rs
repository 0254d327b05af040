//! What the calls into the browser take and give, the same on both sides.

use domain::events::Event;

/// How it stands with the event stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// It is being opened, for the first time or again.
    #[default]
    Connecting,
    /// Changes arrive as they happen.
    Live,
    /// The server cannot be reached; it is tried again and again.
    Offline,
    /// The session has ended, or another person has signed in.
    SignedOut,
}

/// What the event stream has to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something has changed. What is kept has a cursor; what passes, as typing does, has none.
    Event {
        /// The place of the change among all of this person.
        cursor: Option<i64>,
        /// The change.
        event: Box<Event>,
    },
    /// Changes before this cursor are missing and do not come any more: load everything anew.
    Reset {
        /// Where the stream goes on.
        cursor: i64,
    },
    /// It stands otherwise with the stream.
    Connection(Connection),
}

/// Whether the person wants notifications of this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Yes.
    Granted,
    /// No, and they are not asked again.
    Denied,
    /// They have not been asked.
    Unasked,
    /// The browser has no notifications.
    Unsupported,
}
