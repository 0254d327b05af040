//! Rows of documents, their pages and their notes.

mod documents;
mod notes;
mod pages;

pub(crate) use documents::*;
pub(crate) use notes::*;
pub(crate) use pages::*;

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&[&str]; 3] = [&documents::STATEMENTS, &notes::STATEMENTS, &pages::STATEMENTS];
