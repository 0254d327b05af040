//! The pages and the server functions.
//!
//! Compiled twice: with `hydrate` for the browser, with `ssr` for the server. Server functions call the traits of
//! `domain`; who implements them is the server's business.

// The router's types nest once per route.
#![recursion_limit = "256"]

#[cfg(all(feature = "hydrate", feature = "ssr"))]
compile_error!("`hydrate` is for the browser and `ssr` for the server: build `frontend` and `server` by themselves");

pub mod accounts;
pub mod albums;
pub mod browser;
pub mod conversations;
pub mod documents;
pub mod error;
pub mod json_text;
pub mod packages;
pub mod paths;
pub mod quizzes;
pub mod review;
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod ssr;
pub mod start;
pub mod theme;
pub mod ui;
pub mod uploads;
pub mod words;

pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use ssr::{Services, provide_services, register_server_functions};
