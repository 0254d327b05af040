//! What operators and programs ask.

use crate::{
    faults::{Port, Process},
    world::{DataFolder, World},
};
use db::{
    EngineKind,
    testing::{ENGINES, TestDb},
};
use reqwest::{StatusCode, header};
use serde_json::Value;
use std::process::{Command, Output};

#[tokio::test]
async fn a_running_server_is_alive_ready_and_counts() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        for path in ["/health", "/healthz", "/ready"] {
            let answer = world.get(path).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            assert!(answer.headers().contains_key("x-request-id"));
            assert_eq!(answer.json::<Value>().await.unwrap()["status"], "ok");
        }
        let ready: Value = world.get("/ready").await.json().await.unwrap();
        assert_eq!((&ready["database"], &ready["objects"]), (&"ok".into(), &"ok".into()));
        let metrics = world.get("/metrics").await;
        assert!(metrics.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/plain"));
        let text = metrics.text().await.unwrap();
        assert!(text.contains("http_requests_total{method=\"GET\",route=\"/health\",status=\"200\"}"), "{text}");
    }
}

/// What a container's health check runs.
#[tokio::test]
async fn the_health_command_tells_a_running_server_from_one_that_is_gone() {
    let (port, data, database) = (Port::free(), DataFolder::new(), TestDb::new(EngineKind::Sqlite).await);
    let ask = || -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command.arg("health").env_clear().env("LYCEUM_ADDRESS", port.address()).output().unwrap()
    };
    let mut process = Process::start(&database, &data.0, &port).await;
    let answer = ask();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    process.kill();
    let answer = ask();
    assert!(!answer.status.success());
    assert!(String::from_utf8_lossy(&answer.stderr).starts_with("server: "), "it says why");
}

#[tokio::test]
async fn the_configuration_for_programs_is_public_and_complete() {
    let world = World::new(db::EngineKind::Sqlite).await;
    let config: Value = world.get("/api/config").await.json().await.unwrap();
    let fields = [
        "issuer",
        "region",
        "user_pool_id",
        "client_id",
        "redirect_uri",
        "authorize_url",
        "token_url",
        "sign_in_path",
        "sign_out_path",
        "limits",
    ];
    for field in fields {
        assert!(!config[field].is_null(), "{field} is missing in {config}");
    }
    assert_eq!(config["client_id"], "lyceum");
    assert_eq!(config["issuer"], format!("{}/identity/us-east-1_embedded0", world.url));
    let discovery = format!("{}/.well-known/openid-configuration", config["issuer"].as_str().unwrap());
    let discovery: Value = reqwest::get(discovery).await.unwrap().json().await.unwrap();
    assert_eq!(discovery["issuer"], config["issuer"]);
    assert_eq!(discovery["token_endpoint"], config["token_url"]);
}

#[tokio::test]
async fn the_description_of_the_calls_is_openapi_3_1() {
    let world = World::new(db::EngineKind::Sqlite).await;
    let answer = world.get("/openapi.json").await;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
    let document: Value = answer.json().await.unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for path in ["/api/me", "/api/register-user", "/api/users", "/api/me/sessions", "/api/config"] {
        assert!(document["paths"].get(path).is_some(), "{path} is not described");
    }
    let docs = world.get("/docs/").await;
    assert_eq!(docs.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_page_is_a_404_page() {
    let world = World::new(db::EngineKind::Sqlite).await;
    let answer = world.get("/no/such/page").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(answer.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
}
