//! Files in messages, and pictures of people and groups.

use crate::{
    on_both_engines,
    world::{Answer, Call, Member, World},
};
use http::StatusCode;
use serde_json::{Value, json};

/// A picture of 2 by 1 pixels that says where it was taken, in a text beside the pixels.
fn picture(comment: &str) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    // Two pixels of three bytes after the filter's byte, stored as they are.
    let (row, checksum) = ([0, 200, 100, 50, 20, 40, 60], adler(&[0, 200, 100, 50, 20, 40, 60]));
    let mut data = vec![0x78, 0x01, 0x01, 7, 0, 0xf8, 0xff];
    data.extend(row);
    data.extend(checksum.to_be_bytes());
    png.extend(chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 1, 8, 2, 0, 0, 0]));
    png.extend(chunk(b"tEXt", format!("Comment\0{comment}").as_bytes()));
    png.extend(chunk(b"IDAT", &data));
    png.extend(chunk(b"IEND", &[]));
    png
}

fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind.as_slice(), data].concat();
    let crc = body.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    let length = u32::try_from(data.len()).unwrap();
    [length.to_be_bytes().as_slice(), &body, &(!crc).to_be_bytes()].concat()
}

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

impl World {
    /// Sends a file for a purpose, and gives its upload.
    async fn uploaded(&self, who: &Member, purpose: &str, filename: &str, content_type: &str, bytes: &[u8]) -> String {
        let body =
            json!({ "purpose": purpose, "filename": filename, "content_type": content_type, "size": bytes.len() });
        let started = self.post("/api/uploads").bearer(&who.token).json(&body).send().await;
        assert_eq!(started.status, StatusCode::CREATED, "{}", started.text());
        let started = started.json();
        let mut request = reqwest::Client::new().put(started["url"].as_str().unwrap()).body(bytes.to_vec());
        for (name, value) in started["headers"].as_object().unwrap() {
            request = request.header(name, value.as_str().unwrap());
        }
        assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
        let id = started["upload_id"].as_str().unwrap().to_owned();
        let completed = self.post(&format!("/api/uploads/{id}/complete")).bearer(&who.token).send().await;
        assert_eq!(completed.status, StatusCode::OK, "{}", completed.text());
        id
    }

    /// The bytes behind an address of the app, as a browser gets them; none where there is nothing for this person.
    async fn fetched(&self, who: &Member, path: &str) -> Option<Vec<u8>> {
        let answer = self.get(path).bearer(&who.token).send().await;
        if answer.status == StatusCode::NOT_FOUND {
            return None;
        }
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
        let found = reqwest::get(answer.location()).await.unwrap();
        assert_eq!(found.status(), StatusCode::OK);
        Some(found.bytes().await.unwrap().to_vec())
    }

    async fn send_file(&self, who: &Member, body: Value) -> Answer {
        self.post("/api/messages").bearer(&who.token).json(&body).send().await
    }

    async fn media_form(&self, who: &Member, fields: &[(&str, Option<&str>, &[u8])]) -> Answer {
        self.media_call(who, fields).send().await
    }

    fn media_call(&self, who: &Member, fields: &[(&str, Option<&str>, &[u8])]) -> Call {
        let mut form = Vec::new();
        for (name, filename, content) in fields {
            let filename = filename.map(|name| {
                let kind = if name.ends_with(".pdf") { "application/pdf" } else { "image/png" };
                format!("; filename=\"{name}\"\r\nContent-Type: {kind}")
            });
            let head = format!(
                "--limit\r\nContent-Disposition: form-data; name=\"{name}\"{}\r\n\r\n",
                filename.unwrap_or_default()
            );
            form.extend(head.into_bytes());
            form.extend(*content);
            form.extend(b"\r\n");
        }
        form.extend(b"--limit--\r\n");
        let call = self.post("/api/messages/media").bearer(&who.token);
        call.body("multipart/form-data; boundary=limit", &form)
    }
}

