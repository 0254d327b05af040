//! Drives the provider from outside, over its router, on both engines.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "tests")]

mod addresses;
mod administration;
mod durability;
mod hostile_input;
mod json_api;
mod mail;
mod oauth;
mod pages;
mod sessions;
mod several_sign_ups;
mod throttling;
mod world;
