//! A process that is killed, a database that goes away: what was acknowledged is there, once.

use crate::world::{Actor, DataFolder, World};
use db::{
    Db, EngineKind, on,
    sqlx::{self, Connection as _, Executor as _, PgConnection},
    testing::{ENGINES, TestDb},
};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fs::File,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};
use tokio::{sync::Notify, time::timeout};

/// Senders at the same time, and messages of each.
const SENDERS: usize = 8;
const MESSAGES: usize = 12;
/// Acknowledgements after which the fault comes: in the middle.
const FAULT_AFTER: usize = SENDERS * MESSAGES / 3;
const PATIENCE: Duration = Duration::from_secs(60);

/// A server in a process of its own.
pub(crate) struct Process {
    child: Child,
    pub(crate) url: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Process {
    pub(crate) async fn start(database: &TestDb, data: &Path, port: u16) -> Self {
        Self::start_with(database, data, port, "127.0.0.1:0").await
    }

    /// With an object store at an address that stays.
    pub(crate) async fn start_with(database: &TestDb, data: &Path, port: u16, objects: &str) -> Self {
        let url = format!("http://127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .env_clear()
            .env("DATABASE_URL", &database.url)
            .env("LYCEUM_DATABASE_CONNECTIONS", "4")
            .env("LYCEUM_ADDRESS", format!("127.0.0.1:{port}"))
            .env("LYCEUM_PUBLIC_URL", &url)
            .env("LYCEUM_LOG", "error")
            .env("LYCEUM_DATA_FOLDER", data)
            .env("LYCEUM_OBJECTS_ADDRESS", objects)
            .env("TMPDIR", data.join("tmp"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let process = Self { child, url };
        process.ready().await;
        process
    }

    async fn ready(&self) {
        let client = Client::new();
        let ready = async {
            while !client
                .get(format!("{}/ready", self.url))
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, ready).await.unwrap();
    }

    /// SIGKILL: no destructor, no flush, no answer.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Sends every message until it is acknowledged, each try under the same client id, and tells the ids.
struct Senders {
    url: String,
    token: String,
    conversation: i64,
    acknowledged: AtomicUsize,
    fault_is_due: Notify,
}

impl Senders {
    async fn send_all(self: Arc<Self>) -> HashMap<String, i64> {
        let senders = (0..SENDERS).map(|sender| tokio::spawn(self.clone().send_own(sender)));
        let mut ids = HashMap::new();
        for sender in senders.collect::<Vec<_>>() {
            ids.extend(sender.await.unwrap());
        }
        ids
    }

    async fn send_own(self: Arc<Self>, sender: usize) -> HashMap<String, i64> {
        let client = Client::new();
        let mut ids = HashMap::new();
        for number in 0..MESSAGES {
            let client_id = format!("{sender}-{number}");
            ids.insert(client_id.clone(), self.send(&client, &client_id).await);
            if self.acknowledged.fetch_add(1, Ordering::Relaxed) == FAULT_AFTER {
                self.fault_is_due.notify_one();
            }
        }
        ids
    }

    async fn send(&self, client: &Client, client_id: &str) -> i64 {
        let body = json!({ "conversation_id": self.conversation, "content": client_id, "client_id": client_id });
        loop {
            let request = client.post(format!("{}/api/messages", self.url)).bearer_auth(&self.token).json(&body);
            let Ok(answer) = request.send().await else { continue };
            let status = answer.status();
            if let (true, Ok(message)) = (status.is_success(), answer.json::<Value>().await) {
                return message["id"].as_i64().unwrap();
            }
            assert!(
                status.is_server_error() || status.is_success() || status == StatusCode::TOO_MANY_REQUESTS,
                "{status}"
            );
            tokio::task::yield_now().await;
        }
    }
}

/// Ada with a group, registered through a server that is gone again.
async fn prepare(world: &World) -> (Actor, i64) {
    let (ada, bob) = (world.person("Ada", "Lovelace").await, world.person("Bob", "Builder").await);
    let started = ada.bearer(Method::POST, "/api/conversations").json(&json!({ "participant_subs": [bob.sub] }));
    let started: Value = started.send().await.unwrap().json().await.unwrap();
    (ada, started["id"].as_i64().unwrap())
}

/// Every message once, under the id that was acknowledged.
async fn assert_all_there_once(database: &TestDb, conversation: i64, ids: &HashMap<String, i64>) {
    // A pool of its own: that of the server may still hold connections which the fault broke.
    let db = Db::open(&database.url, 1).await.unwrap();
    let query = "select client_id, id from messages where conversation_id = $1 order by id";
    let mut connection = db.read().await.unwrap();
    let stored: Vec<(String, i64)> =
        on!(&mut connection, c => sqlx::query_as(query).bind(conversation).fetch_all(&mut *c).await.unwrap());
    assert_eq!(stored.len(), SENDERS * MESSAGES);
    assert_eq!(&stored.into_iter().collect::<HashMap<_, _>>(), ids);
    // And each was told to both, in a sequence without a gap.
    let told = "select count(*), max(event_cursor) from event_deliveries group by account_id";
    let told: Vec<(i64, i64)> = on!(&mut connection, c => sqlx::query_as(told).fetch_all(&mut *c).await.unwrap());
    let expected = i64::try_from(SENDERS * MESSAGES + 1).unwrap();
    assert_eq!(told, [(expected, expected); 2]);
}

#[tokio::test]
async fn a_killed_server_loses_and_doubles_nothing() {
    for kind in ENGINES {
        let (port, data) = (free_port(), DataFolder::new());
        let url = format!("http://127.0.0.1:{port}");
        let world = World::with(kind, &[("LYCEUM_PUBLIC_URL", &url), ("LYCEUM_DEMO", "0")]).await;
        let (ada, conversation) = prepare(&world).await;
        let mut process = Process::start(world.database(), &data.0, port).await;
        let senders = Arc::new(Senders {
            url,
            token: ada.id_token,
            conversation,
            acknowledged: AtomicUsize::new(0),
            fault_is_due: Notify::new(),
        });
        let sending = tokio::spawn(senders.clone().send_all());
        timeout(PATIENCE, senders.fault_is_due.notified()).await.unwrap();
        process.kill();
        let _process = Process::start(world.database(), &data.0, port).await;
        let ids = timeout(PATIENCE, sending).await.unwrap().unwrap();
        assert_all_there_once(world.database(), conversation, &ids).await;
    }
}

#[tokio::test]
async fn what_a_killed_server_had_on_its_way_is_removed_in_time() {
    let (port, data, database) = (free_port(), DataFolder::new(), TestDb::new(EngineKind::Sqlite).await);
    let folder = data.0.join("tmp");
    let mut process = Process::start(&database, &data.0, port).await;
    assert!(folder.is_dir(), "it is made where it is missing");
    process.kill();
    let (old, recent) = (Duration::from_secs(2 * 86_400), Duration::from_secs(3_600));
    for (name, age) in [(".tmpOld", old), (".tmpNew", recent), ("of-somebody-else", old)] {
        let file = File::create(folder.join(name)).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }
    let _process = Process::start(&database, &data.0, port).await;
    let mut kept: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    kept.sort();
    assert_eq!(kept, [".tmpNew", "of-somebody-else"]);
}

/// What a restart of PostgreSQL does to its clients: every connection breaks, and for a moment none can be made.
#[tokio::test]
async fn a_database_that_restarts_under_load_loses_and_doubles_nothing() {
    let world = World::with(EngineKind::Postgres, &[("LYCEUM_DEMO", "0")]).await;
    let (ada, conversation) = prepare(&world).await;
    let senders = Arc::new(Senders {
        url: world.url.clone(),
        token: ada.id_token,
        conversation,
        acknowledged: AtomicUsize::new(0),
        fault_is_due: Notify::new(),
    });
    let sending = tokio::spawn(senders.clone().send_all());
    timeout(PATIENCE, senders.fault_is_due.notified()).await.unwrap();
    let (server, name) = world.database().url.rsplit_once('/').unwrap();
    let name = name.split('?').next().unwrap();
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    let allow = |allowed: bool| sqlx::AssertSqlSafe(format!("alter database {name} allow_connections {allowed}"));
    admin.execute(allow(false)).await.unwrap();
    for _ in 0..20 {
        let kill = "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1";
        sqlx::query(kill).bind(name).execute(&mut admin).await.unwrap();
    }
    admin.execute(allow(true)).await.unwrap();
    let ids = timeout(PATIENCE, sending).await.unwrap().unwrap();
    assert_all_there_once(world.database(), conversation, &ids).await;
}
