//! Rows of people.

use db::{Connection, on};
use domain::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

const INSERT: &str = "insert into accounts \
     (sub, email, given_name, family_name, display_name, search_name, created_at) \
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (sub) do nothing";
/// The provider gives an address to one person at a time.
const RELEASE_EMAIL: &str = "update accounts set email = null where email = $1 and sub <> $2";
const STANDING: &str = "select id, cancelled_at from accounts where sub = $1";
const PROFILE: &str = "select sub, email, given_name, family_name, display_name, avatar_object_id, read_receipts, created_at \
     from accounts where id = $1 and cancelled_at is null";
const RENAME: &str = "update accounts set display_name = $2, search_name = $3 where id = $1 and cancelled_at is null";
const SHOW_READ_RECEIPTS: &str = "update accounts set read_receipts = $2 \
     where id = $1 and read_receipts <> $2 and cancelled_at is null";
const AVATAR: &str = "select avatar_object_id from accounts where id = $1";
const SET_AVATAR: &str = "update accounts set avatar_object_id = $2 where id = $1 and cancelled_at is null";
const SEARCH: &str =
    "select sub, display_name, avatar_object_id, email from accounts where cancelled_at is null and id <> ";
/// Changes nothing, but waits for whoever changes the account.
const LOCK: &str = "update accounts set read_receipts = read_receipts where id = $1 and cancelled_at is null";
const CANCEL: &str = "update accounts set email = null, given_name = null, family_name = null, display_name = null, \
     search_name = '', avatar_object_id = null, cancelled_at = $2 where id = $1 and cancelled_at is null";

/// A person to be added.
#[derive(Debug)]
pub(crate) struct NewAccount<'a> {
    pub(crate) sub: &'a str,
    pub(crate) email: &'a str,
    pub(crate) given_name: &'a str,
    pub(crate) family_name: &'a str,
    pub(crate) display_name: &'a str,
    pub(crate) search_name: &'a str,
    pub(crate) created_at: Timestamp,
}

/// Whether a person may act here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Standing {
    pub(crate) id: i64,
    pub(crate) cancelled_at: Option<i64>,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ProfileRow {
    pub(crate) sub: String,
    pub(crate) email: Option<String>,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) avatar_object_id: Option<Uuid>,
    pub(crate) read_receipts: bool,
    pub(crate) created_at: i64,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct PersonRow {
    pub(crate) sub: String,
    pub(crate) display_name: Option<String>,
    pub(crate) avatar_object_id: Option<Uuid>,
    pub(crate) email: Option<String>,
}

/// Adds the person; false when there is one of that `sub`, cancelled or not.
pub(crate) async fn insert(c: &mut Connection, account: &NewAccount<'_>) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(INSERT)
        .bind(account.sub)
        .bind(account.email)
        .bind(account.given_name)
        .bind(account.family_name)
        .bind(account.display_name)
        .bind(account.search_name)
        .bind(account.created_at.micros())
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// Takes the address off everybody but its person of today.
pub(crate) async fn release_email(c: &mut Connection, email: &str, sub: &str) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RELEASE_EMAIL).bind(email).bind(sub).execute(&mut *c).await.map(drop))
}

pub(crate) async fn standing(c: &mut Connection, sub: &str) -> Result<Option<Standing>, sqlx::Error> {
    on!(c, c => sqlx::query_as(STANDING).bind(sub).fetch_optional(&mut *c).await)
}

pub(crate) async fn profile(c: &mut Connection, id: i64) -> Result<Option<ProfileRow>, sqlx::Error> {
    on!(c, c => sqlx::query_as(PROFILE).bind(id).fetch_optional(&mut *c).await)
}

pub(crate) async fn rename(
    c: &mut Connection,
    id: i64,
    display_name: &str,
    search_name: &str,
) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(RENAME).bind(id).bind(display_name).bind(search_name).execute(&mut *c).await.map(drop))
}

/// Whether others see how far the person reads; false when it was so before.
pub(crate) async fn show_read_receipts(c: &mut Connection, id: i64, shown: bool) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(SHOW_READ_RECEIPTS)
        .bind(id)
        .bind(shown)
        .execute(&mut *c)
        .await
        .map(|done| done.rows_affected() == 1))
}

/// The person's picture, if they have one.
pub(crate) async fn avatar(c: &mut Connection, id: i64) -> Result<Option<Uuid>, sqlx::Error> {
    let found: Option<Option<Uuid>> = on!(c, c => sqlx::query_scalar(AVATAR).bind(id).fetch_optional(&mut *c).await)?;
    Ok(found.flatten())
}

pub(crate) async fn set_avatar(c: &mut Connection, id: i64, object_id: Option<Uuid>) -> Result<(), sqlx::Error> {
    on!(c, c => sqlx::query(SET_AVATAR).bind(id).bind(object_id).execute(&mut *c).await.map(drop))
}

/// People other than `not` who match every pattern in their name, or whose email is `email`; by name, then id.
pub(crate) async fn search(
    c: &mut Connection,
    not: i64,
    patterns: &[String],
    email: &str,
    limit: i64,
) -> Result<Vec<PersonRow>, sqlx::Error> {
    on!(c, c => {
        let mut query = QueryBuilder::new(SEARCH);
        query.push_bind(not).push(" and (email = ").push_bind(email).push(" or (search_name <> ''");
        for pattern in patterns {
            query.push(" and search_name like ").push_bind(pattern).push(" escape '\\'");
        }
        query.push(")) order by search_name, id limit ").push_bind(limit);
        // As many texts as there are numbers of words: they must not push others out of the statement cache.
        query.build_query_as().persistent(false).fetch_all(&mut *c).await
    })
}

/// Until the end of the transaction the account is not cancelled; false when it was.
pub(crate) async fn lock(c: &mut Connection, account_id: i64) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(LOCK).bind(account_id).execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}

/// Takes every attribute off the person; false when that has been done.
pub(crate) async fn cancel(c: &mut Connection, id: i64, at: Timestamp) -> Result<bool, sqlx::Error> {
    on!(c, c => sqlx::query(CANCEL).bind(id).bind(at.micros()).execute(&mut *c).await.map(|done| done.rows_affected() == 1))
}

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&str; 10] =
    [INSERT, RELEASE_EMAIL, STANDING, PROFILE, RENAME, SHOW_READ_RECEIPTS, AVATAR, SET_AVATAR, LOCK, CANCEL];
