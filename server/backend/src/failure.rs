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
    /// A provider that refuses until its settings are others; the cause is for the log only.
    #[error("{0}")]
    ProviderRefuses(&'static str),
    /// A provider whose answer cannot be used; the cause is for the log only.
    #[error("{0}")]
    NotUnderstood(&'static str),
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
            Failure::Database(cause) if db::is_outage(&cause) => {
                tracing::error!(%cause, "the database is away, or a statement gave way");
                Self::unavailable("We cannot do this right now. Try again in a moment.")
            }
            failure => {
                tracing::error!(cause = %failure, "a request failed");
                Self::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ErrorCode;

    #[test]
    fn a_database_that_is_away_is_worth_another_try_and_a_wrong_statement_is_not() {
        let refused = sqlx::Error::Io(std::io::ErrorKind::ConnectionRefused.into());
        for cause in [refused, sqlx::Error::PoolTimedOut, sqlx::Error::PoolClosed] {
            let error = ApiError::from(Failure::from(cause));
            assert_eq!((error.code, error.code.status()), (ErrorCode::Unavailable, 503));
            assert!(error.retry_after_seconds.is_some_and(|seconds| seconds >= 1));
            assert!(error.detail.ends_with("Try again in a moment."), "{}", error.detail);
        }
        for failure in [Failure::Database(sqlx::Error::RowNotFound), Failure::Broken("a cause")] {
            let error = ApiError::from(failure);
            assert_eq!((error.code, error.retry_after_seconds), (ErrorCode::Internal, None));
        }
    }
}
