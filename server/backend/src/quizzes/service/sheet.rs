//! The sheet that is being filled in, and answers that are checked before it is handed in.

use super::{
    QuizService, checks, is_ready, results,
    store::{self, SheetRow},
    view,
};
use crate::failure::Failure;
use db::Connection;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    quizzes::{AnswerDetail, AnswerSheet, KeyedQuestion},
};
use std::collections::BTreeMap;

impl QuizService {
    pub(super) async fn find_sheet(&self, viewer: &Viewer, id: i64) -> Result<AnswerSheet, Failure> {
        let mut connection = self.db.read().await?;
        let quiz = self.seen(&mut connection, viewer, id).await?;
        // First: should the sheet be handed in now, what follows is never taken for another attempt's.
        let attempt = attempt(&mut connection, viewer, id).await?;
        let questions = view::keyed(store::questions(&mut connection, id).await?)?;
        let rows = store::sheet(&mut connection, id, viewer.account_id).await?;
        drop(connection);
        let is_checked = |row: &&SheetRow, id: i64| row.question_id == id && row.checked_at.is_some();
        let checked = questions.iter().filter_map(|question| {
            let row = rows.iter().find(|row| is_checked(row, question.question.id))?;
            Some(told(question, &quiz.language, row.answer.clone()))
        });
        let checked = checked.collect();
        let answers = rows.into_iter().map(|row| (row.question_id, row.answer)).collect();
        Ok(AnswerSheet { quiz_id: id, attempt, answers, checked })
    }

    /// Grades one answer and lets it stay until the sheet is handed in. Again gives the same.
    pub(super) async fn check_one(
        &self,
        viewer: &Viewer,
        id: i64,
        question_id: i64,
        answer: Option<String>,
        attempt: Option<i64>,
    ) -> Result<AnswerDetail, Failure> {
        let given = answer.map(|answer| checks::answer("answer", &answer)).transpose();
        let given = given.map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        let quiz = self.locked(&mut transaction, viewer, id).await?;
        let questions = view::keyed(store::questions(&mut transaction, id).await?)?;
        let question = questions.iter().find(|question| question.question.id == question_id);
        let question = question.ok_or_else(no_question)?;
        is_ready(&quiz)?;
        is_open(&mut transaction, viewer, id, attempt).await?;
        let rows = store::sheet(&mut transaction, id, viewer.account_id).await?;
        let answer = match rows.into_iter().find(|row| row.question_id == question_id) {
            Some(row) if row.checked_at.is_some() => row.answer,
            kept => {
                let answer = given.or_else(|| kept.map(|row| row.answer)).ok_or_else(unanswered)?;
                let (account, now) = (viewer.account_id, self.clock.now());
                store::save_answer(&mut transaction, account, question_id, id, &answer, now).await?;
                store::check_answer(&mut transaction, account, question_id, now).await?;
                answer
            }
        };
        transaction.commit().await?;
        Ok(told(question, &quiz.language, answer))
    }
}

/// An answer as who checked it sees it: graded by the key as it is now, just as submissions follow the key.
fn told(question: &KeyedQuestion, language: &str, answer: String) -> AnswerDetail {
    view::detail(results::grade_one(question, language, answer), question, false)
}

/// Names the viewer's sheet: the submission before it, or 0.
async fn attempt(c: &mut Connection, viewer: &Viewer, id: i64) -> Result<i64, Failure> {
    Ok(store::last_submission(c, id, viewer.account_id).await?.map_or(0, |row| row.id))
}

/// Whether the sheet that the viewer means is still the one that is filled in; without one that is meant, it is.
///
/// # Errors
/// `conflict` once it was handed in.
pub(super) async fn is_open(c: &mut Connection, viewer: &Viewer, id: i64, meant: Option<i64>) -> Result<(), Failure> {
    let Some(meant) = meant else { return Ok(()) };
    if attempt(c, viewer, id).await? == meant {
        return Ok(());
    }
    let detail = "You have submitted this sheet already: load the quiz again to take it once more.";
    Err(ApiError::new(ErrorCode::Conflict, detail).into())
}

/// What is handed in: what was kept, and above it what comes now. What was checked stays as it was.
pub(super) fn handed_in(kept: Vec<SheetRow>, answers: BTreeMap<i64, String>) -> BTreeMap<i64, String> {
    let mut sheet = answers;
    for SheetRow { question_id, answer, checked_at } in kept {
        if checked_at.is_some() {
            sheet.insert(question_id, answer);
        } else {
            sheet.entry(question_id).or_insert(answer);
        }
    }
    sheet.retain(|_, answer| !answer.trim().is_empty());
    sheet
}

fn no_question() -> ApiError {
    ApiError::not_found("The quiz has no such question: load it again, its author may have changed it.")
}

fn unanswered() -> ApiError {
    let msg = "You have not answered this question: there is nothing to check.";
    ApiError::validation(vec![FieldError::body("answer", "unanswered", msg)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_checked_counts_whatever_comes_later() {
        let row = |question_id, answer: &str, checked_at| SheetRow { question_id, answer: answer.into(), checked_at };
        let kept = vec![row(1, "checked", Some(7)), row(2, "kept", None), row(3, "kept", None), row(4, "kept", None)];
        let come = [(1, "changed"), (3, "changed"), (4, " ")].map(|(id, answer)| (id, answer.to_owned()));
        let sheet = handed_in(kept, BTreeMap::from(come));
        let expected = [(1, "checked"), (2, "kept"), (3, "changed")].map(|(id, answer)| (id, answer.to_owned()));
        assert_eq!(sheet, BTreeMap::from(expected));
    }
}
