//! The whole server from outside, on both engines: real sockets, the embedded provider, real sign-ins.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what went wrong by failing there")]

mod accounts;
mod agreement;
mod connections;
mod conversations;
mod documents;
mod faults;
mod forms;
mod functions;
mod operations;
mod quizzes;
mod security;
mod sign_in;
mod uploads;
mod world;
