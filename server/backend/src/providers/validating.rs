//! The checks that all questions of a quiz must pass, whoever made them.

use super::text::{MadeQuestion, MadeQuestions, QuestionSource};
use crate::failure::Failure;
use study::{Source, SourceId, questions, validator};
use tokio::task::spawn_blocking;

/// Drops what fails a check, and adds to the statistics how the checks went.
///
/// # Errors
/// When a check panics.
pub(super) async fn validate(made: MadeQuestions, sources: Vec<QuestionSource>) -> Result<MadeQuestions, Failure> {
    let MadeQuestions { questions, mut statistics, remark } = made;
    let (sources, questions) = (as_sources(sources), questions.into_iter().map(as_checked).collect());
    let (kept, checked) = spawn_blocking(move || validator::validate(questions, &sources))
        .await
        .map_err(|_| Failure::Broken("checking questions has panicked"))?;
    for (check, count) in checked.dropped {
        *statistics.dropped.entry(check).or_default() += count;
    }
    statistics.kept = checked.kept;
    statistics.positions = checked.positions;
    statistics.longest_is_right_percent = checked.longest_is_right_percent;
    Ok(MadeQuestions { questions: kept.into_iter().map(as_made).collect(), statistics, remark })
}

/// The sources as they are read for questions.
pub(super) fn as_sources(sources: Vec<QuestionSource>) -> Vec<Source> {
    let source = |QuestionSource { document_id, pages, language }| Source {
        id: document_id.map_or(SourceId::Text, SourceId::Document),
        language,
        pages,
    };
    sources.into_iter().map(source).collect()
}

/// A question that has been checked.
pub(super) fn as_made(question: questions::MadeQuestion) -> MadeQuestion {
    let questions::MadeQuestion { kind, question, options, correct_answer, accepted_answers, citation } = question;
    MadeQuestion { kind, question, options, correct_answer, accepted_answers, citation }
}

fn as_checked(question: MadeQuestion) -> questions::MadeQuestion {
    let MadeQuestion { kind, question, options, correct_answer, accepted_answers, citation } = question;
    questions::MadeQuestion { kind, question, options, correct_answer, accepted_answers, citation }
}
