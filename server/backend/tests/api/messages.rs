//! Sending, reading, changing and finding messages.

use crate::{on_both_engines, world::Member};
use http::{Method, StatusCode};
use serde_json::{Value, json};

fn contents(messages: &Value) -> Vec<&str> {
    messages.as_array().unwrap().iter().map(|message| message["content"].as_str().unwrap()).collect()
}

on_both_engines!(a_message_is_sent_once_and_shown_whole, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let body = json!({ "conversation_id": id, "content": "**Hi** <b>x</b>", "client_id": "c-1" });
    let send = |body: &Value| world.post("/api/messages").bearer(&ada.token).json(body).send();
    let sent = send(&body).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    let message = sent.json();
    assert_eq!(message["content"], "**Hi** <b>x</b>");
    assert_eq!(message["content_html"], "<p><strong>Hi</strong> &lt;b&gt;x&lt;/b&gt;</p>");
    assert_eq!((message["sender_sub"].as_str(), message["sender_name"].as_str()), (Some(&*ada.sub), Some("Ada Example")));
    assert_eq!((&message["deleted"], &message["reactions"]), (&json!(false), &json!([])));
    assert_eq!((message.get("edited_at"), message.get("reply_to"), message.get("attachment")), (None, None, None));
    let again = send(&json!({ "conversation_id": id, "content": "another text", "client_id": "c-1" })).await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, message.clone()), "the same client id is the same message");
    let other = world.post("/api/messages").bearer(&bob.token).json(&body).send().await;
    assert_eq!(other.status, StatusCode::CREATED, "a client id is the sender's own");
    let reply = send(&json!({ "conversation_id": id, "content": "to you", "reply_to": message["id"] })).await.json();
    assert_eq!(reply["reply_to"]["id"], message["id"]);
    assert_eq!(reply["reply_to"]["excerpt"], "**Hi** <b>x</b>");
    let thread = world.get(&format!("/api/conversations/{id}/messages")).bearer(&bob.token).send().await;
    assert_eq!(thread.json(), json!([message, other.json(), reply]));
    let key = |body: &Value| world.post("/api/messages").bearer(&ada.token).header("idempotency-key", "k").json(body).send();
    let (first, second) = (key(&json!({ "conversation_id": id, "content": "once" })).await, key(&json!({ "conversation_id": id, "content": "once" })).await);
    assert_eq!((first.status, first.json()["id"].clone()), (StatusCode::CREATED, second.json()["id"].clone()));
    key(&json!({ "conversation_id": id, "content": "twice" })).await.refused(422, "idempotency_key_reused");
    assert_eq!(world.count("select count(*) from messages").await, 4);
});

