//! To the provider and back.

use crate::{
    on_both_engines,
    provider::{BFF, Person},
    world::World,
};
use http::StatusCode;
use serde_json::json;
use url::Url;

on_both_engines!(a_person_signs_in_for_the_first_time_and_is_registered, world => {
    let ada = Person::new("Ada", "Lovelace");
    let answer = world.get("/auth/sign-in?return_to=/settings%3Ftab%3D1").send().await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let set = answer.header("set-cookie").to_owned();
    assert!(set.starts_with("lyceum_sign_in=") && set.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"));
    let location = Url::parse(answer.location()).unwrap();
    assert!(location.as_str().starts_with(&format!("{}/authorize?", world.provider.issuer())));
    let query: std::collections::HashMap<String, String> = location.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], BFF);
    assert_eq!(query["scope"], "openid email profile aws.cognito.signin.user.admin");
    assert_eq!(query["redirect_uri"], "http://127.0.0.1:3000/auth/callback");
    assert!(!query.contains_key("prompt"));
    let code = world.provider.authorize(&ada, &query);
    let browser = answer.cookie("lyceum_sign_in").unwrap();
    let answer = world.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/settings?tab=1"));
    let set = answer.header("set-cookie");
    assert!(set.starts_with("lyceum_session=") && set.contains("; HttpOnly; SameSite=Lax") && !set.contains("Secure"));
    let session = answer.cookie("lyceum_session").unwrap();
    let me = world.get("/api/me").session(&session).send().await.json();
    assert_eq!((&me["sub"], &me["display_name"]), (&json!(ada.sub), &json!("Ada Lovelace")));
    assert_eq!(world.count("select count(*) from sign_in_attempts").await, 0);
});

on_both_engines!(prompts_are_passed_on_when_known, world => {
    let (query, _) = world.begin("/auth/sign-in?prompt=login").await;
    assert_eq!((query["prompt"].as_str(), query["max_age"].as_str()), ("login", "300"));
    let (query, _) = world.begin("/auth/sign-in?prompt=anything").await;
    assert!(!query.contains_key("prompt"));
});

on_both_engines!(a_return_address_elsewhere_leads_to_the_start_page, world => {
    let ada = Person::new("Ada", "Lovelace");
    for foreign in ["//evil.example", "https://evil.example", "/%5Cevil.example", "/.//evil.example", "/auth/sign-in"] {
        let encoded: String = url::form_urlencoded::byte_serialize(foreign.as_bytes()).collect();
        let (query, browser) = world.begin(&format!("/auth/sign-in?return_to={encoded}")).await;
        let code = world.provider.authorize(&ada, &query);
        let answer = world.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
        assert_eq!(answer.location(), "/", "{foreign}");
    }
});

/// Nobody is signed in, nothing is stored.
async fn fails(world: &World, query: &str, browser: &str, reason: &str) {
    let sessions = world.count("select count(*) from sessions").await;
    let answer = world.come_back(query, browser).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.location().split('&').next().unwrap(), format!("/sign-in-failed?reason={reason}"), "{query}");
    assert_eq!(answer.cookie("lyceum_session"), None);
    assert_eq!(world.count("select count(*) from sessions").await, sessions);
}

on_both_engines!(state_code_and_browser_belong_together_and_work_once, world => {
    let ada = Person::new("Ada", "Lovelace");
    let (query, browser) = world.begin("/auth/sign-in").await;
    let (state, code) = (&query["state"], world.provider.authorize(&ada, &query));
    let good = format!("code={code}&state={state}");
    let (_, other_browser) = world.begin("/auth/sign-in").await;
    fails(&world, &good, "", "expired").await;
    fails(&world, &good, &other_browser, "expired").await;
    fails(&world, &format!("code={code}&state=other"), &browser, "expired").await;
    fails(&world, &format!("code={code}"), &browser, "expired").await;
    fails(&world, "", &browser, "expired").await;
    let answer = world.come_back(&good, &browser).await;
    assert!(answer.cookie("lyceum_session").is_some());
    fails(&world, &good, &browser, "expired").await;
    // The code of one sign-in in another: the provider's PKCE refuses it.
    let (query, browser) = world.begin("/auth/sign-in").await;
    let stolen = world.provider.authorize(&ada, &query);
    let (victim, victims_browser) = world.begin("/auth/sign-in").await;
    fails(&world, &format!("code={stolen}&state={}", victim["state"]), &victims_browser, "expired").await;
    fails(&world, &format!("code=made-up&state={}", query["state"]), &browser, "expired").await;
});

