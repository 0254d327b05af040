//! What open pages hear of albums.

use crate::{events::Stream, gallery::id, on_both_engines, world::Member};
use domain::albums::CONVERSATION_ALBUMS_MAX;
use http::StatusCode;
use serde_json::{Value, json};
use std::collections::HashMap;

on_both_engines!(everybody_who_sees_an_album_hears_of_its_changes_and_nobody_else, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (cleo, eve) = (world.member("Cleo").await, world.member("Eve").await);
    let talk = world.conversation(&ada, &[&cleo], None).await;
    let album = world.album(&ada, "Spring").await;
    let path = format!("/api/albums/{album}");
    let mut foreign = Stream::open(&world, &eve, "").await.begun().await;
    let mut person = Stream::open(&world, &bob, "").await.begun().await;
    let mut group = Stream::open(&world, &cleo, "").await.begun().await;
    let updated = |album: Value| json!({ "type": "album.updated", "album": album });
    let removed = json!({ "type": "album.removed", "album_id": album });

    world.share(&ada, &album, &bob, "viewer").await;
    let shared = person.event().await;
    assert_eq!(shared, updated(world.see(&bob, &path).await), "as the receiver sees it");
    assert_eq!(shared["album"]["role"], "viewer");
    let with = json!({ "conversation_id": talk, "role": "viewer" });
    let answer = world.post(&format!("{path}/members")).bearer(&ada.token).json(&with).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    for (stream, who) in [(&mut person, &bob), (&mut group, &cleo)] {
        assert_eq!(stream.event().await, updated(world.see(who, &path).await));
    }

    let photo = world.photo(&ada, &album, 1, json!({})).await;
    assert_eq!(person.event().await["album"]["photo_count"], 1);
    let photo_path = format!("/api/photos/{}", id(&photo));
    world.patch(&photo_path).bearer(&ada.token).json(&json!({ "title": "Frog" })).send().await;
    assert_eq!(person.event().await, updated(world.see(&bob, &path).await));
    world.patch(&path).bearer(&ada.token).json(&json!({ "title": "Summer" })).send().await;
    assert_eq!(person.event().await["album"]["title"], "Summer");
    world.delete(&photo_path).bearer(&ada.token).send().await;
    assert_eq!(person.event().await["album"]["photo_count"], 0);
    assert_eq!(group.event().await, updated(world.see(&cleo, &path).await), "whoever comes late hears the last of it");

    world.delete(&format!("{path}/conversations/{talk}")).bearer(&ada.token).send().await;
    assert_eq!((group.event().await, person.event().await["type"].as_str()), (removed.clone(), Some("album.updated")));
    world.delete(&format!("{path}/members/{}", bob.sub)).bearer(&bob.token).send().await;
    assert_eq!(person.event().await, removed);
    world.photo(&ada, &album, 2, json!({})).await;
    world.delete(&path).bearer(&ada.token).send().await;
    for (stream, who) in [(&mut foreign, &eve), (&mut person, &bob), (&mut group, &cleo)] {
        world.conversation(who, &[&ada], Some("Later")).await;
        assert_eq!(stream.event().await["type"], "conversation.updated", "nothing of the album came before");
    }
});