on_both_engines!(what_is_no_message_is_refused_and_nothing_is_stored, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (id, other) = (world.conversation(&ada, &[&bob], None).await, world.conversation(&ada, &[&bob], Some("x")).await);
    let foreign = world.send(&ada, other, "elsewhere").await["id"].clone();
    let send = |body: Value| world.post("/api/messages").bearer(&ada.token).json(&body).send();
    for (content, rule) in [
        (json!("x".repeat(4_001)), "too_long"),
        (json!("🦉".repeat(4_001)), "too_long"),
        (json!(""), "blank"),
        (json!(" \n\t\u{200b}"), "blank"),
        (json!("a\u{0}b"), "control_character"),
        (json!(17), "type"),
        (json!(null), "type"),
    ] {
        send(json!({ "conversation_id": id, "content": content })).await.broke(&["body", "content"], rule);
    }
    let raw = |text: &str| world.post("/api/messages").bearer(&ada.token).body("application/json", text.as_bytes()).send();
    raw(&format!(r#"{{"conversation_id":{id},"content":"\ud800"}}"#)).await.refused(422, "invalid_request");
    raw("not json").await.refused(422, "invalid_request");
    world.post("/api/messages").bearer(&ada.token).body("text/plain", b"hi").send().await.refused(415, "unsupported_media_type");
    send(json!({ "conversation_id": id })).await.broke(&["body", "content"], "missing");
    send(json!({ "content": "x" })).await.broke(&["body", "conversation_id"], "missing");
    send(json!({ "conversation_id": "1", "content": "x" })).await.broke(&["body", "conversation_id"], "type");
    send(json!({ "conversation_id": 0, "content": "x" })).await.broke(&["body", "conversation_id"], "type");
    send(json!({ "conversation_id": id, "content": "x", "client_id": "a b" })).await.broke(&["body", "client_id"], "client_id");
    send(json!({ "conversation_id": id, "content": "x", "reply_to": foreign })).await.broke(&["body", "reply_to"], "unknown");
    send(json!({ "conversation_id": id, "content": "x", "reply_to": 999_999 })).await.broke(&["body", "reply_to"], "unknown");
    send(json!({ "conversation_id": 999_999, "content": "x" })).await.refused(404, "not_found");
    let eve = world.member("Eve").await;
    world.post("/api/messages").bearer(&eve.token).json(&json!({ "conversation_id": id, "content": "x" })).send().await
        .refused(403, "forbidden");
    assert_eq!(world.count("select count(*) from messages").await, 1);
    let longest = send(json!({ "conversation_id": id, "content": "🦉".repeat(4_000) })).await;
    assert_eq!(longest.status, StatusCode::CREATED);
});

on_both_engines!(a_thread_is_paged_in_both_directions_without_gap_or_overlap, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (id, other) = (world.conversation(&ada, &[&bob], None).await, world.conversation(&ada, &[&bob], Some("x")).await);
    let mut ids = Vec::new();
    for number in 0..7 {
        // The clock may go back: the order stays.
        world.clock.advance_seconds(if number == 3 { -3_600 } else { 1 });
        let message = world.send(if number % 2 == 0 { &ada } else { &bob }, id, &format!("m{number}")).await;
        ids.push(message["id"].as_i64().unwrap());
    }
    world.clock.advance_seconds(3_600);
    let foreign = world.send(&ada, other, "elsewhere").await["id"].as_i64().unwrap();
    let page = |query: &str| {
        let call = world.get(&format!("/api/conversations/{id}/messages{query}")).bearer(&bob.token);
        async move { call.send().await }
    };
    let all = page("").await.json();
    let times: Vec<&str> = all.as_array().unwrap().iter().map(|message| message["sent_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|one, next| one < next), "{times:?}");
    let newest = page("?limit=3").await;
    assert_eq!(contents(&newest.json()), ["m4", "m5", "m6"]);
    assert_eq!(newest.header("link"), format!("</api/conversations/{id}/messages?limit=3&before={}>; rel=\"prev\"", ids[4]));
    let older = page(&format!("?limit=3&before={}", ids[4])).await;
    assert_eq!(contents(&older.json()), ["m1", "m2", "m3"]);
    assert_eq!(older.header("link"), format!(
        "</api/conversations/{id}/messages?limit=3&before={}>; rel=\"prev\", </api/conversations/{id}/messages?limit=3&after={}>; rel=\"next\"",
        ids[1], ids[3]
    ));
    assert_eq!(contents(&page(&format!("?limit=3&before={}", ids[1])).await.json()), ["m0"]);
    assert_eq!(contents(&page(&format!("?limit=3&after={}", ids[4])).await.json()), ["m5", "m6"]);
    assert_eq!(contents(&page(&format!("?limit=4&around={}", ids[2])).await.json()), ["m1", "m2", "m3", "m4"]);
    assert_eq!(contents(&page(&format!("?limit=1&around={}", ids[2])).await.json()), ["m2"]);
    for (query, loc, rule) in [
        (format!("?before={foreign}"), "before", "cursor"),
        (format!("?after={foreign}"), "after", "cursor"),
        ("?around=999999".to_owned(), "around", "cursor"),
        ("?before=x".to_owned(), "before", "integer"),
        ("?before=99999999999999999999".to_owned(), "before", "integer"),
        (format!("?before={}&after={}", ids[1], ids[2]), "before", "conflict"),
        ("?limit=0".to_owned(), "limit", "integer"),
        ("?limit=101".to_owned(), "limit", "range"),
    ] {
        page(&query).await.broke(&["query", loc], rule);
    }
});

on_both_engines!(unread_is_what_others_said_after_the_position_and_only_that, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let unread = |who: &Member| {
        let call = world.get("/api/conversations").bearer(&who.token);
        async move { call.send().await.json()[0]["unread_count"].as_i64().unwrap() }
    };
    let mut messages = Vec::new();
    for number in 0..3 {
        messages.push(world.send(&ada, id, &format!("m{number}")).await["id"].as_i64().unwrap());
    }
    assert_eq!((unread(&ada).await, unread(&bob).await), (0, 3), "own messages never count");
    let read = |who: &Member, message: i64| {
        let call = world.put(&format!("/api/conversations/{id}/read")).bearer(&who.token);
        async move { call.json(&json!({ "message_id": message })).send().await }
    };
    let position = read(&bob, messages[1]).await;
    assert_eq!(position.json(), json!({ "conversation_id": id, "message_id": messages[1], "unread_count": 1 }));
    assert_eq!(read(&bob, messages[0]).await.json()["message_id"], messages[1], "never back");
    let path = format!("/api/messages/{}", messages[1]);
    world.patch(&path).bearer(&ada.token).json(&json!({ "content": "edited" })).send().await;
    world.put(&format!("{path}/reactions/%F0%9F%91%8D")).bearer(&ada.token).send().await;
    world.send(&bob, id, "mine").await;
    world.delete(&path).bearer(&ada.token).send().await;
    assert_eq!(unread(&bob).await, 1, "edits, reactions, deletions and own messages change nothing");
    let other = world.conversation(&ada, &[&bob], Some("x")).await;
    let foreign = world.send(&ada, other, "elsewhere").await["id"].as_i64().unwrap();
    for unknown in [foreign, 999_999] {
        read(&bob, unknown).await.broke(&["body", "message_id"], "unknown");
    }
    let seen = world.get(&format!("/api/conversations/{id}")).bearer(&ada.token).send().await.json();
    assert_eq!(seen["participants"][1]["read_message_id"], messages[1], "Ada sees how far Bob has read");
    let hidden = world.patch("/api/me").bearer(&bob.token).json(&json!({ "read_receipts": false })).send().await;
    assert_eq!(hidden.json()["read_receipts"], false);
    let seen = world.get(&format!("/api/conversations/{id}")).bearer(&ada.token).send().await.json();
    assert_eq!(seen["participants"][1]["read_message_id"], Value::Null);
    let own = world.get(&format!("/api/conversations/{id}")).bearer(&bob.token).send().await.json();
    assert_eq!(own["participants"][1]["read_message_id"], messages[1]);
});

on_both_engines!(only_who_wrote_it_changes_a_message_and_what_is_deleted_is_gone, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let message = world.send(&ada, id, "my secret").await;
    let path = format!("/api/messages/{}", message["id"]);
    let change = json!({ "content": "better" });
    world.patch(&path).bearer(&bob.token).json(&change).send().await.refused(403, "forbidden");
    world.delete(&path).bearer(&bob.token).send().await.refused(403, "forbidden");
    for (content, rule) in [("x".repeat(4_001), "too_long"), (" ".to_owned(), "blank")] {
        let answer = world.patch(&path).bearer(&ada.token).json(&json!({ "content": content })).send().await;
        answer.broke(&["body", "content"], rule);
    }
    let changed = world.patch(&path).bearer(&ada.token).json(&change).send().await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!((changed.json()["content"].as_str(), changed.json()["content_html"].as_str()), (Some("better"), Some("<p>better</p>")));
    assert!(changed.json()["edited_at"].is_string());
    let reply = json!({ "conversation_id": id, "content": "indeed", "reply_to": message["id"] });
    world.post("/api/messages").bearer(&bob.token).json(&reply).send().await;
    world.put(&format!("{path}/reactions/%F0%9F%8E%89")).bearer(&bob.token).send().await;
    for _ in 0..2 {
        assert_eq!(world.delete(&path).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    }
    let thread = world.get(&format!("/api/conversations/{id}/messages")).bearer(&bob.token).send().await.json();
    assert_eq!((&thread[0]["deleted"], &thread[0]["content"], &thread[0]["content_html"]), (&json!(true), &json!(""), &json!("")));
    assert_eq!(thread[0]["reactions"], json!([]));
    assert_eq!(thread[1]["reply_to"]["excerpt"], "");
    world.patch(&path).bearer(&ada.token).json(&change).send().await.refused(409, "conflict");
    world.put(&format!("{path}/reactions/%F0%9F%8E%89")).bearer(&bob.token).send().await.refused(409, "conflict");
    for trace in ["select count(*) from messages where content like '%better%' or search_text like '%better%'",
                  "select count(*) from events where payload like '%better%' or payload like '%secret%'",
                  "select count(*) from reactions"] {
        assert_eq!(world.count(trace).await, 0, "{trace}");
    }
});

on_both_engines!(reactions_are_one_each_and_only_emoji, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let path = format!("/api/messages/{}/reactions", world.send(&ada, id, "done").await["id"]);
    let react = |who: &Member, method: Method, emoji: &str| {
        let call = world.call(method, &format!("{path}/{emoji}")).bearer(&who.token);
        async move { call.send().await }
    };
    for who in [&bob, &ada, &bob] {
        assert_eq!(react(who, Method::PUT, "%F0%9F%91%8D").await.status, StatusCode::OK);
    }
    let both = react(&ada, Method::PUT, "%E2%9D%A4%EF%B8%8F").await.json()["reactions"].clone();
    assert_eq!(both, json!([{ "emoji": "👍", "subs": [bob.sub, ada.sub] }, { "emoji": "❤️", "subs": [ada.sub] }]));
    let rest = react(&bob, Method::DELETE, "%F0%9F%91%8D").await.json()["reactions"].clone();
    assert_eq!(rest[0], json!({ "emoji": "👍", "subs": [ada.sub] }));
    assert_eq!(react(&bob, Method::DELETE, "%F0%9F%91%8D").await.status, StatusCode::OK, "again changes nothing");
    for bad in ["x", "%3Cscript%3E", "%F0%9F%91%8D%F0%9F%91%8D", "%20", "%FF"] {
        assert_eq!(react(&bob, Method::PUT, bad).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    assert_eq!(world.count("select count(*) from reactions").await, 2);
});

on_both_engines!(search_finds_parts_of_words_in_any_language_and_nothing_of_others, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (id, other) = (world.conversation(&ada, &[&bob], None).await, world.conversation(&ada, &[&bob], Some("x")).await);
    world.conversation(&bob, &[&eve], None).await;
    for content in ["Die Photosynthesegleichung", "光合作用发生在叶绿体中", "光合成は葉緑体で", "100% of _x_", "Zażółć GĘŚLĄ"] {
        world.send(&ada, id, content).await;
    }
    world.send(&bob, other, "photosynthesis elsewhere").await;
    let search = |who: &Member, query: &str| {
        let call = world.get(&format!("/api/messages?{query}")).bearer(&who.token);
        async move { call.send().await }
    };
    for (query, found) in [
        ("query=synthese", vec!["Die Photosynthesegleichung"]),
        ("query=PHOTO", vec!["photosynthesis elsewhere", "Die Photosynthesegleichung"]),
        ("query=gleichung%20die", vec!["Die Photosynthesegleichung"]),
        ("query=%E5%8F%B6%E7%BB%BF", vec!["光合作用发生在叶绿体中"]),
        ("query=%E5%85%89%E5%90%88", vec!["光合成は葉緑体で", "光合作用发生在叶绿体中"]),
        ("query=g%C4%99%C5%9Bl%C4%85", vec!["Zażółć GĘŚLĄ"]),
        ("query=%25", vec!["100% of _x_"]),
        ("query=_x", vec!["100% of _x_"]),
        ("query=nothing", vec![]),
    ] {
        let answer = search(&bob, query).await;
        assert_eq!(contents(&answer.json()), found, "{query}");
        assert_eq!(search(&eve, query).await.json(), json!([]), "{query}: nobody else's");
    }
    let one = search(&bob, &format!("query=photo&conversation_id={other}")).await;
    assert_eq!(contents(&one.json()), ["photosynthesis elsewhere"]);
    let first = search(&bob, "query=photo&limit=1").await;
    let link = first.header("link").to_owned();
    let next = link.strip_prefix("</api/messages?").unwrap().strip_suffix(">; rel=\"prev\"").unwrap();
    assert_eq!(contents(&search(&bob, next).await.json()), ["Die Photosynthesegleichung"]);
    search(&eve, &format!("query=photo&conversation_id={id}")).await.refused(403, "forbidden");
    search(&eve, "query=photo&conversation_id=999999").await.refused(404, "not_found");
    search(&eve, "query=%20").await.broke(&["query", "query"], "blank");
    search(&eve, "").await.broke(&["query", "query"], "missing");
    search(&eve, "query=x&after=foo").await.broke(&["query", "after"], "cursor");
    search(&eve, "query=x&conversation_id=x").await.broke(&["query", "conversation_id"], "integer");
});

on_both_engines!(nothing_is_written_where_everybody_else_has_cancelled, world => {
    let (ada, bob, cyd) = (world.member("Ada").await, world.member("Bob").await, world.member("Cyd").await);
    let (direct, group) = (world.conversation(&ada, &[&bob], None).await, world.conversation(&ada, &[&bob], Some("x")).await);
    let other = world.conversation(&ada, &[&cyd], None).await;
    let send = |body: Value| world.post("/api/messages").bearer(&ada.token).json(&body).send();
    let first = json!({ "conversation_id": direct, "content": "before", "client_id": "c-1" });
    let sent = send(first.clone()).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    let cancelled = world.delete("/api/me").bearer(&bob.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT, "{}", cancelled.text());

    let refused = send(json!({ "conversation_id": direct, "content": "too late", "client_id": "c-2" })).await;
    refused.refused(403, "forbidden");
    assert!(refused.text().contains("Nobody is left here to write to"), "{}", refused.text());
    let reply = json!({ "conversation_id": direct, "content": "too late", "reply_to": sent.json()["id"] });
    send(reply).await.refused(403, "forbidden");
    let again = send(first).await;
    assert_eq!((again.status, &again.json()["id"]), (StatusCode::OK, &sent.json()["id"]), "it was sent in time");
    world.send(&ada, group, "alone in a group, which others may join").await;
    world.send(&ada, other, "somebody is there").await;
    assert_eq!(world.count("select count(*) from messages").await, 3);
    let seen = world.get(&format!("/api/conversations/{direct}")).bearer(&ada.token).send().await.json();
    assert_eq!(seen["last_activity_at"], seen["last_message"]["sent_at"], "what was refused leaves no trace: {seen}");
});
