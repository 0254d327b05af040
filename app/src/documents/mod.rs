//! Documents, their text and their notes.

pub mod adding;
pub mod attachment_actions;
pub mod document_id;
pub mod document_page;
pub mod edit_notes_page;
pub mod heading;
pub mod icons;
pub mod library_page;
pub mod live;
pub mod manage;
pub mod model;
pub mod notes_view;
pub mod page_text;
pub mod passage_panel;
pub mod paths;
pub mod read_page;
pub mod reader_tools;
pub mod rows;
pub mod server_fns;
pub mod versions_page;

pub use document_page::DocumentPage;
pub use edit_notes_page::EditNotesPage;
pub use library_page::LibraryPage;
pub use read_page::ReadPage;
pub use versions_page::VersionsPage;
