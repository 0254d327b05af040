//! The job that makes the questions of a quiz. It may be done again at any time: only its end is written.

use super::{
    QuizService,
    generating::{NOTHING_FOUND, QuizJob, insert_questions, language, wanted},
    proof::written,
    sources::{NO_SUCH_PAGES, NotesOf, Request, text_source},
    store::{self, FinishedRow, RequestedRow, WrittenQuestion},
    view,
};
use crate::{
    documents::service::Readiness,
    failure::Failure,
    jobs::{self, JobError, MAKE_QUIZ, Tries},
    providers::text::{ATTEMPTS_MAX, MadeQuestions, OFTEN_TRIED, TRYING_AGAIN, given_up_because, is_worth_another_try},
};
use domain::{Viewer, id::Sub, quizzes::QuizStatus};

/// Between two looks at documents that are still being read.
const LOOK_AGAIN_SECONDS: i64 = 5;
/// Characters that questions are made of; of longer documents pages from all over them.
const TEXT_MAX: u64 = 2_000_000;
const SAMPLED: &str =
    "The documents are very long, so the questions are about some of their pages, from all over them.";
const UNREADABLE: &str = "None of the documents could be read.";

impl QuizService {
    /// Makes the questions of a quiz. After the last try it is said to have failed.
    pub(crate) async fn work(&self, job: QuizJob, tries: Tries<'_>) -> Result<(), JobError> {
        let id = job.quiz_id;
        let Some(row) =
            store::requested(&mut self.db.read().await.map_err(Failure::from)?, id).await.map_err(Failure::from)?
        else {
            return Ok(());
        };
        if tries.all > ATTEMPTS_MAX {
            // The process ended in the last try.
            return Ok(self.give_up(id, &row, &given_up(OFTEN_TRIED)).await?);
        }
        match self.make_requested(id, &row).await {
            Ok(true) => Ok(()),
            Ok(false) => Ok(self.look_again(job, &row).await?),
            Err(failure) if is_worth_another_try(&failure, tries) => {
                self.tell_of_another_try(id, &row).await?;
                Err(failure.into())
            }
            Err(failure) => {
                tracing::error!(quiz = id, cause = %failure, "making a quiz was given up");
                Ok(self.give_up(id, &row, &given_up(given_up_because(&failure, tries))).await?)
            }
        }
    }

    /// False while a document is still being read.
    async fn make_requested(&self, id: i64, row: &RequestedRow) -> Result<bool, Failure> {
        let mut request: Request = view::read(&row.wanted)?;
        if !request.files.is_empty() {
            self.copy_files(id, row, &mut request).await?;
        }
        let mut sources: Vec<_> = row.notes_text.iter().map(|text| text_source(text)).collect();
        let mut connection = self.db.read().await?;
        let notes = match request.notes {
            Some(NotesOf { document_id, version }) => {
                self.documents.notes_source(&mut connection, row.author_id, document_id, Some(version)).await?
            }
            None => None,
        };
        // Places are counted in the text that is kept with the quiz.
        let notes =
            notes.map(|notes| notes.text).filter(|notes| row.notes_text.as_deref() == Some(notes.text.as_str()));
        let mut readable = Vec::new();
        for document in &request.documents {
            match self.documents.readiness(&mut connection, row.author_id, *document, request.pages).await? {
                Some(Readiness::Read(source)) => readable.push(source),
                Some(Readiness::Waiting { .. }) => return Ok(false),
                // The others may still do.
                Some(Readiness::Unreadable) | None => {}
            }
        }
        let is_beyond = request.pages.is_some() && readable.iter().all(|source| source.length == 0);
        let (share, mut is_part) = (TEXT_MAX / readable.len().max(1) as u64, false);
        for source in readable {
            let found = self.documents.source(&mut connection, source, share).await?;
            is_part |= found.is_part;
            sources.push(found.text);
        }
        drop(connection);
        if sources.is_empty() {
            self.give_up(id, row, UNREADABLE).await?;
            return Ok(true);
        }
        if is_beyond {
            self.give_up(id, row, NO_SUCH_PAGES).await?;
            return Ok(true);
        }
        let wanted = wanted(&request, sources);
        let mut made = self.text.make_questions(&wanted).await?;
        if is_part {
            made.remark = Some(made.remark.map_or_else(|| SAMPLED.to_owned(), |remark| format!("{SAMPLED} {remark}")));
        }
        let questions = written(&made, &wanted.sources, notes.as_ref())?;
        if questions.is_empty() {
            self.give_up(id, row, made.remark.as_deref().unwrap_or(NOTHING_FOUND)).await?;
        } else {
            self.finish(id, row, &made, language(&wanted.sources), &questions).await?;
        }
        Ok(true)
    }

