//! With whom albums are shared.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

const MEMBERS: &str = "select m.album_id, m.role, a.sub, a.display_name, a.avatar_object_id \
     from album_members m join accounts a on a.id = m.account_id where m.album_id in (";
const CONVERSATIONS: &str = "select s.album_id, s.conversation_id, s.role, c.title, p.account_id is not null as is_in \
     from album_conversations s join conversations c on c.id = s.conversation_id \
     left join participants p on p.conversation_id = c.id and p.account_id = ";
const ADD_MEMBER: &str = "insert into album_members (album_id, account_id, role, created_at) values ($1, $2, $3, $4) \
     on conflict (album_id, account_id) do update set role = excluded.role";
const ADD_CONVERSATION: &str = "insert into album_conversations (album_id, conversation_id, role, created_at) values ($1, $2, $3, $4) \
     on conflict (album_id, conversation_id) do update set role = excluded.role";
const MEMBER: &str = "select m.account_id from album_members m join accounts a on a.id = m.account_id \
     where m.album_id = $1 and a.sub = $2";
const SHARED_WITH: &str = "select count(*) from album_conversations where album_id = $1 and conversation_id = $2";
/// Served by the index of albums by conversation. Of a cancelled account (`deleted_at` 0) nobody was told yet that they go.
const OF_CONVERSATION: &str = "select s.album_id from album_conversations s join albums a on a.id = s.album_id \
     where s.conversation_id = $1 and coalesce(a.deleted_at, 0) = 0 order by s.album_id";
const SHARED_CONVERSATIONS: &str =
    "select conversation_id from album_conversations where album_id = $1 order by conversation_id";
const REMOVE_MEMBER: &str = "delete from album_members where album_id = $1 and account_id = $2";
const REMOVE_CONVERSATION: &str = "delete from album_conversations where album_id = $1 and conversation_id = $2";
/// Everybody who sees an album, whichever way they came to it.
const AUDIENCE: &str = "select a.id from accounts a where a.cancelled_at is null and a.id in ( \
     select owner_id from albums where id = $1 \
     union all select account_id from album_members where album_id = $1 \
     union all select p.account_id from album_conversations s \
       join participants p on p.conversation_id = s.conversation_id where s.album_id = $1) order by a.id";
const LEAVE_ALL: &str = "delete from album_members where account_id = $1";

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct MemberRow {
    pub(crate) album_id: Uuid,
    pub(crate) role: i64,
    pub(crate) sub: String,
    pub(crate) display_name: Option<String>,
    pub(crate) avatar_object_id: Option<Uuid>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SharedConversationRow {
    pub(crate) album_id: Uuid,
    pub(crate) conversation_id: i64,
    pub(crate) role: i64,
    pub(crate) title: Option<String>,
    /// Whether the viewer is in it.
    pub(crate) is_in: bool,
}

/// The people with whom the albums are shared, in the order of sharing.
pub(crate) async fn members(c: &mut Connection, albums: &[Uuid]) -> Result<Vec<MemberRow>, sqlx::Error> {
    if albums.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(MEMBERS);
        let mut list = query.separated(", ");
        for id in albums {
            list.push_bind(*id);
        }
        query.push(") order by m.album_id, m.created_at, m.account_id");
        query.build_query_as().persistent(albums.len() == 1).fetch_all(&mut *c).await
    })
}

/// The conversations with which the albums are shared, in the order of sharing.
pub(crate) async fn shared_conversations(
    c: &mut Connection,
    account_id: i64,
    albums: &[Uuid],
) -> Result<Vec<SharedConversationRow>, sqlx::Error> {
    if albums.is_empty() {
        return Ok(Vec::new());
    }
    on!(c, c => {
        let mut query = QueryBuilder::new(CONVERSATIONS);
        query.push_bind(account_id).push(" where s.album_id in (");
        let mut list = query.separated(", ");
        for id in albums {
            list.push_bind(*id);
        }
        query.push(") order by s.album_id, s.created_at, s.conversation_id");
        query.build_query_as().persistent(albums.len() == 1).fetch_all(&mut *c).await
    })
}

/// Shares with a person, or changes what they may do.
pub(crate) async fn share_with_person(
    c: &mut Connection,
    album_id: Uuid,
    account_id: i64,
    role: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(ADD_MEMBER)
        .bind(album_id)
        .bind(account_id)
        .bind(role)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// Shares with a conversation, or changes what its participants may do.
pub(crate) async fn share_with_conversation(
    c: &mut Connection,
    album_id: Uuid,
    conversation_id: i64,
    role: i64,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(ADD_CONVERSATION)
        .bind(album_id)
        .bind(conversation_id)
        .bind(role)
        .bind(now.micros())
        .execute(&mut *c)
        .await
        .map(drop))
}

/// The account of somebody with whom the album is shared.
pub(crate) async fn member(c: &mut Connection, album_id: Uuid, sub: &str) -> Result<Option<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(MEMBER).bind(album_id).bind(sub).fetch_optional(&mut *c).await)
}

/// Whether the album is shared with the conversation.
pub(crate) async fn is_shared_with(
    c: &mut Connection,
    album_id: Uuid,
    conversation_id: i64,
) -> Result<bool, sqlx::Error> {
    let count: i64 =
        on!(c, c => sqlx::query_scalar(SHARED_WITH).bind(album_id).bind(conversation_id).fetch_one(&mut *c).await)?;
    Ok(count == 1)
}

/// The conversations with which an album is shared, in the order of their ids.
pub(crate) async fn conversations_of_album(c: &mut Connection, album_id: Uuid) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(SHARED_CONVERSATIONS).bind(album_id).fetch_all(&mut *c).await)
}

/// The albums that are shared with the conversation.
pub(crate) async fn albums_of_conversation(c: &mut Connection, conversation_id: i64) -> Result<Vec<Uuid>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(OF_CONVERSATION).bind(conversation_id).fetch_all(&mut *c).await)
}

pub(crate) async fn unshare_with_person(
    c: &mut Connection,
    album_id: Uuid,
    account_id: i64,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(REMOVE_MEMBER).bind(album_id).bind(account_id).execute(&mut *c).await.map(drop))
}

pub(crate) async fn unshare_with_conversation(
    c: &mut Connection,
    album_id: Uuid,
    conversation_id: i64,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(REMOVE_CONVERSATION).bind(album_id).bind(conversation_id).execute(&mut *c).await.map(drop))
}

/// The accounts of everybody who sees the album, in their order.
pub(crate) async fn audience(c: &mut Connection, album_id: Uuid) -> Result<Vec<i64>, sqlx::Error> {
    on!(c, c => sqlx::query_scalar(AUDIENCE).bind(album_id).fetch_all(&mut *c).await)
}

/// Takes the person out of every album that was shared with them.
pub(crate) async fn leave_all_albums(c: &mut Connection, account_id: i64) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(LEAVE_ALL).bind(account_id).execute(&mut *c).await.map(drop))
}

#[cfg(test)]
pub(super) const STATEMENTS: [&str; 10] = [
    ADD_MEMBER,
    ADD_CONVERSATION,
    MEMBER,
    SHARED_WITH,
    OF_CONVERSATION,
    SHARED_CONVERSATIONS,
    REMOVE_MEMBER,
    REMOVE_CONVERSATION,
    AUDIENCE,
    LEAVE_ALL,
];
