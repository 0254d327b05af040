//! How often one may ask.

use crate::{on_both_engines, provider::Person, world::Options};
use backend::RateLimitSettings;
use http::StatusCode;

fn options(daily_quota: Option<u64>) -> Options {
    Options { rate_limit: RateLimitSettings { per_second: 1, burst: 5, daily_quota }, ..Options::default() }
}

on_both_engines!(each_person_has_a_burst_of_their_own, options(None), world => {
    let (ada, grace) = (Person::new("Ada", "Lovelace"), Person::new("Grace", "Hopper"));
    let (token, graces) = (world.provider.id_token(&ada), world.provider.id_token(&grace));
    world.clock.stop();
    let mut refused = None;
    for _ in 0..7 {
        let answer = world.get("/api/config").bearer(&token).send().await;
        if answer.status != StatusCode::OK {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("a burst of five");
    refused.refused(429, "too_many_requests");
    assert_eq!(refused.json()["retry_after_seconds"].to_string(), refused.header("retry-after"), "for whoever has no headers");
    assert_eq!(world.get("/api/config").bearer(&graces).send().await.status, StatusCode::OK);
    assert_eq!(world.get("/api/config").send().await.status, StatusCode::OK);
    world.clock.advance_seconds(6);
    assert_eq!(world.get("/api/config").bearer(&token).send().await.status, StatusCode::OK);
});

on_both_engines!(unknown_people_share_the_limit_of_their_address, options(None), world => {
    let ask = |address: &'static str| world.get("/api/me").bearer("bad").header("x-forwarded-for", address).send();
    world.clock.stop();
    let mut statuses = Vec::new();
    for _ in 0..60 {
        statuses.push(ask("10.0.0.1").await.status);
    }
    assert_eq!(statuses[0], StatusCode::UNAUTHORIZED);
    assert_eq!(statuses.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
    ask("10.0.0.2").await.refused(401, "unauthorized");
});

on_both_engines!(a_daily_quota_ends_at_midnight, Options {
    rate_limit: RateLimitSettings { per_second: 10_000, burst: 10_000, daily_quota: Some(3) },
    ..Options::default()
}, world => {
    world.clock.stop();
    let token = world.provider.id_token(&Person::new("Ada", "Lovelace"));
    for _ in 0..3 {
        assert_eq!(world.get("/api/config").bearer(&token).send().await.status, StatusCode::OK);
    }
    let answer = world.get("/api/config").bearer(&token).send().await;
    answer.refused(429, "too_many_requests");
    assert!(answer.header("retry-after").parse::<i64>().unwrap() <= 86_400);
    world.clock.advance_seconds(86_400);
    let token = world.provider.id_token(&Person::new("Grace", "Hopper"));
    assert_eq!(world.get("/api/config").bearer(&token).send().await.status, StatusCode::OK);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from daily_usage").await, 1);
});
