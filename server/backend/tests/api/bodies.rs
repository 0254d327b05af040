//! Bodies, methods and paths that do not fit.

use crate::{on_both_engines, provider::Person};
use http::{Method, StatusCode};
use serde_json::json;

on_both_engines!(a_body_that_does_not_fit_is_refused_and_changes_nothing, world => {
    let ada = Person::new("Ada", "Lovelace");
    let token = world.register(&ada).await;
    let patch = || world.patch("/api/me").bearer(&token);
    for (body, code, loc, rule) in [
        (b"{".to_vec(), "invalid_request", vec!["body"], "json"),
        (b"\xff".to_vec(), "invalid_request", vec!["body"], "json"),
        (b"{\"display_name\":\"\xff\"}".to_vec(), "invalid_request", vec!["body"], "json"),
        (br#"{"display_name":"\ud800"}"#.to_vec(), "invalid_request", vec!["body"], "json"),
        (b"[]".to_vec(), "validation_failed", vec!["body"], "type"),
        (b"null".to_vec(), "validation_failed", vec!["body"], "type"),
        (br#"{"display_name":1}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "type"),
        (br#"{"display_name":null}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "type"),
        (br#"{"display_name":["a"]}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "type"),
        (br#"{"displayname":"x"}"#.to_vec(), "validation_failed", vec!["body", "displayname"], "unknown_field"),
        (br#"{"display_name":""}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "blank"),
        (br#"{"display_name":" \t "}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "blank"),
        (br#"{"display_name":"a\nb"}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "control_character"),
        (br#"{"display_name":"a\u0000b"}"#.to_vec(), "validation_failed", vec!["body", "display_name"], "control_character"),
        (
            json!({ "display_name": "a".repeat(101) }).to_string().into_bytes(),
            "validation_failed", vec!["body", "display_name"], "too_long",
        ),
    ] {
        let answer = patch().body("application/json", &body).send().await;
        answer.refused(422, code);
        answer.broke(&loc, rule);
    }
    patch().send().await.broke(&["body"], "missing");
    patch().body("text/plain", b"{}").send().await.refused(415, "unsupported_media_type");
    patch().body("application/x-www-form-urlencoded", b"display_name=x").send().await.refused(415, "unsupported_media_type");
    let long = json!({ "display_name": "a".repeat(1_100_000) }).to_string();
    patch().body("application/json", long.as_bytes()).send().await.refused(413, "payload_too_large");
    for media_type in ["application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"] {
        let same = br#"{"display_name":"Ada Lovelace"}"#;
        assert_eq!(patch().body(media_type, same).send().await.status, StatusCode::OK, "{media_type}");
    }
    let profile = world.get("/api/me").bearer(&token).send().await.json();
    assert_eq!(profile["display_name"], "Ada Lovelace");
});

on_both_engines!(a_list_is_no_object_at_any_depth, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    let id = "00000000-0000-0000-0000-000000000000";
    let parts = format!("/api/uploads/{id}/parts");
    for (path, body, loc) in [
        ("/api/quiz/generate", json!({ "document_id": id, "pages": [1, 2] }), vec!["body", "pages"]),
        (parts.as_str(), json!({ "parts": [[1, "0".repeat(64)]] }), vec!["body", "parts", "0"]),
    ] {
        let answer = world.post(path).bearer(&token).json(&body).send().await;
        answer.broke(&loc, "type");
        assert_eq!(answer.json()["errors"][0]["msg"], "This must be an object.");
    }
});

on_both_engines!(unknown_paths_and_methods_are_told_as_problems, world => {
    for path in ["/api", "/api/", "/api/nothing", "/api/me/nothing", "/api/%ff"] {
        world.get(path).send().await.refused(404, "not_found");
    }
    for (method, path, allowed) in [
        (Method::POST, "/api/me", "DELETE,GET,HEAD,PATCH"),
        (Method::GET, "/api/register-user", "POST"),
        (Method::PUT, "/api/config", "GET,HEAD"),
        (Method::OPTIONS, "/api/users", "GET,HEAD"),
        (Method::GET, "/auth/sign-out", "POST"),
    ] {
        let answer = world.call(method.clone(), path).send().await;
        answer.refused(405, "method_not_allowed");
        let mut methods: Vec<&str> = answer.header("allow").split(',').collect();
        methods.sort_unstable();
        assert_eq!(methods.join(","), allowed, "{method} {path}");
    }
});

on_both_engines!(an_id_in_the_path_is_a_uuid, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    let long = "0".repeat(500);
    for id in ["x", "1", "00000000000000000000000000000000", "%7B00000000-0000-0000-0000-000000000000%7D", "%00", "%ff", &long] {
        let answer = world.delete(&format!("/api/me/sessions/{id}")).bearer(&token).send().await;
        answer.refused(422, "validation_failed");
        answer.broke(&["path", "id"], "uuid");
    }
    let unknown = "/api/me/sessions/00000000-0000-0000-0000-000000000000";
    world.delete(unknown).bearer(&token).send().await.refused(404, "not_found");
});
