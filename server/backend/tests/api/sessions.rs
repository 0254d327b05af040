//! Sessions: what is stored, how long they live, refreshing, listing and ending them.

use crate::{
    on_both_engines,
    provider::{Person, Provider},
    world::{Options, World, call},
};
use backend::SessionSettings;
use db::EngineKind;
use http::{Method, StatusCode};

async fn status(world: &World, session: &str) -> StatusCode {
    world.get("/api/me").session(session).send().await.status
}

on_both_engines!(a_stolen_database_opens_nothing, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    let mut connection = world.database.db.read().await.unwrap();
    let (hash, tokens): (Vec<u8>, Vec<u8>) = db::on!(&mut connection, c => {
        db::sqlx::query_as("select token_hash, tokens from sessions").fetch_one(&mut *c).await.unwrap()
    });
    assert_eq!(hash.len(), 32);
    let contains = |part: &[u8]| tokens.windows(part.len()).any(|window| window == part);
    // How the header of every token begins; three letters of it are in random bytes now and then.
    let header = world.provider.id_token(&Person::new("Grace", "Hopper"))[..12].to_owned();
    assert!(!contains(b"refresh_token") && !contains(b"access_token") && !contains(header.as_bytes()));
    use base64::Engine as _;
    let from_row = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&hash);
    assert_eq!(status(&world, &from_row).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
});

on_both_engines!(a_dead_cookie_is_refused_and_asks_for_a_password_at_the_next_sign_in, world => {
    for cookie in ["x".to_owned(), "A".repeat(43), "A".repeat(5_000)] {
        let answer = world.get("/api/me").session(&cookie).send().await;
        answer.refused(401, "unauthorized");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        let again = world.get("/auth/sign-in").session(&cookie).send().await;
        assert!(again.header("location").contains("prompt=login"), "the provider's own memory must not be enough");
    }
    let fresh = world.get("/auth/sign-in").send().await;
    assert!(!fresh.header("location").contains("prompt="));
});

on_both_engines!(a_session_ends_when_unused, world => {
    let idle = SessionSettings::default().idle_seconds;
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    world.clock.advance_seconds(idle - 100);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    world.clock.advance_seconds(idle / 2);
    assert_eq!(status(&world, &session).await, StatusCode::OK, "use renews it");
    let session = world.sign_in(&Person::new("Grace", "Hopper")).await;
    world.clock.advance_seconds(idle + 1);
    assert_eq!(status(&world, &session).await, StatusCode::UNAUTHORIZED);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from sessions").await, 0);
});

on_both_engines!(a_session_ends_at_last_however_much_it_is_used, world => {
    let limits = SessionSettings::default();
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    let step = limits.absolute_seconds / 10;
    for _ in 0..9 {
        world.clock.advance_seconds(step);
        assert_eq!(status(&world, &session).await, StatusCode::OK);
    }
    world.clock.advance_seconds(step + 1);
    assert_eq!(status(&world, &session).await, StatusCode::UNAUTHORIZED);
});

on_both_engines!(last_use_is_written_once_a_minute, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    let last_used = || world.count("select last_used_at from sessions");
    let at_first = last_used().await;
    world.clock.advance_seconds(50);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    assert_eq!(last_used().await, at_first);
    world.clock.advance_seconds(15);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    assert!(last_used().await > at_first);
});

on_both_engines!(tokens_are_refreshed_before_they_end, world => {
    world.provider.behaviour().rotates = true;
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    let refreshes = |provider: &Provider| provider.behaviour().refreshes;
    world.clock.advance_seconds(3_500);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    assert_eq!(refreshes(&world.provider), 0);
    for expected in 1..4 {
        world.clock.advance_seconds(3_550);
        assert_eq!(status(&world, &session).await, StatusCode::OK);
        assert_eq!(status(&world, &session).await, StatusCode::OK);
        assert_eq!(refreshes(&world.provider), expected, "once each time, with the rotated token");
    }
});

on_both_engines!(a_withdrawn_refresh_token_ends_the_session, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    world.provider.behaviour().refuses_refresh = true;
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    world.clock.advance_seconds(3_600);
    let answer = world.get("/api/me").session(&session).send().await;
    answer.refused(401, "unauthorized");
    assert_eq!(world.count("select count(*) from sessions").await, 0);
    let again = world.get("/auth/sign-in").session(&session).send().await;
    assert!(again.header("location").contains("prompt=login"));
});

on_both_engines!(a_database_that_does_not_answer_ends_no_session, world => {
    let ada = Person::new("Ada", "Lovelace");
    let (session, token) = (world.sign_in(&ada).await, world.provider.id_token(&ada));
    world.database.db.close().await;
    for call in [world.get("/api/me").session(&session), world.get("/api/me").bearer(&token)] {
        let answer = call.send().await;
        answer.refused(503, "unavailable");
        assert!(!answer.headers.contains_key("set-cookie") && !answer.headers.contains_key("www-authenticate"));
    }
    let sign_in = world.get("/auth/sign-in").session(&session).send().await;
    assert_eq!((sign_in.status, sign_in.location()), (StatusCode::SEE_OTHER, "/sign-in-failed?reason=unavailable"));
    let again = call(world.second().await, Method::GET, "/api/me").session(&session).send().await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
});

on_both_engines!(a_provider_that_does_not_answer_ends_no_session, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    world.provider.behaviour().down = true;
    world.clock.advance_seconds(4_000);
    for _ in 0..3 {
        assert_eq!(status(&world, &session).await, StatusCode::OK);
    }
    world.provider.behaviour().down = false;
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    assert_eq!(world.provider.behaviour().refreshes, 0, "not tried again at once");
    world.clock.advance_seconds(31);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    assert_eq!(world.provider.behaviour().refreshes, 1);
});

