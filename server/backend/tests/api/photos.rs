//! Photos: adding, finding, changing, moving, deleting.

use crate::{
    gallery::{each, huge_png, id, next, png},
    on_both_engines,
    world::Member,
};
use http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

const AVIF: &[u8] = include_bytes!("../../../images/tests/samples/turned.avif");
const HEIC: &[u8] = include_bytes!("../../../images/tests/samples/turned.heic");

on_both_engines!(a_photo_is_added_once, world => {
    let ada = world.member("Ada").await;
    let (album, other) = (world.album(&ada, "Anatomy").await, world.album(&ada, "Other").await);
    let add = |album: &str, body: Value| {
        world.post(&format!("/api/albums/{album}/photos")).bearer(&ada.token).json(&body).send()
    };
    let upload = world.photo_upload(&ada, "Żaba.png", &png(1)).await;
    let tags: Vec<String> = (0..51).map(|number| format!("t{number}")).collect();
    for (field, value, rule) in [
        ("title", json!("x".repeat(201)), "too_long"),
        ("title", json!("a\nb"), "control_character"),
        ("description", json!("x".repeat(4_001)), "too_long"),
        ("tags", json!(tags), "too_many"),
        ("tags", json!(["x".repeat(51)]), "too_long"),
        ("tags", json!(["a,b"]), "comma"),
        ("tags", json!("frog"), "type"),
    ] {
        let mut body = json!({ "upload_id": upload });
        body[field] = value;
        add(&album, body).await.broke(&["body", field], rule);
    }
    add(&album, json!({ "upload_id": "x" })).await.broke(&["body", "upload_id"], "type");
    add(&album, json!({ "upload_id": Uuid::new_v4() })).await.broke(&["body", "upload_id"], "unknown");
    let body = json!({ "upload_id": upload, "title": " Frog ", "tags": ["Green", "#amphibian", "green"] });
    let added = add(&album, body.clone()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
    let photo = added.json();
    assert_eq!((&photo["title"], &photo["description"]), (&json!("Frog"), &json!("")));
    assert_eq!(photo["tags"], json!(["amphibian", "green"]));
    assert_eq!((&photo["filename"], &photo["content_type"]), (&json!("Żaba.png"), &json!("image/png")));
    assert_eq!((&photo["added_by"]["sub"], &photo["may_change"]), (&json!(ada.sub), &json!(true)));
    assert_eq!(photo["size"], png(1).len());
    assert_eq!(photo["taken_at"], photo["created_at"]);
    assert_eq!(world.see(&ada, &format!("/api/photos/{}", id(&photo))).await["tags"], photo["tags"]);
    let again = add(&album, body.clone()).await;
    assert_eq!((again.status, id(&again.json())), (StatusCode::OK, id(&photo)), "a repeated request adds nothing");
    add(&other, body).await.broke(&["body", "upload_id"], "used");
    let same = world.photo_upload(&ada, "copy.png", &png(1)).await;
    let same = add(&album, json!({ "upload_id": same, "title": "Toad" })).await;
    assert_eq!((same.status, same.json()["title"].clone()), (StatusCode::OK, json!("Frog")), "the same file is there");
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from objects where parent_id is null").await, 1);
    let elsewhere = world.photo(&ada, &other, 1, json!({})).await;
    assert_ne!(elsewhere["id"], photo["id"], "in another album it is another photo");
    let album = world.see(&ada, &format!("/api/albums/{album}")).await;
    assert_eq!((&album["photo_count"], &album["cover"]["photo_id"]), (&json!(1), &photo["id"]));
});

on_both_engines!(a_photo_that_cannot_be_drawn_says_so_and_stays_as_it_is, world => {
    let ada = world.member("Ada").await;
    let album = world.album(&ada, "Anatomy").await;
    for (filename, bytes, preview) in [("huge.png", huge_png(), "none"), ("whole.png", png(1), "ready")] {
        let upload = world.photo_upload(&ada, filename, &bytes).await;
        let path = format!("/api/albums/{album}/photos");
        let added = world.post(&path).bearer(&ada.token).json(&json!({ "upload_id": upload })).send().await;
        assert_eq!((added.status, &added.json()["preview"]), (StatusCode::CREATED, &json!("processing")));
        while world.backend.run_workers_once().await.unwrap() > 0 {}
        let photo = world.see(&ada, &format!("/api/photos/{}", id(&added.json()))).await;
        assert_eq!(photo["preview"], preview, "{photo}");
        assert_ne!(photo["thumbhash"], "", "nothing is drawn of nothing");
        let address = world.get(photo["url"].as_str().unwrap()).bearer(&ada.token).send().await.location().to_owned();
        assert_eq!(reqwest::get(address).await.unwrap().bytes().await.unwrap(), bytes);
    }
});

on_both_engines!(an_avif_or_heic_photo_has_no_preview_and_stays_byte_for_byte, world => {
    let ada = world.member("Ada").await;
    let album = world.album(&ada, "Anatomy").await;
    for (filename, bytes, content_type, sides) in
        [("a.avif", AVIF, "image/avif", (48, 64)), ("b.heic", HEIC, "image/heic", (64, 48))]
    {
        let upload = world.photo_upload(&ada, filename, bytes).await;
        let path = format!("/api/albums/{album}/photos");
        let added = world.post(&path).bearer(&ada.token).json(&json!({ "upload_id": upload })).send().await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        let photo = added.json();
        assert_eq!((&photo["preview"], &photo["content_type"]), (&json!("none"), &json!(content_type)));
        assert_eq!((&photo["width"], &photo["height"]), (&json!(sides.0), &json!(sides.1)), "as it is seen");
        assert_eq!(photo["exif"]["make"], "Lyceum");
        world.backend.run_workers_once().await.unwrap();
        let address = world.get(photo["url"].as_str().unwrap()).bearer(&ada.token).send().await.location().to_owned();
        assert_eq!(reqwest::get(address).await.unwrap().bytes().await.unwrap(), bytes);
    }
});

on_both_engines!(photos_are_found_by_words_and_tags_in_all_albums, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (one, two) = (world.album(&ada, "One").await, world.album(&ada, "Two").await);
    world.photo(&ada, &one, 1, json!({ "filename": "DSC_1.png", "title": "Żaba", "tags": ["wet"] })).await;
    world.photo(&ada, &two, 2, json!({ "filename": "b.png", "description": "A green frog by Ångström", "tags": ["Wet feet"] })).await;
    world.photo(&ada, &two, 3, json!({ "filename": "100%_c.png" })).await;
    for (query, found) in [
        ("zaba", vec!["DSC_1.png"]),
        ("dsc", vec!["DSC_1.png"]),
        ("wet", vec!["b.png", "DSC_1.png"]),
        ("feet%20GREEN", vec!["b.png"]),
        ("angstrom", vec!["b.png"]),
        ("gre%20dsc", vec![]),
        ("100%25_", vec!["100%_c.png"]),
        ("1_", vec![]),
        ("", vec!["100%_c.png", "b.png", "DSC_1.png"]),
    ] {
        assert_eq!(each(&world.see(&ada, &format!("/api/photos?query={query}")).await, "filename"), found, "{query}");
    }
    let inside = world.see(&ada, &format!("/api/albums/{one}/photos?query=wet")).await;
    assert_eq!(each(&inside, "filename"), ["DSC_1.png"]);
    assert_eq!(world.see(&bob, "/api/photos?query=wet").await, json!([]));
    assert_eq!(world.see(&bob, "/api/tags").await, json!([]));
    world.share(&ada, &two, &bob, "viewer").await;
    assert_eq!(each(&world.see(&bob, "/api/photos?query=wet").await, "filename"), ["b.png"]);
    assert_eq!(each(&world.see(&bob, "/api/tags").await, "tag"), ["wet feet"]);
    world.photo(&ada, &one, 4, json!({ "tags": ["wet"] })).await;
    let tags = world.see(&ada, "/api/tags?query=%23WE").await;
    assert_eq!(tags, json!([{ "tag": "wet", "count": 2 }, { "tag": "wet feet", "count": 1 }]));
    world.get(&format!("/api/tags?query={}", "x".repeat(51))).bearer(&ada.token).send().await
        .broke(&["query", "query"], "too_long");
});

