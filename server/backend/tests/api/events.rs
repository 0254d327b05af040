//! The event stream.

use crate::{
    on_both_engines,
    world::{Member, Options, World},
};
use axum::{body::Body, response::Response};
use backend::Settings;
use db::{EngineKind, on, sqlx};
use http::StatusCode;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than any event takes on a busy machine; shorter than a heartbeat.
const PATIENCE: Duration = Duration::from_secs(10);

/// One event as the stream sends it.
#[derive(Debug, PartialEq)]
struct Sent {
    id: Option<i64>,
    name: Option<String>,
    data: Value,
}

/// A client of the stream.
pub(crate) struct Stream {
    body: Body,
    text: String,
    cursor: i64,
}

impl Stream {
    fn of(response: Response) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self { body: response.into_body(), text: String::new(), cursor: 0 }
    }

    pub(crate) async fn open(world: &World, who: &Member, query: &str) -> Self {
        Self::of(world.get(&format!("/api/events{query}")).bearer(&who.token).open().await)
    }

    /// The next block; none at the end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let block = block.to_owned();
                self.text = rest.to_owned();
                return Some(block);
            }
            let frame = tokio::time::timeout(PATIENCE, self.body.frame()).await.expect("something comes in time")?;
            self.text += std::str::from_utf8(&frame.unwrap().into_data().unwrap()).unwrap();
        }
    }

    /// The next event with data; keeps the cursor as a browser does.
    async fn next(&mut self) -> Option<Sent> {
        loop {
            let block = self.block().await?;
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            let id = field("id").map(|id| id.parse().unwrap());
            self.cursor = id.unwrap_or(self.cursor);
            if let Some(data) = field("data") {
                let name = field("event").map(str::to_owned);
                return Some(Sent { id, name, data: serde_json::from_str(data).unwrap() });
            }
        }
    }

    pub(crate) async fn event(&mut self) -> Value {
        self.next().await.expect("the stream goes on").data
    }

    /// Reads the first block, after which the stream listens.
    pub(crate) async fn begun(mut self) -> Self {
        let block = self.block().await.unwrap();
        self.cursor = block.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().parse().unwrap();
        self
    }
}

on_both_engines!(everything_that_concerns_a_person_is_told_whole_and_in_order, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let mut foreign = Stream::open(&world, &eve, "").await.begun().await;
    let mut stream = Stream::open(&world, &bob, "").await.begun().await;
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let started = stream.event().await;
    assert_eq!((started["type"].as_str(), started["conversation"]["title"].as_str()), (Some("conversation.updated"), Some("Biology")));
    // PostgreSQL puts what only it knows into the event: it must not take a person's words for its places.
    let sent = world.send(&ada, id, r#"{"id":0,"sender_name":""}"#).await;
    assert_eq!(stream.event().await, json!({ "type": "message.created", "message": sent }));
    let path = format!("/api/messages/{}", sent["id"]);
    let edited = world.patch(&path).bearer(&ada.token).json(&json!({ "content": "Hello!" })).send().await.json();
    assert_eq!(stream.event().await, json!({ "type": "message.updated", "message": edited }));
    let reacted = world.put(&format!("{path}/reactions/%F0%9F%91%8D")).bearer(&ada.token).send().await.json();
    assert_eq!(stream.event().await, json!({ "type": "reaction.changed", "message": reacted }));
    world.put(&format!("/api/conversations/{id}/typing")).bearer(&ada.token).send().await;
    let typing = stream.next().await.unwrap();
    assert_eq!(typing, Sent { id: None, name: None, data: json!({ "type": "typing", "conversation_id": id, "sub": ada.sub }) });
    let read = json!({ "message_id": sent["id"] });
    world.put(&format!("/api/conversations/{id}/read")).bearer(&bob.token).json(&read).send().await;
    let position = stream.event().await;
    assert_eq!(position, json!({ "type": "conversation.read", "conversation_id": id, "sub": bob.sub, "message_id": sent["id"] }));
    world.put(&format!("/api/conversations/{id}/mute")).bearer(&bob.token).json(&json!({ "muted": true })).send().await;
    let muted = stream.event().await;
    assert_eq!((muted["type"].as_str(), &muted["conversation"]["muted"]), (Some("conversation.updated"), &json!(true)));
    world.delete(&path).bearer(&ada.token).send().await;
    let deleted = stream.event().await;
    assert_eq!((deleted["type"].as_str(), deleted["message"]["content"].as_str()), (Some("message.deleted"), Some("")));
    world.delete(&format!("/api/conversations/{id}/participants/{}", bob.sub)).bearer(&ada.token).send().await;
    assert_eq!(stream.event().await, json!({ "type": "conversation.removed", "conversation_id": id }));
    world.send(&ada, id, "Bob is gone").await;
    world.conversation(&eve, &[&ada], None).await;
    let own = foreign.event().await;
    assert_eq!(own["type"], "conversation.updated", "nothing of the others' came before: {own}");
    let direct = world.conversation(&eve, &[&bob], None).await;
    let next = stream.event().await;
    assert_eq!(next["conversation"]["id"], direct, "nothing after leaving: {next}");
});

