//! A process that is killed, a database that goes away: what was acknowledged is there, once.

use crate::world::{Actor, DataFolder, World};
use db::{
    Db, EngineKind, on,
    sqlx::{self, Connection as _, Executor as _, PgConnection},
    testing::{ENGINES, TestDb},
};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fs::File,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};
use tokio::{net::TcpSocket, sync::Notify, time::timeout};

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
    pub(crate) async fn start(database: &TestDb, data: &Path, port: &Port) -> Self {
        Self::start_with(database, data, port, "127.0.0.1:0").await
    }

    /// With an object store at an address that stays.
    pub(crate) async fn start_with(database: &TestDb, data: &Path, port: &Port, objects: &str) -> Self {
        Self::spawn(database, data, port, objects, &port.url()).await
    }

    /// Another server of the world's installation: the same database, the same public address.
    async fn beside(world: &World, data: &Path, port: &Port) -> Self {
        Self::spawn(world.database(), data, port, "127.0.0.1:0", &world.url).await
    }

    async fn spawn(database: &TestDb, data: &Path, port: &Port, objects: &str, public_url: &str) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .env_clear()
            .env("DATABASE_URL", &database.url)
            .env("LYCEUM_DATABASE_CONNECTIONS", "4")
            .env("LYCEUM_ADDRESS", port.address())
            .env("LYCEUM_PUBLIC_URL", public_url)
            .env("LYCEUM_LOG", "error")
            .env("LYCEUM_DATA_FOLDER", data)
            .env("LYCEUM_OBJECTS_ADDRESS", objects)
            .env("TMPDIR", data.join("tmp"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let process = Self { child, url: port.url() };
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

/// A port of this machine that nobody else is given as long as this is there: it is bound and not listened to, which
/// leaves it to a server that is told its number, as often as that is started.
pub(crate) struct Port(TcpSocket);

impl Port {
    pub(crate) fn free() -> Self {
        let held = TcpSocket::new_v4().unwrap();
        held.set_reuseaddr(true).unwrap();
        held.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self(held)
    }

    pub(crate) fn address(&self) -> String {
        self.0.local_addr().unwrap().to_string()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address())
    }
}

/// Sends every message until it is acknowledged, each try under the same client id, and tells the ids.
struct Senders {
    /// Where the senders begin in turn; each tries the next one after a failure.
    servers: Vec<String>,
    token: String,
    conversation: i64,
    acknowledged: AtomicUsize,
    fault_is_due: Notify,
}

impl Senders {
    fn new(servers: Vec<String>, sender: &Actor, conversation: i64) -> Arc<Self> {
        Arc::new(Self {
            servers,
            token: sender.id_token.clone(),
            conversation,
            acknowledged: AtomicUsize::new(0),
            fault_is_due: Notify::new(),
        })
    }

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
            ids.insert(client_id.clone(), self.send(&client, sender, &client_id).await);
            if self.acknowledged.fetch_add(1, Ordering::Relaxed) == FAULT_AFTER {
                self.fault_is_due.notify_one();
            }
        }
        ids
    }

    async fn send(&self, client: &Client, sender: usize, client_id: &str) -> i64 {
        let body = message(self.conversation, client_id);
        for server in self.servers.iter().cycle().skip(sender % self.servers.len()) {
            let request = client.post(format!("{server}/api/messages")).bearer_auth(&self.token).json(&body);
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
        panic!("there is no server to send to")
    }
}

/// What is sent under a client id.
fn message(conversation: i64, client_id: &str) -> Value {
    json!({ "conversation_id": conversation, "content": client_id, "client_id": client_id })
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
        let (port, data) = (Port::free(), DataFolder::new());
        let url = port.url();
        let world = World::with(kind, &[("LYCEUM_PUBLIC_URL", &url), ("LYCEUM_DEMO", "0")]).await;
        let (ada, conversation) = prepare(&world).await;
        let mut process = Process::start(world.database(), &data.0, &port).await;
        let senders = Senders::new(vec![url], &ada, conversation);
        let sending = tokio::spawn(senders.clone().send_all());
        timeout(PATIENCE, senders.fault_is_due.notified()).await.unwrap();
        process.kill();
        let _process = Process::start(world.database(), &data.0, &port).await;
        let ids = timeout(PATIENCE, sending).await.unwrap().unwrap();
        assert_all_there_once(world.database(), conversation, &ids).await;
    }
}

/// The server is gone after the commit, and nobody has seen its answer.
#[tokio::test]
async fn a_message_whose_answer_was_lost_is_the_same_one_when_it_is_sent_again() {
    for kind in ENGINES {
        let (port, data) = (Port::free(), DataFolder::new());
        let url = port.url();
        let world = World::with(kind, &[("LYCEUM_PUBLIC_URL", &url), ("LYCEUM_DEMO", "0")]).await;
        let (ada, conversation) = prepare(&world).await;
        let send = || {
            let request = Client::new().post(format!("{url}/api/messages")).bearer_auth(&ada.id_token);
            request.json(&message(conversation, "lost")).send()
        };
        let mut process = Process::start(world.database(), &data.0, &port).await;
        let unanswered = tokio::spawn(send());
        let id = timeout(PATIENCE, stored(world.database(), "lost")).await.unwrap();
        process.kill();
        unanswered.abort();
        let _process = Process::start(world.database(), &data.0, &port).await;
        let again = send().await.unwrap();
        assert_eq!(again.status(), StatusCode::OK, "it was sent before");
        assert_eq!(again.json::<Value>().await.unwrap()["id"], id);
        let thread = Client::new().get(format!("{url}/api/conversations/{conversation}/messages"));
        let thread: Value = thread.bearer_auth(&ada.id_token).send().await.unwrap().json().await.unwrap();
        assert_eq!(thread.as_array().unwrap().len(), 1, "{thread}");
    }
}

