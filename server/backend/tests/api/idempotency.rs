//! `Idempotency-Key`.

use crate::{on_both_engines, provider::Person};
use http::StatusCode;

on_both_engines!(a_repeat_gets_the_first_answer, world => {
    let (ada, grace) = (Person::new("Ada", "Lovelace"), Person::new("Grace", "Hopper"));
    let token = world.provider.id_token(&ada);
    let register = |token: &str, key: &str| world.post("/api/register-user").bearer(token).header("idempotency-key", key);
    let first = register(&token, "k1").send().await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = register(&token, "k1").send().await;
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    assert_eq!(again.header("content-type"), "application/json");
    assert_eq!(register(&token, "k2").send().await.status, StatusCode::NO_CONTENT, "another key is another request");
    let graces = world.provider.id_token(&grace);
    assert_eq!(register(&graces, "k1").send().await.status, StatusCode::CREATED, "keys are each person's own");
    let other_body = register(&token, "k1").body("application/json", b"{}").send().await;
    other_body.refused(422, "idempotency_key_reused");
    world.clock.advance_seconds(86_401);
    let token = world.provider.id_token(&ada);
    assert_eq!(register(&token, "k1").send().await.status, StatusCode::NO_CONTENT, "forgotten after a day");
    world.clock.advance_seconds(86_401);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from idempotency_keys").await, 0);
});

on_both_engines!(a_refusal_leaves_the_key_free, world => {
    let ada = Person::new("Ada", "Lovelace");
    let access = world.provider.access_token(&ada);
    let register = |token: &str| world.post("/api/register-user").bearer(token).header("idempotency-key", "k");
    register(&access).send().await.refused(400, "missing_attributes");
    assert_eq!(world.count("select count(*) from idempotency_keys").await, 0);
    assert_eq!(register(&world.provider.id_token(&ada)).send().await.status, StatusCode::CREATED);
});

on_both_engines!(a_key_has_1_to_255_characters, world => {
    let token = world.provider.id_token(&Person::new("Ada", "Lovelace"));
    for key in ["", &"k".repeat(256), "ż", "a b"] {
        let answer = world.post("/api/register-user").bearer(&token).header("idempotency-key", key).send().await;
        answer.refused(422, "validation_failed");
        answer.broke(&["header", "Idempotency-Key"], "length");
    }
    let two = world.post("/api/register-user").bearer(&token).header("idempotency-key", "a").header("idempotency-key", "b");
    two.send().await.broke(&["header", "Idempotency-Key"], "repeated");
    assert_eq!(world.count("select count(*) from accounts").await, 0);
    let longest = "k".repeat(255);
    let answer = world.post("/api/register-user").bearer(&token).header("idempotency-key", &longest).send().await;
    assert_eq!(answer.status, StatusCode::CREATED);
});

on_both_engines!(of_many_at_once_one_is_answered_and_the_others_wait, world => {
    let token = world.provider.id_token(&Person::new("Ada", "Lovelace"));
    let requests =
        (0..10).map(|_| world.post("/api/register-user").bearer(&token).header("idempotency-key", "k").send());
    let answers = futures_util::future::join_all(requests).await;
    for answer in &answers {
        match answer.status {
            StatusCode::CREATED => {}
            StatusCode::CONFLICT => {
                answer.refused(409, "conflict");
                assert_eq!(answer.header("retry-after"), "1");
            }
            other => panic!("{other}"),
        }
    }
    assert!(answers.iter().any(|answer| answer.status == StatusCode::CREATED));
    let after = world.post("/api/register-user").bearer(&token).header("idempotency-key", "k").send().await;
    assert_eq!(after.status, StatusCode::CREATED);
});