fn media(message: &Value) -> String {
    message["attachment"]["url"].as_str().unwrap().to_owned()
}

on_both_engines!(a_file_is_sent_with_a_message_and_seen_by_those_in_the_conversation, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let upload = world.uploaded(&ada, "media", "at home.png", "image/png", &picture("52.2297 N, 21.0122 E")).await;
    let body = json!({ "conversation_id": id, "upload_id": upload, "client_id": "c-1" });
    let sent = world.send_file(&ada, body.clone()).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    let message = sent.json();
    assert_eq!((&message["content"], &message["content_html"]), (&json!(""), &json!("")));
    let attachment = &message["attachment"];
    assert_eq!((&attachment["filename"], &attachment["content_type"]), (&json!("at home.png"), &json!("image/png")));
    assert_eq!((&attachment["width"], &attachment["height"]), (&json!(2), &json!(1)));
    assert_eq!(media(&message), format!("/media/{}", attachment["object_id"].as_str().unwrap()));
    let again = world.send_file(&ada, body).await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, message.clone()), "a repeat finds its message");
    let other = json!({ "conversation_id": id, "upload_id": upload });
    world.send_file(&ada, other).await.broke(&["body", "upload_id"], "used");
    let seen = world.fetched(&bob, &media(&message)).await.unwrap();
    assert_eq!(seen, world.fetched(&ada, &media(&message)).await.unwrap());
    let holds = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(holds(&seen, b"IDAT") && !holds(&seen, b"52.2297"), "the place is not sent along");
    assert_eq!(world.fetched(&eve, &media(&message)).await, None, "an outsider gets nothing");
    let reply = json!({ "conversation_id": id, "content": "Nice", "reply_to": message["id"] });
    assert_eq!(world.send_file(&bob, reply).await.json()["reply_to"]["excerpt"], "at home.png");
    let found = world.get("/api/messages?query=home").bearer(&bob.token).send().await.json();
    assert_eq!(found[0]["id"], message["id"]);
    world.backend.run_workers_once().await.unwrap();
    let listed = world.get(&format!("/api/conversations/{id}/messages")).bearer(&bob.token).send().await.json();
    assert_eq!(listed[0]["attachment"]["object_id"], attachment["object_id"]);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let list = world.get("/api/conversations").bearer(&eve.token).send().await.json();
    assert_eq!(list, json!([]));
});

on_both_engines!(a_caption_is_text_and_what_is_no_upload_of_ones_own_is_refused, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let upload = world.uploaded(&ada, "media", "plan.pdf", "application/pdf", PDF).await;
    let with = |upload: &str, content: &str| json!({ "conversation_id": id, "upload_id": upload, "content": content });
    world.send_file(&ada, with(&upload, &"x".repeat(4_001))).await.broke(&["body", "content"], "too_long");
    world.send_file(&bob, with(&upload, "mine")).await.broke(&["body", "upload_id"], "unknown");
    world.send_file(&ada, with(&uuid::Uuid::new_v4().to_string(), "")).await.broke(&["body", "upload_id"], "unknown");
    world.send_file(&ada, with("not-a-uuid", "")).await.broke(&["body", "upload_id"], "type");
    world.send_file(&ada, json!({ "conversation_id": id })).await.broke(&["body", "content"], "missing");
    let avatar = world.uploaded(&ada, "avatar", "me.png", "image/png", &picture("")).await;
    world.send_file(&ada, with(&avatar, "")).await.broke(&["body", "upload_id"], "unknown");
    let open = json!({ "purpose": "media", "filename": "a.txt", "content_type": "text/plain", "size": 3 });
    let open = world.post("/api/uploads").bearer(&ada.token).json(&open).send().await.json();
    world.send_file(&ada, with(open["upload_id"].as_str().unwrap(), "")).await.broke(&["body", "upload_id"], "incomplete");
    assert_eq!(world.count("select count(*) from messages").await, 0);

    let sent = world.send_file(&ada, with(&upload, "**The** plan")).await.json();
    assert_eq!(sent["content_html"], "<p><strong>The</strong> plan</p>");
    let path = format!("/api/messages/{}", sent["id"]);
    let blank = world.patch(&path).bearer(&ada.token).json(&json!({ "content": " " })).send().await;
    assert_eq!((blank.status, &blank.json()["content"]), (StatusCode::OK, &json!("")));
    assert_eq!(blank.json()["attachment"], sent["attachment"]);
    let found = world.get("/api/messages?query=plan.pdf").bearer(&bob.token).send().await.json();
    assert_eq!(found[0]["id"], sent["id"], "the file's name is still found");
});

