//! Files that other programs read.

use crate::failure::Failure;
use domain::{
    Timestamp,
    quizzes::{ExportFormat, KeyedQuestion},
};

/// Writes a quiz with its answers.
pub(crate) fn write(
    _format: ExportFormat,
    _id: i64,
    title: &str,
    questions: &[KeyedQuestion],
    _now: Timestamp,
) -> Result<Vec<u8>, Failure> {
    let mut text = format!("# {title}\n");
    for question in questions {
        text += &format!("\n## {}\n\n{}\n", question.question.question, question.correct_answer);
    }
    Ok(text.into_bytes())
}
