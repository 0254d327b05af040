//! Documents: files that are read page by page, the notes that are made of them, and finding in them.

mod finding;
pub(crate) mod rest;
pub(crate) mod service;
pub(crate) mod store;
