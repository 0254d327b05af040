//! "I was right": claims of people, and the author who accepts them.

use super::{QuizService, checks, is_ready, store, taking, view};
use crate::failure::Failure;
use db::Connection;
use domain::{
    ApiError, FieldError, Viewer,
    quizzes::{KeyedQuestion, QuestionType},
};

impl QuizService {
    pub(super) async fn claim_answer(&self, viewer: &Viewer, id: i64, question_id: i64) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let row = self.locked(&mut transaction, viewer, id).await?;
        let result = self.result_of(&mut transaction, viewer, id).await?;
        let detail = result.details.into_iter().find(|detail| detail.question_id == question_id);
        let detail = detail.ok_or_else(|| {
            refused("question_id", "unknown", "Your last result has no such question: name one that it has.")
        })?;
        if detail.kind != QuestionType::ShortAnswer {
            return Err(not_short().into());
        }
        if detail.is_correct {
            return Ok(());
        }
        if detail.user_answer.is_empty() {
            let msg = "You have not answered this question: there is nothing to count as right.";
            return Err(refused("question_id", "unanswered", msg).into());
        }
        if row.author_id == viewer.account_id {
            self.add_to_key(&mut transaction, id, &row.language, question_id, ("question_id", &detail.user_answer))
                .await?;
        } else {
            let now = self.clock.now();
            let (account, answer) = (viewer.account_id, &detail.user_answer);
            store::claim(&mut transaction, account, question_id, id, answer, now).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(super) async fn accept_answer(
        &self,
        viewer: &Viewer,
        id: i64,
        question_id: i64,
        answer: &str,
    ) -> Result<(), Failure> {
        let answer = checks::answer("answer", answer).map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        let row = self.locked_own(&mut transaction, viewer, id).await?;
        let questions = view::keyed(store::questions(&mut transaction, id).await?)?;
        if !taking::is_known(question_id, &questions) {
            return Err(refused("question_id", "unknown", "The quiz has no such question.").into());
        }
        is_ready(&row)?;
        self.add_to_key(&mut transaction, id, &row.language, question_id, ("answer", &answer)).await?;
        Ok(transaction.commit().await?)
    }

    /// Adds a right answer to a question of a locked quiz, and grades all results anew.
    async fn add_to_key(
        &self,
        c: &mut Connection,
        id: i64,
        language: &str,
        question_id: i64,
        (field, answer): (&str, &str),
    ) -> Result<(), Failure> {
        let questions = view::keyed(store::questions(c, id).await?)?;
        let question = questions.into_iter().find(|question| question.question.id == question_id);
        let KeyedQuestion { question, correct_answer, mut accepted_answers, .. } =
            question.ok_or(Failure::Broken("a question went while its quiz was locked"))?;
        if question.kind != QuestionType::ShortAnswer {
            return Err(not_short().into());
        }
        if correct_answer == answer || accepted_answers.iter().any(|accepted| accepted == answer) {
            return Ok(());
        }
        accepted_answers.push(answer.to_owned());
        if checks::accepted_answers_fit(&accepted_answers).is_err() {
            let msg = "This question has as many further right answers as it may: take one out of its key first.";
            return Err(refused(field, "too_many", msg).into());
        }
        store::set_accepted(c, question_id, &view::write(&accepted_answers)?).await?;
        store::quiz_changed(c, id).await?;
        self.grade_anew(c, id, language).await
    }
}

fn refused(field: &str, rule: &str, msg: &str) -> ApiError {
    ApiError::validation(vec![FieldError::body(field, rule, msg)])
}

fn not_short() -> ApiError {
    let msg = "Only what was written can be claimed: this question is answered by choosing.";
    refused("question_id", "not_written", msg)
}
