//! The quizzes themselves.

use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

/// A quiz as the person `$1` sees it; the condition follows.
macro_rules! select {
    ($($condition:expr),+) => {
        concat!(
            "select q.id, q.title, q.status, q.remark, q.language, q.version, q.created_at, q.author_id, \
               a.sub as author_sub, a.display_name as author_name, a.avatar_object_id as author_avatar, \
               (select count(*) from quiz_questions n where n.quiz_id = q.id) as total_questions, \
               (select count(*) from quiz_answers w where w.quiz_id = q.id and w.account_id = $1) as answered, \
               (select count(*) from quiz_submissions s where s.quiz_id = q.id and s.account_id = $1) as submissions, \
               (select s.score from quiz_submissions s where s.quiz_id = q.id and s.account_id = $1 \
                  order by s.id desc limit 1) as last_score \
             from quizzes q join accounts a on a.id = q.author_id where ",
            $($condition),+
        )
    };
}

const ONE: &str = select!("q.id = $2 and ", seen_by!("$1"));
/// From the person's own and those of their conversations, so that nobody else's quizzes are looked at.
macro_rules! list {
    ($rest:literal) => {
        select!(
            "q.id in (select id from quizzes where author_id = $1 union \
               select h.quiz_id from quiz_shares h join participants p on p.conversation_id = h.conversation_id \
                 where p.account_id = $1) ",
            $rest
        )
    };
}
const LATEST: &str = list!("order by q.id desc limit $2");
const OLDER: &str = list!("and q.id < $3 order by q.id desc limit $2");
const NEWER: &str = list!("and q.id > $3 order by q.id limit $2");
const INSERT: &str = "insert into quizzes (author_id, title, status, remark, notes_text, language, wanted, statistics, \
     created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id";
const NOTES: &str = "select notes_text from quizzes where id = $1";
const STATISTICS: &str = "select statistics from quizzes where id = $1";
/// What changes one quiz, or is graded by its key, comes one after the other.
const LOCK: &str = "update quizzes set version = version where id = $1";
const RENAME: &str = "update quizzes set title = $2 where id = $1";
const CHANGED: &str = "update quizzes set version = version + 1 where id = $1";
const DELETE: &str = "delete from quizzes where id = $1";

/// A quiz as one person sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct QuizRow {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) remark: Option<String>,
    pub(crate) language: String,
    pub(crate) version: i64,
    pub(crate) created_at: i64,
    pub(crate) author_id: i64,
    pub(crate) author_sub: String,
    pub(crate) author_name: Option<String>,
    pub(crate) author_avatar: Option<Uuid>,
    pub(crate) total_questions: i64,
    pub(crate) answered: i64,
    pub(crate) submissions: i64,
    pub(crate) last_score: Option<i64>,
}

/// A quiz to be added.
#[derive(Debug)]
pub(crate) struct NewQuizRow<'a> {
    pub(crate) author_id: i64,
    pub(crate) title: &'a str,
    pub(crate) status: &'static str,
    pub(crate) remark: Option<&'a str>,
    pub(crate) notes_text: Option<&'a str>,
    pub(crate) language: &'a str,
    pub(crate) wanted: &'a str,
    pub(crate) statistics: &'a str,
    pub(crate) created_at: Timestamp,
}

/// Which part of the list: the newest, those older than one, or those newer than one, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListPlace {
    Latest,
    Older(i64),
    Newer(i64),
}

/// The quiz, if the person sees it.
pub(crate) async fn quiz(c: &mut Connection, account_id: i64, id: i64) -> Result<Option<QuizRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(ONE).bind(account_id).bind(id).fetch_optional(&mut *c).await)
}

/// The quizzes that the person sees, newest first unless newer ones are asked for.
pub(crate) async fn quizzes(
    c: &mut Connection,
    account_id: i64,
    place: ListPlace,
    limit: i64,
) -> Result<Vec<QuizRow>, sqlx::Error> {
    let (text, than) = match place {
        ListPlace::Latest => {
            return on!(c, c => sqlx::query_as(LATEST).bind(account_id).bind(limit).fetch_all(&mut *c).await);
        }
        ListPlace::Older(id) => (OLDER, id),
        ListPlace::Newer(id) => (NEWER, id),
    };
    on!(c, c => sqlx::query_as(text).bind(account_id).bind(limit).bind(than).fetch_all(&mut *c).await)
}

pub(crate) async fn insert_quiz(c: &mut Connection, new: &NewQuizRow<'_>) -> Result<i64, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(INSERT)
        .bind(new.author_id)
        .bind(new.title)
        .bind(new.status)
        .bind(new.remark)
        .bind(new.notes_text)
        .bind(new.language)
        .bind(new.wanted)
        .bind(new.statistics)
        .bind(new.created_at.micros())
        .fetch_one(&mut *c)
        .await)
}

/// The pasted text, if the quiz was made of one.
pub(crate) async fn notes_text(c: &mut Connection, id: i64) -> Result<Option<String>, sqlx::Error> {
    let found: Option<Option<String>> = on!(c, c => sqlx::query_scalar(NOTES).bind(id).fetch_optional(&mut *c).await)?;
    Ok(found.flatten())
}

/// How the checks of its questions went, as JSON.
pub(crate) async fn statistics(c: &mut Connection, id: i64) -> Result<String, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(STATISTICS).bind(id).fetch_one(&mut *c).await)
}

/// Until the end of the transaction nobody else changes the quiz or has answers graded by it.
pub(crate) async fn lock_quiz(c: &mut Connection, id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LOCK).bind(id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn rename_quiz(c: &mut Connection, id: i64, title: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENAME).bind(id).bind(title).execute(&mut *c).await.map(drop))
}

/// Counts an edit.
pub(crate) async fn quiz_changed(c: &mut Connection, id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(CHANGED).bind(id).execute(&mut *c).await.map(drop))
}

/// Takes it away with its questions and everybody's results.
pub(crate) async fn delete_quiz(c: &mut Connection, id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(DELETE).bind(id).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 11] =
    [ONE, LATEST, OLDER, NEWER, INSERT, NOTES, STATISTICS, LOCK, RENAME, CHANGED, DELETE];
