//! The work on one file: start, send what is missing, complete, deliver; again after a break.

use super::{Item, Uploads};
use crate::{
    browser::{self, LocalFile, PutFailure},
    error::Failure,
    uploads::{
        model::{
            State,
            retry::{ATTEMPTS_MAX, Verdict, after_put, after_question, refuses_file},
            state::{Part, parts_left},
        },
        server_fns::{complete_upload, load_upload, sign_parts, start_upload},
    },
};
use domain::{
    ErrorCode,
    uploads::{
        CompletedPart, PartChecksum, ReceivedPart, SINGLE_PUT_MAX, SignedPart, SignedPut, Transfer, Upload,
        UploadStatus,
    },
};
use futures_util::{StreamExt as _, TryStreamExt as _, future::abortable, stream};
use leptos::prelude::Notify as _;
use std::sync::Arc;

/// Parts of one file that are prepared and sent at once.
const PARTS_AT_ONCE: usize = 4;
/// Until it is looked again whether somebody takes what has arrived.
const UNTAKEN_MILLIS: u32 = 60_000;

/// Why an attempt has ended without the file being where it belongs.
enum Stop {
    /// Go on after a while.
    Again(u32),
    /// Begin a new upload.
    Anew,
    /// Nobody takes what has arrived yet.
    Untaken,
    /// It has failed too often, for this reason: a later attempt may get through.
    GivenUp(String),
    /// For this reason, which stays.
    Refused(String),
    /// The file itself is not taken, for this reason.
    Unfit(String),
}

impl Uploads {
    /// Works on a file as soon as others let it.
    pub(super) fn begin(&self, item: Arc<Item>) {
        item.work().attempts = 0;
        item.show(State::Waiting);
        let uploads = self.clone();
        let (task, handle) = abortable({
            let item = item.clone();
            async move {
                uploads.keep(&item).await;
                uploads.work_through(&item).await;
            }
        });
        item.runs(handle);
        // No other tab takes it up while this one has it.
        browser::exclusively(&Self::lock_name(item.id), move || async move {
            // Aborted: whoever did it has cleaned up.
            let _ = task.await;
        });
    }

    pub(super) async fn work_through(&self, item: &Arc<Item>) {
        let mut turn = Some(self.0.files.acquire().await);
        loop {
            match self.attempt(item).await {
                Ok(()) => {
                    self.forget(item);
                    item.work().source = None;
                    item.show(State::Done);
                    break;
                }
                Err(Stop::Again(millis)) => {
                    item.work().attempts += 1;
                    item.show(State::Resting);
                    self.rest(millis).await;
                }
                Err(Stop::Anew) => {
                    let mut work = item.work();
                    work.attempts += 1;
                    work.upload_id = None;
                }
                Err(Stop::Untaken) => {
                    // Nothing is sent meanwhile: others may.
                    drop(turn.take());
                    self.rest(UNTAKEN_MILLIS).await;
                    turn = Some(self.0.files.acquire().await);
                }
                Err(Stop::GivenUp(reason)) => {
                    item.show(State::Failed(reason));
                    break;
                }
                Err(Stop::Refused(reason)) => {
                    // The next visit would only hear the same.
                    self.forget(item);
                    item.show(State::Failed(reason));
                    break;
                }
                Err(Stop::Unfit(reason)) => {
                    self.forget(item);
                    item.show(State::Refused(reason));
                    break;
                }
            }
        }
        drop(turn);
        self.watch_leaving();
        self.0.settled.notify();
    }

    async fn attempt(&self, item: &Arc<Item>) -> Result<(), Stop> {
        if !browser::is_online() {
            return Err(Stop::Again(30_000));
        }
        item.show(State::Sending);
        let upload = self.opened(item).await?;
        let completed = match upload.status {
            UploadStatus::Complete => upload,
            UploadStatus::Failed => return Err(anew(item)),
            UploadStatus::Open => {
                let parts = self.send(item, &upload).await?;
                item.show(State::Finishing);
                complete_upload(upload.upload_id, parts).await.map_err(|failure| after_complete(item, &failure))?
            }
        };
        item.arrived(item.file.size);
        self.hand_over(item, completed).await
    }

