//! Cancelling an account, and removing the identity.

use crate::{
    on_both_engines,
    provider::{ID_KEY, PUBLIC, Person},
    world::Options,
};
use http::StatusCode;
use serde_json::json;

on_both_engines!(cancelling_takes_everything_of_the_person_away, world => {
    let (ada, grace) = (Person::new("Ada", "Lovelace"), Person::new("Grace", "Hopper"));
    let graces = world.register(&grace).await;
    let session = world.sign_in(&ada).await;
    let token = world.provider.id_token(&ada);
    let answer = world.delete("/api/me").browser(&session).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    assert_eq!(answer.header("clear-site-data"), "\"storage\"", "no draft stays in the browser");
    world.get("/api/me").session(&session).send().await.refused(401, "unauthorized");
    world.get("/api/me").bearer(&token).send().await.refused(401, "unauthorized");
    world.post("/api/register-user").bearer(&token).send().await.refused(401, "unauthorized");
    assert_eq!(world.count("select count(*) from sessions").await, 0);
    assert_eq!(
        world.count(
            "select count(*) from accounts where cancelled_at is not null and email is null and given_name is null \
             and family_name is null and display_name is null and search_name = ''"
        ).await,
        1,
    );
    for query in ["ada", "ada%40example.org", "deleted"] {
        let found = world.get(&format!("/api/users?query={query}")).bearer(&graces).send().await.json();
        assert_eq!(found, json!([]), "{query}");
    }
    let (query, browser) = world.begin("/auth/sign-in").await;
    let code = world.provider.authorize(&ada, &query);
    let answer = world.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
    assert_eq!(answer.location(), "/sign-in-failed?reason=account_closed");
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    assert_eq!(world.provider.behaviour().removed, [ada.sub]);
    let authorization = world.provider.behaviour().removal_authorization.clone().unwrap();
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=key/") && authorization.contains("/us-east-1/cognito-idp/aws4_request"));
    assert_eq!(world.count("select count(*) from jobs").await, 0);
    assert_eq!(world.get("/api/me").bearer(&graces).send().await.status, StatusCode::OK);
});

on_both_engines!(cancelling_wants_a_word_and_a_recent_sign_in, world => {
    let ada = Person::new("Ada", "Lovelace");
    let token = world.register(&ada).await;
    let session = world.sign_in(&ada).await;
    for (body, loc, rule) in [
        (json!({}), vec!["body", "confirm"], "missing"),
        (json!({ "confirm": "delete" }), vec!["body", "confirm"], "mismatch"),
        (json!({ "confirm": true }), vec!["body", "confirm"], "type"),
        (json!({ "confirm": "DELETE", "x": 1 }), vec!["body", "x"], "unknown_field"),
    ] {
        world.delete("/api/me").browser(&session).json(&body).send().await.broke(&loc, rule);
    }
    world.delete("/api/me").bearer(&token).body("text/plain", b"DELETE").send().await.refused(415, "unsupported_media_type");
    let mut old = world.provider.id_claims(&ada, PUBLIC);
    for auth_time in [json!(world.provider.now() - 302), json!(0)] {
        old["auth_time"] = auth_time;
        let old = world.provider.id_key().sign(ID_KEY, &old);
        let body = json!({ "confirm": "DELETE" });
        let answer = world.delete("/api/me").bearer(&old).json(&body).send().await;
        answer.refused(401, "reauthentication_required");
        assert!(answer.header("www-authenticate").contains("insufficient_user_authentication"));
        let shapeless = world.delete("/api/me").bearer(&old).body("text/plain", b"x").send().await;
        shapeless.refused(401, "reauthentication_required");
    }
    world.clock.advance_seconds(301);
    let late = world.delete("/api/me").browser(&session).json(&json!({ "confirm": "DELETE" })).send().await;
    late.refused(401, "reauthentication_required");
    assert_eq!(world.count("select count(*) from accounts where cancelled_at is not null").await, 0);
    assert_eq!(world.count("select count(*) from jobs").await, 0);
    let again = world.sign_in(&ada).await;
    let answer = world.delete("/api/me").browser(&again).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
});

on_both_engines!(a_removal_that_fails_is_tried_again, world => {
    let ada = Person::new("Ada", "Lovelace");
    let token = world.register(&ada).await;
    world.provider.behaviour().fails_removal = true;
    let answer = world.delete("/api/me").bearer(&token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 0, "not before its time");
    world.clock.advance_seconds(6);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    assert_eq!(world.count("select attempts from jobs").await, 2);
    world.provider.behaviour().fails_removal = false;
    world.clock.advance_seconds(11);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    assert_eq!(world.provider.behaviour().removed, [ada.sub]);
    assert_eq!(world.count("select count(*) from jobs").await, 0);
});

on_both_engines!(a_removal_is_given_up_in_the_end_and_kept_for_a_person, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    world.provider.behaviour().fails_removal = true;
    world.delete("/api/me").bearer(&token).json(&json!({ "confirm": "DELETE" })).send().await;
    for _ in 0..14 {
        assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
        world.clock.advance_seconds(4 * 3_600);
    }
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 0);
    assert_eq!(world.count("select count(*) from jobs where dead_at is not null and last_error <> ''").await, 1);
});

on_both_engines!(a_killed_worker_loses_no_job, world => {
    let ada = Person::new("Ada", "Lovelace");
    let token = world.register(&ada).await;
    world.delete("/api/me").bearer(&token).json(&json!({ "confirm": "DELETE" })).send().await;
    // As a worker leaves it that took the job and was killed.
    let until = world.clock.now().plus_seconds(120).micros();
    let mut connection = world.database.db.write().await.unwrap();
    db::on!(&mut connection, c => {
        db::sqlx::query("update jobs set lease_until = $1, attempts = 1").bind(until).execute(&mut *c).await.unwrap();
    });
    drop(connection);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 0);
    world.clock.advance_seconds(121);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    assert_eq!(world.provider.behaviour().removed, [ada.sub]);
});

on_both_engines!(without_a_way_to_remove_identities_that_is_recorded, Options {
    administration: false,
    ..Options::default()
}, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    let answer = world.delete("/api/me").bearer(&token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    assert_eq!(world.count("select count(*) from jobs where dead_at is not null").await, 1);
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 0);
});

on_both_engines!(the_running_workers_do_it_at_once_and_stop_when_told, world => {
    let stop = tokio_util::sync::CancellationToken::new();
    let workers = world.backend.spawn_workers(&stop);
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    world.delete("/api/me").bearer(&token).json(&json!({ "confirm": "DELETE" })).send().await;
    while world.provider.behaviour().removed.is_empty() {
        tokio::task::yield_now().await;
    }
    stop.cancel();
    workers.wait().await;
    assert!(world.backend.ready().await);
});
