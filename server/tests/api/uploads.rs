//! Files through a running server with its own object store.

use crate::{
    faults::{Port, Process},
    world::{Actor, DataFolder, World, assert_problem},
};
use db::{
    Db, EngineKind, on, sqlx,
    testing::{ENGINES, TestDb},
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Notify, time::timeout};

const NOTES: &[u8] = b"Notes of the first lecture.";
const SENDERS: usize = 4;
const FILES: usize = 9;
/// The server is killed whenever so many steps have been taken: between any two of an upload, in the end.
const KILL_EVERY: usize = 13;
const KILLS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(120);

async fn put(signed: &Value, bytes: &[u8]) -> Result<Response, reqwest::Error> {
    let mut request = Client::new().put(signed["url"].as_str().unwrap()).body(bytes.to_vec());
    for (name, value) in signed["headers"].as_object().unwrap() {
        if name != "content-length" {
            request = request.header(name, value.as_str().unwrap());
        }
    }
    request.send().await
}

fn new_upload(bytes: &[u8]) -> Value {
    json!({ "purpose": "media", "filename": "notes.txt", "content_type": "text/plain", "size": bytes.len() })
}

async fn send(actor: &Actor, bytes: &[u8]) -> Value {
    complete(actor, &new_upload(bytes), bytes).await.1
}

/// Uploads a file as a browser does: the id of the upload, and what was answered at its end.
pub(crate) async fn complete(actor: &Actor, new: &Value, bytes: &[u8]) -> (String, Value) {
    let upload = actor.browse(Method::POST, "/api/uploads").json(new).send().await.unwrap();
    assert_eq!(upload.status(), StatusCode::CREATED);
    let upload: Value = upload.json().await.unwrap();
    assert_eq!(put(&upload, bytes).await.unwrap().status(), StatusCode::OK);
    let id = upload["upload_id"].as_str().unwrap().to_owned();
    let done = actor.browse(Method::POST, &format!("/api/uploads/{id}/complete")).send().await.unwrap();
    assert_eq!(done.status(), StatusCode::OK, "{}", done.text().await.unwrap());
    (id, done.json().await.unwrap())
}

