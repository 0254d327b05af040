//! Taking away what a person leaves behind.

use db::{Connection, on};

const MADE: &str = "select id from quizzes where author_id = $1 order by id";
const FORGET_ANSWERS: &str = "delete from quiz_answers where account_id = $1";
const FORGET_CLAIMS: &str = "delete from answer_claims where account_id = $1";
const FORGET_SUBMISSIONS: &str = "delete from quiz_submissions where account_id = $1";
const FORGET_CARDS: &str = "delete from review_cards where account_id = $1";
const FORGET_REVIEWS: &str = "delete from review_log where account_id = $1";

/// The quizzes that the person has made.
pub(crate) async fn made_by(c: &mut Connection, account_id: i64) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(MADE).bind(account_id).fetch_all(&mut *c).await)
}

/// Forgets what the person has answered, claimed, submitted and reviewed, in quizzes of others too.
pub(crate) async fn forget_taker(c: &mut Connection, account_id: i64) -> Result<(), sqlx::Error> {
    for statement in [FORGET_ANSWERS, FORGET_CLAIMS, FORGET_SUBMISSIONS, FORGET_CARDS, FORGET_REVIEWS] {
        on!(c, c => sqlx::query(statement).bind(account_id).execute(&mut *c).await.map(drop))?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 6] =
    [MADE, FORGET_ANSWERS, FORGET_CLAIMS, FORGET_SUBMISSIONS, FORGET_CARDS, FORGET_REVIEWS];
