//! Quizzes: services over the database, and REST.

mod exporting;
pub(crate) mod grading;
pub(crate) mod rest;
pub(crate) mod service;
mod stand_in;
pub(crate) mod store;

pub(crate) use stand_in::StandIn;
