//! Albums and photos: services over the database, and REST.

pub(crate) mod rest;
pub(crate) mod service;
pub(crate) mod store;
