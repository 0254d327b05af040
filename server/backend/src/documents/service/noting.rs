//! The job that makes notes, and what asks for it once a document was read.

use super::{
    DocumentJob, DocumentService, citing,
    store::{self, DocumentRow, NotesRow},
    view,
};
use crate::{
    failure::Failure,
    jobs::{self, JobError, Jobs, MAKE_NOTES, Tries},
    outbox::{self, Consumer, DOCUMENT_PROCESSED, Message, NOTES_GENERATED},
    providers::text::{ATTEMPTS_MAX, MadeNotes, OFTEN_TRIED, TRYING_AGAIN, given_up_because, is_worth_another_try},
};
use async_trait::async_trait;
use db::{Connection, Transaction};
use domain::{
    clock::Clock,
    documents::{DocumentPage, NOTES_MAX},
};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

const NOTHING_FOUND: &str = "Nothing in this document could be told apart as a key sentence or a term. You can write \
                             notes of your own.";

/// Asks for notes of what was read.
#[derive(Debug)]
pub(crate) struct NotesOnProcessed {
    pub(crate) clock: Clock,
    pub(crate) jobs: Jobs,
}

/// What it has to know of [`DOCUMENT_PROCESSED`].
#[derive(Deserialize)]
struct Processed {
    document_id: Uuid,
    status: String,
}

#[async_trait]
impl Consumer for NotesOnProcessed {
    fn name(&self) -> &'static str {
        "notes"
    }

    fn hears(&self, topic: &str) -> bool {
        topic == DOCUMENT_PROCESSED
    }

    async fn handle(&self, c: &mut Connection, message: &Message) -> Result<(), Failure> {
        let Processed { document_id, status } = serde_json::from_str(&message.payload)
            .map_err(|_| Failure::Broken("the message that a document was read cannot be read"))?;
        if status != "ready" {
            return Ok(());
        }
        // It may have been deleted meanwhile.
        let Some(row) = store::document(c, document_id).await? else { return Ok(()) };
        jobs::enqueue(c, Some(row.owner_id), MAKE_NOTES, &DocumentJob { document_id }, self.clock.now()).await
    }

    fn handled(&self) {
        self.jobs.wake();
    }
}

impl DocumentService {
    /// Makes the notes of a document. After the last try they are said to have failed.
    pub(crate) async fn note(&self, job: DocumentJob, tries: Tries<'_>) -> Result<(), JobError> {
        let DocumentJob { document_id: id } = job;
        let (why, cause) = if tries.all > ATTEMPTS_MAX {
            (OFTEN_TRIED, "the process ended in the last try".to_owned())
        } else {
            match self.make_notes(id).await {
                Ok(()) => return Ok(()),
                Err(failure) if is_worth_another_try(&failure, tries) => {
                    self.tell_of_another_try(id).await?;
                    return Err(failure.into());
                }
                Err(failure) => (given_up_because(&failure, tries), failure.to_string()),
            }
        };
        self.give_up_noting(id, why).await?;
        Err(JobError::GivenUp(cause))
    }

    async fn make_notes(&self, id: Uuid) -> Result<(), Failure> {
        let mut connection = self.db.read().await?;
        let row = store::document(&mut connection, id).await?;
        let Some(row) = row.filter(is_wanted) else { return Ok(()) };
        let pages = store::pages(&mut connection, id).await?;
        drop(connection);
        let pages = pages.into_iter().map(view::page).collect::<Result<Vec<DocumentPage>, _>>()?;
        let made = self.text.make_notes(id, &pages, row.language.as_deref()).await?;
        self.keep_notes(id, shortened(citing::verified(made, id, &pages), id, &pages)).await
    }

    async fn keep_notes(&self, id: Uuid, made: MadeNotes) -> Result<(), Failure> {
        let MadeNotes { markdown, points, remark } = made;
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, id).await?;
        let row = store::document(&mut transaction, id).await?;
        let Some(row) = row.filter(is_wanted) else { return Ok(()) };
        let (version, now) = (row.notes_version + 1, self.clock.now());
        let nothing = markdown.trim().is_empty().then(|| NOTHING_FOUND.to_owned());
        let notes = NotesRow {
            version,
            is_edited: false,
            markdown,
            points: serde_json::to_string(&points).map_err(|_| Failure::Broken("points cannot be written"))?,
            remark: remark.or(nothing),
            created_at: now.micros(),
        };
        store::insert_notes(&mut transaction, id, &notes).await?;
        store::set_notes_version(&mut transaction, id, version, "ready", now).await?;
        self.tell_of_notes(transaction, &row, "ready", version).await
    }

    /// Says it once; the others that follow are no news.
    async fn tell_of_another_try(&self, id: Uuid) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, id).await?;
        let row = store::document(&mut transaction, id).await?;
        let Some(row) = row.filter(|row| is_wanted(row) && row.notes_failure.is_none()) else { return Ok(()) };
        store::set_notes_status(&mut transaction, id, "processing", Some(TRYING_AGAIN), self.clock.now()).await?;
        let woken = self.events.record_document(&mut transaction, row.owner_id, id).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }

    async fn give_up_noting(&self, id: Uuid, why: &str) -> Result<(), Failure> {
        let remark = format!("The notes could not be made, {why}. Make them again later.");
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, id).await?;
        let row = store::document(&mut transaction, id).await?;
        let Some(row) = row.filter(is_wanted) else { return Ok(()) };
        store::set_notes_status(&mut transaction, id, "failed", Some(&remark), self.clock.now()).await?;
        self.tell_of_notes(transaction, &row, "failed", row.notes_version).await
    }

    async fn tell_of_notes(
        &self,
        mut transaction: Transaction,
        row: &DocumentRow,
        status: &str,
        version: i64,
    ) -> Result<(), Failure> {
        let about = json!({ "document_id": row.id, "status": status, "version": version });
        let key = row.id.to_string();
        outbox::record(&mut transaction, NOTES_GENERATED, &key, &about, self.clock.now()).await?;
        let woken = self.events.record_document(&mut transaction, row.owner_id, row.id).await?;
        transaction.commit().await?;
        self.jobs.wake();
        self.events.publish(woken);
        Ok(())
    }
}

fn is_wanted(row: &DocumentRow) -> bool {
    row.status == "ready" && row.notes_status == "processing"
}

/// Whole lines up to the longest notes that there may be.
fn shortened(made: MadeNotes, id: Uuid, pages: &[DocumentPage]) -> MadeNotes {
    if made.markdown.chars().count() <= NOTES_MAX {
        return made;
    }
    let (mut markdown, mut left) = (String::new(), NOTES_MAX);
    for line in made.markdown.split_inclusive('\n') {
        let Some(rest) = left.checked_sub(line.chars().count()) else { break };
        left = rest;
        markdown.push_str(line);
    }
    let points = citing::still_cited(made.points, id, &markdown);
    let remark = made.remark.or_else(|| Some("The document is long: its notes end before it does.".to_owned()));
    citing::verified(MadeNotes { markdown, points, remark }, id, pages)
}
