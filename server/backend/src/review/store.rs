//! Rows of reviewed questions and of reviews.

use crate::quizzes::store::{QuestionRow, seen_by};
use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;

const ADD: &str = "insert into review_cards (account_id, question_id, stability, difficulty, reviewed_at, due_at, \
       reps, lapses, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
     on conflict (account_id, question_id) do nothing";
const REMOVE: &str = "delete from review_cards where account_id = $1 and question_id = $2";
const REMOVE_NEW: &str = "delete from review_cards where account_id = $1 and question_id = $2 and reps = 0";
/// The reviewed questions of the person `$1` in quizzes that they see.
macro_rules! cards {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select ",
            $columns,
            " from review_cards r join quiz_questions n on n.id = r.question_id join quizzes q on q.id = n.quiz_id \
             where r.account_id = $1 and ",
            seen_by!("$1"),
            $rest
        )
    };
}
const DUE: &str = cards!(
    "r.question_id, r.stability, r.difficulty, r.reviewed_at, r.due_at, r.reps, r.lapses",
    " and r.due_at <= $2 order by r.question_id"
);
const NEXT: &str = cards!("min(r.due_at)", " and r.due_at > $2");
const ONE: &str = cards!(
    "r.question_id, r.stability, r.difficulty, r.reviewed_at, r.due_at, r.reps, r.lapses",
    " and r.question_id = $2"
);
const COUNT: &str = cards!("count(*)", "");
const DUE_TIMES: &str = cards!("r.due_at", " and r.due_at < $2 order by r.due_at, r.question_id");
/// Of two reviews of one question at the same time, the second waits for the first.
const LOCK: &str = "update review_cards set due_at = due_at where account_id = $1 and question_id = $2";
const SCHEDULE: &str = "update review_cards set stability = $3, difficulty = $4, reviewed_at = $5, due_at = $6, \
       reps = $7, lapses = $8 \
     where account_id = $1 and question_id = $2";
const LOG: &str = "insert into review_log (account_id, question_id, rating, reviewed_at, stability_before, \
       difficulty_before, reviewed_before, due_before, reps_before, lapses_before) \
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const LAST_REVIEW: &str = "select id, question_id, stability_before as stability, difficulty_before as difficulty, \
       reviewed_before as reviewed_at, due_before as due_at, reps_before as reps, lapses_before as lapses \
     from review_log where account_id = $1 and question_id = $2 and reviewed_at >= $3 order by id desc limit 1";
const RATE: &str = "update review_log set rating = $2 where id = $1";
const REVIEWED_SINCE: &str = "select count(*) from review_log where account_id = $1 and reviewed_at >= $2";
const RECALLED_SINCE: &str =
    "select count(*) from review_log where account_id = $1 and reviewed_at >= $2 and rating <> 'again'";
const QUIZ_OF: &str = concat!(
    "select q.id from quiz_questions n join quizzes q on q.id = n.quiz_id where n.id = $2 and ",
    seen_by!("$1")
);
const QUESTIONS: &str = "select n.id, n.kind, n.question, n.options, n.correct_answer, n.accepted_answers, n.citation, \
       n.quiz_id, q.title, q.language \
     from quiz_questions n join quizzes q on q.id = n.quiz_id where n.id in (";

#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct CardRow {
    pub(crate) question_id: i64,
    pub(crate) stability: f64,
    pub(crate) difficulty: f64,
    pub(crate) reviewed_at: i64,
    pub(crate) due_at: i64,
    pub(crate) reps: i64,
    pub(crate) lapses: i64,
}

/// A review, with the card as it was before.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct LoggedReview {
    pub(crate) id: i64,
    #[sqlx(flatten)]
    pub(crate) before: CardRow,
}

/// A question with its quiz.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ReviewedRow {
    #[sqlx(flatten)]
    pub(crate) question: QuestionRow,
    pub(crate) quiz_id: i64,
    pub(crate) title: String,
    pub(crate) language: String,
}

/// Adds a question; nothing when the person reviews it already.
pub(crate) async fn add_card(
    c: &mut Connection,
    account_id: i64,
    card: CardRow,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(ADD)
        .bind(account_id)
        .bind(card.question_id)
        .bind(card.stability)
        .bind(card.difficulty)
        .bind(card.reviewed_at)
        .bind(card.due_at)
        .bind(card.reps)
        .bind(card.lapses)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Takes a question out of the review; false when it was not in it.
pub(crate) async fn remove_card(c: &mut Connection, account_id: i64, question_id: i64) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(REMOVE)
        .bind(account_id)
        .bind(question_id)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Takes a question out of the review if it has not come up yet.
pub(crate) async fn remove_new_card(c: &mut Connection, account_id: i64, question_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(REMOVE_NEW).bind(account_id).bind(question_id).execute(&mut *c).await.map(drop))
}

