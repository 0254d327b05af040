//! Albums and their photos.

pub mod albums_page;

pub use albums_page::AlbumsPage;