    /// The upload as the server has it; begins one where there is none.
    async fn opened(&self, item: &Arc<Item>) -> Result<Upload, Stop> {
        let begun = item.work().upload_id;
        if let Some(id) = begun {
            return load_upload(id).await.map_err(|failure| after(item, &failure));
        }
        let source = source(item)?;
        let size = item.file.size;
        let sha256 = if size > SINGLE_PUT_MAX { None } else { source.sha256(0..size).await };
        let (name, content_type) = (item.file.name.clone(), item.file.content_type.clone());
        let upload = start_upload(item.purpose, name, content_type, size, sha256)
            .await
            .map_err(|failure| after(item, &failure))?;
        item.work().upload_id = Some(upload.upload_id);
        self.keep(item).await;
        Ok(upload)
    }

    /// Sends what is missing; answers with all parts.
    async fn send(&self, item: &Arc<Item>, upload: &Upload) -> Result<Vec<CompletedPart>, Stop> {
        match &upload.transfer {
            Transfer::Nothing {} => Ok(Vec::new()),
            Transfer::Put(put) => {
                item.arrived(0);
                let whole = Part { number: 1, bytes: 0..item.file.size };
                self.put(item, &source(item)?, put, &whole).await?;
                Ok(Vec::new())
            }
            Transfer::Parts { part_size, parts, received } => {
                self.send_parts(item, upload, *part_size, parts, received).await
            }
        }
    }

    async fn send_parts(
        &self,
        item: &Arc<Item>,
        upload: &Upload,
        part_size: u64,
        signed: &[SignedPart],
        received: &[ReceivedPart],
    ) -> Result<Vec<CompletedPart>, Stop> {
        let left = parts_left(item.file.size, part_size, received);
        let missing: u64 = left.iter().map(|part| part.bytes.end - part.bytes.start).sum();
        item.arrived(item.file.size - missing);
        let source = source(item)?;
        let send = |part: Part| {
            let unchecked = signed.iter().find(|signed| signed.part_number == part.number).cloned();
            self.send_part(item, &source, upload, part, unchecked)
        };
        let sent: Vec<CompletedPart> =
            stream::iter(left).map(send).buffer_unordered(PARTS_AT_ONCE).try_collect().await?;
        let is_new = |part: &&ReceivedPart| sent.iter().all(|sent| sent.part_number != part.part_number);
        let there = received.iter().filter(is_new);
        let there = there.map(|part| CompletedPart { part_number: part.part_number, etag: part.etag.clone() });
        let mut parts: Vec<CompletedPart> = there.chain(sent.iter().cloned()).collect();
        parts.sort_unstable_by_key(|part| part.part_number);
        Ok(parts)
    }

    async fn send_part(
        &self,
        item: &Arc<Item>,
        source: &LocalFile,
        upload: &Upload,
        part: Part,
        unchecked: Option<SignedPart>,
    ) -> Result<CompletedPart, Stop> {
        let part_number = part.number;
        // One after another also here: each holds a part's bytes while it is hashed.
        let signed = match source.sha256(part.bytes.clone()).await {
            Some(sha256) => {
                let checksum = PartChecksum { part_number, sha256 };
                let signed =
                    sign_parts(upload.upload_id, vec![checksum]).await.map_err(|failure| after(item, &failure))?;
                signed.into_iter().next()
            }
            // A page that was not loaded securely cannot hash, and no page what it cannot read.
            None => match unchecked.filter(|signed| signed.put.is_some()) {
                None => return Err(refused_put(item, PutFailure::Unreadable)),
                signed => signed,
            },
        };
        let put = signed.and_then(|signed| signed.put).ok_or(Stop::Again(1_000))?;
        let etag = self.put(item, source, &put, &part).await?;
        Ok(CompletedPart { part_number, etag: etag.unwrap_or_default() })
    }

