//! Review: questions that come back before they are forgotten. Services over the database, and REST.

pub(crate) mod rest;
mod schedule;
pub(crate) mod service;
pub(crate) mod store;
