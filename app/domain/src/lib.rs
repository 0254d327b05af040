//! What Lyceum is about, without saying how it is shown or stored.
//!
//! Types that are parsed once and then cannot be wrong, limits, the closed set of errors, and one trait
//! per feature. The browser, the server functions and the REST calls all speak through this package;
//! only `backend` implements the traits.

pub mod accounts;
pub mod albums;
pub mod citation;
#[cfg(not(target_family = "wasm"))]
pub mod clock;
pub mod conversations;
pub mod documents;
pub mod error;
pub mod events;
pub mod folding;
pub mod grading;
pub mod id;
pub mod quizzes;
pub mod review;
pub mod sessions;
pub mod text;
pub mod time;
pub mod uploads;
pub mod viewer;

pub use error::{ApiError, ErrorCode, FieldError};
pub use time::Timestamp;
pub use viewer::Viewer;
