//! Conversations and who is in them.

use crate::{on_both_engines, provider::Person, world::Member};
use domain::{accounts::RegistrationClaims, id::Sub};
use http::{Method, StatusCode};
use serde_json::{Value, json};

fn subs(conversation: &Value) -> Vec<&str> {
    let participants = conversation["participants"].as_array().unwrap();
    participants.iter().map(|person| person["sub"].as_str().unwrap()).collect()
}

on_both_engines!(two_people_have_one_conversation_whoever_begins, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let start = |who: &Member, other: &Member| {
        world.post("/api/conversations").bearer(&who.token).json(&json!({ "participant_subs": [other.sub] })).send()
    };
    let first = start(&ada, &bob).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let conversation = first.json();
    assert_eq!(conversation["kind"], "direct");
    assert_eq!(conversation["title"], Value::Null);
    assert_eq!(subs(&conversation), [ada.sub.as_str(), bob.sub.as_str()]);
    assert_eq!(conversation["unread_count"], 0);
    assert_eq!(conversation["last_message"], Value::Null);
    for (who, other) in [(&ada, &bob), (&bob, &ada)] {
        let again = start(who, other).await;
        assert_eq!((again.status, again.json()["id"].clone()), (StatusCode::OK, conversation["id"].clone()));
    }
    let own = json!({ "participant_subs": [bob.sub, ada.sub, bob.sub], "title": " " });
    let again = world.post("/api/conversations").bearer(&ada.token).json(&own).send().await;
    assert_eq!(again.status, StatusCode::OK, "oneself, a repetition and a blank title change nothing");
    assert_eq!(world.count("select count(*) from conversations").await, 1);
    let list = world.get("/api/conversations").bearer(&bob.token).send().await;
    assert_eq!(list.json().as_array().unwrap().len(), 1);
});

on_both_engines!(what_cannot_be_started_is_named_and_nothing_is_stored, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let start = |body: Value| world.post("/api/conversations").bearer(&ada.token).json(&body).send();
    start(json!({})).await.broke(&["body", "participant_subs"], "missing");
    start(json!({ "participant_subs": [] })).await.broke(&["body", "participant_subs"], "missing");
    start(json!({ "participant_subs": [ada.sub] })).await.broke(&["body", "participant_subs"], "missing");
    start(json!({ "participant_subs": [bob.sub, "nobody"] })).await.broke(&["body", "participant_subs", "1"], "unknown");
    start(json!({ "participant_subs": [bob.sub, "żółw \u{1f989}"] })).await.broke(&["body", "participant_subs", "1"], "unknown");
    start(json!({ "participant_subs": bob.sub })).await.broke(&["body", "participant_subs"], "type");
    start(json!({ "participant_subs": [bob.sub], "title": "x".repeat(201) })).await.broke(&["body", "title"], "too_long");
    start(json!({ "participant_subs": [bob.sub], "title": "a\nb" })).await.broke(&["body", "title"], "control_character");
    start(json!({ "participant_subs": vec![bob.sub.clone(); 1_000] })).await.broke(&["body", "participant_subs"], "too_many");
    assert_eq!(world.count("select count(*) from conversations").await, 0);
    assert_eq!(world.count("select count(*) from events").await, 0);
});

on_both_engines!(a_repeat_under_the_same_key_starts_no_second_group, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let body = json!({ "participant_subs": [bob.sub], "title": "Biology" });
    let start = || world.post("/api/conversations").bearer(&ada.token).header("idempotency-key", "k1").json(&body).send();
    let (first, again) = (start().await, start().await);
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(first.json()["kind"], "group", "a title makes a group of two");
    assert_eq!(world.count("select count(*) from conversations").await, 1);
});

