//! Searches find what was written in other letters than those that are typed.

use crate::{on_both_engines, provider::Person, world::World};
use db::{on, sqlx};
use http::StatusCode;
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

/// As some keyboards and file systems put letters together: the accent by itself behind its letter.
const TAKEN_APART: &str = "Cafe\u{301} blanc";
const WAYS_TO_TYPE: [&str; 4] = ["caf\u{e9}", "cafe\u{301}", "CAFE", "BLANC"];

on_both_engines!(letters_are_found_however_they_are_put_together, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], Some(TAKEN_APART)).await;
    let message = world.send(&ada, id, TAKEN_APART).await["id"].clone();
    for query in WAYS_TO_TYPE {
        assert_eq!(ids(&found(&world, &bob.token, "messages", query).await), std::slice::from_ref(&message), "{query}");
        assert_eq!(ids(&found(&world, &bob.token, "conversations", query).await), [json!(id)], "{query}");
    }
    assert_eq!(found(&world, &bob.token, "messages", "\u{301}").await, json!([]), "an accent is no word");
});

on_both_engines!(people_are_found_without_the_accents_of_their_names, world => {
    let ada = world.member("Ada").await;
    for given_name in ["Zo\u{301}e", "Łucja"] {
        world.register(&Person::new(given_name, "Example")).await;
    }
    for (query, name) in [("Z\u{f3}e", "Zo\u{301}e"), ("zoe", "Zo\u{301}e"), ("lucja", "Łucja"), ("ŁUCJA", "Łucja")] {
        let people = found(&world, &ada.token, "users", query).await;
        assert_eq!(people.as_array().unwrap().len(), 1, "{query}: {people}");
        assert_eq!(people[0]["display_name"], format!("{name} Example"));
    }
    assert_eq!(found(&world, &ada.token, "users", "\u{301}").await, json!([]), "an accent is nobody's name");
});

on_both_engines!(what_an_older_version_has_written_is_found_after_the_update, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], Some("x")).await;
    let message = world.send(&ada, id, "x").await["id"].clone();
    write_as_before(&world).await;
    world.backend.run_workers_once().await.unwrap();
    for query in WAYS_TO_TYPE {
        assert_eq!(ids(&found(&world, &bob.token, "messages", query).await), std::slice::from_ref(&message), "{query}");
        assert_eq!(ids(&found(&world, &bob.token, "conversations", query).await), [json!(id)], "{query}");
    }
    assert_eq!(found(&world, &ada.token, "users", "zolw").await[0]["sub"], bob.sub);
});

on_both_engines!(what_an_older_version_writes_during_the_update_is_found_later, world => {
    let (ada, mut bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], Some("x")).await;
    world.send(&ada, id, "x").await;
    let (this, other) = (&world.backend, &world.second_backend().await);
    for process in [this, other] {
        process.run_workers_once().await.unwrap();
    }
    // Whichever process looks, and as long as there is something to find.
    for process in [this, other] {
        write_as_before(&world).await;
        process.run_workers_once().await.unwrap();
        assert_eq!(found(&world, &bob.token, "messages", "cafe").await, json!([]), "it is not time");
        world.clock.advance_seconds(3_600);
        bob = world.renewed(bob);
        process.run_workers_once().await.unwrap();
        for list in ["messages", "conversations"] {
            assert_eq!(found(&world, &bob.token, list, "cafe").await.as_array().unwrap().len(), 1, "{list}");
        }
    }
    world.clock.advance_seconds(3_600);
    this.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from search_foldings where again_at is null").await, 1, "the update is over");
});

/// What a version wrote that kept accents.
async fn write_as_before(world: &World) {
    for statement in [
        "update messages set search_text = 'caf\u{e9} blanc'",
        "update conversations set search_title = 'caf\u{e9} blanc'",
        "update accounts set search_name = 'żółw' where display_name like 'Bob%'",
    ] {
        let mut connection = world.database.db.write().await.unwrap();
        on!(&mut connection, c => sqlx::query(statement).execute(&mut *c).await.map(drop)).unwrap();
    }
}

async fn found(world: &World, token: &str, list: &str, query: &str) -> Value {
    let query: String = byte_serialize(query.as_bytes()).collect();
    let answer = world.get(&format!("/api/{list}?query={query}")).bearer(token).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn ids(list: &Value) -> Vec<Value> {
    list.as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
}
