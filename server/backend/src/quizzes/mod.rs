//! Quizzes: services over the database, and REST.

mod exporting;
pub(crate) mod grading;
pub(crate) mod rest;
pub(crate) mod service;
pub(crate) mod store;
