//! Signed-in browsers: how one comes to be, how its tokens are kept, and how it ends.

pub(crate) mod cookie;
mod device;
pub(crate) mod flow;
mod refresh;
mod refused_forms;
pub(crate) mod rest;
mod return_to;
pub(crate) mod service;
pub(crate) mod store;
mod vault;
