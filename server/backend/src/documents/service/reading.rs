//! The job that reads a document. It may be done again at any time: until it has come to its end, nothing but the
//! progress tells that it began.

use super::{
    super::finding::Folded,
    DocumentJob, DocumentService,
    store::{self, DocumentRow, NewPageRow, ReadRow},
    view,
};
use crate::{
    failure::Failure,
    jobs::{self, JobError, Tries},
    outbox::{self, DOCUMENT_PROCESSED},
    providers::extraction::{Extracted, Source},
};
use db::Transaction;
use domain::documents::{DocumentFailure, DocumentPage, DocumentProgress, FailureCode, PAGES_MAX};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;
use uuid::Uuid;

/// Tries that may end with their process before the document is said to be why.
const KILLED_MAX: i64 = 8;
const KILLS: &str = "This document could not be read, although we tried several times. Save it again in the program it \
                     came from, or as a PDF, and upload that file.";
const OUR_TROUBLE: &str = "This document could not be read, because for a whole day something here did not work. Nothing \
                           need be wrong with it: add the same file again later.";
/// What is said of documents that were given up, rather than found to be unreadable.
pub(super) const GIVEN_UP: [&str; 2] = [KILLS, OUR_TROUBLE];
/// How often people are told how far reading has come.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(500);

impl DocumentService {
    /// Reads the document. After the last try it is said to have failed, and no job goes on for ever: it comes soon
    /// where the process ended in each of them, and as late as for any job where something of ours did not work.
    pub(crate) async fn extract(&self, job: DocumentJob, tries: Tries<'_>) -> Result<(), JobError> {
        let DocumentJob { document_id: id } = job;
        let (message, cause) = if tries.last_failure.is_none() && tries.all > KILLED_MAX {
            (KILLS, "the process ended in every try".to_owned())
        } else if tries.all > jobs::ATTEMPTS_MAX {
            (OUR_TROUBLE, "the process ended in the last try".to_owned())
        } else {
            match self.read(id).await {
                Err(failure) if tries.all == jobs::ATTEMPTS_MAX => (OUR_TROUBLE, failure.to_string()),
                outcome => return Ok(outcome?),
            }
        };
        let failure = DocumentFailure { code: FailureCode::Corrupt, message: message.to_owned() };
        self.keep_failure(id, &failure).await?;
        Err(JobError::GivenUp(cause))
    }

    async fn read(&self, id: Uuid) -> Result<(), Failure> {
        let Some(row) = self.begin_reading(id).await? else { return Ok(()) };
        let Some(bytes) = self.uploads.read_whole(row.object_id).await? else { return Ok(()) };
        let source = Source { bytes, content_type: row.content_type.clone() };
        match self.extract_and_tell(&row, source).await? {
            Ok(extracted) if extracted.pages.len() > PAGES_MAX as usize => {
                let message = format!(
                    "This document has more than {PAGES_MAX} pages. Split it into smaller ones and upload those."
                );
                self.keep_failure(id, &DocumentFailure { code: FailureCode::TooLarge, message }).await
            }
            Ok(extracted) => self.keep_text(&row, extracted).await,
            Err(failure) => self.keep_failure(id, &failure).await,
        }
    }

    /// None when there is nothing to be read any more.
    async fn begin_reading(&self, id: Uuid) -> Result<Option<DocumentRow>, Failure> {
        let mut transaction = self.db.begin().await?;
        if !store::begin(&mut transaction, id, self.clock.now()).await? {
            return Ok(None);
        }
        let row = store::document(&mut transaction, id).await?;
        if let Some(row) = &row {
            let woken = self.events.record_document(&mut transaction, row.owner_id, id).await?;
            transaction.commit().await?;
            self.events.publish(woken);
        }
        Ok(row)
    }

