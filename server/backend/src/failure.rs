//! Where a failure parts: the cause into the log, a fixed sentence to the person.

use domain::ApiError;

/// Why a service could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// To be passed on as it is.
    #[error(transparent)]
    Refused(#[from] ApiError),
    /// The database; the cause is for the log only.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// Anything else that should not happen; the cause is for the log only.
    #[error("{0}")]
    Broken(&'static str),
}

impl From<Failure> for ApiError {
    /// Logs the cause, once: whoever holds an [`ApiError`] has nothing left to tell. The request id is in the
    /// surrounding span.
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error,
            Failure::Database(sqlx::Error::PoolTimedOut) => {
                tracing::error!("no database connection became free in time");
                Self::unavailable("We have more to do than we can manage. Try again in a moment.")
            }
            failure => {
                tracing::error!(cause = %failure, "a request failed");
                Self::internal()
            }
        }
    }
}
