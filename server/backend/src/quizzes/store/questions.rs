//! Questions with their answers.

use db::{Connection, on};

const OF: &str = "select id, kind, question, options, correct_answer, accepted_answers, citation from quiz_questions \
     where quiz_id = $1 order by position, id";
const INSERT: &str = "insert into quiz_questions (quiz_id, position, kind, question, options, correct_answer, \
     accepted_answers, citation) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const CHANGE: &str = "update quiz_questions set position = $2, kind = $3, question = $4, options = $5, \
     correct_answer = $6, accepted_answers = $7 where id = $1";
const ACCEPT: &str = "update quiz_questions set accepted_answers = $2 where id = $1";
const DROP: &str = "delete from quiz_questions where id = $1";

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct QuestionRow {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) question: String,
    pub(crate) options: String,
    pub(crate) correct_answer: String,
    pub(crate) accepted_answers: String,
    pub(crate) citation: Option<String>,
}

/// A question as it is written, its lists as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenQuestion {
    pub(crate) position: i64,
    pub(crate) kind: &'static str,
    pub(crate) question: String,
    pub(crate) options: String,
    pub(crate) correct_answer: String,
    pub(crate) accepted_answers: String,
    pub(crate) citation: Option<String>,
}

/// The questions of a quiz in their order.
pub(crate) async fn questions(c: &mut Connection, quiz_id: i64) -> Result<Vec<QuestionRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(OF).bind(quiz_id).fetch_all(&mut *c).await)
}

pub(crate) async fn insert_question(
    c: &mut Connection,
    quiz_id: i64,
    new: &WrittenQuestion,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(quiz_id)
        .bind(new.position)
        .bind(new.kind)
        .bind(&new.question)
        .bind(&new.options)
        .bind(&new.correct_answer)
        .bind(&new.accepted_answers)
        .bind(new.citation.as_deref())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Writes a question anew. Where its answer stands is kept.
pub(crate) async fn change_question(c: &mut Connection, id: i64, new: &WrittenQuestion) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHANGE)
        .bind(id)
        .bind(new.position)
        .bind(new.kind)
        .bind(&new.question)
        .bind(&new.options)
        .bind(&new.correct_answer)
        .bind(&new.accepted_answers)
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Writes what else is right, as JSON.
pub(crate) async fn set_accepted(c: &mut Connection, id: i64, accepted: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(ACCEPT).bind(id).bind(accepted).execute(&mut *c).await.map(drop))
}

/// Takes a question away, from everybody's sheet and review too.
pub(crate) async fn drop_question(c: &mut Connection, id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(DROP).bind(id).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 5] = [OF, INSERT, CHANGE, ACCEPT, DROP];