on_both_engines!(a_deleted_message_takes_its_file_along, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let upload = world.uploaded(&ada, "media", "plan.pdf", "application/pdf", PDF).await;
    let sent = world.send_file(&ada, json!({ "conversation_id": id, "upload_id": upload })).await.json();
    world.send_file(&bob, json!({ "conversation_id": id, "content": "ok", "reply_to": sent["id"] })).await;
    let deleted = world.delete(&format!("/api/messages/{}", sent["id"])).bearer(&ada.token).send().await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert_eq!(world.fetched(&ada, &media(&sent)).await, None, "out of reach at once");
    let listed = world.get(&format!("/api/conversations/{id}/messages")).bearer(&bob.token).send().await.json();
    assert_eq!((&listed[0]["deleted"], listed[0].get("attachment")), (&json!(true), None));
    assert_eq!(listed[1]["reply_to"]["excerpt"], "");
    assert_eq!(world.count("select count(*) from events where payload like '%plan.pdf%'").await, 0);
    world.clock.advance_seconds(86_400);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
});

on_both_engines!(a_file_is_found_by_its_name_however_its_letters_are_put_together, world => {
    let ada = world.member("Ada").await;
    let id = world.conversation(&ada, &[&world.member("Bob").await], None).await;
    let upload = world.uploaded(&ada, "media", "Re\u{301}sume\u{301}.pdf", "application/pdf", PDF).await;
    let sent = world.send_file(&ada, json!({ "conversation_id": id, "upload_id": upload })).await.json();
    for query in ["r%C3%A9sum%C3%A9.pdf", "RESUME"] {
        let found = world.get(&format!("/api/messages?query={query}")).bearer(&ada.token).send().await.json();
        assert_eq!(found[0]["id"], sent["id"], "{query}");
    }
});

on_both_engines!(a_file_is_sent_in_one_request, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let id = world.conversation(&ada, &[&bob], None).await.to_string();
    let (number, png) = (("conversation_id", None, id.as_bytes()), picture("somewhere"));
    let sent = world.media_form(&ada, &[("file", Some("../../x.png"), &png), number]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let message = sent.json();
    assert_eq!(message["content"].as_str(), Some(&*media(&message)));
    assert_eq!((&message["attachment"]["filename"], &message["content_html"]), (&json!("x.png"), &json!("")));
    assert!(world.fetched(&bob, &media(&message)).await.is_some());
    let listed = world.get(&format!("/api/conversations/{id}/messages")).bearer(&bob.token).send().await.json();
    assert_eq!(listed[0]["content"], message["content"]);

    let file = ("file", Some("x.png"), png.as_slice());
    world.media_form(&eve, &[number, file]).await.refused(403, "forbidden");
    world.media_form(&ada, &[("conversation_id", None, b"999"), file]).await.refused(404, "not_found");
    world.media_form(&ada, &[("conversation_id", None, b"-1"), file]).await.broke(&["body", "conversation_id"], "integer");
    world.media_form(&ada, &[number]).await.broke(&["body", "file"], "missing");
    world.media_form(&ada, &[file]).await.broke(&["body", "conversation_id"], "missing");
    world.media_form(&ada, &[number, ("file", None, &png)]).await.broke(&["body", "file"], "missing");
    world.media_form(&ada, &[number, ("file", Some("x.png"), b"")]).await.broke(&["body", "file"], "range");
    world.media_form(&ada, &[number, file, ("more", None, b"1")]).await.broke(&["body", "more"], "unknown_field");
    world.media_form(&ada, &[number, ("file", Some("x.png"), &png[..50])]).await.broke(&["body", "file"], "picture");
    let json = world.post("/api/messages/media").bearer(&ada.token).json(&json!({ "conversation_id": 1 })).send().await;
    json.refused(415, "unsupported_media_type");
    world.post("/api/messages/media").body("multipart/form-data; boundary=limit", b"").send().await.refused(401, "unauthorized");
    assert_eq!(world.count("select count(*) from messages").await, 1);
});

