//! Conversations: services over the database, and REST.

mod demo;
pub(crate) mod rest;
pub(crate) mod service;
pub(crate) mod store;
