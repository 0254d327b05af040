//! How documents are shown, without a browser.

pub mod layout;
pub mod shelf;
pub mod words;

pub use layout::{Mark, Piece, Shape, shapes};
pub use shelf::{News, Shelf};
