//! Answers that wait to be submitted, and results.

use super::ListPlace;
use db::{Connection, on};
use domain::Timestamp;

const SHEET: &str = "select question_id, answer, checked_at from quiz_answers \
     where quiz_id = $1 and account_id = $2 order by question_id";
/// What was checked stays.
const SAVE: &str = "insert into quiz_answers (account_id, question_id, quiz_id, answer, saved_at) \
     values ($1, $2, $3, $4, $5) \
     on conflict (account_id, question_id) do update set answer = excluded.answer, saved_at = excluded.saved_at \
       where quiz_answers.checked_at is null";
const TAKE_BACK: &str = "delete from quiz_answers where account_id = $1 and question_id = $2 and checked_at is null";
const CHECK: &str = "update quiz_answers set checked_at = $3 \
     where account_id = $1 and question_id = $2 and checked_at is null";
const EMPTY: &str = "delete from quiz_answers where quiz_id = $1 and account_id = $2";
const INSERT: &str = "insert into quiz_submissions (quiz_id, account_id, score, total_questions, details, submitted_at) \
     values ($1, $2, $3, $4, $5, $6) returning id";
const LAST: &str = "select id, account_id, score, total_questions, details, submitted_at from quiz_submissions \
     where quiz_id = $1 and account_id = $2 order by id desc limit 1";
const NEXT: &str = "select id, account_id, score, total_questions, details, submitted_at from quiz_submissions \
     where quiz_id = $1 and id > $2 order by id limit 1";
/// All but the last $3.
const FORGET_OLD: &str = "delete from quiz_submissions where quiz_id = $1 and account_id = $2 and id <= \
     (select id from quiz_submissions where quiz_id = $1 and account_id = $2 order by id desc limit 1 offset $3)";
const ONE: &str = "select id, account_id, score, total_questions, details, submitted_at from quiz_submissions \
     where id = $1 and account_id = $2";
const REGRADE: &str = "update quiz_submissions set score = $2, total_questions = $3, details = $4 where id = $1";
/// The person's submissions of quizzes that they see.
macro_rules! history {
    ($rest:literal) => {
        concat!(
            "select s.id, s.quiz_id, q.title, s.score, s.total_questions, s.submitted_at \
             from quiz_submissions s join quizzes q on q.id = s.quiz_id where s.account_id = $1 and ",
            seen_by!("$1"),
            $rest
        )
    };
}
const HISTORY: &str = history!(" order by s.id desc limit $2");
const HISTORY_OLDER: &str = history!(" and s.id < $3 order by s.id desc limit $2");
const HISTORY_NEWER: &str = history!(" and s.id > $3 order by s.id limit $2");

/// An answer that is not submitted yet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SheetRow {
    pub(crate) question_id: i64,
    pub(crate) answer: String,
    pub(crate) checked_at: Option<i64>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SubmissionRow {
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) score: i64,
    pub(crate) total_questions: i64,
    pub(crate) details: String,
    pub(crate) submitted_at: i64,
}

/// What is kept of a graded submission.
#[derive(Debug)]
pub(crate) struct GradedRow<'a> {
    pub(crate) score: i64,
    pub(crate) total_questions: i64,
    pub(crate) details: &'a str,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct HistoryRow {
    pub(crate) id: i64,
    pub(crate) quiz_id: i64,
    pub(crate) title: String,
    pub(crate) score: i64,
    pub(crate) total_questions: i64,
    pub(crate) submitted_at: i64,
}

/// What the person has answered so far.
pub(crate) async fn sheet(c: &mut Connection, quiz_id: i64, account_id: i64) -> Result<Vec<SheetRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(SHEET).bind(quiz_id).bind(account_id).fetch_all(&mut *c).await)
}

/// Keeps an answer instead of the one before, unless that one was checked.
pub(crate) async fn save_answer(
    c: &mut Connection,
    account_id: i64,
    question_id: i64,
    quiz_id: i64,
    answer: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SAVE)
        .bind(account_id)
        .bind(question_id)
        .bind(quiz_id)
        .bind(answer)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Forgets an answer, unless it was checked.
pub(crate) async fn take_answer_back(c: &mut Connection, account_id: i64, question_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(TAKE_BACK).bind(account_id).bind(question_id).execute(&mut *c).await.map(drop))
}

/// Lets the kept answer stay until the sheet is submitted.
pub(crate) async fn check_answer(
    c: &mut Connection,
    account_id: i64,
    question_id: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHECK)
        .bind(account_id)
        .bind(question_id)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn empty_sheet(c: &mut Connection, quiz_id: i64, account_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(EMPTY).bind(quiz_id).bind(account_id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn insert_submission(
    c: &mut Connection,
    quiz_id: i64,
    account_id: i64,
    graded: GradedRow<'_>,
    now: Timestamp,
) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(INSERT)
        .bind(quiz_id)
        .bind(account_id)
        .bind(graded.score)
        .bind(graded.total_questions)
        .bind(graded.details)
        .bind(now.micros())
        .fetch_one(&mut *c)
        .await)
}

/// The person's last submission.
pub(crate) async fn last_submission(
    c: &mut Connection,
    quiz_id: i64,
    account_id: i64,
) -> Result<Option<SubmissionRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(LAST).bind(quiz_id).bind(account_id).fetch_optional(&mut *c).await)
}

/// A submission of the person.
pub(crate) async fn submission(
    c: &mut Connection,
    id: i64,
    account_id: i64,
) -> Result<Option<SubmissionRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ONE).bind(id).bind(account_id).fetch_optional(&mut *c).await)
}

/// The submission after one, whoever made it.
pub(crate) async fn next_submission(
    c: &mut Connection,
    quiz_id: i64,
    after: i64,
) -> Result<Option<SubmissionRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(NEXT).bind(quiz_id).bind(after).fetch_optional(&mut *c).await)
}

/// Takes away all but the person's last submissions of a quiz.
pub(crate) async fn keep_last(c: &mut Connection, quiz_id: i64, account_id: i64, kept: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(FORGET_OLD)
        .bind(quiz_id)
        .bind(account_id)
        .bind(kept)
        .execute(&mut *c)
        .await
        .map(drop))
}

pub(crate) async fn regrade(c: &mut Connection, id: i64, graded: GradedRow<'_>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(REGRADE)
        .bind(id)
        .bind(graded.score)
        .bind(graded.total_questions)
        .bind(graded.details)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The person's submissions of quizzes that they see, newest first unless newer ones are asked for.
pub(crate) async fn history(
    c: &mut Connection,
    account_id: i64,
    place: ListPlace,
    limit: i64,
) -> Result<Vec<HistoryRow>, sqlx::Error> {
    let (text, than) = match place {
        ListPlace::Latest => {
            return on!(c, c => sqlx::query_as(HISTORY).bind(account_id).bind(limit).fetch_all(&mut *c).await);
        }
        ListPlace::Older(id) => (HISTORY_OLDER, id),
        ListPlace::Newer(id) => (HISTORY_NEWER, id),
    };
    on!(c, c => sqlx::query_as(text).bind(account_id).bind(limit).bind(than).fetch_all(&mut *c).await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 14] = [
    SHEET,
    SAVE,
    TAKE_BACK,
    CHECK,
    EMPTY,
    INSERT,
    LAST,
    ONE,
    NEXT,
    FORGET_OLD,
    REGRADE,
    HISTORY,
    HISTORY_OLDER,
    HISTORY_NEWER,
];