    /// Makes the author's copies of what was sent in a conversation, once for all tries.
    async fn copy_files(&self, id: i64, row: &RequestedRow, request: &mut Request) -> Result<(), Failure> {
        let sub = Sub::parse(row.author_sub.clone()).map_err(|_| Failure::Broken("a stored sub is not valid"))?;
        let author = Viewer { account_id: row.author_id, sub, authenticated_at: self.clock.now(), session_id: None };
        let copies = self.copies(&author, &request.files).await?;
        request.documents.extend(copies.into_iter().map(|document| document.id));
        request.files.clear();
        Ok(store::set_wanted(&mut self.db.write().await?, id, &view::write(request)?).await?)
    }

    /// Has the quiz looked at again in a while. A document that takes its time is no failed try.
    async fn look_again(&self, job: QuizJob, row: &RequestedRow) -> Result<(), Failure> {
        let (mut transaction, now) = (self.db.begin().await?, self.clock.now());
        let at = now.plus_seconds(LOOK_AGAIN_SECONDS);
        jobs::enqueue_at(&mut transaction, Some(row.author_id), MAKE_QUIZ, &job, now, at).await?;
        Ok(transaction.commit().await?)
    }

    async fn tell_of_another_try(&self, id: i64, row: &RequestedRow) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        if !store::remark_on_making(&mut transaction, id, TRYING_AGAIN).await? {
            return Ok(());
        }
        let events = &self.conversations.events;
        let woken = events.record_quiz(&mut transaction, row.author_id, id, QuizStatus::Processing).await?;
        transaction.commit().await?;
        events.publish(woken);
        Ok(())
    }

    async fn give_up(&self, id: i64, row: &RequestedRow, why: &str) -> Result<(), Failure> {
        let made = MadeQuestions { remark: Some(why.to_owned()), ..MadeQuestions::default() };
        self.finish(id, row, &made, "", &[]).await
    }

    /// Writes what came out, unless that was known before.
    async fn finish(
        &self,
        id: i64,
        row: &RequestedRow,
        made: &MadeQuestions,
        language: &str,
        questions: &[WrittenQuestion],
    ) -> Result<(), Failure> {
        let (stored, status) = match questions.is_empty() {
            true => (view::FAILED, QuizStatus::Failed),
            false => (view::READY, QuizStatus::Ready),
        };
        let finished = FinishedRow {
            status: stored,
            remark: made.remark.as_deref(),
            language,
            statistics: &view::write(&made.statistics)?,
        };
        let mut transaction = self.db.begin().await?;
        if !store::finish_making(&mut transaction, id, finished).await? {
            return Ok(());
        }
        insert_questions(&mut transaction, id, questions).await?;
        self.record_made(&mut transaction, id, &row.author_sub, stored, questions.len()).await?;
        let events = &self.conversations.events;
        let woken = events.record_quiz(&mut transaction, row.author_id, id, status).await?;
        transaction.commit().await?;
        self.jobs.wake();
        events.publish(woken);
        Ok(())
    }
}

fn given_up(why: &str) -> String {
    format!("The questions could not be made, {why}. Make the quiz again later.")
}
