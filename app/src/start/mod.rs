//! Pages for someone who is not signed in.

pub mod sign_in_failed_page;
pub mod start_page;

pub use sign_in_failed_page::SignInFailedPage;
pub use start_page::StartPage;
