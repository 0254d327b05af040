//! People: their profile, finding one another, leaving.

pub(crate) mod folding;
pub(crate) mod rest;
pub(crate) mod service;
pub(crate) mod store;
