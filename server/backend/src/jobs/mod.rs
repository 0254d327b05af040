//! Work that is done after the transaction that asked for it: at least once, again with growing pauses when it
//! fails, and kept for a person to look at when it is given up.

mod cleanup;
mod runner;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(crate) use cleanup::Cleanup;
pub(crate) use runner::{ATTEMPTS_MAX, Runner};

use crate::{
    albums::service::AlbumService,
    clients::identity::{Administration, RemovalError},
    documents::service::DocumentService,
    failure::Failure,
    quizzes::service::QuizService,
    uploads::service::UploadService,
};
use db::Connection;
use domain::{Timestamp, id::Sub};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::sync::Arc;
use store::NewJobRow;
use tokio::sync::Notify;

/// Removes a cancelled person's identity at the provider.
pub(crate) const REMOVE_IDENTITY: &str = "identity.remove";

/// Throws deleted albums and photos away.
pub(crate) const PURGE_ALBUMS: &str = "albums.purge";
/// Makes the thumbnails of a picture.
pub(crate) const MAKE_THUMBNAILS: &str = "object.thumbnails";
/// Deletes a file that is out of reach.
pub(crate) const DELETE_OBJECT: &str = "object.delete";
/// Deletes the bytes of an upload that came to nothing.
pub(crate) const DISCARD_UPLOAD: &str = "upload.discard";
/// Takes the text out of a document.
pub(crate) const EXTRACT_DOCUMENT: &str = "document.extract";
/// Makes the notes of a document.
pub(crate) const MAKE_NOTES: &str = "document.notes";
/// Makes the questions of a quiz.
pub(crate) const MAKE_QUIZ: &str = "quiz.generate";

/// Payload of [`REMOVE_IDENTITY`].
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct IdentityRemoval {
    pub(crate) sub: Sub,
}

/// Which jobs a worker takes: what takes long, or comes by the hundred, holds up only its own kind. Within a lane people
/// take turns. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Everything else.
    Other = 0,
    /// Thumbnails.
    Pictures = 1,
    /// Reading documents.
    Documents = 2,
    /// Making something of text.
    Texts = 3,
}

impl Lane {
    pub(crate) const ALL: [Self; 4] = [Self::Other, Self::Pictures, Self::Documents, Self::Texts];

    /// The lane of a kind of job.
    fn of(kind: &str) -> Self {
        match kind {
            MAKE_THUMBNAILS => Self::Pictures,
            EXTRACT_DOCUMENT => Self::Documents,
            MAKE_NOTES | MAKE_QUIZ => Self::Texts,
            _ => Self::Other,
        }
    }
}

/// Tells the workers of this process that there is something to do. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jobs(Arc<Sleepers>);

#[derive(Debug, Default)]
struct Sleepers {
    lanes: [Notify; Lane::ALL.len()],
    outbox: Notify,
}

impl Jobs {
    /// Call it after the commit of jobs or of messages of the outbox. Workers of other processes find them by looking
    /// now and then.
    pub(crate) fn wake(&self) {
        self.0.lanes.iter().chain([&self.0.outbox]).for_each(Notify::notify_one);
    }

    pub(crate) async fn woken(&self, lane: Lane) {
        self.0.lanes[lane as usize].notified().await;
    }

    /// When there is something to deliver.
    pub(crate) async fn outbox_woken(&self) {
        self.0.outbox.notified().await;
    }
}

/// Adds a job within the transaction of its cause. `account_id` is the person for whom it is done, if it is for one:
/// however many jobs somebody has, those of others do not wait for all of them.
pub(crate) async fn enqueue(
    connection: &mut Connection,
    account_id: Option<i64>,
    kind: &str,
    payload: &impl Serialize,
    now: Timestamp,
) -> Result<(), Failure> {
    enqueue_at(connection, account_id, kind, payload, now, now).await
}

/// The same, for later.
pub(crate) async fn enqueue_at(
    connection: &mut Connection,
    account_id: Option<i64>,
    kind: &str,
    payload: &impl Serialize,
    now: Timestamp,
    run_at: Timestamp,
) -> Result<(), Failure> {
    let payload = serde_json::to_string(payload).map_err(|_| Failure::Broken("a job's payload cannot be written"))?;
    let job = NewJobRow { lane: Lane::of(kind), account_id, kind, payload: &payload, run_at, created_at: now };
    Ok(store::insert(connection, &job).await?)
}

/// How often a job was tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tries<'j> {
    /// All of them, this one included.
    pub(crate) all: i64,
    /// What was in the way of the last one before this that has come to its end. Where there is none, the process has
    /// ended in each of them.
    pub(crate) last_failure: Option<&'j str>,
}

/// Why a job is not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JobError {
    /// Another try may work.
    #[error("{0}")]
    Retry(String),
    /// No try will ever work.
    #[error("{0}")]
    Impossible(&'static str),
    /// No further try is wanted, and whoever waits for it has been told.
    #[error("{0}")]
    GivenUp(String),
}

impl From<Failure> for JobError {
    fn from(failure: Failure) -> Self {
        Self::Retry(failure.to_string())
    }
}

impl From<RemovalError> for JobError {
    fn from(error: RemovalError) -> Self {
        Self::Retry(error.to_string())
    }
}

/// What each kind of job does.
#[derive(Clone, Debug)]
pub(crate) struct Handlers {
    /// None when the settings name no way to remove identities.
    pub(crate) administration: Option<Administration>,
    pub(crate) albums: Arc<AlbumService>,
    pub(crate) uploads: UploadService,
    pub(crate) documents: Arc<DocumentService>,
    pub(crate) quizzes: Arc<QuizService>,
}

impl Handlers {
    /// Does the job.
    pub(crate) async fn run(&self, kind: &str, payload: &str, tries: Tries<'_>) -> Result<(), JobError> {
        match kind {
            REMOVE_IDENTITY => self.remove_identity(payload).await,
            PURGE_ALBUMS => Ok(self.albums.purge().await?),
            MAKE_THUMBNAILS => Ok(self.uploads.make_thumbnails(read(payload)?).await?),
            DELETE_OBJECT => Ok(self.uploads.delete_object(read(payload)?).await?),
            EXTRACT_DOCUMENT => self.documents.extract(read(payload)?, tries).await,
            MAKE_NOTES => self.documents.note(read(payload)?, tries).await,
            MAKE_QUIZ => self.quizzes.work(read(payload)?, tries).await,
            DISCARD_UPLOAD => Ok(self.uploads.discard_leftover(read(payload)?).await?),
            _ => Err(JobError::Impossible("no handler knows this kind")),
        }
    }

    async fn remove_identity(&self, payload: &str) -> Result<(), JobError> {
        let job: IdentityRemoval = read(payload)?;
        let administration = self
            .administration
            .as_ref()
            .ok_or(JobError::Impossible("no address or credentials to remove identities with are configured"))?;
        Ok(administration.remove_identity(&job.sub).await?)
    }
}

fn read<T: DeserializeOwned>(payload: &str) -> Result<T, JobError> {
    serde_json::from_str(payload).map_err(|_| JobError::Impossible("the payload cannot be read"))
}
