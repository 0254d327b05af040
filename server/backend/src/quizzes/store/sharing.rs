//! With whom quizzes are shared.

use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

const CARD: &str = "select message_id from quiz_shares where quiz_id = $1 and conversation_id = $2";
const SHARE: &str =
    "insert into quiz_shares (quiz_id, conversation_id, message_id, created_at) values ($1, $2, $3, $4)";
const UNSHARE: &str = "delete from quiz_shares where message_id = $1";
const GROUP: &str = "select a.id, a.sub, a.display_name, a.avatar_object_id from accounts a where a.id in ( \
       select p.account_id from quiz_shares h join participants p on p.conversation_id = h.conversation_id \
       where h.quiz_id = $1) order by a.id";

/// Somebody with whom a quiz is shared.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct GroupRow {
    pub(crate) id: i64,
    pub(crate) sub: String,
    pub(crate) display_name: Option<String>,
    pub(crate) avatar_object_id: Option<Uuid>,
}

/// The message by which the quiz is shared with the conversation.
pub(crate) async fn card_of(
    c: &mut Connection,
    quiz_id: i64,
    conversation_id: i64,
) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(CARD).bind(quiz_id).bind(conversation_id).fetch_optional(&mut *c).await)
}

pub(crate) async fn share(
    c: &mut Connection,
    quiz_id: i64,
    conversation_id: i64,
    message_id: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SHARE)
        .bind(quiz_id)
        .bind(conversation_id)
        .bind(message_id)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Ends what a message shares, if it shares anything.
pub(crate) async fn unshare(c: &mut Connection, message_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(UNSHARE).bind(message_id).execute(&mut *c).await.map(drop))
}

/// Everybody with whom the quiz is shared.
pub(crate) async fn group(c: &mut Connection, quiz_id: i64) -> Result<Vec<GroupRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(GROUP).bind(quiz_id).fetch_all(&mut *c).await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 4] = [CARD, SHARE, UNSHARE, GROUP];
