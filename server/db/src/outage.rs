//! Telling a database that is away from a statement that is wrong.

/// PostgreSQL's codes for a server that is being shut down, has broken down, or is still starting.
const LEAVING_OR_STARTING: [&str; 3] = ["57P01", "57P02", "57P03"];
/// PostgreSQL's codes for two transactions in each other's way, of which one was given up.
const GAVE_WAY: [&str; 2] = ["40001", "40P01"];
/// SQLite's codes for a file or table that somebody else holds; the bits above the lowest eight tell more.
const HELD: [u32; 2] = [5, 6];
/// PostgreSQL's codes have five characters, SQLite's are numbers of fewer.
const POSTGRES_CODE_LENGTH: usize = 5;
/// PostgreSQL's class of broken connections.
const CONNECTION_CLASS: &str = "08";

/// Whether the engine could not be asked, went away before it answered, or gave way: the same may work in a moment. A
/// write may have been done all the same, when only its answer was lost.
#[must_use]
pub fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            if code.len() < POSTGRES_CODE_LENGTH {
                return code.parse::<u32>().is_ok_and(|code| HELD.contains(&(code & 0xff)));
            }
            let passes = LEAVING_OR_STARTING.iter().chain(&GAVE_WAY).any(|passing| *passing == code);
            passes || code.starts_with(CONNECTION_CLASS)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::error::{DatabaseError, ErrorKind};
    use std::{borrow::Cow, error::Error, fmt, io};

    /// What an engine says, reduced to its code.
    #[derive(Debug)]
    struct Coded(&'static str);

    impl fmt::Display for Coded {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Coded {}

    impl DatabaseError for Coded {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    fn coded(code: &'static str) -> sqlx::Error {
        sqlx::Error::Database(Box::new(Coded(code)))
    }

    #[test]
    fn an_engine_that_cannot_be_asked_is_away() {
        for kind in [io::ErrorKind::ConnectionRefused, io::ErrorKind::ConnectionReset, io::ErrorKind::UnexpectedEof] {
            assert!(is_outage(&sqlx::Error::Io(kind.into())), "{kind}");
        }
        for error in [sqlx::Error::PoolTimedOut, sqlx::Error::PoolClosed, sqlx::Error::WorkerCrashed] {
            assert!(is_outage(&error), "{error}");
        }
        for code in
            ["57P01", "57P02", "57P03", "40001", "40P01", "08000", "08003", "08006", "08P01", "5", "261", "517", "6"]
        {
            assert!(is_outage(&coded(code)), "{code}");
        }
    }

    #[test]
    fn an_engine_that_refuses_is_there() {
        // A cancelled or wrong statement, broken constraints of both engines, a wrong password.
        for code in ["57014", "42601", "23505", "25006", "28P01", "2067", "1555", "8", "14"] {
            assert!(!is_outage(&coded(code)), "{code}");
        }
        for error in [sqlx::Error::RowNotFound, sqlx::Error::ColumnNotFound("title".into())] {
            assert!(!is_outage(&error), "{error}");
        }
    }
}