on_both_engines!(every_call_refuses_in_the_order_of_the_contract, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let message = world.send(&ada, id, "Hello").await["id"].as_i64().unwrap();
    let calls = |id: &str, message: &str| vec![
        (Method::GET, format!("/api/conversations/{id}"), Value::Null),
        (Method::PATCH, format!("/api/conversations/{id}"), json!({ "title": "x" })),
        (Method::GET, format!("/api/conversations/{id}/messages"), Value::Null),
        (Method::POST, format!("/api/conversations/{id}/participants"), json!({ "participant_subs": [eve.sub] })),
        (Method::DELETE, format!("/api/conversations/{id}/participants/{}", bob.sub), Value::Null),
        (Method::PUT, format!("/api/conversations/{id}/read"), json!({ "message_id": 1 })),
        (Method::PUT, format!("/api/conversations/{id}/mute"), json!({ "muted": true })),
        (Method::PUT, format!("/api/conversations/{id}/typing"), Value::Null),
        (Method::PATCH, format!("/api/messages/{message}"), json!({ "content": "x" })),
        (Method::DELETE, format!("/api/messages/{message}"), Value::Null),
        (Method::PUT, format!("/api/messages/{message}/reactions/%F0%9F%91%8D"), Value::Null),
        (Method::DELETE, format!("/api/messages/{message}/reactions/%F0%9F%91%8D"), Value::Null),
    ];
    let send = |token: Option<&str>, (method, path, body): (Method, String, Value)| {
        let call = world.call(method, &path);
        let call = match token { Some(token) => call.bearer(token), None => call };
        let call = if body.is_null() { call } else { call.json(&body) };
        async move { (path, call.send().await) }
    };
    for call in calls("x", "x") {
        send(None, call).await.1.refused(401, "unauthorized");
    }
    for bad in ["x", "0", "-1", "+1", "1.0", "9223372036854775808", "%20"] {
        for call in calls(bad, bad) {
            send(Some(&eve.token), call).await.1.refused(422, "validation_failed");
        }
    }
    for call in calls("9223372036854775807", "9223372036854775807") {
        send(Some(&eve.token), call).await.1.refused(404, "not_found");
    }
    for call in calls(&id.to_string(), &message.to_string()) {
        send(Some(&eve.token), call).await.1.refused(403, "forbidden");
    }
    for (method, path, wrong) in [
        (Method::PATCH, "/api/conversations/999999", json!({ "title": "x".repeat(201) })),
        (Method::POST, "/api/conversations/999999/participants", json!({ "participant_subs": [] })),
        (Method::PUT, "/api/conversations/999999/read", json!({ "message_id": "1" })),
        (Method::PUT, "/api/conversations/999999/mute", json!({ "muted": 1 })),
        (Method::PATCH, "/api/messages/999999", json!({ "content": " " })),
        (Method::POST, "/api/messages", json!({ "conversation_id": 999_999, "content": " " })),
        (Method::POST, "/api/messages", json!({ "conversation_id": 0, "content": "x" })),
    ] {
        let answer = send(Some(&eve.token), (method, path.to_owned(), wrong)).await.1;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: the body's form comes before 404");
    }
    let unchanged = world.get(&format!("/api/conversations/{id}")).bearer(&bob.token).send().await.json();
    assert_eq!((unchanged["title"].as_str(), unchanged["unread_count"].as_i64()), (Some("Biology"), Some(1)));
    assert_eq!(unchanged["last_message"]["content"], "Hello");
    assert_eq!(subs(&unchanged), [ada.sub.as_str(), bob.sub.as_str()]);
});

on_both_engines!(any_member_adds_the_creator_removes_anyone_leaves, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (cyd, dan) = (world.member("Cyd").await, world.member("Dan").await);
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    world.send(&ada, id, "before Cyd came").await;
    let path = format!("/api/conversations/{id}");
    let added = world.post(&format!("{path}/participants")).bearer(&bob.token)
        .json(&json!({ "participant_subs": [cyd.sub, dan.sub, ada.sub] })).send().await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text());
    assert_eq!(subs(&added.json()), [&ada.sub, &bob.sub, &cyd.sub, &dan.sub].map(String::as_str));
    let seen = world.get(&path).bearer(&cyd.token).send().await.json();
    assert_eq!(seen["unread_count"], 0, "what was said before counts as read");
    let thread = world.get(&format!("{path}/messages")).bearer(&cyd.token).send().await.json();
    assert_eq!(thread[0]["content"], "before Cyd came");
    let remove = |who: &Member, whom: &Member| {
        world.delete(&format!("{path}/participants/{}", whom.sub)).bearer(&who.token).send()
    };
    remove(&bob, &cyd).await.refused(403, "forbidden");
    assert_eq!(remove(&ada, &cyd).await.status, StatusCode::NO_CONTENT);
    remove(&ada, &cyd).await.refused(404, "not_found");
    world.get(&path).bearer(&cyd.token).send().await.refused(403, "forbidden");
    assert_eq!(world.get("/api/conversations").bearer(&cyd.token).send().await.json(), json!([]));
    assert_eq!(remove(&ada, &ada).await.status, StatusCode::NO_CONTENT, "the creator leaves");
    let left = world.get(&path).bearer(&bob.token).send().await.json();
    assert_eq!(left["creator_sub"], bob.sub.as_str(), "the longest-standing member is next");
    assert_eq!(left["last_message"]["sender_sub"], ada.sub.as_str(), "what they wrote stays");
    assert_eq!(remove(&bob, &dan).await.status, StatusCode::NO_CONTENT);
    assert_eq!(remove(&bob, &bob).await.status, StatusCode::NO_CONTENT);
    world.get(&path).bearer(&bob.token).send().await.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from messages").await, 0, "the last one takes all along");
});

