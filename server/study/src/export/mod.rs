//! Quizzes as files that other programs open.

pub mod anki;
mod gift;
mod markdown;

pub use gift::gift;
pub use markdown::{markdown, plain};

use domain::quizzes::QuestionType;

/// A question with its answer, to be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportQuestion {
    /// How it is answered.
    pub kind: QuestionType,
    /// What is asked.
    pub question: String,
    /// Of a multiple choice: what to choose from, in the order shown.
    pub options: Vec<String>,
    /// What is right.
    pub correct_answer: String,
    /// Of a short answer: what else is right.
    pub accepted_answers: Vec<String>,
    /// The passage that says so.
    pub quote: Option<String>,
    /// The page on which it stands.
    pub page: Option<u32>,
}

impl ExportQuestion {
    /// The passage in quotation marks, with its page.
    fn passage(&self) -> Option<String> {
        let quote = self.quote.as_deref().map(one_line).filter(|quote| !quote.is_empty())?;
        Some(self.page.map_or_else(|| format!("“{quote}”"), |page| format!("“{quote}” (page {page})")))
    }

    /// Whether the right answer to true or false is true.
    fn is_true(&self) -> bool {
        self.correct_answer.trim().eq_ignore_ascii_case("true")
    }
}

/// The text in one line, without control characters.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
