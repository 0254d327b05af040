//! A person's quizzes and what they made of quizzes.

use super::{Export, pretty};
use crate::archives::{Archive, Interrupted, name};
use domain::{
    conversations::PAGE_MAX,
    quizzes::{ExportFormat, QuizHistory, QuizStatus, QuizSummary, Quizzes as _, QuizzesPart},
    review::Reviews as _,
};
use serde_json::json;

impl Export {
    pub(super) async fn add_quizzes(&self, archive: &mut Archive) -> Result<(), Interrupted> {
        let (quizzes, now) = (self.backend.quiz_service(), self.backend.clock().now());
        let limit = u32::try_from(PAGE_MAX).unwrap_or_default();
        let mut part = QuizzesPart { limit, ..QuizzesPart::default() };
        loop {
            let list = quizzes.quizzes(&self.viewer, part.clone()).await?;
            for quiz in list.quizzes.iter().filter(|quiz| quiz.mine) {
                self.add_quiz(archive, quiz).await?;
            }
            match list.older {
                Some(older) => part.before = Some(older),
                None => break,
            }
        }
        let mut submissions = Vec::new();
        let mut part = QuizzesPart { limit, ..QuizzesPart::default() };
        loop {
            let QuizHistory { history, older, .. } = quizzes.history(&self.viewer, part.clone()).await?;
            for entry in history {
                let answers = quizzes.submission(&self.viewer, entry.submission_id).await?;
                submissions.push(json!({ "submission": entry, "answers": answers }));
            }
            match older {
                Some(older) => part.before = Some(older),
                None => break,
            }
        }
        archive.add("quizzes/submissions.json", now, &pretty(&submissions)?).await?;
        let numbers = self.backend.review_service().statistics(&self.viewer).await?;
        archive.add("quizzes/review.json", now, &pretty(&numbers)?).await
    }

    /// The key and the text that the quiz was made of, and the quiz to read.
    async fn add_quiz(&self, archive: &mut Archive, summary: &QuizSummary) -> Result<(), Interrupted> {
        let (quizzes, id) = (self.backend.quiz_service(), summary.quiz_id);
        let quiz = quizzes.quiz(&self.viewer, id).await?;
        let key = quizzes.key(&self.viewer, id).await?;
        let path = archive.names.free(&format!("quizzes/{}", name(&summary.title, "quiz")));
        let whole = json!({ "quiz": quiz, "key": key });
        archive.add(&format!("{path}.json"), summary.created_at, &pretty(&whole)?).await?;
        if summary.status != QuizStatus::Ready {
            return Ok(());
        }
        let file = quizzes.export(&self.viewer, id, ExportFormat::Markdown).await?;
        archive.add(&format!("{path}.md"), summary.created_at, &file.bytes).await
    }
}
