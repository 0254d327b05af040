//! Registering, the profile, finding people, leaving.

use crate::world::{World, assert_problem, claims};
use db::testing::ENGINES;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_newcomer_registers_once_and_sees_their_profile() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.newcomer("Zofia", "Nowak").await;

        assert_problem(zofia.bearer(Method::GET, "/api/me").send().await.unwrap(), 403, "not_registered").await;
        let first = zofia.bearer(Method::POST, "/api/register-user").send().await.unwrap();
        assert_eq!(first.status(), StatusCode::CREATED);
        let again = zofia.bearer(Method::POST, "/api/register-user").send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NO_CONTENT);
        assert_eq!(again.text().await.unwrap(), "");

        let me = zofia.bearer(Method::GET, "/api/me").send().await.unwrap();
        assert_eq!(me.status(), StatusCode::OK);
        let me: Value = me.json().await.unwrap();
        assert_eq!(me["sub"], zofia.sub);
        assert_eq!(me["email"], zofia.email);
        assert_eq!(me["display_name"], "Zofia Nowak");
        assert_eq!(claims(&zofia.id_token)["email"], zofia.email);
    }
}

#[tokio::test]
async fn an_access_token_registers_nobody() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.newcomer("Zofia", "Nowak").await;
        let answer = world.request(Method::POST, "/api/register-user").bearer_auth(&zofia.access_token);
        assert_problem(answer.send().await.unwrap(), 400, "missing_attributes").await;
        assert_problem(zofia.bearer(Method::GET, "/api/me").send().await.unwrap(), 403, "not_registered").await;
        assert_problem(world.request(Method::POST, "/api/register-user").send().await.unwrap(), 401, "unauthorized")
            .await;
    }
}

#[tokio::test]
async fn people_are_found_by_parts_of_their_name_and_never_by_a_part_of_their_address() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.person("Zofia", "Żółkiewska").await;
        let bob = world.person("Bob", "Percent%").await;
        world.newcomer("Zoltan", "Unregistered").await;

        let search = async |query: &str| -> Vec<Value> {
            let answer = bob.bearer(Method::GET, "/api/users").query(&[("query", query)]).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            answer.json().await.unwrap()
        };
        for query in ["żół", "ŻÓŁKIEWSKA zof", "  zofia  "] {
            let found = search(query).await;
            assert_eq!(found.len(), 1, "{query}: {found:?}");
            assert_eq!(found[0]["sub"], zofia.sub);
            assert_eq!(found[0].get("email"), None, "an address is not shown to who does not know it");
        }
        assert_eq!(search(&zofia.email.to_uppercase()).await[0]["email"], zofia.email);
        assert_eq!(search(&zofia.email[..12]).await, Vec::<Value>::new());
        assert_eq!(search("%").await, Vec::<Value>::new(), "oneself is not among the found, and % is no wildcard");
        assert_eq!(search("_").await, Vec::<Value>::new());
        assert_problem(bob.bearer(Method::GET, "/api/users").send().await.unwrap(), 422, "validation_failed").await;
    }
}

#[tokio::test]
async fn a_display_name_is_changed_by_its_owner_and_hostile_text_stays_text() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.person("Zofia", "Nowak").await;
        let name = "</title><script>alert(1)</script>";
        let change = |body: Value| zofia.bearer(Method::PATCH, "/api/me").json(&body).send();
        let answer = change(json!({ "display_name": format!("  {name} ") })).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.json::<Value>().await.unwrap()["display_name"], name);

        let long = "x".repeat(101);
        for bad in [
            json!({ "display_name": " " }),
            json!({ "display_name": long }),
            json!({ "display_name": "a\u{0}b" }),
            json!({ "display_name": 7 }),
            json!([]),
        ] {
            let answer = change(bad.clone()).await.unwrap();
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
        let me: Value = zofia.bearer(Method::GET, "/api/me").send().await.unwrap().json().await.unwrap();
        assert_eq!(me["display_name"], name, "a refused change changes nothing");
    }
}

#[tokio::test]
async fn cancelling_needs_the_word_and_a_fresh_sign_in_and_then_everything_is_gone() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let mut zofia = world.person("Zofia", "Nowak").await;
        let bob = world.person("Bob", "Builder").await;
        let cancel = |actor: &crate::world::Actor, word: &str| {
            actor.bearer(Method::DELETE, "/api/me").json(&json!({ "confirm": word })).send()
        };
        assert_problem(cancel(&zofia, "delete").await.unwrap(), 422, "validation_failed").await;
        world.advance(301).await;
        assert_problem(cancel(&zofia, "DELETE").await.unwrap(), 401, "reauthentication_required").await;

        zofia.take_tokens(&world).await;
        let answer = cancel(&zofia, "DELETE").await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);

        assert_problem(zofia.bearer(Method::GET, "/api/me").send().await.unwrap(), 401, "unauthorized").await;
        assert_problem(zofia.bearer(Method::POST, "/api/register-user").send().await.unwrap(), 401, "unauthorized")
            .await;
        let found = bob.bearer(Method::GET, "/api/users").query(&[("query", "Zofia")]).send().await.unwrap();
        assert_eq!(found.json::<Vec<Value>>().await.unwrap(), Vec::<Value>::new());
        let sign_in = json!({
            "ClientId": "lyceum", "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": zofia.email, "PASSWORD": zofia.password },
        });
        // A job removes the identity at the provider, soon.
        let removed = async {
            while world.identity("InitiateAuth", sign_in.clone()).await.status() != StatusCode::BAD_REQUEST {}
        };
        timeout(PATIENCE, removed).await.expect("the identity is removed at the provider");
        assert_eq!(bob.bearer(Method::GET, "/api/me").send().await.unwrap().status(), StatusCode::OK);
    }
}
