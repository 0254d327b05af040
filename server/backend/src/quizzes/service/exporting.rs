//! Quizzes as files.

use super::{QuizService, is_ready, results, store, view};
use crate::{access, archives::name, failure::Failure, quizzes::exporting};
use domain::{
    Viewer,
    quizzes::{ExportFormat, ExportedQuiz},
};

impl QuizService {
    pub(super) async fn export_quiz(
        &self,
        viewer: &Viewer,
        id: i64,
        format: ExportFormat,
    ) -> Result<ExportedQuiz, Failure> {
        let mut connection = self.db.read().await?;
        let row = self.seen(&mut connection, viewer, id).await?;
        access::exports_quiz(viewer, row.author_id, row.submissions > 0)?;
        is_ready(&row)?;
        let mut questions = view::keyed(store::questions(&mut connection, id).await?)?;
        if row.author_id != viewer.account_id {
            let last = store::last_submission(&mut connection, id, viewer.account_id).await?;
            let known = last.as_ref().map(results::asked).transpose()?.unwrap_or_default();
            questions.retain(|question| known.contains(&question.question.id));
        }
        drop(connection);
        let (ending, content_type) = match format {
            ExportFormat::Anki => ("apkg", "application/octet-stream"),
            ExportFormat::Gift => ("gift.txt", "text/plain; charset=utf-8"),
            ExportFormat::Markdown => ("md", "text/markdown; charset=utf-8"),
        };
        let filename = format!("{}.{ending}", name(&row.title, "quiz"));
        let bytes = exporting::write(format, &row.title, questions, self.clock.now()).await?;
        Ok(ExportedQuiz { filename, content_type, bytes })
    }
}
