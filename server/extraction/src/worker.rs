//! Extraction in a process of its own: whatever a hostile document does to it, the process that asked goes on.
//!
//! The child runs [`serve`]. It is given one line of JSON, the [`Format`] and [`Limits`], and then the document; it limits
//! its own memory and computing time before it reads the document, and answers with lines of JSON: progress, and at last
//! the document or the failure.

mod process;
mod serve;

pub use process::Worker;
pub use serve::serve;

use crate::{Document, Failure, Format, Limits};
use serde::{Deserialize, Serialize};

/// What stands before the document.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    format: Format,
    limits: Limits,
    bytes: u64,
}

/// One line of the answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Progress(u32, Option<u32>),
    Document(Document),
    Failure(Failure),
}
