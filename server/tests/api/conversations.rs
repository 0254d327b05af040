//! Conversations through both doors: REST and server functions answer alike, for everybody.

use crate::{
    agreement::{Answer, answer, compare, form},
    uploads,
    world::{Actor, World},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::testing::ENGINES;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// A picture of one pixel.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

struct Group {
    ada: Actor,
    bob: Actor,
    eve: Actor,
    nobody: Actor,
    id: Value,
    message: Value,
}

/// Ada's group with Bob; Eve is registered and not in it, nobody is not signed in.
async fn group(world: &World) -> Group {
    let (ada, bob) = (world.browser("Ada", "Lovelace").await, world.browser("Bob", "Builder").await);
    let (eve, nobody) = (world.browser("Eve", "Outside").await, world.newcomer("No", "Session").await);
    let started = ada.browse(Method::POST, "/api/conversations");
    let body = json!({ "participant_subs": [bob.sub], "title": "Biology </title><script>x</script>" });
    let id = answer(started.json(&body)).await.body["id"].clone();
    let sent = ada.browse(Method::POST, "/api/messages");
    let message = answer(sent.json(&json!({ "conversation_id": id, "content": "Hello" }))).await.body["id"].clone();
    Group { ada, bob, eve, nobody, id, message }
}

async fn agree_on_list(rest: RequestBuilder, function: RequestBuilder, name: &str, what: &str) {
    let (rest, function) = (answer(rest).await, answer(function).await);
    let list = if function.status == 200 { function.body[name].clone() } else { function.body.clone() };
    assert_eq!(rest, Answer { body: list, ..function }, "{what}");
}

#[tokio::test]
async fn reads_agree_for_everybody() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let Group { ada, bob, eve, nobody, id, message } = group(&world).await;
        for (actor, status) in [(&ada, 200), (&bob, 200), (&eve, 403), (&nobody, 401)] {
            let get = |path: &str| actor.browse(Method::GET, path);
            agree_on_list(get("/api/conversations"), get("/fn/conversations/list"), "conversations", "list").await;
            let one = compare(
                get(&format!("/api/conversations/{id}")),
                get(&format!("/fn/conversations/conversation?id={id}")),
                "one",
            );
            assert_eq!(one.await.status, status);
            agree_on_list(
                get(&format!("/api/conversations/{id}/messages?around={message}")),
                get(&format!("/fn/conversations/messages?conversation_id={id}&around={message}")),
                "messages",
                "thread",
            )
            .await;
            agree_on_list(
                get("/api/messages?query=hell"),
                get("/fn/conversations/search?query=hell"),
                "messages",
                "search",
            )
            .await;
            let missing =
                compare(get("/api/conversations/999999"), get("/fn/conversations/conversation?id=999999"), "missing");
            assert_eq!(missing.await.status, if status == 401 { 401 } else { 404 });
        }
    }
}

