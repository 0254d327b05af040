//! Pictures as people and attackers send them. `exiftool` is the independent witness.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by failing there"
)]

mod exiftool;
mod hostile;
mod inspection;
mod rendering;
mod samples;
mod stripping;
