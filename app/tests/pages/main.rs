//! The pages as the server sends them, without a browser.

mod failures;
mod forms;
mod html;
mod pages;
mod people;
mod site;
