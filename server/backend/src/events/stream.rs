//! One open stream: reads the person's events from the database as fast as the reader takes them, and no faster. A slow
//! reader therefore costs no memory, only a longer way to catch up.

use super::{
    hub::{Listening, Signal},
    store::{self, Cursors, DeliveryRow},
};
use crate::{Backend, failure::Failure};
use axum::body::{Body, Bytes};
use domain::{Timestamp, Viewer, events::Event};
use futures_util::stream;
use std::{collections::HashMap, fmt::Write as _};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use uuid::Uuid;

/// Events read in one go.
const BATCH: i64 = 100;
/// What waits for a slow reader goes not far beyond this; the rest is read again when the reader has taken it.
const CHUNK_BYTES: usize = 256 * 1024;
/// Whoever is further behind loads everything anew sooner than by reading so many events.
const FURTHEST_BEHIND: i64 = 1_000;
/// Streams of one person at once: one for each of their browsers, and some programs.
const STREAMS_MAX: usize = 32;
/// How soon a client comes back after the stream broke, in milliseconds.
const RETRY_MILLISECONDS: u32 = 1_000;

/// What is behind the viewer's right to the stream, beside their session.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearer {
    pub(super) expires_at: Option<Timestamp>,
}

struct Stream {
    backend: Backend,
    viewer: Viewer,
    bearer: Bearer,
    listening: Listening,
    heartbeat: Interval,
    /// The last event that was sent.
    cursor: i64,
    begun: bool,
}

/// The body of a stream that goes on after `cursor`, or begins now; none when the person has too many open.
pub(super) async fn open(
    backend: Backend,
    viewer: Viewer,
    bearer: Bearer,
    cursor: Option<i64>,
) -> Result<Option<Body>, Failure> {
    // Listening comes first: what happens between the two is then read.
    let Some(listening) = backend.events().hub.listen(viewer.account_id, STREAMS_MAX) else { return Ok(None) };
    let cursor = match cursor {
        Some(cursor) => cursor,
        None => store::cursors(&mut backend.db().read().await?, viewer.account_id).await?.last_cursor,
    };
    let period = backend.settings().heartbeat;
    let mut heartbeat = interval_at(Instant::now() + period, period);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stream = Stream { backend, viewer, bearer, listening, heartbeat, cursor, begun: false };
    let chunks = stream::unfold(stream, |mut stream| async move {
        let chunk = stream.next().await?;
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(chunk)), stream))
    });
    Ok(Some(Body::from_stream(chunks)))
}

impl Stream {
    /// The next bytes; none at the end of the stream.
    async fn next(&mut self) -> Option<String> {
        if !self.begun {
            self.begun = true;
            // An event without data moves the client's cursor and is not seen by its program.
            return Some(format!("retry: {RETRY_MILLISECONDS}\nid: {}\n\n", self.cursor));
        }
        loop {
            match self.read().await {
                Ok(Some(chunk)) => return Some(chunk),
                Ok(None) => {}
                Err(failure) => {
                    tracing::error!(cause = %failure, "an event stream broke off");
                    return None;
                }
            }
            let closing = self.listening.hub().closing().clone();
            tokio::select! {
                () = closing.cancelled() => return None,
                signal = self.listening.signals.recv() => match signal? {
                    Signal::Wake => {}
                    Signal::Typing(event) => return Some(format!("data: {event}\n\n")),
                    Signal::Recheck => self.goes_on().await?,
                },
                _ = self.heartbeat.tick() => {
                    self.goes_on().await?;
                    return Some(": heartbeat\n\n".into());
                }
            }
        }
    }

    /// What has happened since the last event, if anything.
    async fn read(&mut self) -> Result<Option<String>, Failure> {
        let account_id = self.viewer.account_id;
        let mut connection = self.backend.db().read().await?;
        let rows = store::after(&mut connection, account_id, self.cursor, BATCH).await?;
        let first_or_many = rows.len() == usize::try_from(BATCH).unwrap_or_default() || self.cursor == 0;
        let is_odd = rows.first().is_none_or(|row| row.event_cursor != self.cursor + 1);
        if first_or_many || is_odd {
            let Cursors { last_cursor, floor_cursor } = store::cursors(&mut connection, account_id).await?;
            let behind = last_cursor - self.cursor;
            if self.cursor < floor_cursor || !(0..=FURTHEST_BEHIND).contains(&behind) {
                self.cursor = last_cursor;
                let reset = serde_json::to_string(&Event::Reset).unwrap_or_default();
                return Ok(Some(format!("event: reset\nid: {last_cursor}\ndata: {reset}\n\n")));
            }
        }
        drop(connection);
        // Many photos are many events of one album, which is read once for all of them.
        let last_of: HashMap<Uuid, i64> =
            rows.iter().filter_map(|row| Some((row.album_id?, row.event_cursor))).collect();
        let mut chunk = String::new();
        for row in rows {
            if chunk.len() >= CHUNK_BYTES {
                break;
            }
            self.cursor = row.event_cursor;
            let payload = match row {
                DeliveryRow { payload, .. } if !payload.is_empty() => Some(payload),
                DeliveryRow { document_id: Some(id), .. } => self.document(id).await?,
                DeliveryRow { album_id: Some(id), .. } if last_of.get(&id) != Some(&self.cursor) => None,
                DeliveryRow { album_id: Some(id), .. } => Some(self.album(id).await?),
                DeliveryRow { conversation_id, .. } => self.conversation(conversation_id).await?,
            };
            if let Some(payload) = payload {
                write!(chunk, "id: {}\ndata: {payload}\n\n", self.cursor)
                    .map_err(|_| Failure::Broken("an event cannot be written"))?;
            }
        }
        Ok((!chunk.is_empty()).then_some(chunk))
    }

    /// The conversation as this person sees it now; nothing when they are no longer in it.
    async fn conversation(&self, id: i64) -> Result<Option<String>, Failure> {
        let found = self.backend.conversation_service().find(&self.viewer, id).await?;
        let Some(conversation) = found else { return Ok(None) };
        let event = Event::ConversationUpdated { conversation: Box::new(conversation) };
        serde_json::to_string(&event).map(Some).map_err(|_| Failure::Broken("an event cannot be written"))
    }

    /// The document as it is now; nothing when it is gone.
    async fn document(&self, id: Uuid) -> Result<Option<String>, Failure> {
        let found = self.backend.document_service().find(&self.viewer, id).await?;
        let Some(document) = found else { return Ok(None) };
        let event = Event::DocumentUpdated { document: Box::new(document) };
        serde_json::to_string(&event).map(Some).map_err(|_| Failure::Broken("an event cannot be written"))
    }

    /// The album as this person sees it now, or that they do not see it any more.
    async fn album(&self, id: Uuid) -> Result<String, Failure> {
        let event = match self.backend.album_service().seen(&self.viewer, id).await? {
            Some(album) => Event::AlbumUpdated { album: Box::new(album) },
            None => Event::AlbumRemoved { album_id: id },
        };
        serde_json::to_string(&event).map_err(|_| Failure::Broken("an event cannot be written"))
    }

    /// Whether the person is still signed in; when we cannot tell, the client may ask anew.
    async fn goes_on(&self) -> Option<()> {
        let Viewer { account_id, sub, session_id, .. } = &self.viewer;
        if self.bearer.expires_at.is_some_and(|expires_at| self.backend.clock().now() >= expires_at) {
            return None;
        }
        match session_id {
            Some(id) => self.backend.session_service().goes_on(*account_id, *id).await.ok()?.then_some(()),
            None => self.backend.account_service().account_id(sub).await.ok()?.map(drop),
        }
    }
}