#[tokio::test]
async fn a_browser_sends_a_file_to_the_store_and_gets_it_from_there() {
    for kind in ENGINES {
        let world = World::with(kind, &[("LYCEUM_RATE_PER_SECOND", "1"), ("LYCEUM_RATE_BURST", "30")]).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        let url = send(&zofia, NOTES).await["file"]["url"].as_str().unwrap().to_owned();
        let mut found = zofia.browse(Method::GET, &url).send().await.unwrap();
        for _ in 0..60 {
            found = zofia.browse(Method::GET, &url).send().await.unwrap();
            assert_eq!(found.status(), StatusCode::FOUND, "fetching files is not counted");
        }
        assert!(found.headers()[header::CACHE_CONTROL].to_str().unwrap().starts_with("private, max-age="));
        let location = found.headers()[header::LOCATION].to_str().unwrap().to_owned();
        let origin = world.objects_url().await;
        assert!(location.starts_with(&format!("{origin}/lyceum-media/")) && origin != world.url, "{location}");
        let policy = world.get("/").await.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        for directive in ["connect-src", "img-src", "media-src"] {
            let sources = policy.split(directive).nth(1).unwrap().split(';').next().unwrap();
            assert!(sources.split(' ').any(|source| source == origin), "{policy}");
        }
        let file = reqwest::get(location).await.unwrap();
        assert_eq!(file.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(file.bytes().await.unwrap(), NOTES);
        assert_problem(world.get(&url).await, 401, "unauthorized").await;
        let other = world.another_server().await;
        assert_eq!(zofia.visit(&other.url, &url).await.status(), StatusCode::FOUND);
    }
}

#[tokio::test]
async fn an_upload_from_another_site_is_refused() {
    let world = World::new(EngineKind::Sqlite).await;
    let zofia = world.browser("Zofia", "Nowak").await;
    let foreign = zofia.browse(Method::POST, "/api/uploads").json(&new_upload(NOTES));
    let mut foreign = foreign.build().unwrap();
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_problem(zofia.execute(foreign).await, 403, "cross_origin").await;
}

/// Sends files until each is complete, whatever happens to the server.
struct Senders {
    url: String,
    token: String,
    steps: AtomicUsize,
    kill_is_due: Notify,
}

impl Senders {
    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        Client::new().request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    /// One answer that the server gave; none when it is not there.
    async fn step(&self, request: RequestBuilder) -> Option<(StatusCode, Value)> {
        let outcome = async {
            let answer = request.send().await?;
            Ok::<_, reqwest::Error>((answer.status(), answer.json().await?))
        };
        let outcome = outcome.await.ok().filter(|(status, _)| !status.is_server_error());
        if self.steps.fetch_add(1, Ordering::Relaxed) % KILL_EVERY == KILL_EVERY - 1 {
            self.kill_is_due.notify_one();
        }
        outcome
    }

    async fn send_own(self: Arc<Self>, sender: usize) -> Vec<(String, Vec<u8>)> {
        let mut sent = Vec::new();
        for number in 0..FILES {
            let bytes = format!("file {number} of {sender}").into_bytes();
            sent.push((self.send(&bytes).await, bytes));
        }
        sent
    }

    /// The address of the file, in the end.
    async fn send(&self, bytes: &[u8]) -> String {
        let upload = loop {
            let start = self.call(Method::POST, "/api/uploads").json(&new_upload(bytes));
            if let Some((StatusCode::CREATED, upload)) = self.step(start).await {
                break upload;
            }
            tokio::task::yield_now().await;
        };
        let path = format!("/api/uploads/{}", upload["upload_id"].as_str().unwrap());
        loop {
            if let Some((StatusCode::OK, upload)) = self.step(self.call(Method::GET, &path)).await
                && upload.get("url").is_some()
            {
                // Whether it arrived is seen when it is completed.
                put(&upload, bytes).await.ok();
            }
            match self.step(self.call(Method::POST, &format!("{path}/complete"))).await {
                Some((StatusCode::OK, done)) => return done["file"]["url"].as_str().unwrap().to_owned(),
                // Whoever asks without a pause is told to make one.
                Some((StatusCode::CONFLICT | StatusCode::TOO_MANY_REQUESTS, _)) => {}
                Some((status, body)) => panic!("{status}: {body}"),
                None => tokio::task::yield_now().await,
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_is_killed_between_the_steps_of_uploads_loses_and_doubles_nothing() {
    for kind in ENGINES {
        let (port, objects, data) = (Port::free(), Port::free(), DataFolder::new());
        let (url, address) = (port.url(), objects.address());
        let world = World::with(kind, &[("LYCEUM_PUBLIC_URL", &url), ("LYCEUM_DEMO", "0")]).await;
        let ada = world.person("Ada", "Lovelace").await;
        let mut process = Process::start_with(world.database(), &data.0, &port, &address).await;
        let (steps, kill_is_due) = (AtomicUsize::new(0), Notify::new());
        let senders = Arc::new(Senders { url, token: ada.id_token.clone(), steps, kill_is_due });
        let sending: Vec<_> = (0..SENDERS).map(|sender| tokio::spawn(senders.clone().send_own(sender))).collect();
        for _ in 0..KILLS {
            timeout(PATIENCE, senders.kill_is_due.notified()).await.unwrap();
            process.kill();
            process = Process::start_with(world.database(), &data.0, &port, &address).await;
        }
        let mut urls = HashSet::new();
        for sender in sending {
            for (url, bytes) in timeout(PATIENCE, sender).await.unwrap().unwrap() {
                let found = reqwest::Client::new().get(format!("{}{url}", process.url)).bearer_auth(&ada.id_token);
                assert_eq!(found.send().await.unwrap().bytes().await.unwrap(), bytes);
                urls.insert(url);
            }
        }
        assert_eq!(urls.len(), SENDERS * FILES);
        assert_one_row_each(world.database()).await;
        let kept = std::fs::read_dir(data.0.join("objects/lyceum-media")).unwrap().count();
        assert_eq!(kept, SENDERS * FILES, "nothing in the store that no row tells of");
    }
}

async fn assert_one_row_each(database: &TestDb) {
    let db = Db::open(&database.url, 1).await.unwrap();
    let mut connection = db.read().await.unwrap();
    let counts = "select (select count(*) from uploads where status = 'complete'), (select count(*) from objects)";
    let counts: (i64, i64) = on!(&mut connection, c => sqlx::query_as(counts).fetch_one(&mut *c).await.unwrap());
    let expected = i64::try_from(SENDERS * FILES).unwrap();
    assert_eq!(counts, (expected, expected));
}
