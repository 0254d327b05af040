//! Taking a quiz: the sheet, and handing it in.

use super::{
    QuizService, checks, is_ready, results, sheet,
    store::{self, GradedRow},
    view,
};
use crate::{failure::Failure, review};
use domain::{
    Viewer,
    quizzes::{KeyedQuestion, QuizResult},
};
use std::collections::BTreeMap;

/// How often one can take the same quiz before the first time is forgotten: each is graded anew when the key changes.
const KEPT_SUBMISSIONS: i64 = 100;

impl QuizService {
    /// Keeps answers; one that was checked stays as it was.
    pub(super) async fn save(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<(), Failure> {
        checks::answers(&answers)?;
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        is_ready(&row)?;
        sheet::is_open(&mut transaction, viewer, id, attempt).await?;
        let questions = view::keyed(store::questions(&mut transaction, id).await?)?;
        checks::all_known(&answers, &questions)?;
        let now = self.clock.now();
        for (question_id, answer) in answers {
            if answer.trim().is_empty() {
                store::take_answer_back(&mut transaction, viewer.account_id, question_id).await?;
            } else {
                store::save_answer(&mut transaction, viewer.account_id, question_id, id, &answer, now).await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    pub(super) async fn hand_in(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<QuizResult, Failure> {
        checks::answers(&answers)?;
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        is_ready(&row)?;
        sheet::is_open(&mut transaction, viewer, id, attempt).await?;
        let questions = view::keyed(store::questions(&mut transaction, id).await?)?;
        checks::all_known(&answers, &questions)?;
        let kept = store::sheet(&mut transaction, id, viewer.account_id).await?;
        let sheet = sheet::handed_in(kept, answers);
        let graded = results::grade_sheet(&questions, &row.language, &sheet);
        let now = self.clock.now();
        let kept = GradedRow {
            score: results::score(&graded),
            total_questions: graded.len() as i64,
            details: &view::write(&graded)?,
        };
        store::insert_submission(&mut transaction, id, viewer.account_id, kept, now).await?;
        store::keep_last(&mut transaction, id, viewer.account_id, KEPT_SUBMISSIONS).await?;
        store::empty_sheet(&mut transaction, id, viewer.account_id).await?;
        let missed = graded.iter().filter(|graded| !graded.is_correct).map(|graded| graded.question_id);
        let missed: Vec<i64> = missed.collect();
        review::service::remember_missed(&mut transaction, viewer.account_id, &missed, now).await?;
        let result = self.result_of(&mut transaction, viewer, id).await?;
        transaction.commit().await?;
        Ok(result)
    }
}

/// Whether one of the questions has this id.
pub(super) fn is_known(id: i64, questions: &[KeyedQuestion]) -> bool {
    questions.iter().any(|question| question.question.id == id)
}