#[tokio::test]
async fn refused_changes_agree_and_change_nothing() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let Group { ada, bob, eve, nobody, id, message } = group(&world).await;
        let before = answer(ada.browse(Method::GET, &format!("/api/conversations/{id}"))).await;
        let (id, message) = (id.to_string(), message.to_string());
        let long = "x".repeat(4_001);
        for actor in [&eve, &nobody] {
            let rest = |method: Method, path: String, body: Value| actor.browse(method, &path).json(&body);
            let function =
                |name: &str, fields: &[(&str, &str)]| form(actor, &format!("/fn/conversations/{name}"), fields);
            let expected = if actor.email == eve.email { 403 } else { 401 };
            let conversation = format!("/api/conversations/{id}");
            let own_message = format!("/api/messages/{message}");
            let number = id.parse::<i64>().unwrap();
            for (rest, function, what) in [
                (
                    rest(Method::POST, "/api/messages".into(), json!({ "conversation_id": number, "content": "x" })),
                    function("send", &[("conversation_id", &id), ("content", "x")]),
                    "send",
                ),
                (
                    rest(Method::PATCH, conversation.clone(), json!({ "title": "x" })),
                    function("rename", &[("id", &id), ("title", "x")]),
                    "rename",
                ),
                (
                    rest(
                        Method::POST,
                        format!("{conversation}/participants"),
                        json!({ "participant_subs": [eve.sub] }),
                    ),
                    function("add_participants", &[("id", &id), ("participant_subs[0]", &eve.sub)]),
                    "add",
                ),
                (
                    rest(Method::DELETE, format!("{conversation}/participants/{}", bob.sub), Value::Null),
                    function("remove_participant", &[("id", &id), ("sub", &bob.sub)]),
                    "remove",
                ),
                (
                    rest(Method::PUT, format!("{conversation}/read"), json!({ "message_id": 1 })),
                    function("mark_read", &[("conversation_id", &id), ("message_id", "1")]),
                    "read",
                ),
                (
                    rest(Method::PUT, format!("{conversation}/mute"), json!({ "muted": true })),
                    function("mute", &[("id", &id), ("muted", "true")]),
                    "mute",
                ),
                (
                    rest(Method::PUT, format!("{conversation}/typing"), Value::Null),
                    function("typing", &[("id", &id)]),
                    "typing",
                ),
                (
                    rest(Method::PATCH, own_message.clone(), json!({ "content": "x" })),
                    function("edit", &[("message_id", &message), ("content", "x")]),
                    "edit",
                ),
                (
                    rest(Method::DELETE, own_message.clone(), Value::Null),
                    function("delete", &[("message_id", &message)]),
                    "delete",
                ),
                (
                    rest(Method::PUT, format!("{own_message}/reactions/👍"), Value::Null),
                    function("react", &[("message_id", &message), ("emoji", "👍"), ("on", "true")]),
                    "react",
                ),
            ] {
                assert_eq!(compare(rest, function, what).await.status, expected, "{what}");
            }
        }
        for content in [" ", long.as_str(), "\u{200b}"] {
            let body = json!({ "conversation_id": id.parse::<i64>().unwrap(), "content": content });
            let rest = ada.browse(Method::POST, "/api/messages").json(&body);
            let fields = [("conversation_id", id.as_str()), ("content", content)];
            let refused = compare(rest, form(&ada, "/fn/conversations/send", &fields), "content").await;
            assert_eq!(refused.status, 422);
        }
        let mut foreign =
            form(&bob, "/fn/conversations/send", &[("conversation_id", &id), ("content", "x")]).build().unwrap();
        foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert_eq!(bob.execute(foreign).await.status(), StatusCode::FORBIDDEN);
        let after = answer(ada.browse(Method::GET, &format!("/api/conversations/{id}"))).await;
        assert_eq!(after, before);
    }
}

#[tokio::test]
async fn what_one_door_did_the_other_shows() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let Group { ada, bob, id, message, .. } = group(&world).await;
        let (number, id, message) = (id.clone(), id.to_string(), message.to_string());
        let fields = [("conversation_id", id.as_str()), ("content", "from a form"), ("client_id", "c1")];
        let sent = answer(form(&bob, "/fn/conversations/send", &fields)).await;
        let again = json!({ "conversation_id": number, "content": "from a form", "client_id": "c1" });
        assert_eq!(answer(bob.browse(Method::POST, "/api/messages").json(&again)).await.body["id"], sent.body["id"]);
        let read = form(
            &ada,
            "/fn/conversations/mark_read",
            &[("conversation_id", &id), ("message_id", &sent.body["id"].to_string())],
        );
        assert_eq!(answer(read).await.body["unread_count"], 0);
        let edited = form(&ada, "/fn/conversations/edit", &[("message_id", &message), ("content", "Hello!")]);
        assert_eq!(answer(edited).await.status, 200);
        let thread = answer(bob.browse(Method::GET, &format!("/api/conversations/{id}/messages"))).await.body;
        assert_eq!(thread[0]["content"], "Hello!");
        assert_eq!(thread[1]["id"], sent.body["id"]);
        assert_eq!(thread.as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn starting_a_conversation_agrees() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let Group { ada, bob, eve, nobody, .. } = group(&world).await;
        let long = "x".repeat(201);
        for (actor, others, title, status) in [
            (&ada, vec![], None, 422),
            (&ada, vec![ada.sub.as_str()], None, 422),
            (&ada, vec![bob.sub.as_str(), "unknown"], None, 422),
            (&ada, vec![bob.sub.as_str()], Some(long.as_str()), 422),
            (&nobody, vec![bob.sub.as_str()], None, 401),
        ] {
            let refused = compare(start(actor, &others, title), start_by_form(actor, &others, title), "start").await;
            assert_eq!(refused.status, status);
        }
        assert_eq!(answer(ada.browse(Method::GET, "/api/conversations")).await.body.as_array().unwrap().len(), 1);
        let others = [eve.sub.as_str()];
        let direct = compare(start(&ada, &others, None), start_by_form(&ada, &others, None), "the same two").await;
        assert_eq!(direct.body["kind"], "direct");
        let made = answer(start_by_form(&ada, &[&bob.sub, &eve.sub], Some("Chemistry"))).await;
        let shown = answer(ada.browse(Method::GET, &format!("/api/conversations/{}", made.body["id"]))).await;
        assert_eq!((shown.body["title"].as_str(), &shown), (Some("Chemistry"), &made));
    }
}

