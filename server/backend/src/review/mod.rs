//! Review: questions that come back before they are forgotten. Services over the database, and REST.

pub(crate) mod rest;
pub(crate) mod service;
pub(crate) mod store;
