//! Making quizzes: at once where that is quick, else in a job.

use super::{
    QuizService, checks,
    proof::written,
    sources::{Gathered, Request},
    store::{self, NewQuizRow, WrittenQuestion},
    view,
};
use crate::{
    accounts::service::lock_account,
    failure::Failure,
    jobs::{self, MAKE_QUIZ},
    outbox::{self, QUIZ_GENERATED, QUIZ_REQUESTED},
    providers::text::{MadeQuestions, QuestionSource, WantedQuestions},
};
use db::Connection;
use domain::{
    ApiError, FieldError, Viewer,
    clock::random_bytes,
    quizzes::{NewQuiz, QuestionForm},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

/// How long whoever asks for a quiz waits for it; what takes longer is made in a job.
const AT_ONCE: Duration = Duration::from_secs(8);

/// Payload of jobs about one quiz.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct QuizJob {
    pub(crate) quiz_id: i64,
}

impl QuizService {
    /// Makes a quiz, or has it made, and gives its id.
    pub(super) async fn make(&self, viewer: &Viewer, new: NewQuiz) -> Result<i64, Failure> {
        checks::new_quiz(&new)?;
        let NewQuiz { source, question_count, types, difficulty, title } = new;
        let gathered = self.gather(viewer, source).await?;
        let title = title.map_or_else(|| gathered.title.clone(), |title| title.trim().to_owned());
        let request = Request {
            documents: gathered.documents.clone(),
            files: gathered.files.clone(),
            notes: gathered.notes.as_ref().map(|(of, _)| *of),
            pages: gathered.pages,
            count: question_count,
            forms: distinct(types),
            difficulty,
            seed: u64::from_le_bytes(random_bytes()),
        };
        match &gathered.sources {
            Some(sources) => {
                match timeout(AT_ONCE, self.questions_of(&gathered, sources, &request)).await {
                    Ok(Ok((made, questions))) => {
                        self.keep(viewer, &title, &gathered, &request, Some((&made, questions.as_slice()))).await
                    }
                    Ok(Err(Failure::Refused(error))) => Err(error.into()),
                    // A provider that is slow or away: the job has more time, and more tries.
                    Ok(Err(_)) | Err(_) => self.keep(viewer, &title, &gathered, &request, None).await,
                }
            }
            None => self.keep(viewer, &title, &gathered, &request, None).await,
        }
    }

    async fn questions_of(
        &self,
        gathered: &Gathered,
        sources: &[QuestionSource],
        request: &Request,
    ) -> Result<(MadeQuestions, Vec<WrittenQuestion>), Failure> {
        let wanted = wanted(request, sources.to_vec());
        let made = self.text.make_questions(&wanted).await?;
        let questions = written(&made, sources, gathered.notes.as_ref().map(|(_, notes)| notes))?;
        if questions.is_empty() {
            let why = made.remark.unwrap_or_else(|| NOTHING_FOUND.to_owned());
            return Err(ApiError::validation(vec![FieldError::body(gathered.field, "no_questions", why)]).into());
        }
        Ok((made, questions))
    }

    /// Writes a quiz that was made, or that is to be made.
    async fn keep(
        &self,
        viewer: &Viewer,
        title: &str,
        gathered: &Gathered,
        request: &Request,
        made: Option<(&MadeQuestions, &[WrittenQuestion])>,
    ) -> Result<i64, Failure> {
        let statistics = made.map(|(made, _)| made.statistics.clone()).unwrap_or_default();
        let now = self.clock.now();
        let row = NewQuizRow {
            author_id: viewer.account_id,
            title,
            status: if made.is_some() { view::READY } else { view::PROCESSING },
            remark: made.and_then(|(made, _)| made.remark.as_deref()),
            notes_text: gathered.notes_text.as_deref(),
            language: language(gathered.sources.as_deref().unwrap_or_default()),
            wanted: &view::write(request)?,
            statistics: &view::write(&statistics)?,
            created_at: now,
        };
        let mut transaction = self.db.begin().await?;
        lock_account(&mut transaction, viewer.account_id).await?;
        let id = store::insert_quiz(&mut transaction, &row).await?;
        let about = json!({ "quiz_id": id, "author_sub": viewer.sub, "document_ids": request.documents });
        outbox::record(&mut transaction, QUIZ_REQUESTED, &id.to_string(), &about, now).await?;
        match made {
            Some((_, questions)) => {
                insert_questions(&mut transaction, id, questions).await?;
                let number = questions.len();
                self.record_made(&mut transaction, id, viewer.sub.as_str(), view::READY, number).await?;
            }
            None => {
                let job = QuizJob { quiz_id: id };
                jobs::enqueue(&mut transaction, Some(viewer.account_id), MAKE_QUIZ, &job, now).await?;
            }
        }
        transaction.commit().await?;
        self.jobs.wake();
        Ok(id)
    }

    /// Writes that making a quiz has come to its end.
    pub(super) async fn record_made(
        &self,
        c: &mut Connection,
        id: i64,
        author_sub: &str,
        status: &str,
        questions: usize,
    ) -> Result<(), Failure> {
        let about = json!({ "quiz_id": id, "author_sub": author_sub, "status": status, "total_questions": questions });
        outbox::record(c, QUIZ_GENERATED, &id.to_string(), &about, self.clock.now()).await
    }
}

pub(super) const NOTHING_FOUND: &str =
    "No question can be made of this: take a longer text with whole sentences that say facts.";

pub(super) async fn insert_questions(
    c: &mut Connection,
    id: i64,
    questions: &[WrittenQuestion],
) -> Result<(), Failure> {
    for question in questions {
        store::insert_question(c, id, question).await?;
    }
    Ok(())
}

/// Each form once, as it was named first.
fn distinct(mut forms: Vec<QuestionForm>) -> Vec<QuestionForm> {
    let mut seen = Vec::new();
    forms.retain(|form| {
        let is_new = !seen.contains(form);
        seen.extend(is_new.then_some(*form));
        is_new
    });
    forms
}

pub(super) fn wanted(request: &Request, sources: Vec<QuestionSource>) -> WantedQuestions {
    WantedQuestions {
        sources,
        count: request.count,
        forms: request.forms.clone(),
        difficulty: request.difficulty,
        seed: request.seed,
    }
}

/// The language that answers are graded by; empty where it could not be told.
pub(super) fn language(sources: &[QuestionSource]) -> &str {
    sources.iter().find_map(|source| source.language.as_deref()).unwrap_or_default()
}
