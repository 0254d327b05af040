//! Outside services: one client each, whoever answers.

pub mod identity;
pub mod machine;
pub(crate) mod objects;