on_both_engines!(whoever_joins_or_leaves_a_conversation_hears_of_the_albums_in_it, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (cleo, eve) = (world.member("Cleo").await, world.member("Eve").await);
    let talk = world.conversation(&ada, &[&cleo], Some("Pond")).await;
    let path = format!("/api/conversations/{talk}/participants");
    let (group, both, own) =
        (world.album(&ada, "Frogs").await, world.album(&ada, "Toads").await, world.album(&bob, "Newts").await);
    let deleted = world.album(&ada, "Eels").await;
    let show = |who: &Member, album: &str| {
        let with = json!({ "conversation_id": talk, "role": "editor" });
        world.post(&format!("/api/albums/{album}/members")).bearer(&who.token).json(&with).send()
    };
    for album in [&group, &both, &deleted] {
        assert_eq!(show(&ada, album).await.status, StatusCode::OK);
    }
    world.share(&ada, &both, &bob, "viewer").await;
    world.delete(&format!("/api/albums/{deleted}")).bearer(&ada.token).send().await;
    let removed = |album: &str| json!({ "type": "album.removed", "album_id": album });
    let add = json!({ "participant_subs": [bob.sub] });
    let join = || world.post(&path).bearer(&ada.token).json(&add).send();
    let remove = |who: &Member, whom: &Member| world.delete(&format!("{path}/{}", whom.sub)).bearer(&who.token).send();
    let mut foreign = Stream::open(&world, &eve, "").await.begun().await;
    let mut stream = Stream::open(&world, &bob, "").await.begun().await;

    assert_eq!(join().await.status, StatusCode::OK);
    assert_eq!(stream.event().await["type"], "conversation.updated");
    let told = about_albums(&mut stream, 2).await;
    for album in [&group, &both] {
        let seen = world.see(&bob, &format!("/api/albums/{album}")).await;
        assert_eq!((&told[album]["album"], &seen["role"]), (&seen, &json!("editor")));
    }
    assert_eq!(show(&bob, &own).await.status, StatusCode::OK);
    assert_eq!(stream.event().await["album"]["conversations"][0]["conversation_id"], talk);

    assert_eq!(remove(&ada, &bob).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.event().await["type"], "conversation.removed");
    let told = about_albums(&mut stream, 3).await;
    assert_eq!(told[&group], removed(&group), "nothing but its id");
    assert_eq!(told[&both]["album"]["role"], "viewer", "what is left of two ways to it");
    assert_eq!(told[&own]["album"]["role"], "owner");

    assert_eq!(join().await.status, StatusCode::OK);
    assert_eq!(stream.event().await["type"], "conversation.updated");
    assert_eq!(about_albums(&mut stream, 3).await[&group]["album"]["title"], "Frogs");
    assert_eq!(remove(&bob, &bob).await.status, StatusCode::NO_CONTENT);
    assert_eq!(stream.event().await["type"], "conversation.removed");
    assert_eq!(about_albums(&mut stream, 3).await[&group], removed(&group));

    // The last one to leave takes the conversation along.
    assert_eq!(remove(&ada, &ada).await.status, StatusCode::NO_CONTENT);
    let mut last = Stream::open(&world, &cleo, "").await.begun().await;
    assert_eq!(remove(&cleo, &cleo).await.status, StatusCode::NO_CONTENT);
    assert_eq!(last.event().await["type"], "conversation.removed");
    let told = about_albums(&mut last, 3).await;
    assert!([&group, &both, &own].into_iter().all(|album| told[album] == removed(album)), "{told:?}");
    for (stream, who) in [(&mut foreign, &eve), (&mut stream, &bob), (&mut last, &cleo)] {
        world.conversation(who, &[&ada], Some("Later")).await;
        assert_eq!(stream.event().await["type"], "conversation.updated", "nothing of the albums came before");
    }
});

on_both_engines!(a_conversation_has_no_more_albums_than_whoever_joins_can_be_told_of, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let talk = world.conversation(&ada, &[&bob], Some("Frogs")).await;
    let with = json!({ "conversation_id": talk, "role": "viewer" });
    let mut shared = None;
    for number in 0..CONVERSATION_ALBUMS_MAX {
        let album = world.album(&ada, &format!("Frogs {number}")).await;
        let path = format!("/api/albums/{album}/members");
        assert_eq!(world.post(&path).bearer(&ada.token).json(&with).send().await.status, StatusCode::OK);
        shared = Some(path);
    }
    let one_more = format!("/api/albums/{}/members", world.album(&ada, "Toads").await);
    let refused = world.post(&one_more).bearer(&ada.token).json(&with).send().await;
    assert_eq!((refused.status, &refused.json()["errors"][0]["type"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("too_many")));
    let role = json!({ "conversation_id": talk, "role": "editor" });
    let changed = world.post(&shared.unwrap()).bearer(&ada.token).json(&role).send().await;
    assert_eq!(changed.status, StatusCode::OK, "what is there already can be changed");
});

/// The next events, all of them about albums, by these.
async fn about_albums(stream: &mut Stream, count: usize) -> HashMap<String, Value> {
    let mut told = HashMap::new();
    for _ in 0..count {
        let event = stream.event().await;
        let album = event["album_id"].as_str().or(event["album"]["id"].as_str());
        let album = album.unwrap_or_else(|| panic!("{event} is about no album")).to_owned();
        assert_eq!(told.insert(album, event), None);
    }
    told
}

on_both_engines!(the_others_hear_that_the_albums_of_a_cancelled_account_are_gone, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (adas, bobs) = (world.album(&ada, "Frogs").await, world.album(&bob, "Toads").await);
    world.share(&ada, &adas, &bob, "editor").await;
    world.share(&bob, &bobs, &ada, "viewer").await;
    world.photo(&bob, &adas, 1, json!({})).await;
    let mut stream = Stream::open(&world, &ada, "").await.begun().await;
    let cancelled = world.delete("/api/me").bearer(&bob.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT, "{}", cancelled.text());
    world.backend.run_workers_once().await.unwrap();
    let emptied = stream.event().await;
    assert_eq!((&emptied["album"]["id"], &emptied["album"]["photo_count"]), (&json!(adas), &json!(0)));
    assert_eq!(stream.event().await, json!({ "type": "album.removed", "album_id": bobs }));
    assert_eq!(world.count("select count(*) from event_cursors c join accounts a on a.id = c.account_id \
        where a.cancelled_at is not null").await, 0, "who is gone is told nothing");
});
