//! Signed-in browsers: a person sees and ends them.

pub mod model;
pub mod server_fns;
pub mod session_list;

pub use session_list::SessionsSection;
