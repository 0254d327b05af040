//! Rows of conversations, participants, messages and reactions.

mod cards;
mod conversations;
mod messages;
mod participants;
mod reactions;
mod sending;

pub(crate) use cards::*;
pub(crate) use conversations::*;
pub(crate) use messages::*;
pub(crate) use participants::*;
pub(crate) use reactions::*;
pub(crate) use sending::*;

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&[&str]; 5] = [
    &cards::STATEMENTS,
    &conversations::STATEMENTS,
    &messages::STATEMENTS,
    &participants::STATEMENTS,
    &reactions::STATEMENTS,
];
