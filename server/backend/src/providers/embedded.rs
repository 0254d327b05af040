//! Notes and questions without anybody else: computed here from the text alone.

use super::{
    text::{MadeNotes, MadeQuestions, TextProvider, WantedQuestions, passage_path},
    validating::{as_made, as_sources},
};
use crate::failure::Failure;
use async_trait::async_trait;
use domain::documents::DocumentPage;
use study::{Source, SourceId, notes, questions};
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// Computes them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Embedded;

#[async_trait]
impl TextProvider for Embedded {
    async fn make_notes(
        &self,
        document_id: Uuid,
        pages: &[DocumentPage],
        language: Option<&str>,
    ) -> Result<MadeNotes, Failure> {
        let id = SourceId::Document(document_id);
        let source = Source { id, language: language.map(str::to_owned), pages: pages.to_vec() };
        let made = spawn_blocking(move || {
            notes::make_notes(&source, &|page, start, end| passage_path(document_id, page, start, end))
        });
        let notes::MadeNotes { markdown, points, remark } =
            made.await.map_err(|_| Failure::Broken("making notes has panicked"))?;
        Ok(MadeNotes { markdown, points, remark })
    }

    async fn make_questions(&self, wanted: &WantedQuestions) -> Result<MadeQuestions, Failure> {
        let WantedQuestions { sources, count, forms, difficulty, seed } = wanted.clone();
        let sources = as_sources(sources);
        let wanted = questions::Wanted { count, forms, difficulty, seed };
        let made = spawn_blocking(move || questions::make_questions(&sources, &wanted));
        let questions::MadeQuestions { questions, statistics, remark } =
            made.await.map_err(|_| Failure::Broken("making questions has panicked"))?;
        Ok(MadeQuestions { questions: questions.into_iter().map(as_made).collect(), statistics, remark })
    }
}