on_both_engines!(an_export_has_the_files_that_one_has_sent_and_no_others, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    for (who, filename) in [(&ada, "plan.pdf"), (&ada, "plan.pdf"), (&bob, "theirs.pdf")] {
        let upload = world.uploaded(who, "media", filename, "application/pdf", PDF).await;
        world.send_file(who, json!({ "conversation_id": id, "upload_id": upload })).await;
    }
    let answer = world.get("/api/me/export").bearer(&ada.token).send().await;
    assert_eq!(answer.status, StatusCode::OK);
    let count = |text: &[u8]| answer.body.windows(text.len()).filter(|window| *window == text).count();
    let folder = format!("conversations/Biology {id}");
    for path in [format!("{folder}/plan.pdf"), format!("{folder}/plan (2).pdf")] {
        // In the list of messages, before the file and in the directory at the end.
        assert_eq!(count(path.as_bytes()), 3, "{path}");
    }
    assert_eq!((count(PDF), count(b"theirs.pdf")), (2, 0), "byte for byte, and one's own only");
});

on_both_engines!(a_form_that_is_sent_again_under_its_key_sends_nothing_more, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (first, other) = (world.conversation(&ada, &[&bob], None).await, world.conversation(&ada, &[&bob], Some("Both")).await);
    let send = |conversation: i64, filename: &'static str, content: &'static [u8], key: &'static str| {
        let number = conversation.to_string();
        let fields = [("conversation_id", None, number.as_bytes()), ("file", Some(filename), content)];
        world.media_call(&ada, &fields).header("idempotency-key", key).send()
    };
    let sent = send(first, "plan.pdf", PDF, "k").await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let again = send(first, "plan.pdf", PDF, "k").await;
    assert_eq!((again.status, again.json()), (StatusCode::OK, sent.json()), "the first answer");
    assert_eq!(again.header("content-type"), "application/json");
    assert_eq!(world.count("select count(*) from messages").await, 1);
    assert_eq!(world.count("select count(*) from uploads").await, 1, "the file is not stored again");
    send(first, "plan.pdf", b"%PDF-1.4\nanother\n%%EOF\n", "k").await.refused(422, "idempotency_key_reused");
    send(first, "other.pdf", PDF, "k").await.refused(422, "idempotency_key_reused");
    send(other, "plan.pdf", PDF, "k").await.refused(422, "idempotency_key_reused");
    send(first, "plan.pdf", PDF, "a b").await.broke(&["header", "Idempotency-Key"], "length");
    assert_eq!(world.count("select count(*) from messages").await, 1);
    send(9_999, "plan.pdf", PDF, "l").await.refused(404, "not_found");
    assert_eq!(send(first, "plan.pdf", PDF, "l").await.status, StatusCode::OK, "a refusal leaves the key free");
    assert_eq!(world.count("select count(*) from messages").await, 2);
});

