//! A person's quizzes and what they made of quizzes.

use super::{
    Export, pretty,
    store::{self, Given},
};
use crate::{
    archives::{Archive, Interrupted, name},
    failure::Failure,
};
use domain::{
    Timestamp,
    conversations::PAGE_MAX,
    quizzes::{ExportFormat, QuizStatus, QuizSummary, Quizzes as _, QuizzesPart},
    review::Reviews as _,
};
use serde_json::{Value, json};

/// Submissions and answers that are read at once.
const ROWS: i64 = 500;

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
        let submissions = self.submissions().await?;
        archive.add("quizzes/submissions.json", now, &pretty(&submissions)?).await?;
        let (saved, claimed) = (self.answers(Given::Saved).await?, self.answers(Given::Claimed).await?);
        let answers = json!({ "not_submitted": saved, "said_to_be_right": claimed });
        archive.add("quizzes/answers.json", now, &pretty(&answers)?).await?;
        let numbers = self.backend.review_service().statistics(&self.viewer).await?;
        archive.add("quizzes/review.json", now, &pretty(&numbers)?).await
    }

    /// What was submitted and how it was graded, also in quizzes of conversations that the person has left.
    async fn submissions(&self) -> Result<Vec<Value>, Failure> {
        let (mut submissions, mut before) = (Vec::new(), i64::MAX);
        loop {
            let mut connection = self.backend.db().read().await?;
            let rows = store::submitted(&mut connection, self.viewer.account_id, before, ROWS).await?;
            drop(connection);
            let Some(last) = rows.last() else { return Ok(submissions) };
            before = last.id;
            for row in rows {
                let answers: Value = serde_json::from_str(&row.details)
                    .map_err(|_| Failure::Broken("the answers of a stored submission cannot be read"))?;
                let about = json!({
                    "submission_id": row.id,
                    "quiz_id": row.quiz_id,
                    "title": row.title,
                    "score": row.score,
                    "total_questions": row.total_questions,
                    "submitted_at": Timestamp::from_micros(row.submitted_at),
                });
                submissions.push(json!({ "submission": about, "answers": answers }));
            }
        }
    }

    /// What was answered beside submissions, in whoever's quizzes.
    async fn answers(&self, which: Given) -> Result<Vec<Value>, Failure> {
        let (mut answers, mut after) = (Vec::new(), 0);
        loop {
            let mut connection = self.backend.db().read().await?;
            let rows = store::given(&mut connection, which, self.viewer.account_id, after, ROWS).await?;
            drop(connection);
            let Some(last) = rows.last() else { return Ok(answers) };
            after = last.question_id;
            answers.extend(rows.into_iter().map(|row| {
                json!({
                    "quiz_id": row.quiz_id,
                    "question_id": row.question_id,
                    "answer": row.answer,
                    "given_at": Timestamp::from_micros(row.given_at),
                })
            }));
        }
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
