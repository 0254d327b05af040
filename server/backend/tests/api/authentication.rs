//! Tokens and cookies on calls, and requests from other sites.

use crate::{
    on_both_engines,
    provider::{ACCESS_KEY, ID_KEY, PUBLIC, Person, SigningKey},
};
use http::StatusCode;
use serde_json::json;

on_both_engines!(bad_tokens_are_refused_and_win_over_a_good_cookie, world => {
    let ada = Person::new("Ada", "Lovelace");
    let session = world.sign_in(&ada).await;
    let sign = |changes: serde_json::Value| {
        let mut claims = world.provider.id_claims(&ada, PUBLIC);
        crate::provider::merge(&mut claims, &changes);
        world.provider.id_key().sign(ID_KEY, &claims)
    };
    let forged = SigningKey::generate().sign(ID_KEY, &world.provider.id_claims(&ada, PUBLIC));
    for (case, authorization) in [
        ("forged", format!("Bearer {forged}")),
        ("expired", format!("Bearer {}", sign(json!({ "exp": world.provider.now() - 1 })))),
        ("other client", format!("Bearer {}", sign(json!({ "aud": "other" })))),
        ("other pool", format!("Bearer {}", sign(json!({ "iss": "https://other" })))),
        ("wrong use", format!("Bearer {}", sign(json!({ "token_use": "access" })))),
        ("nothing", "Bearer".to_owned()),
        ("nothing more", "Bearer ".to_owned()),
        ("another scheme", "Basic YTpi".to_owned()),
        ("no scheme", sign(json!({}))),
        ("not ASCII", "Bearer ż".to_owned()),
    ] {
        let answer = world.get("/api/me").header("authorization", &authorization).session(&session).send().await;
        answer.refused(401, "unauthorized");
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"", "{case}");
    }
    let good = format!("Bearer {}", sign(json!({})));
    let twice = world.get("/api/me").header("authorization", &good).header("authorization", &good).send().await;
    twice.refused(401, "unauthorized");
    let lower = good.replace("Bearer", "bearer");
    assert_eq!(world.get("/api/me").header("authorization", &lower).send().await.status, StatusCode::OK);
    assert_eq!(world.get("/api/me").session(&session).send().await.status, StatusCode::OK);
    let config = world.get("/api/config").bearer(&forged).send().await;
    assert_eq!(config.status, StatusCode::OK, "what is public stays public");
});

on_both_engines!(a_token_of_the_browsers_client_is_taken_too, world => {
    let ada = Person::new("Ada", "Lovelace");
    world.register(&ada).await;
    let token = world.provider.access_key().sign(ACCESS_KEY, &world.provider.access_claims(&ada, crate::provider::BFF));
    assert_eq!(world.get("/api/me").bearer(&token).send().await.status, StatusCode::OK);
});

on_both_engines!(without_the_provider_a_token_cannot_be_judged, world => {
    let token = world.provider.id_token(&Person::new("Ada", "Lovelace"));
    world.provider.behaviour().down = true;
    let answer = world.get("/api/me").bearer(&token).send().await;
    answer.refused(503, "unavailable");
    assert!(answer.headers.get("www-authenticate").is_none());
    world.get("/api/config").send().await.refused(503, "unavailable");
});

on_both_engines!(another_site_cannot_use_the_cookie, world => {
    let ada = Person::new("Ada", "Lovelace");
    let session = world.sign_in(&ada).await;
    let token = world.provider.id_token(&ada);
    let foreign = [
        ("sec-fetch-site", "cross-site", "https://evil.example"),
        ("sec-fetch-site", "same-site", "https://neighbour.example"),
        ("x-none", "x", "https://evil.example"),
        ("x-none", "x", "null"),
    ];
    for (name, value, origin) in foreign {
        let patch = || world.patch("/api/me").header(name, value).header("origin", origin).json(&json!({ "display_name": "x" }));
        patch().session(&session).send().await.refused(403, "cross_origin");
        patch().body("text/plain", b"broken").send().await.refused(403, "cross_origin");
        assert_eq!(patch().bearer(&token).send().await.status, StatusCode::OK, "a bearer token is no cookie");
        let sign_out = world.post("/auth/sign-out").header(name, value).header("origin", origin).session(&session).send().await;
        sign_out.refused(403, "cross_origin");
        let get = world.get("/api/me").header(name, value).header("origin", origin).session(&session).send().await;
        assert_eq!(get.status, StatusCode::OK);
    }
    world.patch("/api/nothing").header("origin", "https://evil.example").send().await.refused(403, "cross_origin");
    for (name, value, origin) in [
        ("sec-fetch-site", "same-origin", "http://127.0.0.1:3000"),
        ("x-none", "x", "http://127.0.0.1:3000"),
    ] {
        let answer = world.patch("/api/me").header(name, value).header("origin", origin).session(&session).json(&json!({ "display_name": "x" })).send().await;
        assert_eq!(answer.status, StatusCode::OK);
    }
});

on_both_engines!(a_cookie_that_comes_from_nowhere_changes_nothing, world => {
    let ada = Person::new("Ada", "Lovelace");
    let session = world.sign_in(&ada).await;
    let change = || world.patch("/api/me").json(&json!({ "display_name": "x" }));
    change().session(&session).send().await.refused(403, "cross_origin");
    world.post("/auth/sign-out").session(&session).send().await.refused(403, "cross_origin");
    change().send().await.refused(401, "unauthorized");
    let token = world.provider.id_token(&ada);
    assert_eq!(change().session(&session).bearer(&token).send().await.status, StatusCode::OK, "the header wins");
    assert_eq!(world.get("/api/me").session(&session).send().await.status, StatusCode::OK, "reading changes nothing");
    assert_eq!(change().browser(&session).send().await.status, StatusCode::OK);
});