on_both_engines!(two_tabs_of_one_browser_sign_in_at_once, world => {
    let ada = Person::new("Ada", "Lovelace");
    let (first, browser) = world.begin("/auth/sign-in?return_to=/one").await;
    let cookie = format!("lyceum_sign_in={browser}");
    let answer = world.get("/auth/sign-in?return_to=/two").header("cookie", &cookie).send().await;
    assert_eq!(answer.cookie("lyceum_sign_in").unwrap(), browser);
    let second: std::collections::HashMap<String, String> =
        Url::parse(answer.location()).unwrap().query_pairs().into_owned().collect();
    for (query, path) in [(second, "/two"), (first, "/one")] {
        let code = world.provider.authorize(&ada, &query);
        let answer = world.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
        assert_eq!(answer.location(), path);
    }
});

on_both_engines!(an_hour_is_enough_and_no_more, world => {
    let ada = Person::new("Ada", "Lovelace");
    let (query, browser) = world.begin("/auth/sign-in?return_to=/here").await;
    world.clock.advance_seconds(3_599);
    let code = world.provider.authorize(&ada, &query);
    let answer = world.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
    assert_eq!(answer.location(), "/here");
    let (query, browser) = world.begin("/auth/sign-in?return_to=/here").await;
    world.clock.advance_seconds(3_601);
    let code = world.provider.authorize(&ada, &query);
    fails(&world, &format!("code={code}&state={}", query["state"]), &browser, "expired").await;
    world.begin("/auth/sign-in").await;
    world.clock.advance_seconds(3_601);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from sign_in_attempts").await, 0);
});

on_both_engines!(what_the_provider_refuses_is_told_in_words, world => {
    let ada = Person::new("Ada", "Lovelace");
    for (error, reason) in [
        ("error=access_denied", "cancelled"),
        ("error=login_required", "cancelled"),
        ("error=temporarily_unavailable", "unavailable"),
        ("error=invalid_scope&error_description=%3Cscript%3E", "refused"),
        ("code=x&iss=https://other", "refused"),
        ("code=x&error=invalid_request", "refused"),
    ] {
        let (query, browser) = world.begin("/auth/sign-in").await;
        fails(&world, &format!("{error}&state={}", query["state"]), &browser, reason).await;
    }
    let issuer = world.provider.issuer();
    for (claims, reason) in [
        (json!({ "nonce": "other" }), "refused"),
        (json!({ "aud": "other" }), "refused"),
        (json!({ "iss": "https://other" }), "refused"),
        (json!({ "exp": 1 }), "refused"),
        (json!({ "given_name": "" }), "missing_attributes"),
        (json!({ "iss": issuer, "email": "no address" }), "missing_attributes"),
    ] {
        world.provider.behaviour().id_claims = claims;
        let (query, browser) = world.begin("/auth/sign-in").await;
        let code = world.provider.authorize(&ada, &query);
        fails(&world, &format!("code={code}&state={}", query["state"]), &browser, reason).await;
    }
    assert_eq!(world.count("select count(*) from accounts").await, 0);
});

on_both_engines!(a_provider_that_is_down_is_told_and_tried_again, world => {
    world.provider.behaviour().down = true;
    let answer = world.get("/auth/sign-in").send().await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in-failed?reason=unavailable"));
    world.provider.behaviour().down = false;
    world.clock.advance_seconds(3);
    let ada = Person::new("Ada", "Lovelace");
    let (query, browser) = world.begin("/auth/sign-in?return_to=/here").await;
    let code = world.provider.authorize(&ada, &query);
    world.provider.behaviour().down = true;
    let answer = world.come_back(&format!("code={code}&state={}", query["state"]), &browser).await;
    assert_eq!(answer.location(), "/sign-in-failed?reason=unavailable&return_to=%2Fhere");
});

on_both_engines!(a_provider_that_is_not_cognito_will_do, world => {
    world.provider.behaviour().plain = true;
    let session = world.sign_in(&Person::new("Ada", "Lovelace")).await;
    assert_eq!(world.get("/api/me").session(&session).send().await.status, StatusCode::OK);
});

on_both_engines!(signing_in_again_replaces_the_browsers_session, world => {
    let ada = Person::new("Ada", "Lovelace");
    let old = world.sign_in(&ada).await;
    let (query, browser) = world.begin("/auth/sign-in").await;
    let code = world.provider.authorize(&ada, &query);
    let answer = world
        .get(&format!("/auth/callback?code={code}&state={}", query["state"]))
        .header("cookie", &format!("lyceum_sign_in={browser}; lyceum_session={old}"))
        .send()
        .await;
    let new = answer.cookie("lyceum_session").unwrap();
    assert_ne!(new, old);
    // The old one ends in the background; asking again is waiting for that.
    while world.get("/api/me").session(&old).send().await.status == StatusCode::OK {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.get("/api/me").session(&new).send().await.status, StatusCode::OK);
});