    async fn extract_and_tell(
        &self,
        row: &DocumentRow,
        source: Source,
    ) -> Result<Result<Extracted, DocumentFailure>, Failure> {
        let (sender, mut receiver) = watch::channel(None);
        let progress = Arc::new(move |progress| {
            sender.send_replace(Some(progress));
        });
        let work = self.extractor.extract(source, progress);
        tokio::pin!(work);
        loop {
            tokio::select! {
                outcome = &mut work => return outcome,
                // Once nobody can tell any more, only the work itself is waited for.
                told = receiver.changed() => if told.is_err() { return work.await },
            }
            let now = *receiver.borrow_and_update();
            if let Some(now) = now {
                // To its end: a transaction that is dropped on its way leaves a connection that cannot be trusted.
                self.keep_progress(row, now).await?;
            }
            tokio::select! {
                outcome = &mut work => return outcome,
                () = tokio::time::sleep(PROGRESS_INTERVAL) => {}
            }
        }
    }

    async fn keep_progress(&self, row: &DocumentRow, progress: DocumentProgress) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let (page, of) = (i64::from(progress.page), progress.of.map(i64::from));
        if store::progress(&mut transaction, row.id, page, of).await? {
            let woken = self.events.record_document(&mut transaction, row.owner_id, row.id).await?;
            transaction.commit().await?;
            self.events.publish(woken);
        }
        Ok(())
    }

    async fn keep_text(&self, row: &DocumentRow, extracted: Extracted) -> Result<(), Failure> {
        let Extracted { title, language, pages } = extracted;
        let words: usize = pages.iter().map(|page| page.text.split_whitespace().count()).sum();
        let pages = tokio::task::spawn_blocking(move || pages.into_iter().map(page_row).collect::<Result<Vec<_>, _>>());
        let pages = pages.await.map_err(|_| Failure::Broken("folding a document has panicked"))??;
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, row.id).await?;
        // Its owner may have named it meanwhile.
        let Some(row) = store::document(&mut transaction, row.id).await? else { return Ok(()) };
        let title = title.as_deref().and_then(view::own_title).filter(|_| !row.is_titled).unwrap_or(row.title);
        let read = ReadRow {
            pages: i64::try_from(pages.len()).unwrap_or(i64::MAX),
            words: i64::try_from(words).unwrap_or(i64::MAX),
            language: language.as_deref(),
            title: &title,
            search_text: &view::search_text(&title, &row.filename),
        };
        if !store::ready(&mut transaction, row.id, &read, self.clock.now()).await? {
            return Ok(());
        }
        store::replace_pages(&mut transaction, row.id, &pages).await?;
        let about = json!({
            "document_id": row.id,
            "status": "ready",
            "pages": read.pages,
            "words": read.words,
            "language": language,
        });
        self.settle(transaction, row.id, row.owner_id, about).await
    }

    async fn keep_failure(&self, id: Uuid, failure: &DocumentFailure) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let code = view::failure_text(failure.code);
        if !store::fail(&mut transaction, id, code, &failure.message, self.clock.now()).await? {
            return Ok(());
        }
        let Some(row) = store::document(&mut transaction, id).await? else { return Ok(()) };
        let about = json!({ "document_id": id, "status": "failed", "failure": failure });
        self.settle(transaction, id, row.owner_id, about).await
    }

    async fn settle(
        &self,
        mut transaction: Transaction,
        id: Uuid,
        owner_id: i64,
        about: serde_json::Value,
    ) -> Result<(), Failure> {
        outbox::record(&mut transaction, DOCUMENT_PROCESSED, &id.to_string(), &about, self.clock.now()).await?;
        let woken = self.events.record_document(&mut transaction, owner_id, id).await?;
        transaction.commit().await?;
        self.jobs.wake();
        self.events.publish(woken);
        Ok(())
    }
}

/// NUL is nothing that PostgreSQL stores; another letter in its place leaves all offsets as they are.
fn page_row(page: DocumentPage) -> Result<NewPageRow, Failure> {
    let blocks = serde_json::to_string(&page.blocks).map_err(|_| Failure::Broken("blocks cannot be written"))?;
    let text = page.text.replace('\0', "\u{fffd}");
    Ok(NewPageRow { page: i64::from(page.page), search_text: Folded::new(&text).text, text, blocks })
}
