//! Quizzes without a browser: what forms say, the answer sheet, and words.

pub mod key;
pub mod request;
pub mod sheet;
pub mod words;

pub use sheet::Sheet;
