//! The REST calls and the browser's sign-in, driven through the router as a client would, on both engines, with a
//! provider that does what the test orders.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod accounts;
mod album_events;
mod albums;
mod attachments;
mod authentication;
mod bodies;
mod cancel;
mod conversations;
mod document;
mod documents;
mod downloads;
mod events;
mod folding;
mod gallery;
mod idempotency;
mod limits;
mod matrix;
mod messages;
mod model;
mod photos;
mod provider;
mod quizzes;
mod review;
mod seed;
mod sessions;
mod sign_in;
mod store;
mod uploads;
mod world;