on_both_engines!(an_album_has_three_orders_and_each_goes_on_where_its_link_leads, world => {
    let ada = world.member("Ada").await;
    let (album, other) = (world.album(&ada, "Anatomy").await, world.album(&ada, "Other").await);
    for (seed, title) in [(1, "b"), (2, "Ą"), (3, ""), (4, "a"), (5, "b")] {
        world.photo(&ada, &album, seed, json!({ "title": title })).await;
    }
    let all = |sort: &'static str| {
        let (world, ada, album) = (&world, &ada, &album);
        async move {
            let (mut path, mut seen) = (Some(format!("/api/albums/{album}/photos?limit=2&sort={sort}")), Vec::new());
            while let Some(address) = path {
                let answer = world.get(&address).bearer(&ada.token).send().await;
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
                seen.extend(each(&answer.json(), "filename").into_iter().map(str::to_owned));
                path = next(answer.header("link"));
            }
            let tiles = world.see(ada, &format!("/api/albums/{album}/tiles?sort={sort}")).await;
            assert_eq!(tiles.as_array().unwrap().len(), 5);
            seen
        }
    };
    assert_eq!(all("taken").await, ["1.png", "2.png", "3.png", "4.png", "5.png"]);
    assert_eq!(all("added").await, ["5.png", "4.png", "3.png", "2.png", "1.png"]);
    let titles = all("title").await;
    assert_eq!(titles[0], "3.png", "without a title, by its file name");
    assert!(titles[1..3].contains(&"2.png".to_owned()) && titles[1..3].contains(&"4.png".to_owned()), "{titles:?}");
    let tiles = world.see(&ada, &format!("/api/albums/{album}/tiles?sort=title")).await;
    assert_eq!(tiles[0]["label"], "3.png");
    let first = world.get(&format!("/api/albums/{album}/photos?limit=2")).bearer(&ada.token).send().await;
    let cursor = next(first.header("link")).unwrap().split("after=").nth(1).unwrap().to_owned();
    for path in [
        format!("/api/albums/{other}/photos?after={cursor}"),
        format!("/api/albums/{album}/photos?sort=added&after={cursor}"),
        format!("/api/albums?after={cursor}"),
        format!("/api/albums/{album}/photos?after=%00"),
    ] {
        world.get(&path).bearer(&ada.token).send().await.broke(&["query", "after"], "cursor");
    }
    let unsorted = world.get(&format!("/api/albums/{album}/photos?sort=size")).bearer(&ada.token).send().await;
    unsorted.broke(&["query", "sort"], "unknown");
});

