//! Outside services: one client each, whoever answers.

pub mod identity;
