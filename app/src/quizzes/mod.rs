//! Quizzes: making, taking, sharing and editing them.

pub mod card;
pub mod edit_page;
pub mod extras;
pub mod group;
pub mod history;
pub mod key_form;
pub mod keys;
pub mod live;
pub mod model;
pub mod new_page;
pub mod paths;
pub mod quiz_id;
pub mod quizzes_page;
pub mod result_detail;
pub mod results_page;
pub mod server_fns;
pub mod take_page;
pub mod taking;

pub use edit_page::EditQuizPage;
pub use new_page::NewQuizPage;
pub use quizzes_page::QuizzesPage;
pub use results_page::ResultsPage;
pub use take_page::TakePage;
