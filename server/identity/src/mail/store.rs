//! Statements about mails.

use db::{Connection, on};
use domain::Timestamp;

/// Most mails that the outbox shows.
const OUTBOX_LIMIT: i64 = 200;

/// A mail to be kept.
#[derive(Debug)]
pub(super) struct NewMail<'a> {
    pub(super) recipient: &'a str,
    pub(super) subject: &'a str,
    pub(super) body: &'a str,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Timestamp,
    /// It counts as sent; otherwise it is due at once.
    pub(super) kept_in_outbox: bool,
}

/// A mail as the outbox shows it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct KeptMail {
    pub(super) recipient: String,
    pub(super) subject: String,
    pub(super) body: Option<String>,
    pub(super) sent_at: Option<i64>,
}

/// A mail that is due.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct DueMail {
    pub(super) id: i64,
    pub(super) recipient: String,
    pub(super) subject: String,
    pub(super) body: Option<String>,
    pub(super) created_at: i64,
    pub(super) expires_at: i64,
    pub(super) attempts: i64,
}

pub(super) async fn insert(c: &mut Connection, mail: NewMail<'_>) -> sqlx::Result<()> {
    let now = mail.created_at.micros();
    let (due_at, sent_at) = if mail.kept_in_outbox { (None, Some(now)) } else { (Some(now), None) };
    on!(c, c => sqlx::query(
        "insert into identity_mails (recipient, subject, body, created_at, expires_at, due_at, sent_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(mail.recipient)
    .bind(mail.subject)
    .bind(mail.body)
    .bind(now)
    .bind(mail.expires_at.micros())
    .bind(due_at)
    .bind(sent_at)
    .execute(&mut *c).await.map(|_| ()))
}

/// The newest mails first, all or to one recipient.
pub(super) async fn outbox(c: &mut Connection, recipient: Option<&str>) -> sqlx::Result<Vec<KeptMail>> {
    match recipient {
        Some(recipient) => on!(c, c => sqlx::query_as(
            "select recipient, subject, body, sent_at from identity_mails where recipient = $1 \
             order by id desc limit $2",
        ).bind(recipient).bind(OUTBOX_LIMIT).fetch_all(&mut *c).await),
        None => on!(c, c => sqlx::query_as(
            "select recipient, subject, body, sent_at from identity_mails order by id desc limit $1",
        ).bind(OUTBOX_LIMIT).fetch_all(&mut *c).await),
    }
}

/// Takes one due mail and puts its next try off to `lease_until`, so that no other process takes it meanwhile and a
/// killed one loses nothing.
pub(super) async fn lease(c: &mut Connection, now: Timestamp, lease_until: Timestamp) -> sqlx::Result<Option<DueMail>> {
    on!(c, c => sqlx::query_as(
        "update identity_mails set due_at = $2, attempts = attempts + 1 \
         where due_at <= $1 and id = (select min(m.id) from identity_mails m where m.due_at = \
             (select min(d.due_at) from identity_mails d where d.due_at <= $1)) \
         returning id, recipient, subject, body, created_at, expires_at, attempts",
    ).bind(now.micros()).bind(lease_until.micros()).fetch_optional(&mut *c).await)
}

/// Tries again at `due_at`.
pub(super) async fn put_off(c: &mut Connection, id: i64, due_at: Timestamp) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("update identity_mails set due_at = $2 where id = $1 and due_at is not null")
        .bind(id).bind(due_at.micros()).execute(&mut *c).await.map(|_| ()))
}

/// Nothing more to do: sent, or given up when `sent_at` is None. Its text goes, because it holds codes and links.
pub(super) async fn finish(c: &mut Connection, id: i64, sent_at: Option<Timestamp>) -> sqlx::Result<()> {
    on!(c, c => sqlx::query("update identity_mails set due_at = null, sent_at = $2, body = null where id = $1")
        .bind(id).bind(sent_at.map(Timestamp::micros)).execute(&mut *c).await.map(|_| ()))
}