on_both_engines!(who_hides_what_they_have_read_is_hidden_at_once_from_those_who_saw_it, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let message = world.send(&ada, id, "Hello").await["id"].clone();
    let read = json!({ "message_id": message });
    world.put(&format!("/api/conversations/{id}/read")).bearer(&bob.token).json(&read).send().await;
    let mut stream = Stream::open(&world, &ada, "").await.begun().await;
    let mut foreign = Stream::open(&world, &eve, "").await.begun().await;
    let show = |shown: bool| {
        world.patch("/api/me").bearer(&bob.token).json(&json!({ "read_receipts": shown })).send()
    };
    let position = |event: &Value| event["conversation"]["participants"][1]["read_message_id"].clone();
    assert_eq!(show(false).await.status, StatusCode::OK);
    let hidden = stream.event().await;
    assert_eq!((hidden["type"].as_str(), position(&hidden)), (Some("conversation.updated"), Value::Null));
    assert_eq!(show(false).await.status, StatusCode::OK);
    assert_eq!(show(true).await.status, StatusCode::OK);
    assert_eq!(position(&stream.event().await), message);
    let sent = world.send(&ada, id, "then").await;
    assert_eq!(stream.event().await["message"], sent, "what changed nothing was not told");
    world.conversation(&eve, &[&ada], None).await;
    assert_eq!(foreign.event().await["conversation"]["kind"], "direct", "nobody else hears of it");
});

/// Of the connections to the test's database, those whose transaction waits for a lock.
const WAITING: &str =
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
/// Those through which a process hears of the others.
const LISTENING: &str =
    "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen %'";

/// Waits until so many connections are so.
async fn until(world: &World, so: &'static str, expected: i64) {
    let counting = async { while world.count(so).await != expected {} };
    tokio::time::timeout(PATIENCE, counting).await.unwrap();
}

#[tokio::test]
async fn who_joins_while_a_message_waits_for_its_turn_hears_it() {
    let world = World::new(EngineKind::Postgres).await;
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let mut stream = Stream::open(&world, &eve, "").await.begun().await;
    let mut lock = world.database.db.begin().await.unwrap();
    let hold = "select 1 from conversations where id = $1 for update";
    on!(&mut lock, c => sqlx::query(hold).bind(id).execute(&mut *c).await.map(drop).unwrap());
    let joining = world.post(&format!("/api/conversations/{id}/participants")).bearer(&ada.token);
    let joining = tokio::spawn(joining.json(&json!({ "participant_subs": [eve.sub] })).send());
    until(&world, WAITING, 1).await;
    let sending = world.post("/api/messages").bearer(&bob.token);
    let sending = tokio::spawn(sending.json(&json!({ "conversation_id": id, "content": "Welcome" })).send());
    until(&world, WAITING, 2).await;
    lock.commit().await.unwrap();
    assert_eq!(joining.await.unwrap().status, StatusCode::OK);
    let sent = sending.await.unwrap();
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(stream.event().await["type"], "conversation.updated");
    assert_eq!(stream.event().await, json!({ "type": "message.created", "message": sent.json() }));
}

