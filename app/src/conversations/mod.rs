//! Conversations: finding one another, talking, and what has been read.

pub mod avatar;
pub mod conversations_page;
pub mod delete_form;
pub mod details_page;
pub mod excerpt;
pub mod frame;
pub mod heading;
pub mod icons;
pub mod list;
pub mod live;
pub mod mine;
pub mod model;
pub mod new_page;
pub mod paths;
pub mod people_picker;
pub mod search_page;
pub mod server_fns;
pub mod switcher;
pub mod thread;
pub mod thread_page;
pub mod times;
pub mod unsent;

pub use conversations_page::ConversationsPage;
pub use details_page::DetailsPage;
pub use frame::ConversationsFrame;
pub use mine::MyConversations;
pub use new_page::NewConversationPage;
pub use search_page::MessageSearchPage;
pub use thread_page::ThreadPage;
pub use unsent::UnsentNotice;
