//! How uploads stand and what is done next, without a browser.

pub mod file_kind;
pub mod permits;
pub mod retry;
pub mod speed;
pub mod state;
pub mod texts;

pub use file_kind::FileKind;
pub use state::{Progress, State, Summary, TargetKind, UploadTarget};
