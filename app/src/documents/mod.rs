//! Documents and their notes.

pub mod library_page;

pub use library_page::LibraryPage;
