//! A document through a running server, which reads it in a process of its own.

use crate::{
    faults::{Port, Process},
    world::{DataFolder, World},
};
use db::{EngineKind, testing::ENGINES};
use reqwest::{Client, StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(60);
const LECTURE: &[u8] = b"# Cells\n\nA cell divides into two daughter cells.\n";

/// Sends a file and gives the document once nothing more happens to it.
pub(crate) async fn processed(url: &str, token: &str, filename: &str, content_type: &str, bytes: &[u8]) -> Value {
    let head = format!(
        "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\nContent-Type: \
         {content_type}\r\n\r\n"
    );
    let form = [head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat();
    let sent = Client::new()
        .post(format!("{url}/api/documents/upload"))
        .bearer_auth(token)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=limit")
        .body(form);
    let sent = sent.send().await.unwrap();
    assert_eq!(sent.status(), StatusCode::CREATED, "{}", sent.text().await.unwrap());
    let document: Value = sent.json().await.unwrap();
    let path = format!("{url}/api/documents/{}", document["id"].as_str().unwrap());
    let waiting = async {
        loop {
            let answer = Client::new().get(&path).bearer_auth(token).send().await.unwrap();
            // Whoever asks without a pause is told to make one.
            if answer.status() == StatusCode::OK {
                let document: Value = answer.json().await.unwrap();
                if document["notes_status"] != "processing" {
                    return document;
                }
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, waiting).await.unwrap()
}

#[tokio::test]
async fn a_document_is_read_in_a_process_of_its_own() {
    for kind in ENGINES {
        let (port, data) = (Port::free(), DataFolder::new());
        let url = port.url();
        let world = World::with(kind, &[("LYCEUM_PUBLIC_URL", &url), ("LYCEUM_DEMO", "0")]).await;
        let ada = world.person("Ada", "Lovelace").await;
        let process = Process::start(world.database(), &data.0, &port).await;
        let read = processed(&process.url, &ada.id_token, "lecture.md", "text/markdown", LECTURE).await;
        assert_eq!((&read["status"], &read["pages"], &read["title"]), (&json!("ready"), &json!(1), &json!("Cells")));
        if kind == EngineKind::Sqlite {
            let broken = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog";
            let broken = processed(&process.url, &ada.id_token, "broken.pdf", "application/pdf", broken).await;
            assert_eq!(broken["status"], "failed");
            assert!(broken["failure"]["message"].as_str().unwrap().contains("upload"), "{broken}");
        }
    }
}