on_both_engines!(a_direct_conversation_is_fixed, world => {
    let (ada, bob, cyd) = (world.member("Ada").await, world.member("Bob").await, world.member("Cyd").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let path = format!("/api/conversations/{id}");
    let add = json!({ "participant_subs": [cyd.sub] });
    world.post(&format!("{path}/participants")).bearer(&ada.token).json(&add).send().await.refused(409, "conflict");
    for sub in [&ada.sub, &bob.sub, &cyd.sub] {
        let remove = world.delete(&format!("{path}/participants/{sub}")).bearer(&ada.token);
        remove.send().await.refused(409, "conflict");
    }
    let rename = world.patch(&path).bearer(&ada.token).json(&json!({ "title": "Us" }));
    rename.send().await.refused(409, "conflict");
    let same = world.get(&path).bearer(&bob.token).send().await.json();
    assert_eq!((subs(&same).len(), &same["title"]), (2, &Value::Null));
});

on_both_engines!(a_group_is_renamed_and_muted_each_for_whom_it_concerns, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let path = format!("/api/conversations/{id}");
    let hostile = "</title><script>alert(1)</script>";
    let renamed = world.patch(&path).bearer(&bob.token).json(&json!({ "title": hostile })).send().await;
    assert_eq!((renamed.status, renamed.json()["title"].as_str()), (StatusCode::OK, Some(hostile)));
    world.patch(&path).bearer(&bob.token).json(&json!({})).send().await.broke(&["body", "title"], "missing");
    assert_eq!(world.get(&path).bearer(&bob.token).send().await.json()["title"], hostile);
    let muted = world.put(&format!("{path}/mute")).bearer(&ada.token).json(&json!({ "muted": true })).send().await;
    assert_eq!(muted.status, StatusCode::NO_CONTENT);
    assert_eq!(world.get(&path).bearer(&ada.token).send().await.json()["muted"], true);
    assert_eq!(world.get(&path).bearer(&bob.token).send().await.json()["muted"], false);
    let untitled = world.patch(&path).bearer(&bob.token).json(&json!({ "title": null })).send().await;
    assert_eq!(untitled.json()["title"], Value::Null);
});

on_both_engines!(the_list_stands_by_last_activity_and_is_paged_and_searched, world => {
    let ada = world.member("Ada").await;
    let mut ids = Vec::new();
    for name in ["Bob", "Cyd", "Żaneta"] {
        let other = world.member(name).await;
        ids.push(world.conversation(&ada, &[&other], None).await);
    }
    world.send(&ada, ids[0], "newest").await;
    let list = |query: &str| {
        let path = format!("/api/conversations{query}");
        let call = world.get(&path).bearer(&ada.token);
        async move { call.send().await }
    };
    let shown = |answer: &Value| -> Vec<i64> {
        answer.as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
    };
    let all = list("").await;
    assert_eq!(shown(&all.json()), [ids[0], ids[2], ids[1]]);
    assert_eq!(all.header("link"), "");
    assert!(all.header("lyceum-cursor").parse::<i64>().unwrap() >= 4);
    let first = list("?limit=2").await;
    assert_eq!(shown(&first.json()), [ids[0], ids[2]]);
    let link = first.header("link").to_owned();
    let next = link.strip_prefix("</api/conversations").unwrap().strip_suffix(">; rel=\"next\"").unwrap();
    let second = list(next).await;
    assert_eq!((shown(&second.json()), second.header("link")), (vec![ids[1]], ""));
    assert_eq!(shown(&list("?query=%C5%BCane").await.json()), [ids[2]]);
    assert_eq!(shown(&list("?query=ada").await.json()), [0_i64; 0], "one's own name finds nothing");
    for (query, loc, rule) in [
        ("?limit=0", "limit", "integer"),
        ("?limit=101", "limit", "range"),
        ("?limit=x", "limit", "integer"),
        ("?before=17", "before", "cursor"),
        ("?before=x-1", "before", "cursor"),
        ("?after=foo", "after", "cursor"),
        ("?limit=1&limit=2", "limit", "repeated"),
    ] {
        list(query).await.broke(&["query", loc], rule);
    }
});

