//! What somebody has written and answered, for themselves.

use crate::quizzes::store::seen_by;
use db::{Connection, on};
use uuid::Uuid;

const WRITTEN_IN: &str = "select c.id, c.title from conversations c where exists \
     (select 1 from messages m where m.conversation_id = c.id and m.sender_id = $1 and m.deleted_at is null) \
     order by c.id";
const WRITTEN: &str = "select m.id, m.content, m.reply_to_id, m.sent_at, m.edited_at, m.object_id, o.filename \
     from messages m left join objects o on o.id = m.object_id \
     where m.conversation_id = $1 and m.sender_id = $2 and m.id > $3 and m.deleted_at is null order by m.id limit $4";

/// Also of quizzes that the person sees no more; what those are called now is not theirs to know.
const SUBMITTED: &str = concat!(
    "select s.id, s.quiz_id, case when ",
    seen_by!("$1"),
    " then q.title end as title, s.score, s.total_questions, s.details, s.submitted_at \
     from quiz_submissions s join quizzes q on q.id = s.quiz_id \
     where s.account_id = $1 and s.id < $2 order by s.id desc limit $3"
);
const SAVED: &str = "select question_id, quiz_id, answer, saved_at as given_at from quiz_answers \
     where account_id = $1 and question_id > $2 order by question_id limit $3";
const CLAIMED: &str = "select question_id, quiz_id, answer, created_at as given_at from answer_claims \
     where account_id = $1 and question_id > $2 order by question_id limit $3";

/// A message of one's own.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct WrittenRow {
    pub(super) id: i64,
    pub(super) content: String,
    pub(super) reply_to_id: Option<i64>,
    pub(super) sent_at: i64,
    pub(super) edited_at: Option<i64>,
    pub(super) object_id: Option<Uuid>,
    pub(super) filename: Option<String>,
}

/// The conversations in which the person has written, with their titles.
pub(super) async fn written_in(c: &mut Connection, account_id: i64) -> Result<Vec<(i64, Option<String>)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(WRITTEN_IN).bind(account_id).fetch_all(&mut *c).await)
}

/// What the person has written in one of them after a message, oldest first.
pub(super) async fn written(
    c: &mut Connection,
    conversation_id: i64,
    account_id: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<WrittenRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(WRITTEN)
        .bind(conversation_id)
        .bind(account_id)
        .bind(after)
        .bind(limit)
        .fetch_all(&mut *c)
        .await)
}

/// A submission of one's own.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct SubmittedRow {
    pub(super) id: i64,
    pub(super) quiz_id: i64,
    /// None for a quiz that is not seen any more.
    pub(super) title: Option<String>,
    pub(super) score: i64,
    pub(super) total_questions: i64,
    /// JSON.
    pub(super) details: String,
    pub(super) submitted_at: i64,
}

/// The person's submissions before one, newest first.
pub(super) async fn submitted(
    c: &mut Connection,
    account_id: i64,
    before: i64,
    limit: i64,
) -> Result<Vec<SubmittedRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(SUBMITTED).bind(account_id).bind(before).bind(limit).fetch_all(&mut *c).await)
}

/// Answers that are kept outside submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Not submitted yet.
    Saved,
    /// Graded wrong, and said to be right.
    Claimed,
}

/// An answer of one's own.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct GivenRow {
    pub(super) question_id: i64,
    pub(super) quiz_id: i64,
    pub(super) answer: String,
    pub(super) given_at: i64,
}

/// The person's answers to questions after one, in the order of the questions.
pub(super) async fn given(
    c: &mut Connection,
    which: Given,
    account_id: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<GivenRow>, sqlx::Error> {
    let text = match which {
        Given::Saved => SAVED,
        Given::Claimed => CLAIMED,
    };
    on!(c, c => sqlx::query_as(text).bind(account_id).bind(after).bind(limit).fetch_all(&mut *c).await)
}

/// Every statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 5] = [WRITTEN_IN, WRITTEN, SUBMITTED, SAVED, CLAIMED];
