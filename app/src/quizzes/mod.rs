//! Quizzes and their review.

pub mod quizzes_page;
pub mod review_page;

pub use quizzes_page::QuizzesPage;
pub use review_page::ReviewPage;