/// Waits until a message is committed, and tells its id.
async fn stored(database: &TestDb, client_id: &str) -> i64 {
    let db = Db::open(&database.url, 1).await.unwrap();
    let query = "select id from messages where client_id = $1";
    loop {
        let mut connection = db.read().await.unwrap();
        let id: Option<i64> =
            on!(&mut connection, c => sqlx::query_scalar(query).bind(client_id).fetch_optional(&mut *c).await.unwrap());
        if let Some(id) = id {
            return id;
        }
    }
}

/// Two servers deliver to each other. One is killed: its clients go on at the other, each from its own cursor.
#[tokio::test]
async fn clients_of_a_killed_server_go_on_at_another_without_gap_or_repeat() {
    let world = World::with(EngineKind::Postgres, &[("LYCEUM_DEMO", "0")]).await;
    let (ada, conversation) = prepare(&world).await;
    let (folders, ports) = ([DataFolder::new(), DataFolder::new()], [Port::free(), Port::free()]);
    let mut first = Process::beside(&world, &folders[0].0, &ports[0]).await;
    let second = Process::beside(&world, &folders[1].0, &ports[1]).await;
    let list = ada.bearer(Method::GET, "/api/conversations").send().await.unwrap();
    let begin: i64 = list.headers()["lyceum-cursor"].to_str().unwrap().parse().unwrap();
    let mut listeners = Vec::new();
    for server in [&first.url, &first.url, &first.url, &second.url] {
        let stream = listen(server, &ada.id_token, begin).await;
        listeners.push(tokio::spawn(hear_all(stream, begin, second.url.clone(), ada.id_token.clone())));
    }
    let senders = Senders::new(vec![first.url.clone(), second.url.clone()], &ada, conversation);
    let sending = tokio::spawn(senders.clone().send_all());
    timeout(PATIENCE, senders.fault_is_due.notified()).await.unwrap();
    first.kill();
    let ids = timeout(PATIENCE, sending).await.unwrap().unwrap();
    assert_all_there_once(world.database(), conversation, &ids).await;
    let last = begin + i64::try_from(SENDERS * MESSAGES).unwrap();
    for listener in listeners {
        let heard = timeout(PATIENCE, listener).await.unwrap().unwrap();
        let cursors: Vec<i64> = heard.iter().map(|(cursor, _, _)| *cursor).collect();
        assert_eq!(cursors, (begin + 1..=last).collect::<Vec<_>>());
        assert_eq!(heard.into_iter().map(|(_, client_id, id)| (client_id, id)).collect::<HashMap<_, _>>(), ids);
    }
}

/// Cursor, client id and id of a message that a stream has told of.
type Heard = (i64, String, i64);

/// Opens the event stream behind a cursor.
async fn listen(server: &str, token: &str, after: i64) -> Response {
    let asked = Client::new().get(format!("{server}/api/events?after={after}")).bearer_auth(token);
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer
}

/// Every message, at another server from the last cursor on when the stream breaks off.
async fn hear_all(stream: Response, begin: i64, other: String, token: String) -> Vec<Heard> {
    let mut heard = Vec::new();
    hear(stream, &mut heard).await;
    if heard.len() < SENDERS * MESSAGES {
        let last = heard.last().map_or(begin, |(cursor, _, _)| *cursor);
        hear(listen(&other, &token, last).await, &mut heard).await;
    }
    heard
}

/// Reads until every message is there or the stream breaks off.
async fn hear(mut stream: Response, heard: &mut Vec<Heard>) {
    let mut text = String::new();
    while heard.len() < SENDERS * MESSAGES
        && let Ok(Some(chunk)) = stream.chunk().await
    {
        text += std::str::from_utf8(&chunk).unwrap();
        while let Some((block, rest)) = text.split_once("\n\n") {
            heard.extend(message_of(block));
            text = rest.to_owned();
        }
    }
}

fn message_of(block: &str) -> Option<Heard> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
    let event: Value = serde_json::from_str(field("data: ")?).unwrap();
    let message = &event["message"];
    Some((field("id: ")?.parse().unwrap(), message["client_id"].as_str()?.to_owned(), message["id"].as_i64()?))
}

#[tokio::test]
async fn what_a_killed_server_had_on_its_way_is_removed_in_time() {
    let (port, data, database) = (Port::free(), DataFolder::new(), TestDb::new(EngineKind::Sqlite).await);
    let folder = data.0.join("tmp");
    let mut process = Process::start(&database, &data.0, &port).await;
    assert!(folder.is_dir(), "it is made where it is missing");
    process.kill();
    let (old, recent) = (Duration::from_secs(2 * 86_400), Duration::from_secs(3_600));
    for (name, age) in [(".tmpOld", old), (".tmpNew", recent), ("of-somebody-else", old)] {
        let file = File::create(folder.join(name)).unwrap();
        file.set_modified(SystemTime::now() - age).unwrap();
    }
    let _process = Process::start(&database, &data.0, &port).await;
    let mut kept: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    kept.sort();
    assert_eq!(kept, [".tmpNew", "of-somebody-else"]);
}

/// What a restart of PostgreSQL does to its clients: every connection breaks, and for a moment none can be made.
#[tokio::test]
async fn a_database_that_restarts_under_load_loses_and_doubles_nothing() {
    let world = World::with(EngineKind::Postgres, &[("LYCEUM_DEMO", "0")]).await;
    let (ada, conversation) = prepare(&world).await;
    let senders = Senders::new(vec![world.url.clone()], &ada, conversation);
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