on_both_engines!(people_and_groups_have_pictures, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let first = world.uploaded(&ada, "avatar", "me.png", "image/png", &picture("one")).await;
    let change = |body: Value| world.patch("/api/me").bearer(&ada.token).json(&body).send();
    change(json!({ "avatar_upload_id": uuid::Uuid::new_v4() })).await.broke(&["body", "avatar_upload_id"], "unknown");
    let me = change(json!({ "avatar_upload_id": first })).await;
    assert_eq!(me.status, StatusCode::OK, "{}", me.text());
    let url = me.json()["avatar_url"].as_str().unwrap().to_owned();
    assert!(world.fetched(&eve, &url).await.is_some(), "everybody who is signed in sees it");
    let people = world.get("/api/users?query=Ada").bearer(&eve.token).send().await.json();
    assert_eq!(people[0]["avatar_url"], url);
    let id = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let seen = world.get("/api/conversations").bearer(&bob.token).send().await.json();
    assert_eq!((&seen[0]["participants"][0]["avatar_url"], &seen[0]["picture_url"]), (&json!(url), &Value::Null));

    let picture_path = format!("/api/conversations/{id}/picture");
    let group = world.uploaded(&bob, "avatar", "cell.png", "image/png", &picture("two")).await;
    let put = |who: &Member, body: Value| world.put(&picture_path).bearer(&who.token).json(&body).send();
    put(&eve, json!({ "upload_id": group })).await.refused(403, "forbidden");
    let given = put(&bob, json!({ "upload_id": group })).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text());
    let picture_url = given.json()["picture_url"].as_str().unwrap().to_owned();
    assert!(world.fetched(&ada, &picture_url).await.is_some());
    assert_eq!(world.fetched(&eve, &picture_url).await, None);
    put(&bob, json!({})).await.broke(&["body", "upload_id"], "missing");
    assert!(world.fetched(&ada, &picture_url).await.is_some(), "a field left out takes nothing away");
    let direct = world.conversation(&ada, &[&bob], None).await;
    let path = format!("/api/conversations/{direct}/picture");
    world.put(&path).bearer(&ada.token).json(&json!({ "upload_id": null })).send().await.refused(409, "conflict");

    assert_eq!(put(&ada, json!({ "upload_id": null })).await.json()["picture_url"], Value::Null);
    assert_eq!(change(json!({ "avatar_upload_id": null })).await.json()["avatar_url"], Value::Null);
    assert_eq!((world.fetched(&ada, &picture_url).await, world.fetched(&ada, &url).await), (None, None));
    world.clock.advance_seconds(86_400);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
});

on_both_engines!(who_cancels_takes_what_they_have_sent_along, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    let send = async |who: &Member, content: &str| {
        let upload = world.uploaded(who, "media", "plan.pdf", "application/pdf", PDF).await;
        world.send_file(who, json!({ "conversation_id": id, "upload_id": upload, "content": content })).await.json()
    };
    let (bare, captioned, kept) = (send(&ada, "").await, send(&ada, "The plan").await, send(&bob, "").await);
    let avatar = world.uploaded(&ada, "avatar", "me.png", "image/png", &picture("")).await;
    world.patch("/api/me").bearer(&ada.token).json(&json!({ "avatar_upload_id": avatar })).send().await;
    let cancelled = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT, "{}", cancelled.text());
    let listed = world.get(&format!("/api/conversations/{id}/messages")).bearer(&bob.token).send().await.json();
    assert_eq!((&listed[0]["deleted"], listed[0].get("attachment")), (&json!(true), None));
    assert_eq!((&listed[1]["content"], listed[1].get("attachment")), (&json!("The plan"), None));
    assert_eq!(listed[2]["attachment"], kept["attachment"]);
    for gone in [&bare, &captioned] {
        assert_eq!(world.fetched(&bob, &media(gone)).await, None);
    }
    assert!(world.fetched(&bob, &media(&kept)).await.is_some(), "the other's file stays");
    let place = id.to_string();
    let late = [("conversation_id", None, place.as_bytes()), ("file", Some("late.pdf"), PDF)];
    world.media_form(&bob, &late).await.refused(403, "forbidden");
    world.clock.advance_seconds(86_400);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept().len(), 1, "{:?}", world.store.kept());
});
