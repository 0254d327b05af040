//! With whom quizzes are shared.

use db::{Connection, on};
use domain::Timestamp;
use uuid::Uuid;

const CARD: &str = "select message_id from quiz_shares where quiz_id = $1 and conversation_id = $2";
const SHARE: &str =
    "insert into quiz_shares (quiz_id, conversation_id, message_id, created_at) values ($1, $2, $3, $4)";
const UNSHARE: &str = "delete from quiz_shares where message_id = $1";
/// Of those with whom the quiz $1 is shared, whom $2 has a conversation with: its author all of them, everybody else
/// those of the conversations that they are in. Each with what became of their tries.
const GROUP: &str = "select a.id, a.sub, a.display_name, a.avatar_object_id, \
       cast(count(s.id) as bigint) as submissions, max(s.score) as best, max(s.id) as last_id, \
       max(s.submitted_at) as last_at \
     from accounts a left join quiz_submissions s on s.account_id = a.id and s.quiz_id = $1 \
     where a.id in ( \
       select p.account_id from quiz_shares h join participants p on p.conversation_id = h.conversation_id \
       where h.quiz_id = $1 and (exists (select 1 from quizzes q where q.id = $1 and q.author_id = $2) \
         or exists (select 1 from participants me where me.conversation_id = h.conversation_id and me.account_id = $2))) \
     group by a.id, a.sub, a.display_name, a.avatar_object_id order by a.id";

/// Somebody with whom a quiz is shared.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct GroupRow {
    pub(crate) id: i64,
    pub(crate) sub: String,
    pub(crate) display_name: Option<String>,
    pub(crate) avatar_object_id: Option<Uuid>,
    pub(crate) submissions: i64,
    pub(crate) best: Option<i64>,
    pub(crate) last_id: Option<i64>,
    pub(crate) last_at: Option<i64>,
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

/// Those with whom the quiz is shared, as far as the person may see them.
pub(crate) async fn group(c: &mut Connection, quiz_id: i64, account_id: i64) -> Result<Vec<GroupRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(GROUP).bind(quiz_id).bind(account_id).fetch_all(&mut *c).await)
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 4] = [CARD, SHARE, UNSHARE, GROUP];