on_both_engines!(many_photos_are_changed_together_or_not_at_all, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let album = world.album(&ada, "Anatomy").await;
    world.share(&ada, &album, &bob, "editor").await;
    let one = world.photo(&ada, &album, 1, json!({ "tags": ["old"] })).await;
    let two = world.photo(&bob, &album, 2, json!({ "title": "Two", "tags": ["old", "b"] })).await;
    let change = |who: &Member, body: Value| world.patch("/api/photos").bearer(&who.token).json(&body).send();
    change(&ada, json!({ "ids": [], "title": "x" })).await.broke(&["body", "ids"], "missing");
    let many: Vec<Uuid> = (0..2_001).map(Uuid::from_u128).collect();
    change(&ada, json!({ "ids": many, "title": "x" })).await.broke(&["body", "ids"], "too_many");
    change(&ada, json!({ "ids": ["x"] })).await.broke(&["body", "ids", "0"], "type");
    change(&ada, json!({ "ids": [one["id"]], "tags": null })).await.broke(&["body", "tags"], "type");
    change(&ada, json!({ "ids": [one["id"]] })).await.broke(&["body", "title"], "missing");
    change(&ada, json!({ "ids": [one["id"]], "add_tags": [] })).await.broke(&["body", "title"], "missing");
    change(&ada, json!({ "ids": [one["id"], Uuid::new_v4()], "title": "x" })).await.refused(404, "not_found");
    change(&bob, json!({ "ids": [two["id"], one["id"]], "title": "x" })).await.refused(403, "forbidden");
    assert_eq!(world.see(&ada, "/api/photos?query=x").await, json!([]), "nothing was changed");
    let body = json!({ "ids": [two["id"], one["id"], two["id"]], "add_tags": ["New"], "remove_tags": ["OLD"] });
    let changed = change(&ada, body).await.json();
    assert_eq!(changed.as_array().unwrap().len(), 2);
    assert_eq!((&changed[0]["id"], &changed[1]["id"]), (&two["id"], &one["id"]));
    assert_eq!((&changed[0]["tags"], &changed[1]["tags"]), (&json!(["b", "new"]), &json!(["new"])));
    assert_eq!(changed[0]["title"], "Two");
    assert!(changed[0]["updated_at"].as_str() > two["updated_at"].as_str());
    assert_eq!(changed[0]["created_at"], two["created_at"]);
    assert_eq!(world.see(&ada, "/api/photos?query=old").await, json!([]), "what was taken away is not found");
    let path = format!("/api/photos/{}", id(&one));
    world.patch(&path).bearer(&ada.token).json(&json!({})).send().await.broke(&["body", "title"], "missing");
    let body = json!({ "title": " ", "description": "Line\nline", "tags": ["x"] });
    let changed = world.patch(&path).bearer(&ada.token).json(&body).send().await.json();
    assert_eq!((&changed["title"], &changed["description"]), (&json!(""), &json!("Line\nline")));
    assert_eq!(changed["tags"], json!(["x"]));
    let full: Vec<String> = (0..50).map(|number| format!("t{number}")).collect();
    let refused = change(&ada, json!({ "ids": [one["id"]], "add_tags": full })).await;
    refused.broke(&["body", "add_tags"], "too_many");
});

