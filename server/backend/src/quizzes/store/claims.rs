//! Answers that people take for right.

use db::{Connection, on};
use domain::Timestamp;

const CLAIM: &str = "insert into answer_claims (account_id, question_id, quiz_id, answer, created_at) \
     values ($1, $2, $3, $4, $5) \
     on conflict (account_id, question_id) do update set answer = excluded.answer, created_at = excluded.created_at";
const OF: &str = "select question_id, account_id, answer from answer_claims where quiz_id = $1 \
     order by question_id, created_at, account_id";
const SETTLE: &str = "delete from answer_claims where account_id = $1 and question_id = $2";

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ClaimRow {
    pub(crate) question_id: i64,
    pub(crate) account_id: i64,
    pub(crate) answer: String,
}

/// Claims an answer, instead of another that the person claimed before.
pub(crate) async fn claim(
    c: &mut Connection,
    account_id: i64,
    question_id: i64,
    quiz_id: i64,
    answer: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CLAIM)
        .bind(account_id)
        .bind(question_id)
        .bind(quiz_id)
        .bind(answer)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// All claims of a quiz, by question and in the order in which they were made.
pub(crate) async fn claims(c: &mut Connection, quiz_id: i64) -> Result<Vec<ClaimRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(OF).bind(quiz_id).fetch_all(&mut *c).await)
}

/// Forgets a claim that is decided.
pub(crate) async fn settle_claim(c: &mut Connection, account_id: i64, question_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SETTLE).bind(account_id).bind(question_id).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 3] = [CLAIM, OF, SETTLE];