on_both_engines!(a_stream_goes_on_after_its_cursor_without_gap_or_repeat, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let list = world.get("/api/conversations").bearer(&bob.token).send().await;
    let cursor = list.header("lyceum-cursor").to_owned();
    for number in 0..150 {
        world.send(&ada, id, &format!("m{number}")).await;
    }
    let mut stream = Stream::open(&world, &bob, &format!("?after={cursor}")).await;
    let mut seen = Vec::new();
    for _ in 0..60 {
        seen.push(stream.event().await["message"]["content"].as_str().unwrap().to_owned());
    }
    let last = stream.cursor.to_string();
    drop(stream);
    world.send(&ada, id, "m150").await;
    // The header wins: a browser that comes back by itself repeats the address of the beginning.
    let again = world.get(&format!("/api/events?after={cursor}")).bearer(&bob.token).header("last-event-id", &last);
    let mut stream = Stream::of(again.open().await);
    while seen.len() < 151 {
        seen.push(stream.event().await["message"]["content"].as_str().unwrap().to_owned());
    }
    let expected: Vec<String> = (0..151).map(|number| format!("m{number}")).collect();
    assert_eq!(seen, expected);
    world.send(&ada, id, "live").await;
    assert_eq!(stream.event().await["message"]["content"], "live");
});

on_both_engines!(a_cursor_that_cannot_be_gone_on_from_gets_one_reset, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    for number in 0..3 {
        world.send(&ada, id, &format!("old {number}")).await;
    }
    world.clock.advance_seconds(8 * 86_400);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from events").await, 0, "old events are thrown away");
    // The token has run out as well.
    let (ada, bob) = (world.renewed(ada), world.renewed(bob));
    for (sent, cursor) in ["0", "1", "999999"].into_iter().enumerate() {
        let mut stream = Stream::open(&world, &bob, &format!("?after={cursor}")).await;
        let last = i64::try_from(4 + sent).unwrap();
        let reset = stream.next().await.unwrap();
        assert_eq!(reset, Sent { id: Some(last), name: Some("reset".into()), data: json!({ "type": "reset" }) });
        world.send(&ada, id, cursor).await;
        assert_eq!(stream.event().await["message"]["content"], cursor, "and then it goes on");
    }
});

on_both_engines!(whoever_is_far_behind_starts_anew, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let cursor = world.get("/api/conversations").bearer(&bob.token).send().await.header("lyceum-cursor").to_owned();
    // A reader that takes nothing meanwhile: nothing is piled up for it.
    let mut slow = Stream::open(&world, &bob, "").await.begun().await;
    let first = world.send(&ada, id, "first").await;
    let path = format!("/api/messages/{}", first["id"]);
    for number in 0..1_001 {
        let change = json!({ "content": format!("edit {number}") });
        assert_eq!(world.patch(&path).bearer(&ada.token).json(&change).send().await.status, StatusCode::OK);
    }
    let mut stream = Stream::open(&world, &bob, &format!("?after={cursor}")).await;
    for stream in [&mut stream, &mut slow] {
        assert_eq!(stream.next().await.unwrap().name.as_deref(), Some("reset"));
    }
    world.send(&ada, id, "live").await;
    for stream in [&mut stream, &mut slow] {
        assert_eq!(stream.event().await["message"]["content"], "live");
    }
});

/// A stream that is silent for only this long before it gives a sign of life.
fn impatient() -> Options {
    Options { heartbeat: Duration::from_millis(50), ..Options::default() }
}

on_both_engines!(a_silent_stream_gives_a_sign_of_life_again_and_again, impatient(), world => {
    const { assert!(Settings::HEARTBEAT.as_secs() <= 25, "what is promised") };
    let ada = world.member("Ada").await;
    let mut stream = Stream::open(&world, &ada, "").await.begun().await;
    for _ in 0..3 {
        assert_eq!(stream.block().await.as_deref(), Some(": heartbeat"));
    }
});

