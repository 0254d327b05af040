//! The pages as the server sends them, without a browser.
#![expect(missing_docs, reason = "a test binary has no documentation to read")]

mod failures;
mod forms;
mod html;
mod pages;
mod people;
mod site;
