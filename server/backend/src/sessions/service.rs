//! Sessions over the database: opening, finding, listing and ending them.

use super::{
    cookie::Secret,
    device::device,
    refresh::{Outcome, Refresher},
    store::{self, Limits, ListedRow, NewSession, SessionRow},
    vault::{self, KeptTokens},
};
use crate::{
    clients::identity::{Identity, Tokens},
    events::Events,
    failure::Failure,
    settings::SessionSettings,
};
use async_trait::async_trait;
use db::Db;
use domain::{
    ApiError, Timestamp, Viewer,
    clock::{Clock, random_uuid},
    id::Sub,
    sessions::{Session, Sessions},
};
use std::sync::Arc;
use uuid::Uuid;

/// `last_used_at` is written no more often than this.
const TOUCH_SECONDS: i64 = 60;

/// The viewer's signed-in browsers.
#[derive(Clone, Debug)]
pub(crate) struct SessionService {
    db: Db,
    clock: Clock,
    settings: SessionSettings,
    refresher: Refresher,
    events: Events,
}

/// A session that has just begun.
#[derive(Debug)]
pub(crate) struct Opened {
    /// For the cookie.
    pub(crate) secret: Secret,
    /// How long the cookie is worth keeping.
    pub(crate) seconds: i64,
}

/// Who signed in, and with which proof.
#[derive(Debug)]
pub(crate) struct Arrival<'a> {
    pub(crate) account_id: i64,
    pub(crate) authenticated_at: Timestamp,
    pub(crate) tokens: Tokens,
    pub(crate) user_agent: &'a str,
}

impl SessionService {
    pub(crate) fn new(
        db: Db,
        clock: Clock,
        settings: SessionSettings,
        identity: Arc<Identity>,
        events: Events,
    ) -> Self {
        let refresher = Refresher { db: db.clone(), clock: clock.clone(), identity };
        Self { db, clock, settings, refresher, events }
    }

    /// Begins a session. Without a refresh token it ends with the access token: nobody could tell us then that the
    /// provider has withdrawn it.
    pub(crate) async fn open(&self, arrival: Arrival<'_>) -> Result<Opened, Failure> {
        let (now, secret, id) = (self.clock.now(), Secret::random(), random_uuid());
        let Tokens { access_token, refresh_token, expires_in, .. } = arrival.tokens;
        let access_expires_at = now.plus_seconds(expires_in);
        let limit = now.plus_seconds(self.settings.absolute_seconds);
        let expires_at = if refresh_token.is_some() { limit } else { limit.min(access_expires_at) };
        let session = NewSession {
            id,
            account_id: arrival.account_id,
            token_hash: &vault::hash(&secret.0),
            device: &device(arrival.user_agent),
            tokens: &vault::seal(secret, id, &KeptTokens { access_token, refresh_token })?,
            created_at: now,
            authenticated_at: arrival.authenticated_at,
            expires_at,
            access_expires_at,
        };
        store::insert(&mut self.db.write().await?, &session).await?;
        Ok(Opened { secret, seconds: expires_at.seconds_since(now) })
    }

    /// The person whose live session the cookie carries, with the provider's tokens refreshed when they are about to
    /// end.
    pub(crate) async fn viewer(&self, secret: Secret) -> Result<Option<Viewer>, Failure> {
        let row = store::find(&mut self.db.read().await?, &vault::hash(&secret.0)).await?;
        let Some(row) = row.filter(|row| self.is_live(row)) else { return Ok(None) };
        if self.refresher.refresh_if_due(secret, &row).await? == Outcome::Ended {
            return Ok(None);
        }
        let now = self.clock.now();
        if now.seconds_since(Timestamp::from_micros(row.last_used_at)) >= TOUCH_SECONDS {
            store::touch(&mut self.db.write().await?, row.id, now).await?;
        }
        Ok(Some(Viewer {
            account_id: row.account_id,
            sub: Sub::parse(row.sub).map_err(|_| Failure::Broken("a stored sub is not valid"))?,
            authenticated_at: Timestamp::from_micros(row.authenticated_at),
            session_id: Some(row.id),
        }))
    }

    /// Ends the session of the cookie, whatever its state, and gives the refresh token to revoke.
    pub(crate) async fn close(&self, secret: Secret) -> Result<Option<String>, Failure> {
        let mut connection = self.db.write().await?;
        let Some(row) = store::find(&mut connection, &vault::hash(&secret.0)).await? else { return Ok(None) };
        store::end(&mut connection, row.id).await?;
        self.events.recheck(row.account_id);
        let tokens = row.tokens.and_then(|sealed| vault::open(secret, row.id, &sealed));
        Ok(tokens.and_then(|tokens| tokens.refresh_token))
    }

    fn is_live(&self, row: &SessionRow) -> bool {
        let Limits { now, idle_since } = self.limits();
        now.micros() < row.expires_at && idle_since.micros() < row.last_used_at
    }

    fn limits(&self) -> Limits {
        let now = self.clock.now();
        Limits { now, idle_since: now.plus_seconds(-self.settings.idle_seconds) }
    }

    /// Whether the viewer's session goes on. Asking is no use of it: it may end idle meanwhile.
    pub(crate) async fn goes_on(&self, account_id: i64, id: Uuid) -> Result<bool, Failure> {
        Ok(store::is_live(&mut self.db.read().await?, account_id, id, self.limits()).await?)
    }

    async fn own(&self, viewer: &Viewer) -> Result<Vec<Session>, Failure> {
        let rows = store::list(&mut self.db.read().await?, viewer.account_id, self.limits()).await?;
        Ok(rows.into_iter().map(|row| session(row, viewer.session_id)).collect())
    }

    async fn end_own(&self, viewer: &Viewer, id: Uuid) -> Result<bool, Failure> {
        let is_ended = store::end_own(&mut self.db.write().await?, viewer.account_id, id, self.limits()).await?;
        self.events.recheck(viewer.account_id);
        Ok(is_ended)
    }
}

#[async_trait]
impl Sessions for SessionService {
    async fn list(&self, viewer: &Viewer) -> Result<Vec<Session>, ApiError> {
        Ok(self.own(viewer).await?)
    }

    async fn end(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        if self.end_own(viewer, id).await? {
            Ok(())
        } else {
            Err(ApiError::not_found("You have no session with this id; it may have ended already."))
        }
    }
}

fn session(row: ListedRow, current: Option<Uuid>) -> Session {
    Session {
        current: current == Some(row.id),
        id: row.id,
        device: row.device,
        created_at: Timestamp::from_micros(row.created_at),
        last_used_at: Timestamp::from_micros(row.last_used_at),
        expires_at: Timestamp::from_micros(row.expires_at),
    }
}
