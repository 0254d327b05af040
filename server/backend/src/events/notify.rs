//! Wake-ups between the processes on one PostgreSQL. On SQLite there is one process, and this does nothing.

use super::hub::{Hub, Signal};
use db::Db;
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, postgres::PgListener};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::sync::{Mutex, mpsc};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

const CHANNEL: &str = "lyceum_events";
/// Wake-ups waiting to be sent; those beyond are dropped, and the streams elsewhere find the events a little later.
const QUEUE: usize = 10_000;
/// Wake-ups sent together.
const BATCH: usize = 256;
/// PostgreSQL takes 8,000 bytes; an account is at most 20 with its comma.
const ACCOUNTS_PER_MESSAGE: usize = 300;
const RECONNECT: Duration = Duration::from_secs(1);

/// Between processes: who sent it, and whom it concerns.
#[derive(Debug, Deserialize, Serialize)]
struct Message {
    from: Uuid,
    accounts: Vec<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    typing: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    recheck: bool,
}

type Waiting = (Vec<i64>, Signal);

/// Wakes streams here at once and elsewhere through the database. Not within the transactions of the events: their
/// commits would queue up behind one another (PostgreSQL holds one lock for all that notify).
#[derive(Clone, Debug)]
pub(super) struct Notifier {
    hub: Arc<Hub>,
    process: Uuid,
    others: Option<Others>,
}

#[derive(Clone, Debug)]
struct Others {
    pool: PgPool,
    sender: mpsc::Sender<Waiting>,
    receiver: Arc<Mutex<mpsc::Receiver<Waiting>>>,
}

impl Notifier {
    pub(super) fn new(db: Db, hub: Arc<Hub>) -> Self {
        let others = db.postgres().map(|pool| {
            let (sender, receiver) = mpsc::channel(QUEUE);
            Others { pool: pool.clone(), sender, receiver: Arc::new(Mutex::new(receiver)) }
        });
        Self { hub, process: domain::clock::random_uuid(), others }
    }

    pub(super) fn send(&self, accounts: Vec<i64>, signal: Signal) {
        if accounts.is_empty() {
            return;
        }
        self.hub.signal(&accounts, &signal);
        if let Some(others) = &self.others {
            others.sender.try_send((accounts, signal)).ok();
        }
    }

    pub(super) fn spawn_workers(&self, tracker: &TaskTracker, stop: &CancellationToken) {
        if self.others.is_none() {
            return;
        }
        let (notifier, ended) = (self.clone(), stop.clone());
        tracker.spawn(async move { ended.run_until_cancelled(notifier.tell_others()).await });
        let (notifier, ended) = (self.clone(), stop.clone());
        tracker.spawn(async move { ended.run_until_cancelled(notifier.hear_others()).await });
    }

    async fn tell_others(&self) {
        let Some(others) = &self.others else { return };
        let mut receiver = others.receiver.lock().await;
        let mut waiting = Vec::with_capacity(BATCH);
        while receiver.recv_many(&mut waiting, BATCH).await > 0 {
            for message in self.messages(waiting.drain(..)) {
                let Ok(text) = serde_json::to_string(&message) else { continue };
                let sent = sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(text).execute(&others.pool);
                if let Err(error) = sent.await {
                    tracing::warn!(cause = %error, "other processes could not be woken");
                }
            }
        }
    }

    /// As few messages as possible: one wake-up says as much as ten.
    fn messages(&self, waiting: impl Iterator<Item = Waiting>) -> Vec<Message> {
        let (mut wake, mut recheck, mut messages) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        let from = self.process;
        for (accounts, signal) in waiting {
            match signal {
                Signal::Wake => wake.extend(accounts),
                Signal::Recheck => recheck.extend(accounts),
                Signal::Typing(event) => {
                    messages.push(Message { from, accounts, typing: Some(event.as_ref().into()), recheck: false });
                }
            }
        }
        for (accounts, recheck) in [(wake, false), (recheck, true)] {
            let accounts: Vec<i64> = accounts.into_iter().collect();
            let parts = accounts.chunks(ACCOUNTS_PER_MESSAGE);
            messages.extend(parts.map(|part| Message { from, accounts: part.to_vec(), typing: None, recheck }));
        }
        messages
    }

    async fn hear_others(&self) {
        let Some(others) = &self.others else { return };
        loop {
            if let Err(error) = self.listen(&others.pool).await {
                tracing::warn!(cause = %error, "wake-ups of other processes cannot be heard");
            }
            tokio::time::sleep(RECONNECT).await;
        }
    }

    async fn listen(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        // Whatever was said while nobody listened.
        self.hub.wake_all();
        loop {
            match listener.try_recv().await? {
                Some(notification) => self.hear(notification.payload()),
                None => self.hub.wake_all(),
            }
        }
    }

    fn hear(&self, text: &str) {
        let Ok(message) = serde_json::from_str::<Message>(text) else { return };
        if message.from == self.process {
            return;
        }
        let signal = match message {
            Message { typing: Some(event), .. } => Signal::Typing(event.into()),
            Message { recheck: true, .. } => Signal::Recheck,
            Message { .. } => Signal::Wake,
        };
        self.hub.signal(&message.accounts, &signal);
    }
}
