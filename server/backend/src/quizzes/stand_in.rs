//! Questions without the study package.

use crate::{
    failure::Failure,
    providers::text::{MadeNotes, MadeQuestion, MadeQuestions, TextProvider, WantedQuestions},
};
use async_trait::async_trait;
use domain::{citation::Citation, documents::DocumentPage, quizzes::QuestionType};
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct StandIn;

#[async_trait]
impl TextProvider for StandIn {
    async fn make_notes(&self, _: Uuid, _: &[DocumentPage], _: Option<&str>) -> Result<MadeNotes, Failure> {
        Ok(MadeNotes::default())
    }

    async fn make_questions(&self, wanted: &WantedQuestions) -> Result<MadeQuestions, Failure> {
        let mut made = MadeQuestions::default();
        for source in &wanted.sources {
            for page in &source.pages {
                let mut start = 0;
                for sentence in page.text.split_inclusive('.') {
                    let length = u32::try_from(sentence.chars().count()).unwrap_or_default();
                    let quote = sentence.to_owned();
                    let (from, end) = (start, start + length);
                    start = end;
                    if length < 20 || made.questions.len() as u32 >= wanted.count {
                        continue;
                    }
                    let longest = sentence.split_whitespace().max_by_key(|word| word.len()).unwrap_or_default();
                    let citation = match source.document_id {
                        Some(document_id) => {
                            Citation::Document { document_id, page: page.page, start: from, end, quote }
                        }
                        None => Citation::Text { start: from, end, quote },
                    };
                    made.questions.push(MadeQuestion {
                        kind: QuestionType::ShortAnswer,
                        question: sentence.trim().replace(longest, "_____"),
                        options: Vec::new(),
                        correct_answer: longest.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned(),
                        accepted_answers: Vec::new(),
                        citation,
                    });
                }
            }
        }
        Ok(made)
    }
}
