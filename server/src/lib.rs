//! The composition root: reads the configuration, wires the packages together and serves them.
//!
//! The only package that sees both the pages (`app`) and the services (`backend`).

pub mod compose;
pub mod config;
pub mod http;
mod stores;
pub mod telemetry;
pub mod temporary;