on_both_engines!(a_refresh_that_names_another_person_ends_the_session, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    world.provider.behaviour().id_claims = serde_json::json!({ "sub": "somebody-else" });
    world.clock.advance_seconds(3_600);
    assert_eq!(status(&world, &session).await, StatusCode::UNAUTHORIZED);
});

on_both_engines!(without_a_refresh_token_the_session_lives_as_long_as_the_token, world => {
    world.provider.behaviour().no_refresh_token = true;
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    world.clock.advance_seconds(3_500);
    assert_eq!(status(&world, &session).await, StatusCode::OK);
    world.clock.advance_seconds(101);
    assert_eq!(status(&world, &session).await, StatusCode::UNAUTHORIZED);
});

async fn one_refresh_for_many_requests(engine: EngineKind) {
    let world = World::new(engine).await;
    world.provider.behaviour().rotates = true;
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    let second = world.second().await;
    for round in 1..4 {
        world.clock.advance_seconds(3_600);
        let requests = (0..20).map(|number| {
            let request =
                if number % 2 == 0 { world.get("/api/me") } else { call(second.clone(), Method::GET, "/api/me") };
            request.session(&session).send()
        });
        for answer in futures_util::future::join_all(requests).await {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        assert_eq!(world.provider.behaviour().refreshes, round);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_refresh_once_on_postgresql() {
    one_refresh_for_many_requests(EngineKind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_refresh_once_on_sqlite() {
    one_refresh_for_many_requests(EngineKind::Sqlite).await;
}

on_both_engines!(sessions_are_listed_and_ended_by_their_person_only, world => {
    let (ada, grace) = (Person::new("Ada", "Lovelace"), Person::new("Grace", "Hopper"));
    let first = world.sign_in(&ada).await;
    world.clock.advance_seconds(120);
    let second = world.sign_in(&ada).await;
    let graces = world.sign_in(&grace).await;
    let list = world.get("/api/me/sessions").session(&second).send().await.json();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!((&list[0]["current"], &list[1]["current"]), (&true.into(), &false.into()));
    assert_eq!(list[0]["device"], "Firefox on Linux");
    for name in ["id", "created_at", "last_used_at", "expires_at"] {
        assert!(list[0][name].is_string(), "{name}");
    }
    let by_token = world.get("/api/me/sessions").bearer(&world.provider.id_token(&ada)).send().await.json();
    assert_eq!(by_token.as_array().unwrap().iter().filter(|session| session["current"] == true).count(), 0);
    let path = format!("/api/me/sessions/{}", list[1]["id"].as_str().unwrap());
    world.delete(&path).browser(&graces).send().await.refused(404, "not_found");
    world.delete(&path).send().await.refused(401, "unauthorized");
    assert_eq!(status(&world, &first).await, StatusCode::OK);
    let answer = world.delete(&path).browser(&second).send().await;
    assert_eq!((answer.status, answer.cookie("lyceum_session")), (StatusCode::NO_CONTENT, None));
    assert_eq!(status(&world, &first).await, StatusCode::UNAUTHORIZED);
    world.delete(&path).browser(&second).send().await.refused(404, "not_found");
    let own = format!("/api/me/sessions/{}", list[0]["id"].as_str().unwrap());
    let answer = world.delete(&own).browser(&second).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.cookie("lyceum_session"), None, "its cookie still says that a session was ended here");
    let again = world.get("/auth/sign-in").browser(&second).send().await;
    assert!(again.location().contains("prompt=login"), "nobody comes back without a password");
    assert_eq!(status(&world, &second).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&world, &graces).await, StatusCode::OK);
});

on_both_engines!(an_ended_session_is_not_listed, Options {
    sessions: SessionSettings { idle_seconds: 100, absolute_seconds: 1_000 },
    ..Options::default()
}, world => {
    let ada = Person::new("Ada", "Lovelace");
    world.sign_in(&ada).await;
    world.clock.advance_seconds(101);
    let token = world.provider.id_token(&ada);
    assert_eq!(world.get("/api/me/sessions").bearer(&token).send().await.json(), serde_json::json!([]));
});

on_both_engines!(signing_out_ends_it_here_and_at_the_provider, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    let answer = world.post("/auth/sign-out").browser(&session).send().await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = url::Url::parse(answer.location()).unwrap();
    assert!(location.as_str().starts_with(&format!("{}/logout?", world.provider.issuer())));
    let query: std::collections::HashMap<String, String> = location.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], "bff");
    assert_eq!(query["logout_uri"], "http://127.0.0.1:3000/");
    assert_eq!(answer.cookie("lyceum_session").as_deref(), Some(""));
    assert_eq!(answer.header("clear-site-data"), "\"storage\"", "nothing that was written stays in the browser");
    let browser = answer.cookie("lyceum_sign_in").unwrap();
    assert!(!browser.is_empty(), "tabs that sign in after this at the same time share one");
    assert_eq!(world.provider.behaviour().revoked.len(), 1);
    assert_eq!(status(&world, &session).await, StatusCode::UNAUTHORIZED);
    let again = world.post("/auth/sign-out").browser(&session).send().await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(world.post("/auth/sign-out").send().await.status, StatusCode::SEE_OTHER);
});

on_both_engines!(signing_out_works_without_the_provider, world => {
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    world.provider.behaviour().down = true;
    let answer = world.post("/auth/sign-out").browser(&session).send().await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(world.count("select count(*) from sessions").await, 0);
});
