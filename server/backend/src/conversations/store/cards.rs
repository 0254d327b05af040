//! Cards of quizzes in messages.

use db::{Connection, on};

const OF: &str = "select id, conversation_id from messages where quiz_id = $1 order by conversation_id, id";
const BY: &str = "select m.conversation_id from messages m join quizzes q on q.id = m.quiz_id where q.author_id = $1";
const CARD: &str = "select quiz_card from messages where id = $1";
const SET: &str = "update messages set quiz_card = $2 where id = $1 and quiz_card is not null";

/// The messages that show a card of the quiz, each with its conversation.
pub(crate) async fn with_card_of(c: &mut Connection, quiz_id: i64) -> Result<Vec<(i64, i64)>, sqlx::Error> {
    on!(c, c => sqlx::query_as(OF).bind(quiz_id).fetch_all(&mut *c).await)
}

/// The conversations that show a card of one of the person's quizzes.
pub(crate) async fn with_cards_by(c: &mut Connection, account_id: i64) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(BY).bind(account_id).fetch_all(&mut *c).await)
}

/// The card of a message, as JSON.
pub(crate) async fn card(c: &mut Connection, id: i64) -> Result<Option<String>, sqlx::Error> {
    let found: Option<Option<String>> = on!(c, c => sqlx::query_scalar(CARD).bind(id).fetch_optional(&mut *c).await)?;
    Ok(found.flatten())
}

pub(crate) async fn set_card(c: &mut Connection, id: i64, card: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SET).bind(id).bind(card).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 4] = [OF, BY, CARD, SET];
