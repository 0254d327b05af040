//! What the calls into the browser take and give, the same on both sides.

use domain::events::Event;
use serde::{Deserialize, Serialize};

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

/// What is known of a file of the person's own without reading it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileIdentity {
    /// Its name.
    pub name: String,
    /// What the browser takes it for; `application/octet-stream` when it does not know.
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// When it was last changed, in milliseconds since the epoch.
    pub modified_millis: i64,
}

impl FileIdentity {
    /// Whether it is the same file, as far as can be told; the browser's guess at its type may differ.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        (&self.name, self.size, self.modified_millis) == (&other.name, other.size, other.modified_millis)
    }
}

/// Why bytes were not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutFailure {
    /// The store could not be reached, or the connection broke.
    Network,
    /// The store refused them.
    Status(u16),
    /// The file can no longer be read: it was moved, deleted or changed.
    Unreadable,
}

/// The part of a long element that is in the window, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct View {
    /// How far the window's upper edge is below that of the element.
    pub top: f64,
    /// Of the element.
    pub width: f64,
    /// Of the window.
    pub window_width: f64,
    /// Of the window.
    pub window_height: f64,
}

impl View {
    /// Narrower than this, in pixels, a page shows less beside each other; 40rem in the style sheets.
    const NARROW: f64 = 640.0;

    /// Whether the window is that of a telephone.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.window_width < Self::NARROW
    }
}
