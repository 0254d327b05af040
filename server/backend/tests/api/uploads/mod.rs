//! Files on their way into the object store and out of it, with real requests to it.

mod cleanup;
mod completing;
mod media;
mod parts;
mod pictures;
mod starting;

use crate::world::{Answer, Member, World};
use http::StatusCode;
use serde_json::{Value, json};

/// A text that no other file has.
pub(crate) const NOTES: &[u8] = "Zażółć gęślą jaźń — notes of the first lecture.\n".as_bytes();

/// Says what is about to be sent.
pub(crate) async fn start(world: &World, who: &Member, new: &Value) -> Value {
    let answer = world.post("/api/uploads").bearer(&who.token).json(new).send().await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

/// What is about to be sent.
pub(crate) fn announced(purpose: &str, filename: &str, content_type: &str, bytes: &[u8]) -> Value {
    json!({ "purpose": purpose, "filename": filename, "content_type": content_type, "size": bytes.len() })
}

/// Sends bytes as the signed request says.
pub(crate) async fn put(signed: &Value, bytes: &[u8]) -> reqwest::Response {
    put_as(signed, bytes, &[]).await
}

/// The same with other headers.
pub(crate) async fn put_as(signed: &Value, bytes: &[u8], changed: &[(&str, &str)]) -> reqwest::Response {
    let mut request = reqwest::Client::new().put(signed["url"].as_str().unwrap()).body(bytes.to_vec());
    for (name, value) in signed["headers"].as_object().unwrap() {
        let other = changed.iter().find(|(changed, _)| changed == name).map(|(_, value)| *value);
        if name != "content-length" {
            request = request.header(name, other.unwrap_or(value.as_str().unwrap()));
        }
    }
    request.send().await.unwrap()
}

pub(crate) async fn complete(world: &World, who: &Member, upload: &Value, body: Option<Value>) -> Answer {
    let path = format!("/api/uploads/{}/complete", upload["upload_id"].as_str().unwrap());
    let call = world.post(&path).bearer(&who.token);
    match body {
        Some(body) => call.json(&body).send().await,
        None => call.send().await,
    }
}

/// Sends a whole file and gives the upload as its completion tells it.
pub(crate) async fn send(
    world: &World,
    who: &Member,
    purpose: &str,
    filename: &str,
    content_type: &str,
    bytes: &[u8],
) -> Value {
    let upload = start(world, who, &announced(purpose, filename, content_type, bytes)).await;
    let sent = put(&upload, bytes).await;
    assert_eq!(sent.status(), StatusCode::OK, "{}", sent.text().await.unwrap());
    let answer = complete(world, who, &upload, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// Where the file is fetched from, for whoever may.
pub(crate) async fn address(world: &World, who: &Member, url: &str) -> String {
    let answer = world.get(url).bearer(&who.token).send().await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text());
    answer.location().to_owned()
}

/// The file as a browser gets it.
pub(crate) async fn fetch(world: &World, who: &Member, url: &str) -> reqwest::Response {
    reqwest::get(address(world, who, url).await).await.unwrap()
}

pub(crate) fn id(value: &Value) -> &str {
    value["upload_id"].as_str().unwrap()
}

pub(crate) async fn get(world: &World, who: &Member, upload: &Value) -> Value {
    let answer = world.get(&format!("/api/uploads/{}", id(upload))).bearer(&who.token).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

/// A fresh token for somebody whose old one has run out.
pub(crate) fn renewed(world: &World, who: Member) -> Member {
    Member { token: world.provider.id_token(&who.person), ..who }
}