/// What is due, in no order of its own.
pub(crate) async fn due(c: &mut Connection, account_id: i64, now: Timestamp) -> Result<Vec<CardRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(DUE).bind(account_id).bind(now.micros()).fetch_all(&mut *c).await)
}

/// When the next question is due.
pub(crate) async fn next_due(c: &mut Connection, account_id: i64, now: Timestamp) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(NEXT).bind(account_id).bind(now.micros()).fetch_one(&mut *c).await)
}

/// The question as the person reviews it.
pub(crate) async fn card(
    c: &mut Connection,
    account_id: i64,
    question_id: i64,
) -> Result<Option<CardRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ONE).bind(account_id).bind(question_id).fetch_optional(&mut *c).await)
}

/// How many questions the person reviews.
pub(crate) async fn count_cards(c: &mut Connection, account_id: i64) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(COUNT).bind(account_id).fetch_one(&mut *c).await)
}

/// When each question that is due before `until` is.
pub(crate) async fn due_times(c: &mut Connection, account_id: i64, until: Timestamp) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(DUE_TIMES).bind(account_id).bind(until.micros()).fetch_all(&mut *c).await)
}

/// Until the end of the transaction nobody else schedules the question.
pub(crate) async fn lock_card(c: &mut Connection, account_id: i64, question_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOCK).bind(account_id).bind(question_id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn schedule_card(c: &mut Connection, account_id: i64, card: CardRow) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SCHEDULE)
        .bind(account_id)
        .bind(card.question_id)
        .bind(card.stability)
        .bind(card.difficulty)
        .bind(card.reviewed_at)
        .bind(card.due_at)
        .bind(card.reps)
        .bind(card.lapses)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Keeps a review, with the card as it was before.
pub(crate) async fn log_review(
    c: &mut Connection,
    account_id: i64,
    before: CardRow,
    rating: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOG)
        .bind(account_id)
        .bind(before.question_id)
        .bind(rating)
        .bind(now.micros())
        .bind(before.stability)
        .bind(before.difficulty)
        .bind(before.reviewed_at)
        .bind(before.due_at)
        .bind(before.reps)
        .bind(before.lapses)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The review that made the card what it is; none when it was only added so far.
pub(crate) async fn last_review(
    c: &mut Connection,
    account_id: i64,
    card: CardRow,
) -> Result<Option<LoggedReview>, sqlx::Error> {
    on!(c, c => sqlx::query_as(LAST_REVIEW)
        .bind(account_id)
        .bind(card.question_id)
        .bind(card.reviewed_at)
        .fetch_optional(&mut *c)
        .await)
}

/// Gives a review another rating.
pub(crate) async fn rate_review(c: &mut Connection, id: i64, rating: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RATE).bind(id).bind(rating).execute(&mut *c).await.map(drop))
}

/// How many reviews there were since then.
pub(crate) async fn reviewed_since(c: &mut Connection, account_id: i64, since: Timestamp) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(REVIEWED_SINCE).bind(account_id).bind(since.micros()).fetch_one(&mut *c).await)
}

/// In how many of them the answer was remembered.
pub(crate) async fn recalled_since(c: &mut Connection, account_id: i64, since: Timestamp) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(RECALLED_SINCE).bind(account_id).bind(since.micros()).fetch_one(&mut *c).await)
}

/// The quiz of a question, if the person sees it.
pub(crate) async fn quiz_of(c: &mut Connection, account_id: i64, question_id: i64) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(QUIZ_OF).bind(account_id).bind(question_id).fetch_optional(&mut *c).await)
}

/// The questions with their quizzes.
pub(crate) async fn questions(c: &mut Connection, ids: &[i64]) -> Result<Vec<ReviewedRow>, sqlx::Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(QUESTIONS);
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(") order by n.id");
        query.build_query_as().persistent(ids.len() == 1).fetch_all(&mut *c).await
    })
}

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 16] = [
    ADD,
    REMOVE,
    REMOVE_NEW,
    DUE,
    NEXT,
    ONE,
    COUNT,
    DUE_TIMES,
    LOCK,
    SCHEDULE,
    LOG,
    LAST_REVIEW,
    RATE,
    REVIEWED_SINCE,
    RECALLED_SINCE,
    QUIZ_OF,
];
