//! Questions as they are stored: only those whose evidence stands in the source.

use super::{store::WrittenQuestion, view};
use crate::{
    documents::service::NotesText,
    failure::Failure,
    providers::text::{MadeQuestion, MadeQuestions, QuestionSource},
};
use domain::citation::Citation;

/// The questions whose evidence stands in the sources. Where the source are notes, each cites the passage that the notes
/// have from their document, if its words stand there.
pub(super) fn written(
    made: &MadeQuestions,
    sources: &[QuestionSource],
    notes: Option<&NotesText>,
) -> Result<Vec<WrittenQuestion>, Failure> {
    let proven = made.questions.iter().filter(|question| is_proven(&question.citation, sources));
    (0..).zip(proven).map(|(position, question)| one_written(position, question, notes)).collect()
}

fn one_written(position: i64, question: &MadeQuestion, notes: Option<&NotesText>) -> Result<WrittenQuestion, Failure> {
    let own = question.citation.clone();
    let citation = match notes {
        Some(notes) => notes.traced(own),
        None => own,
    };
    Ok(WrittenQuestion {
        position,
        kind: view::kind_name(question.kind),
        question: question.question.clone(),
        options: view::write(&question.options)?,
        correct_answer: question.correct_answer.clone(),
        accepted_answers: view::write(&question.accepted_answers)?,
        citation: Some(view::write(&citation)?),
    })
}

fn is_proven(citation: &Citation, sources: &[QuestionSource]) -> bool {
    let (document, number) = match citation {
        Citation::Document { document_id, page, .. } => (Some(*document_id), *page),
        Citation::Text { .. } => (None, 1),
        Citation::Audio { .. } | Citation::Photo { .. } | Citation::Message { .. } => return false,
    };
    let source = sources.iter().find(|source| source.document_id == document);
    let page = source.and_then(|source| source.pages.iter().find(|page| page.page == number));
    page.is_some_and(|page| citation.stands_in(&page.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{documents::DocumentPage, quizzes::QuestionType};
    use uuid::Uuid;

    fn question(citation: Citation) -> MadeQuestion {
        MadeQuestion {
            kind: QuestionType::ShortAnswer,
            question: "What divides?".into(),
            options: Vec::new(),
            correct_answer: "the cell".into(),
            accepted_answers: Vec::new(),
            citation,
        }
    }

    #[test]
    fn a_question_whose_evidence_does_not_stand_there_is_dropped() {
        let document_id = Uuid::from_u128(1);
        let page = |page, text: &str| DocumentPage { page, text: text.into(), blocks: Vec::new() };
        let sources = [
            QuestionSource {
                document_id: Some(document_id),
                pages: vec![page(3, "The cell divides.")],
                language: None,
            },
            QuestionSource { document_id: None, pages: vec![page(1, "Pasted cell.")], language: None },
        ];
        let at = |document_id, page| Citation::Document { document_id, page, start: 4, end: 8, quote: "cell".into() };
        let questions = vec![
            question(at(document_id, 3)),
            question(at(document_id, 2)),
            question(at(Uuid::nil(), 3)),
            question(Citation::Text { start: 7, end: 11, quote: "cell".into() }),
            question(Citation::Text { start: 6, end: 10, quote: "cell".into() }),
            question(Citation::Message { conversation_id: 1, message_id: 1, quote: "cell".into() }),
        ];
        let made = MadeQuestions { questions, ..MadeQuestions::default() };
        let kept = written(&made, &sources, None).unwrap();
        assert_eq!(kept.iter().map(|question| question.position).collect::<Vec<_>>(), [0, 1]);
        assert!(kept[1].citation.as_deref().unwrap().contains("\"start\":7"));
    }
}
