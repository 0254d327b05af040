//! Outside services: one client each, whoever answers.

pub mod identity;
pub(crate) mod objects;
