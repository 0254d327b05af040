//! Albums and with whom they are shared.

use crate::{
    gallery::{each, id, next},
    on_both_engines,
    world::Member,
};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

on_both_engines!(an_album_is_made_changed_and_found, world => {
    let ada = world.member("Ada").await;
    let make = |body: Value| world.post("/api/albums").bearer(&ada.token).json(&body).send();
    make(json!({})).await.broke(&["body", "title"], "missing");
    make(json!({ "title": " " })).await.broke(&["body", "title"], "blank");
    make(json!({ "title": "x".repeat(201) })).await.broke(&["body", "title"], "too_long");
    make(json!({ "title": "a", "description": "x".repeat(4_001) })).await.broke(&["body", "description"], "too_long");
    make(json!({ "title": "a", "colour": "red" })).await.broke(&["body", "colour"], "unknown_field");
    let made = make(json!({ "title": "Wycieczka do Łodzi", "description": "Spring\n2026" })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let album = made.json();
    assert_eq!(album["role"], "owner");
    assert_eq!(album["owner"]["sub"], ada.sub);
    assert_eq!((&album["photo_count"], &album["cover"]), (&json!(0), &Value::Null));
    assert_eq!((&album["members"], &album["conversations"]), (&json!([]), &json!([])));
    let path = format!("/api/albums/{}", id(&album));
    assert_eq!(world.see(&ada, &path).await, album);
    world.album(&ada, "Anatomy").await;
    for (query, titles) in [
        ("lodzi", vec!["Wycieczka do Łodzi"]),
        ("%C5%81ODZI%20spring", vec!["Wycieczka do Łodzi"]),
        ("lodzi%20winter", vec![]),
        ("a", vec!["Anatomy", "Wycieczka do Łodzi"]),
        ("100%25", vec![]),
        ("", vec!["Anatomy", "Wycieczka do Łodzi"]),
    ] {
        assert_eq!(each(&world.see(&ada, &format!("/api/albums?query={query}")).await, "title"), titles, "{query}");
    }
    let change = |body: Value| world.patch(&path).bearer(&ada.token).json(&body).send();
    change(json!({ "title": "a\nb" })).await.broke(&["body", "title"], "control_character");
    change(json!({ "title": null })).await.broke(&["body", "title"], "type");
    change(json!({})).await.broke(&["body", "title"], "missing");
    change(json!({ "cover_photo_id": Uuid::new_v4() })).await.broke(&["body", "cover_photo_id"], "unknown");
    let changed = change(json!({ "title": "Kraków" })).await.json();
    assert_eq!((&changed["title"], &changed["description"]), (&json!("Kraków"), &json!("Spring\n2026")));
    assert!(changed["updated_at"].as_str() > album["updated_at"].as_str());
    assert_eq!(each(&world.see(&ada, "/api/albums").await, "title"), ["Kraków", "Anatomy"], "last changed first");
    assert_eq!(each(&world.see(&ada, "/api/albums?query=krakow").await, "title"), ["Kraków"]);
});

on_both_engines!(a_list_goes_on_where_its_link_leads, world => {
    let ada = world.member("Ada").await;
    for number in 0..5 {
        world.album(&ada, &format!("Album {number}")).await;
    }
    let (mut path, mut seen) = (Some("/api/albums?limit=2&query=album".to_owned()), Vec::new());
    while let Some(address) = path {
        let answer = world.get(&address).bearer(&ada.token).send().await;
        seen.extend(each(&answer.json(), "title").into_iter().map(str::to_owned));
        path = next(answer.header("link"));
    }
    assert_eq!(seen, ["Album 4", "Album 3", "Album 2", "Album 1", "Album 0"]);
    let first = world.get("/api/albums?limit=2").bearer(&ada.token).send().await;
    let cursor = next(first.header("link")).unwrap().split("after=").nth(1).unwrap().to_owned();
    let refused = |path: String| world.get(&path).bearer(&ada.token).send();
    refused(format!("/api/photos?after={cursor}")).await.broke(&["query", "after"], "cursor");
    refused("/api/albums?after=x".into()).await.broke(&["query", "after"], "cursor");
    refused(format!("/api/albums?before={cursor}")).await.broke(&["query", "before"], "cursor");
    refused("/api/photos?before=!!!".into()).await.broke(&["query", "before"], "cursor");
    refused("/api/albums?limit=101".into()).await.broke(&["query", "limit"], "range");
    refused(format!("/api/albums?query={}", "x".repeat(201))).await.broke(&["query", "query"], "too_long");
});

on_both_engines!(a_repeat_under_the_same_key_makes_no_second_album, world => {
    let ada = world.member("Ada").await;
    let make = |title: &str| {
        let body = json!({ "title": title });
        world.post("/api/albums").bearer(&ada.token).header("idempotency-key", "k").json(&body).send()
    };
    let (first, again) = (make("One").await, make("One").await);
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    make("Two").await.refused(422, "idempotency_key_reused");
    assert_eq!(world.count("select count(*) from albums").await, 1);
});

on_both_engines!(an_album_is_shared_with_a_person_until_somebody_ends_it, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let album = world.album(&ada, "Anatomy").await;
    let (path, members) = (format!("/api/albums/{album}"), format!("/api/albums/{album}/members"));
    let share = |body: Value| world.post(&members).bearer(&ada.token).json(&body).send();
    share(json!({ "sub": "nobody", "role": "viewer" })).await.broke(&["body", "sub"], "unknown");
    share(json!({ "sub": ada.sub, "role": "viewer" })).await.broke(&["body", "sub"], "owner");
    share(json!({ "sub": bob.sub, "role": "owner" })).await.broke(&["body", "role"], "owner");
    share(json!({ "sub": bob.sub, "role": "boss" })).await.broke(&["body", "role"], "type");
    share(json!({ "sub": bob.sub, "conversation_id": 1, "role": "viewer" })).await.broke(&["body", "sub"], "ambiguous");
    share(json!({ "role": "viewer" })).await.broke(&["body", "sub"], "missing");
    share(json!({ "conversation_id": 77, "role": "viewer" })).await.broke(&["body", "conversation_id"], "unknown");
    assert_eq!(world.status(&bob, &path).await, 404);
    world.share(&ada, &album, &bob, "viewer").await;
    let seen = world.see(&bob, &path).await;
    assert_eq!(seen["role"], "viewer");
    assert_eq!(each(&seen["members"], "sub"), [bob.sub.as_str()]);
    world.share(&ada, &album, &bob, "editor").await;
    world.share(&ada, &album, &eve, "viewer").await;
    assert_eq!(world.see(&bob, &path).await["role"], "editor");
    assert_eq!(each(&world.see(&bob, "/api/albums").await, "title"), ["Anatomy"]);
    let end = |who: &Member, sub: &str| world.delete(&format!("{members}/{sub}")).bearer(&who.token).send();
    end(&bob, &eve.sub).await.refused(403, "forbidden");
    end(&bob, "nobody").await.refused(404, "not_found");
    end(&bob, "a%00b").await.refused(404, "not_found");
    end(&ada, &ada.sub).await.refused(409, "conflict");
    assert_eq!(end(&bob, &bob.sub).await.status, StatusCode::NO_CONTENT, "everybody leaves by themselves");
    assert_eq!(world.status(&bob, &path).await, 404);
    assert_eq!(end(&ada, &eve.sub).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.see(&ada, &path).await["members"], json!([]));
});

