//! Quizzes, whoever asks: REST or a page.

mod checks;
mod claiming;
mod editing;
mod exporting;
mod forgetting;
pub(crate) mod generating;
mod listing;
mod proof;
mod reading;
mod results;
mod sharing;
mod sheet;
mod sources;
mod taking;
pub(crate) mod view;
mod working;

pub(crate) use results::has_answered;

use super::store;
use crate::{
    access, accounts::service::lock_account, conversations::service::ConversationService,
    documents::service::DocumentService, failure::Failure, jobs::Jobs, providers::text::TextProvider,
};
use async_trait::async_trait;
use db::{Connection, Db};
use domain::{
    ApiError, ErrorCode, Viewer,
    clock::Clock,
    quizzes::{
        AnswerDetail, AnswerSheet, ExportFormat, ExportedQuiz, GroupResults, NewQuiz, Quiz, QuizEdit, QuizHistory,
        QuizKey, QuizList, QuizResult, QuizStatus, Quizzes, QuizzesPart,
    },
};
use std::{collections::BTreeMap, sync::Arc};
use store::QuizRow;
use url::Url;

/// Quizzes over the database.
#[derive(Clone, Debug)]
pub(crate) struct QuizService {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) conversations: Arc<ConversationService>,
    pub(crate) documents: Arc<DocumentService>,
    pub(crate) jobs: Jobs,
    pub(crate) text: Arc<dyn TextProvider>,
    /// Where the app is reached, for the addresses in cards.
    pub(crate) public_url: Url,
}

impl QuizService {
    /// The quiz as the viewer sees it.
    ///
    /// # Errors
    /// `not_found` for whoever does not see it.
    async fn seen(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<QuizRow, Failure> {
        Ok(store::quiz(c, viewer.account_id, id).await?.ok_or_else(no_quiz)?)
    }

    /// The same for its author.
    ///
    /// # Errors
    /// `forbidden` for everybody else who sees it.
    async fn owned(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<QuizRow, Failure> {
        let row = self.seen(c, viewer, id).await?;
        access::owns_quiz(viewer, row.author_id)?;
        Ok(row)
    }

    /// The same in a transaction that will change it, or grade by it: until its end nobody else does.
    async fn locked(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<QuizRow, Failure> {
        lock_account(c, viewer.account_id).await?;
        store::lock_quiz(c, id).await?;
        self.seen(c, viewer, id).await
    }

    /// Both: for its author, who will change it.
    async fn locked_own(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<QuizRow, Failure> {
        lock_account(c, viewer.account_id).await?;
        store::lock_quiz(c, id).await?;
        self.owned(c, viewer, id).await
    }
}

#[async_trait]
impl Quizzes for QuizService {
    async fn generate(&self, viewer: &Viewer, new: NewQuiz) -> Result<Quiz, ApiError> {
        let id = self.make(viewer, new).await?;
        Ok(self.find(viewer, id).await?)
    }

    async fn quiz(&self, viewer: &Viewer, id: i64) -> Result<Quiz, ApiError> {
        Ok(self.find(viewer, id).await?)
    }

    async fn quizzes(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizList, ApiError> {
        Ok(self.list(viewer, part).await?)
    }

    async fn delete(&self, viewer: &Viewer, id: i64) -> Result<(), ApiError> {
        Ok(self.delete_quiz(viewer, id).await?)
    }

    async fn key(&self, viewer: &Viewer, id: i64) -> Result<QuizKey, ApiError> {
        Ok(self.find_key(viewer, id).await?)
    }

    async fn edit(&self, viewer: &Viewer, id: i64, edit: QuizEdit) -> Result<QuizKey, ApiError> {
        self.change(viewer, id, edit).await?;
        Ok(self.find_key(viewer, id).await?)
    }

    async fn sheet(&self, viewer: &Viewer, id: i64) -> Result<AnswerSheet, ApiError> {
        Ok(self.find_sheet(viewer, id).await?)
    }

    async fn save_answers(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<(), ApiError> {
        Ok(self.save(viewer, id, answers, attempt).await?)
    }

    async fn check_answer(
        &self,
        viewer: &Viewer,
        id: i64,
        question_id: i64,
        answer: Option<String>,
        attempt: Option<i64>,
    ) -> Result<AnswerDetail, ApiError> {
        Ok(self.check_one(viewer, id, question_id, answer, attempt).await?)
    }

    async fn submit(
        &self,
        viewer: &Viewer,
        id: i64,
        answers: BTreeMap<i64, String>,
        attempt: Option<i64>,
    ) -> Result<QuizResult, ApiError> {
        Ok(self.hand_in(viewer, id, answers, attempt).await?)
    }

    async fn result(&self, viewer: &Viewer, id: i64) -> Result<QuizResult, ApiError> {
        Ok(self.last_result(viewer, id).await?)
    }

    async fn history(&self, viewer: &Viewer, part: QuizzesPart) -> Result<QuizHistory, ApiError> {
        Ok(self.submissions(viewer, part).await?)
    }

    async fn claim(&self, viewer: &Viewer, id: i64, question_id: i64) -> Result<QuizResult, ApiError> {
        self.claim_answer(viewer, id, question_id).await?;
        Ok(self.last_result(viewer, id).await?)
    }

    async fn accept(&self, viewer: &Viewer, id: i64, question_id: i64, answer: String) -> Result<QuizKey, ApiError> {
        self.accept_answer(viewer, id, question_id, &answer).await?;
        Ok(self.find_key(viewer, id).await?)
    }

    async fn share(&self, viewer: &Viewer, id: i64, conversation_id: i64) -> Result<i64, ApiError> {
        Ok(self.share_quiz(viewer, id, conversation_id).await?)
    }

    async fn group_results(&self, viewer: &Viewer, id: i64) -> Result<GroupResults, ApiError> {
        Ok(self.results_of_group(viewer, id).await?)
    }

    async fn export(&self, viewer: &Viewer, id: i64, format: ExportFormat) -> Result<ExportedQuiz, ApiError> {
        Ok(self.export_quiz(viewer, id, format).await?)
    }
}

fn no_quiz() -> ApiError {
    ApiError::not_found("There is no such quiz.")
}

/// What needs its questions waits for them.
///
/// # Errors
/// `conflict` while there are none.
fn is_ready(row: &QuizRow) -> Result<(), Failure> {
    let detail = match view::status(row)? {
        QuizStatus::Ready => return Ok(()),
        QuizStatus::Processing => "The questions of this quiz are still being made: try again in a moment.",
        QuizStatus::Failed => "This quiz could not be made: delete it and make another.",
    };
    Err(ApiError::new(ErrorCode::Conflict, detail).into())
}