on_both_engines!(what_is_unread_beyond_the_first_page_is_in_the_total, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (mut ids, mut messages) = (Vec::new(), Vec::new());
    for number in 0..53 {
        let id = world.conversation(&bob, &[&ada], Some(&number.to_string())).await;
        messages.push(world.send(&bob, id, "unread").await["id"].clone());
        ids.push(id);
    }
    let list = |query: &str| {
        let call = world.get(&format!("/api/conversations{query}")).bearer(&ada.token);
        async move { call.send().await }
    };
    let first = list("").await;
    assert_eq!((first.json().as_array().unwrap().len(), first.header("lyceum-unread")), (50, "53"));
    assert_eq!(list("?limit=100").await.header("lyceum-unread"), "53");
    let link = first.header("link").to_owned();
    let next = link.strip_prefix("</api/conversations").unwrap().strip_suffix(">; rel=\"next\"").unwrap();
    assert_eq!(list(next).await.header("lyceum-unread"), "", "told at the beginning of the whole list only");
    assert_eq!(list("?query=5").await.header("lyceum-unread"), "");
    let put = |at: usize, what: &str, body: Value| {
        world.put(&format!("/api/conversations/{}/{what}", ids[at])).bearer(&ada.token).json(&body).send()
    };
    put(0, "mute", json!({ "muted": true })).await;
    put(1, "read", json!({ "message_id": messages[1] })).await;
    world.delete(&format!("/api/messages/{}", messages[2])).bearer(&bob.token).send().await;
    assert_eq!(list("").await.header("lyceum-unread"), "50", "muted, read and taken back");
    world.send(&ada, ids[2], "mine").await;
    assert_eq!(list("").await.header("lyceum-unread"), "50", "own words never count");
});

on_both_engines!(who_cancels_leaves_groups_and_keeps_their_words_under_no_name, world => {
    let (ada, bob, cyd) = (world.member("Ada").await, world.member("Bob").await, world.member("Cyd").await);
    let group = world.conversation(&ada, &[&bob, &cyd], Some("Biology")).await;
    let direct = world.conversation(&ada, &[&bob], None).await;
    for id in [group, direct] {
        world.send(&ada, id, "I was here").await;
    }
    let cancelled = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT, "{}", cancelled.text());
    for (id, people) in [(group, 2), (direct, 2)] {
        let seen = world.get(&format!("/api/conversations/{id}")).bearer(&bob.token).send().await.json();
        assert_eq!(subs(&seen).len(), people);
        assert_eq!(seen["last_message"]["sender_name"], "Deleted user");
        assert_eq!(seen["last_message"]["content"], "I was here");
        assert!(!seen.to_string().contains("Ada"), "{seen}");
        let gone = seen["participants"].as_array().unwrap().iter().filter(|one| one["deleted"] == true).count();
        assert_eq!(gone, usize::from(id == direct), "{seen}");
    }
    let seen = world.get(&format!("/api/conversations/{group}")).bearer(&bob.token).send().await.json();
    assert_eq!(seen["creator_sub"], bob.sub.as_str());
    let again = json!({ "participant_subs": [ada.sub] });
    let again = world.post("/api/conversations").bearer(&cyd.token).json(&again).send().await;
    again.broke(&["body", "participant_subs", "0"], "unknown");
});

on_both_engines!(the_demo_group_has_talked_once, world => {
    let people = [Person::new("Amara", "Okafor"), Person::new("Jan", "Kowalski"), Person::new("Mei", "Tanaka")];
    let claims = || people.iter().map(|person| RegistrationClaims {
        sub: Sub::parse(person.sub.clone()).unwrap(),
        email: person.attributes["email"].as_str().map(str::to_owned),
        given_name: person.attributes["given_name"].as_str().map(str::to_owned),
        family_name: person.attributes["family_name"].as_str().map(str::to_owned),
    }).collect();
    for _ in 0..2 {
        world.backend.make_demo(claims()).await.unwrap();
    }
    let token = world.provider.id_token(&people[0]);
    let list = world.get("/api/conversations").bearer(&token).send().await.json();
    assert_eq!(list.as_array().unwrap().len(), 2, "not twice: {list}");
    assert_eq!((list[0]["kind"].as_str(), list[0]["unread_count"].as_i64()), (Some("direct"), Some(1)));
    assert_eq!((list[1]["kind"].as_str(), list[1]["unread_count"].as_i64()), (Some("group"), Some(1)));
    let thread = world.get(&format!("/api/conversations/{}/messages", list[1]["id"])).bearer(&token).send().await.json();
    assert_eq!(thread.as_array().unwrap().len(), 16);
    assert_eq!(thread[4]["reactions"][0]["subs"].as_array().unwrap().len(), 2);
    assert_eq!(thread[3]["reply_to"]["id"], thread[2]["id"]);
});