on_both_engines!(an_album_is_shared_with_whoever_is_in_a_conversation, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let album = world.album(&ada, "Anatomy").await;
    let path = format!("/api/albums/{album}");
    let group = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let talk = world.conversation(&ada, &[&bob], None).await;
    let others = world.conversation(&bob, &[&eve], None).await;
    let share = |conversation: i64, role: &str| {
        let body = json!({ "conversation_id": conversation, "role": role });
        world.post(&format!("{path}/members")).bearer(&ada.token).json(&body).send()
    };
    share(others, "viewer").await.broke(&["body", "conversation_id"], "unknown");
    share(talk, "viewer").await;
    assert_eq!(world.see(&bob, &path).await["role"], "viewer");
    let shared = share(group, "editor").await.json();
    assert_eq!(each(&shared["conversations"], "title"), ["Bob Example", "Biology"]);
    assert_eq!(world.see(&bob, &path).await["role"], "editor", "the more that one may, of all ways");
    assert_eq!(world.status(&eve, &path).await, 404);
    let add = json!({ "participant_subs": [eve.sub] });
    world.post(&format!("/api/conversations/{group}/participants")).bearer(&bob.token).json(&add).send().await;
    let seen = world.see(&eve, &path).await;
    assert_eq!(seen["conversations"][0], json!({ "conversation_id": talk, "title": null, "role": "viewer" }));
    assert_eq!(seen["conversations"][1]["title"], "Biology");
    let leave = |who: &Member, sub: &str| world.delete(&format!("{path}/members/{sub}")).bearer(&who.token).send();
    let through = leave(&eve, &eve.sub).await;
    through.refused(409, "conflict");
    assert!(through.json()["detail"].as_str().unwrap().contains("that you are in: Biology. Leave the conversation"));
    let both = leave(&bob, &bob.sub).await.json();
    assert!(both["detail"].as_str().unwrap().contains("that you are in: Ada Example; Biology."), "{both}");
    leave(&eve, &bob.sub).await.refused(404, "not_found");
    world.delete(&format!("/api/conversations/{group}/participants/{}", eve.sub)).bearer(&eve.token).send().await;
    assert_eq!(world.status(&eve, &path).await, 404, "who leaves the conversation leaves the album");
    let end = |who: &Member, conversation: &str| {
        world.delete(&format!("{path}/conversations/{conversation}")).bearer(&who.token).send()
    };
    end(&bob, &group.to_string()).await.refused(403, "forbidden");
    end(&ada, &others.to_string()).await.refused(404, "not_found");
    end(&ada, "x").await.broke(&["path", "conversation_id"], "integer");
    for conversation in [group, talk] {
        assert_eq!(end(&ada, &conversation.to_string()).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(world.status(&bob, &path).await, 404);
});

on_both_engines!(everybody_may_what_their_role_allows_and_nothing_else, world => {
    let (owner, editor, viewer) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (talker, outsider) = (world.member("Tom").await, world.member("Mallory").await);
    let album = world.album(&owner, "Anatomy").await;
    world.share(&owner, &album, &editor, "editor").await;
    world.share(&owner, &album, &viewer, "viewer").await;
    let talk = world.conversation(&owner, &[&talker], None).await;
    let body = json!({ "conversation_id": talk, "role": "viewer" });
    world.post(&format!("/api/albums/{album}/members")).bearer(&owner.token).json(&body).send().await;
    let p = world.photo(&owner, &album, 1, json!({})).await;
    let q = world.photo(&editor, &album, 2, json!({})).await;
    let (media, p, q) = (p["url"].as_str().unwrap().to_owned(), id(&p).to_owned(), id(&q).to_owned());
    let (a, one) = (format!("/api/albums/{album}"), format!("/api/photos/{p}"));
    let (get, post, patch, delete) = (Method::GET, Method::POST, Method::PATCH, Method::DELETE);
    let seen = [200, 200, 200, 200, 404];
    let owned = [200, 403, 403, 403, 404];
    let lost = [204, 403, 403, 403, 404];
    let table = [
        (&get, a.clone(), Value::Null, seen),
        (&get, format!("{a}/photos"), Value::Null, seen),
        (&get, format!("{a}/tiles"), Value::Null, seen),
        (&get, format!("{a}/download"), Value::Null, seen),
        (&get, one.clone(), Value::Null, seen),
        (&get, format!("/api/photos/download?ids={p},{q}"), Value::Null, seen),
        (&post, "/api/photos/download".into(), json!({ "ids": [p, q] }), seen),
        (&get, media, Value::Null, [302, 302, 302, 302, 404]),
        (&patch, a.clone(), json!({ "title": "Cells" }), owned),
        (&post, format!("{a}/restore"), Value::Null, owned),
        (&post, format!("{a}/members"), json!({ "sub": "nobody", "role": "viewer" }), [422, 403, 403, 403, 404]),
        (&post, format!("{a}/photos"), json!({ "upload_id": Uuid::new_v4() }), [422, 422, 403, 403, 404]),
        (&patch, one.clone(), json!({ "title": "Cell" }), owned),
        (&patch, format!("/api/photos/{q}"), json!({ "title": "Cell" }), [200, 200, 403, 403, 404]),
        (&patch, "/api/photos".into(), json!({ "ids": [q, p], "add_tags": ["x"] }), owned),
        (&post, "/api/photos/copy".into(), json!({ "ids": [p], "album_id": "own" }), [204, 204, 204, 204, 404]),
        (&post, "/api/photos/restore".into(), json!({ "ids": [p] }), lost),
        (&post, "/api/photos/move".into(), json!({ "ids": [p], "album_id": "own" }), lost),
        (&post, "/api/photos/delete".into(), json!({ "ids": [q] }), [204, 204, 403, 403, 404]),
        (&delete, format!("{a}/conversations/{talk}"), Value::Null, [204, 403, 403, 403, 404]),
        (&delete, a.clone(), Value::Null, [204, 403, 403, 404, 404]),
    ];
    let mut own = Vec::new();
    for who in [&owner, &editor, &viewer, &talker, &outsider] {
        own.push((who, world.album(who, "Own").await));
    }
    for (method, path, body, expected) in table {
        world.call(method.clone(), &path).json(&body).send().await.refused(401, "unauthorized");
        // The owner last: what they may do may leave nothing for the others.
        for ((who, own), status) in own.iter().zip(expected).rev() {
            let mut body = body.clone();
            if body["album_id"] == "own" {
                body["album_id"] = json!(own);
            }
            let call = world.call(method.clone(), &path).bearer(&who.token);
            let answer = if body.is_null() { call.send().await } else { call.json(&body).send().await };
            assert_eq!(answer.status.as_u16(), status, "{} {method} {path}: {}", who.sub, answer.text());
            // What was deleted in this round is there again for the next.
            if path == "/api/photos/delete" && status == 204 {
                let back = world.post("/api/photos/restore").bearer(&owner.token).json(&body).send().await;
                assert_eq!(back.status, StatusCode::NO_CONTENT, "{}", back.text());
            }
        }
    }
    for path in [&a, &one] {
        assert_eq!(world.status(&outsider, path).await, 404);
    }
    let unknown = Uuid::new_v4();
    for path in [format!("/api/albums/{unknown}"), format!("/api/albums/{unknown}/photos"), format!("/api/photos/{unknown}")] {
        world.get(&path).bearer(&owner.token).send().await.refused(404, "not_found");
    }
    for path in ["/api/albums/7", "/api/albums/7/photos", "/api/photos/x", "/api/albums/x/download"] {
        world.get(path).bearer(&owner.token).send().await.broke(&["path", "id"], "uuid");
    }
});

on_both_engines!(a_deleted_album_comes_back_within_half_a_minute_or_goes_with_every_file, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let album = world.album(&ada, "Anatomy").await;
    let path = format!("/api/albums/{album}");
    world.share(&ada, &album, &bob, "editor").await;
    let photo = world.photo(&bob, &album, 1, json!({})).await;
    world.backend.run_workers_once().await.unwrap();
    let (one, media) = (format!("/api/photos/{}", id(&photo)), photo["url"].as_str().unwrap());
    let delete = || world.delete(&path).bearer(&ada.token).send();
    // Between the last second in which it comes back and the first in which it does not, only the test lets time pass.
    world.clock.stop();
    assert_eq!(delete().await.status, StatusCode::NO_CONTENT);
    for who in [&ada, &bob] {
        for gone in [path.as_str(), &one, media] {
            assert_eq!(world.status(who, gone).await, 404, "{gone}");
        }
        assert_eq!(world.see(who, "/api/albums").await, json!([]));
        assert_eq!(world.see(who, "/api/photos?query=png").await, json!([]));
    }
    world.clock.advance_seconds(29);
    world.backend.run_workers_once().await.unwrap();
    let restore = |who: &Member| world.post(&format!("{path}/restore")).bearer(&who.token).send();
    restore(&bob).await.refused(404, "not_found");
    assert_eq!(restore(&ada).await.json()["photo_count"], 1);
    assert_eq!(world.status(&bob, &one).await, 200);
    assert_eq!(world.status(&bob, media).await, 302);
    assert!(!world.store.kept().is_empty());
    delete().await;
    world.clock.advance_seconds(31);
    restore(&ada).await.refused(404, "not_found");
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    for table in ["select count(*) from albums", "select count(*) from photos", "select count(*) from objects"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
});

on_both_engines!(cancelling_an_account_takes_its_albums_and_photos_and_leaves_those_of_others, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (adas, bobs) = (world.album(&ada, "Adas").await, world.album(&bob, "Bobs").await);
    world.share(&ada, &adas, &bob, "editor").await;
    world.share(&bob, &bobs, &ada, "editor").await;
    world.photo(&ada, &adas, 1, json!({})).await;
    world.photo(&bob, &adas, 2, json!({})).await;
    world.photo(&ada, &bobs, 3, json!({})).await;
    let stays = world.photo(&bob, &bobs, 4, json!({})).await;
    let copied = world.photo(&ada, &adas, 5, json!({ "title": "kept by Bob" })).await;
    let body = json!({ "ids": [copied["id"]], "album_id": bobs });
    world.post("/api/photos/copy").bearer(&bob.token).json(&body).send().await;
    let answer = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    assert_eq!(world.status(&bob, &format!("/api/albums/{adas}")).await, 404);
    let album = world.see(&bob, &format!("/api/albums/{bobs}")).await;
    assert_eq!((&album["photo_count"], &album["members"]), (&json!(2), &json!([])));
    world.backend.run_workers_once().await.unwrap();
    let photos = world.see(&bob, &format!("/api/albums/{bobs}/photos")).await;
    let mut left = each(&photos, "filename");
    left.sort_unstable();
    assert_eq!(left, ["4.png", "5.png"]);
    assert_eq!(world.status(&bob, stays["url"].as_str().unwrap()).await, 302);
    assert_eq!(world.status(&bob, copied["url"].as_str().unwrap()).await, 302, "a copy keeps the file");
    assert_eq!(world.count("select count(*) from objects where parent_id is null").await, 2);
});
