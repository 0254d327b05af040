//! What only a browser can do. On the server each of these does nothing, so that components need not ask where they run.

pub mod event_log;
mod kinds;
pub mod written;

pub use kinds::{Connection, FileIdentity, News, Permission, PutFailure, View};

#[cfg(feature = "hydrate")]
mod in_browser;
#[cfg(feature = "hydrate")]
pub use in_browser::*;

#[cfg(not(feature = "hydrate"))]
mod on_server;
#[cfg(not(feature = "hydrate"))]
pub use on_server::*;
