//! Rows of uploads and of the files that come of them.

mod objects;
mod uploads;

pub(super) use objects::*;
pub(super) use uploads::*;

pub(crate) use objects::{files, media_path, unrenderable};

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&[&str]; 2] = [&objects::STATEMENTS, &uploads::STATEMENTS];