on_both_engines!(photos_move_and_are_copied_with_all_that_was_said_about_them, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (from, to) = (world.album(&ada, "From").await, world.album(&ada, "To").await);
    let one = world.photo(&ada, &from, 1, json!({ "title": "One", "description": "d", "tags": ["a", "b"] })).await;
    let two = world.photo(&ada, &from, 2, json!({ "tags": ["c"] })).await;
    let there = world.photo(&ada, &to, 2, json!({ "title": "There" })).await;
    let put = |who: &Member, how: &str, ids: Value, album: &str| {
        let body = json!({ "ids": ids, "album_id": album });
        world.post(&format!("/api/photos/{how}")).bearer(&who.token).json(&body).send()
    };
    let bobs = world.album(&bob, "Bobs").await;
    put(&bob, "copy", json!([one["id"]]), &bobs).await.refused(404, "not_found");
    put(&ada, "copy", json!([one["id"]]), &bobs).await.refused(404, "not_found");
    world.share(&bob, &bobs, &ada, "viewer").await;
    put(&ada, "copy", json!([one["id"]]), &bobs).await.refused(403, "forbidden");
    put(&ada, "move", json!([one["id"]]), &bobs).await.refused(403, "forbidden");
    let copied = put(&ada, "copy", json!([one["id"], two["id"]]), &to).await;
    assert_eq!(copied.status, StatusCode::NO_CONTENT, "{}", copied.text());
    let photos = world.see(&ada, &format!("/api/albums/{to}/photos?sort=title")).await;
    assert_eq!(each(&photos, "title"), ["One", "There"], "a file that is there stays one photo");
    let copy = &photos[0];
    for field in ["title", "description", "tags", "object_id", "taken_at"] {
        assert_eq!(copy[field], one[field], "{field}");
    }
    assert_ne!(copy["id"], one["id"]);
    let gone = |photo: &Value| format!("/api/photos/{}", id(photo));
    assert_eq!(world.delete(&gone(copy)).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    world.clock.advance_seconds(31);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.status(&ada, one["url"].as_str().unwrap()).await, 302, "the other one still needs the file");
    let moved = put(&ada, "move", json!([one["id"], two["id"], there["id"]]), &to).await;
    assert_eq!(moved.status, StatusCode::NO_CONTENT, "{}", moved.text());
    let photos = world.see(&ada, &format!("/api/albums/{to}/photos?sort=title")).await;
    assert_eq!(each(&photos, "title"), ["One", "There"]);
    assert_eq!((&photos[0]["id"], &photos[0]["tags"]), (&one["id"], &json!(["a", "b"])), "it is the same photo");
    assert_eq!(world.see(&ada, &format!("/api/albums/{from}/photos")).await, json!([]));
    let body = json!({ "ids": [one["id"]], "album_id": from });
    let keyed = || world.post("/api/photos/copy").bearer(&ada.token).header("idempotency-key", "k").json(&body).send();
    assert_eq!((keyed().await.status, keyed().await.status), (StatusCode::NO_CONTENT, StatusCode::NO_CONTENT));
    assert_eq!(world.see(&ada, &format!("/api/albums/{from}")).await["photo_count"], 1);
});

