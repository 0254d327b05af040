//! Work that is done after the transaction that asked for it: at least once, again with growing pauses when it
//! fails, and kept for a person to look at when it is given up.

mod cleanup;
mod runner;
pub(crate) mod store;

pub(crate) use cleanup::Cleanup;
pub(crate) use runner::Runner;

use crate::{
    albums::service::AlbumService,
    clients::identity::{Administration, RemovalError},
    failure::Failure,
};
use db::Connection;
use domain::{Timestamp, id::Sub};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Notify;

/// Removes a cancelled person's identity at the provider.
pub(crate) const REMOVE_IDENTITY: &str = "identity.remove";

/// Throws deleted albums and photos away.
pub(crate) const PURGE_ALBUMS: &str = "albums.purge";

/// Payload of [`REMOVE_IDENTITY`].
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct IdentityRemoval {
    pub(crate) sub: Sub,
}

/// Tells the workers of this process that there is something to do. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jobs(Arc<Notify>);

impl Jobs {
    /// Call it after the commit. Workers of other processes find the job by looking now and then.
    pub(crate) fn wake(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.0.notified().await;
    }
}

/// Adds a job within the transaction of its cause.
pub(crate) async fn enqueue(
    connection: &mut Connection,
    kind: &str,
    payload: &impl Serialize,
    now: Timestamp,
) -> Result<(), Failure> {
    let payload = serde_json::to_string(payload).map_err(|_| Failure::Broken("a job's payload cannot be written"))?;
    Ok(store::insert(connection, kind, &payload, now).await?)
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
}

impl Handlers {
    pub(crate) async fn run(&self, kind: &str, payload: &str) -> Result<(), JobError> {
        match kind {
            REMOVE_IDENTITY => self.remove_identity(payload).await,
            PURGE_ALBUMS => Ok(self.albums.purge().await?),
            _ => Err(JobError::Impossible("no handler knows this kind")),
        }
    }

    async fn remove_identity(&self, payload: &str) -> Result<(), JobError> {
        let job: IdentityRemoval =
            serde_json::from_str(payload).map_err(|_| JobError::Impossible("the payload cannot be read"))?;
        let administration = self
            .administration
            .as_ref()
            .ok_or(JobError::Impossible("no address or credentials to remove identities with are configured"))?;
        Ok(administration.remove_identity(&job.sub).await?)
    }
}
