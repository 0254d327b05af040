//! Invented data for measurements.

use crate::{
    on_both_engines,
    world::{Member, World},
};
use backend::seed::{Seed, SeedError};
use serde_json::Value;
use std::collections::HashSet;

const SMALL: Seed = Seed { people: 30, conversations: 24, messages: 1_500, number: 7 };

/// What a list or a thread shows.
async fn entries(world: &World, member: &Member, path: &str) -> Vec<Value> {
    let answer = world.get(path).bearer(&member.token).send().await;
    serde_json::from_value(answer.json()).unwrap()
}

on_both_engines!(a_seeded_database_shows_what_was_asked_for, world => {
    let ada = world.member("Ada").await;
    world.backend.seed(&SMALL).await.unwrap();
    assert_eq!(world.count("select count(*) from accounts").await, 30);
    assert_eq!(world.count("select count(*) from conversations").await, 24);
    assert_eq!(world.count("select count(*) from conversations where direct_key is not null").await, 12);
    assert_eq!(world.count("select count(*) from messages").await, 1_500);
    assert_eq!(world.count("select count(*) from event_cursors").await, 30);
    assert_eq!(world.count("select count(*) from events").await, 0);

    // Who was here before is one of the people, and one of those who begin conversations.
    let conversations = entries(&world, &ada, "/api/conversations?limit=50").await;
    assert!(conversations.len() >= 8, "{}", conversations.len());
    let times = conversations.iter().map(|conversation| conversation["last_activity_at"].as_str().unwrap());
    assert!(times.is_sorted_by(|newer, older| newer >= older));

    let newest = &conversations[0];
    let messages = entries(&world, &ada, &format!("/api/conversations/{}/messages?limit=50", newest["id"])).await;
    assert_eq!(messages.last().unwrap()["id"], newest["last_message"]["id"]);
    let texts: HashSet<&str> = messages.iter().map(|message| message["content"].as_str().unwrap()).collect();
    assert!(texts.len() > messages.len() / 2, "people do not say the same all the time");
    assert!(messages.iter().all(|message| message["content_html"].as_str().unwrap().starts_with("<p>")));
    let is_behind = "select count(*) from participants p where read_message_id > 0 and exists (\
        select 1 from messages m where m.conversation_id = p.conversation_id and m.id > p.read_message_id)";
    assert!(world.count(is_behind).await > 0);
});

on_both_engines!(the_same_number_makes_the_same_data, world => {
    let said = async |number: u64| {
        let world = World::new(world.database.db.kind()).await;
        let ada = world.member("Ada").await;
        world.backend.seed(&Seed { number, ..SMALL }).await.unwrap();
        let conversations = entries(&world, &ada, "/api/conversations?limit=50").await;
        conversations.iter().map(|conversation| conversation["last_message"]["content"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(said(7).await, said(7).await);
    assert_ne!(said(7).await, said(8).await);
});

on_both_engines!(what_people_have_written_is_left_alone, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let id = world.conversation(&ada, &[&bob], None).await;
    world.send(&ada, id, "real").await;
    assert!(matches!(world.backend.seed(&SMALL).await, Err(SeedError::NotEmpty)));
    assert_eq!(world.count("select count(*) from accounts").await, 2);
    assert_eq!(world.count("select count(*) from messages").await, 1);
});
