//! Albums and their photos.

pub mod actions;
pub mod album_id;
pub mod album_page;
pub mod albums_page;
pub mod cards;
pub mod edit_page;
pub mod gallery;
pub mod icons;
pub mod live;
pub mod model;
pub mod new_page;
pub mod open_album;
pub mod paths;
pub mod photo;
pub mod photo_page;
pub mod picture;
pub mod server_fns;
pub mod sharing_page;
pub mod tag_field;

pub use album_page::{AlbumFrame, AlbumPage};
pub use albums_page::AlbumsPage;
pub use edit_page::EditAlbumPage;
pub use new_page::NewAlbumPage;
pub use photo_page::PhotoPage;
pub use sharing_page::SharingPage;