    async fn put(
        &self,
        item: &Arc<Item>,
        source: &LocalFile,
        put: &SignedPut,
        part: &Part,
    ) -> Result<Option<String>, Stop> {
        let _turn = self.0.requests.acquire().await;
        let (shown, number) = (item.clone(), part.number);
        let on_progress = move |sent| shown.sends(number, sent);
        let sent = browser::put(&put.url, &put.headers, source, part.bytes.clone(), on_progress).await;
        let etag = sent.map_err(|failure| refused_put(item, failure))?;
        item.sends(number, part.bytes.end - part.bytes.start);
        // Something got through: patience begins anew.
        item.work().attempts = 0;
        Ok(etag)
    }

    /// Puts what has arrived to its use; waits for somebody who does.
    async fn hand_over(&self, item: &Arc<Item>, upload: Upload) -> Result<(), Stop> {
        item.show(State::Finishing);
        let deliver = self.delivery(item.target.kind()).ok_or(Stop::Untaken)?;
        deliver(item.clone(), upload).await.map_err(|failure| match after(item, &failure) {
            // It is what the file was for that is gone, or does not take it now.
            Stop::Anew | Stop::Unfit(_) => Stop::Refused(failure.detail.clone()),
            stop => stop,
        })
    }
}

fn source(item: &Item) -> Result<LocalFile, Stop> {
    let source = item.work().source.clone();
    source.ok_or_else(|| Stop::Refused("The file is no longer there: pick it again.".to_owned()))
}

fn after(item: &Item, failure: &Failure) -> Stop {
    let attempts = item.work().attempts;
    match after_question(failure.code, failure.retry_after_seconds, attempts) {
        Verdict::Again { millis } => Stop::Again(millis),
        Verdict::Anew => anew(item),
        Verdict::GivenUp => Stop::GivenUp(failure.detail.clone()),
        Verdict::Refused if is_of_file(failure) => Stop::Unfit(failure.detail.clone()),
        Verdict::Refused => Stop::Refused(failure.detail.clone()),
    }
}

/// Whether it is the file that is wrong. Damaged on its way it may arrive whole the next time, and what is only too much
/// beside other files may find room.
fn is_of_file(failure: &Failure) -> bool {
    let is_over_quota = failure.code == ErrorCode::PayloadTooLarge && failure.field("size").is_none();
    refuses_file(failure.code) && failure.field("sha256").is_none() && !is_over_quota
}

/// What was refused when all had arrived is of no use any more: the next attempt begins a new upload.
fn after_complete(item: &Item, failure: &Failure) -> Stop {
    let stop = after(item, failure);
    if matches!(stop, Stop::Refused(_) | Stop::Unfit(_)) {
        item.work().upload_id = None;
    }
    stop
}

fn refused_put(item: &Item, failure: PutFailure) -> Stop {
    let attempts = item.work().attempts;
    match after_put(failure, attempts) {
        Verdict::Again { millis } => Stop::Again(millis),
        Verdict::Anew => anew(item),
        Verdict::GivenUp => Stop::GivenUp("The file store does not take the file. Try again later.".to_owned()),
        Verdict::Refused if failure == PutFailure::Unreadable => Stop::Refused(
            "The file cannot be read any more: it was moved, changed or deleted. Pick it again.".to_owned(),
        ),
        Verdict::Refused => Stop::Refused("The file store does not take the file. Try again.".to_owned()),
    }
}

fn anew(item: &Item) -> Stop {
    let attempts = item.work().attempts;
    if attempts < ATTEMPTS_MAX {
        Stop::Anew
    } else {
        Stop::GivenUp("The file did not arrive, again and again. Try again later.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ApiError, FieldError};

    #[test]
    fn a_full_quota_is_no_fault_of_the_file() {
        let refused = |code, errors| is_of_file(&ApiError { errors, ..ApiError::new(code, "Too much.") }.into());
        let size = || vec![FieldError::body("size", "less_than_equal", "Send less.")];
        assert!(refused(ErrorCode::PayloadTooLarge, size()));
        assert!(!refused(ErrorCode::PayloadTooLarge, Vec::new()));
        assert!(refused(ErrorCode::UnsupportedMediaType, Vec::new()));
        let damaged = vec![FieldError::body("sha256", "mismatch", "Send it again.")];
        assert!(!refused(ErrorCode::ValidationFailed, damaged));
    }
}