fn start(actor: &Actor, others: &[&str], title: Option<&str>) -> RequestBuilder {
    let body = json!({ "participant_subs": others, "title": title });
    actor.browse(Method::POST, "/api/conversations").json(&body)
}

fn start_by_form(actor: &Actor, others: &[&str], title: Option<&str>) -> RequestBuilder {
    let names: Vec<String> = (0..others.len()).map(|at| format!("participant_subs[{at}]")).collect();
    let others = names.iter().map(String::as_str).zip(others.iter().copied());
    let fields: Vec<(&str, &str)> = others.chain(title.map(|title| ("title", title))).collect();
    form(actor, "/fn/conversations/start", &fields)
}

#[tokio::test]
async fn giving_a_group_a_picture_agrees() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let Group { ada, bob, eve, nobody, id, .. } = group(&world).await;
        let id = id.to_string();
        let direct = answer(start(&ada, &[&bob.sub], None)).await.body["id"].to_string();
        let unknown = uuid::Uuid::new_v4().to_string();
        for (actor, id, status) in [
            (&ada, &id, 422),
            (&ada, &direct, 409),
            (&eve, &id, 403),
            (&nobody, &id, 401),
            (&ada, &"99999".into(), 404),
        ] {
            let (rest, function) = (picture(actor, id, Some(&unknown)), picture_by_form(actor, id, Some(&unknown)));
            assert_eq!(compare(rest, function, "picture").await.status, status);
        }
        let bytes = STANDARD.decode(PIXEL).unwrap();
        let (filename, content_type, size) = ("cell.png", "image/png", bytes.len());
        let new = json!({ "purpose": "avatar", "filename": filename, "content_type": content_type, "size": size });
        let (upload, _) = uploads::complete(&ada, &new, &bytes).await;
        let given = answer(picture_by_form(&ada, &id, Some(&upload))).await;
        assert!(given.body["picture_url"].is_string(), "{given:?}");
        assert_eq!(answer(ada.browse(Method::GET, &format!("/api/conversations/{id}"))).await, given);
        let taken = compare(picture(&ada, &id, None), picture_by_form(&ada, &id, None), "none").await;
        assert_eq!(taken.body["picture_url"], Value::Null);
    }
}

fn picture(actor: &Actor, id: &str, upload_id: Option<&str>) -> RequestBuilder {
    actor.browse(Method::PUT, &format!("/api/conversations/{id}/picture")).json(&json!({ "upload_id": upload_id }))
}

fn picture_by_form(actor: &Actor, id: &str, upload_id: Option<&str>) -> RequestBuilder {
    let fields: Vec<(&str, &str)> =
        [("id", id)].into_iter().chain(upload_id.map(|upload| ("upload_id", upload))).collect();
    form(actor, "/fn/conversations/set_picture", &fields)
}
