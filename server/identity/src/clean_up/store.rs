//! Statements that remove what is past its time.

use db::{Connection, on};
use domain::Timestamp;

const HOUR: i64 = 3_600;
const WEEK: i64 = 7 * 24 * HOUR;

/// How long a row is kept after its time.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kept {
    Seconds(i64),
    AccessToken,
}

/// One table's clean-up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement {
    sql: &'static str,
    pub(super) kept: Kept,
}

pub(super) const STATEMENTS: [Statement; 7] = [
    Statement { sql: "delete from identity_sessions where expires_at < $1", kept: Kept::Seconds(0) },
    Statement { sql: "delete from identity_refresh_tokens where expires_at < $1", kept: Kept::AccessToken },
    // A code that comes a second time must still be known then.
    Statement { sql: "delete from identity_authorization_codes where expires_at < $1", kept: Kept::Seconds(HOUR) },
    // Tells somebody who comes late that the code is too old, not that it is wrong.
    Statement { sql: "delete from identity_password_resets where expires_at < $1", kept: Kept::Seconds(24 * HOUR) },
    Statement { sql: "delete from identity_sign_ups where created_at < $1", kept: Kept::Seconds(WEEK) },
    Statement { sql: "delete from identity_throttles where last_at < $1", kept: Kept::Seconds(2 * HOUR) },
    Statement { sql: "delete from identity_mails where created_at < $1 and due_at is null", kept: Kept::Seconds(WEEK) },
];

pub(super) async fn delete(c: &mut Connection, statement: Statement, before: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query(statement.sql).bind(before.micros()).execute(&mut *c).await.map(|_| ()))
}