on_both_engines!(a_deleted_photo_comes_back_within_half_a_minute_or_goes_with_its_file, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let album = world.album(&ada, "Anatomy").await;
    world.share(&ada, &album, &bob, "viewer").await;
    let one = world.photo(&ada, &album, 1, json!({})).await;
    let two = world.photo(&ada, &album, 2, json!({})).await;
    world.backend.run_workers_once().await.unwrap();
    let path = format!("/api/albums/{album}");
    let cover = json!({ "cover_photo_id": two["id"] });
    let album_now = world.patch(&path).bearer(&ada.token).json(&cover).send().await.json();
    assert_eq!(album_now["cover"]["photo_id"], two["id"]);
    let call = |who: &Member, what: &str, ids: Value| {
        world.post(&format!("/api/photos/{what}")).bearer(&who.token).json(&json!({ "ids": ids })).send()
    };
    call(&ada, "delete", json!([two["id"], Uuid::new_v4()])).await.refused(404, "not_found");
    call(&bob, "delete", json!([two["id"]])).await.refused(403, "forbidden");
    let (at, media) = (format!("/api/photos/{}", id(&two)), two["url"].as_str().unwrap());
    // Between the last second in which it comes back and the first in which it does not, only the test lets time pass.
    world.clock.stop();
    assert_eq!(world.delete(&at).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    for gone in [at.as_str(), media] {
        assert_eq!(world.status(&ada, gone).await, 404, "{gone}");
    }
    world.delete(&at).bearer(&ada.token).send().await.refused(404, "not_found");
    let seen = world.see(&bob, &path).await;
    assert_eq!((&seen["photo_count"], &seen["cover"]["photo_id"]), (&json!(1), &one["id"]), "the first stands in");
    call(&bob, "restore", json!([two["id"]])).await.refused(404, "not_found");
    world.clock.advance_seconds(29);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(call(&ada, "restore", json!([two["id"], one["id"]])).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.status(&bob, media).await, 302);
    assert_eq!(world.see(&bob, &path).await["cover"]["photo_id"], two["id"]);
    assert_eq!(call(&ada, "delete", json!([one["id"], two["id"]])).await.status, StatusCode::NO_CONTENT);
    world.clock.advance_seconds(31);
    call(&ada, "restore", json!([one["id"]])).await.refused(404, "not_found");
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    assert_eq!(world.count("select count(*) from photo_tags").await, 0);
    assert_eq!(world.see(&ada, &path).await["cover"], Value::Null);
    let cover = json!({ "cover_photo_id": one["id"] });
    world.patch(&path).bearer(&ada.token).json(&cover).send().await.broke(&["body", "cover_photo_id"], "unknown");
});

on_both_engines!(the_cover_is_a_photo_of_the_album_itself, world => {
    let ada = world.member("Ada").await;
    let (album, other) = (world.album(&ada, "Anatomy").await, world.album(&ada, "Other").await);
    let foreign = world.photo(&ada, &other, 1, json!({})).await;
    let choose = json!({ "cover_photo_id": foreign["id"] });
    let refused = world.patch(&format!("/api/albums/{album}")).bearer(&ada.token).json(&choose).send().await;
    refused.broke(&["body", "cover_photo_id"], "unknown");
    assert_eq!(world.see(&ada, &format!("/api/albums/{album}")).await["cover"], Value::Null);
});
