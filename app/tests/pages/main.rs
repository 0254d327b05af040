//! The pages as the server sends them, without a browser.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod albums;
mod conversations;
mod documents;
mod failures;
mod files;
mod forms;
mod html;
mod media;
mod pages;
mod people;
mod photos;
mod quizzes;
mod site;
mod study;
mod talk;