on_both_engines!(the_stream_ends_with_the_session, world => {
    let ada = world.member("Ada").await;
    let session = world.sign_in(&ada.person).await;
    let mut stream = Stream::of(world.get("/api/events").session(&session).open().await).begun().await;
    let sessions = world.get("/api/me/sessions").session(&session).send().await.json();
    let ended = world.delete(&format!("/api/me/sessions/{}", sessions[0]["id"].as_str().unwrap())).bearer(&ada.token);
    assert_eq!(ended.send().await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.next().await, None);
    let mut other = Stream::open(&world, &ada, "").await.begun().await;
    let cancelled = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT);
    assert_eq!(other.next().await, None, "and with the account");
});

on_both_engines!(what_is_no_cursor_is_refused, world => {
    let ada = world.member("Ada").await;
    world.get("/api/events").send().await.refused(401, "unauthorized");
    for bad in ["x", "-1", "1.5", "+1", "99999999999999999999", "%20"] {
        let answer = world.get(&format!("/api/events?after={bad}")).bearer(&ada.token).send().await;
        answer.broke(&["query", "after"], "cursor");
    }
    let answer = world.get("/api/events").bearer(&ada.token).header("last-event-id", "x").send().await;
    answer.broke(&["header", "Last-Event-ID"], "cursor");
});

on_both_engines!(one_person_cannot_open_streams_without_end, world => {
    let ada = world.member("Ada").await;
    let mut streams = Vec::new();
    for _ in 0..32 {
        streams.push(Stream::open(&world, &ada, "").await);
    }
    world.get("/api/events").bearer(&ada.token).send().await.refused(429, "too_many_requests");
    streams.pop();
    Stream::open(&world, &ada, "").await.begun().await;
});

on_both_engines!(a_stopping_process_ends_its_streams, world => {
    let ada = world.member("Ada").await;
    let stop = CancellationToken::new();
    let workers = world.backend.spawn_workers(&stop);
    let mut stream = Stream::open(&world, &ada, "").await.begun().await;
    stop.cancel();
    assert_eq!(stream.next().await, None);
    workers.wait().await;
});

/// Two processes on one PostgreSQL deliver to each other; when one is gone, the other goes on.
#[tokio::test]
async fn processes_wake_each_other() {
    let world = World::new(EngineKind::Postgres).await;
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let (here, there) = (CancellationToken::new(), CancellationToken::new());
    let own_workers = world.backend.spawn_workers(&here);
    let second = world.second_backend().await;
    let other_workers = second.spawn_workers(&there);
    // Who types is told to those who listen now, and to nobody later.
    until(&world, LISTENING, 2).await;
    let router = second.protect(second.rest().0);
    let open = crate::world::call(router.clone(), http::Method::GET, "/api/events").bearer(&bob.token).open().await;
    let mut stream = Stream::of(open).begun().await;
    world.send(&ada, id, "from the first").await;
    assert_eq!(stream.event().await["message"]["content"], "from the first");
    world.put(&format!("/api/conversations/{id}/typing")).bearer(&ada.token).send().await;
    assert_eq!(stream.event().await["type"], "typing");
    there.cancel();
    assert_eq!(stream.next().await, None, "the second process stops");
    other_workers.wait().await;
    world.send(&ada, id, "while nobody listened").await;
    let mut stream = Stream::open(&world, &bob, &format!("?after={}", stream.cursor)).await;
    assert_eq!(stream.event().await["message"]["content"], "while nobody listened");
    here.cancel();
    own_workers.wait().await;
}

/// Many senders with receivers in common: every event of a person has its own number, without a gap.
#[tokio::test]
async fn senders_at_the_same_time_neither_block_nor_skip() {
    for engine in db::testing::ENGINES {
        let world = World::new(engine).await;
        let people = [world.member("Ada").await, world.member("Bob").await, world.member("Cyd").await];
        let [ada, bob, cyd] = &people;
        let groups = [
            world.conversation(ada, &[bob, cyd], Some("one")).await,
            world.conversation(cyd, &[bob, ada], Some("two")).await,
        ];
        let mut stream = Stream::open(&world, bob, "").await.begun().await;
        let before = stream.cursor;
        let sends = (0..60).map(|number| world.send(&people[number % 3], groups[number % 2], "at once"));
        futures_util::future::join_all(sends).await;
        for number in 1..=60 {
            assert_eq!(stream.next().await.unwrap().id, Some(before + number));
        }
    }
}
