//! Every call that the registry has against everybody who may not make it. A call that is added is refused to them from
//! the beginning: what is open stands in the two lists here.

use crate::{on_both_engines, provider::Person, world::World};
use domain::clock::random_uuid;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use url::form_urlencoded;

/// Calls that ask nobody who they are.
const PUBLIC: &[&str] = &["GET /api/config"];
/// Calls that want a valid token, but no account.
const BEFORE_REGISTRATION: &[&str] = &["POST /api/register-user"];

on_both_engines!(nobody_gets_in_without_a_token, world => {
    all_refuse(&world, PUBLIC, None, 401, "unauthorized").await;
});

on_both_engines!(a_token_alone_makes_nobody_known, world => {
    let token = world.provider.id_token(&Person::new("Ada", "Lovelace"));
    let open = [PUBLIC, BEFORE_REGISTRATION].concat();
    all_refuse(&world, &open, Some(&token), 403, "not_registered").await;
    assert_eq!(world.count("select count(*) from accounts").await, 0, "who only asks is not registered by it");
});

on_both_engines!(who_has_cancelled_stays_outside, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    let answer = world.delete("/api/me").bearer(&token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    all_refuse(&world, PUBLIC, Some(&token), 401, "unauthorized").await;
});

/// Asks every call but those, with nothing in its body: who asks is judged before what they ask.
async fn all_refuse(world: &World, but: &[&str], token: Option<&str>, status: u16, code: &str) {
    let calls = registered(world);
    for name in but {
        assert!(calls.iter().any(|call| call.name == *name), "there is no {name}: take it off the list");
    }
    for Registered { name, method, path } in calls {
        if but.contains(&name.as_str()) {
            continue;
        }
        let call = world.call(method, &path);
        let call = match token {
            Some(token) => call.bearer(token),
            None => call,
        };
        let answer = call.send().await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {}", answer.text());
        answer.refused(status, code);
    }
}

/// A call that the document describes.
struct Registered {
    /// Method and path as they are described.
    name: String,
    method: Method,
    /// With something plausible in the place of its parameters.
    path: String,
}

fn registered(world: &World) -> Vec<Registered> {
    let document = serde_json::to_value(world.backend.rest().1).unwrap();
    let mut calls = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_uppercase();
            let name = format!("{method} {path}");
            calls.push(Registered { name, method: method.parse().unwrap(), path: filled(path, operation) });
        }
    }
    calls
}

fn filled(path: &str, operation: &Value) -> String {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let filled = parameters.filter(|parameter| parameter["in"] == "path").fold(path.to_owned(), |path, parameter| {
        let name = parameter["name"].as_str().unwrap();
        path.replace(&format!("{{{name}}}"), &plausible(parameter))
    });
    assert!(!filled.contains('{'), "{path} has a parameter that is not described");
    filled
}

fn plausible(parameter: &Value) -> String {
    let schema = &parameter["schema"];
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("integer"), _) => "1".to_owned(),
        (Some("string"), Some("uuid")) => random_uuid().to_string(),
        (Some("string"), _) => {
            let text = parameter["example"].as_str().unwrap_or("somebody");
            form_urlencoded::byte_serialize(text.as_bytes()).collect()
        }
        _ => panic!("nothing is known that fits {parameter}"),
    }
}
