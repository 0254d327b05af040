//! Documents from their file to their notes, with real requests.

mod access;
mod adding;
pub(crate) mod attachments;
mod leaving;
mod listing;
mod notes;
mod reading;

use crate::world::{Answer, Member, World};
use http::StatusCode;
use serde_json::{Value, json};

/// Two headings, a table and words with accents.
pub(crate) const LECTURE: &str = "# Zażółć gęślą jaźń\n\nA cell divides into two daughter cells. Mitosis is the \
    division of a nucleus.\n\n## Counting\n\n| Phase | Hours |\n|---|---|\n| Growth | 11 |\n| Division | 1 |\n\nThe \
    Straße has 50% more_cells.\n";

impl World {
    /// Sends a file in a form.
    pub(crate) async fn form(&self, who: &Member, filename: &str, content_type: &str, bytes: &[u8]) -> Answer {
        let form = form(&[("file", Some((filename, content_type)), bytes)]);
        let call = self.post("/api/documents/upload").bearer(&who.token);
        call.body("multipart/form-data; boundary=limit", &form).send().await
    }

    /// Names a file that is here already.
    pub(crate) async fn name_document(&self, who: &Member, body: Value) -> Answer {
        self.post("/api/documents/upload").bearer(&who.token).json(&body).send().await
    }

    /// Adds a document and gives it as the answer tells it.
    pub(crate) async fn document(&self, who: &Member, filename: &str, text: &str) -> Value {
        let answer = self.form(who, filename, "text/markdown", text.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    /// Adds the lecture, has it read, and gives it as it then is.
    pub(crate) async fn lecture(&self, who: &Member) -> Value {
        let document = self.document(who, "lecture.md", LECTURE).await;
        self.backend.run_workers_once().await.unwrap();
        self.see(who, &path(&document)).await
    }
}

/// Where the document is.
pub(crate) fn path(document: &Value) -> String {
    format!("/api/documents/{}", document["id"].as_str().unwrap())
}

type FormField<'a> = (&'a str, Option<(&'a str, &'a str)>, &'a [u8]);

/// A form with these fields.
pub(crate) fn form(fields: &[FormField<'_>]) -> Vec<u8> {
    let mut form = Vec::new();
    for (name, file, content) in fields {
        let file = file.map(|(name, kind)| format!("; filename=\"{name}\"\r\nContent-Type: {kind}"));
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"{}", file.unwrap_or_default());
        form.extend(format!("--limit\r\n{disposition}\r\n\r\n").into_bytes());
        form.extend(*content);
        form.extend(b"\r\n");
    }
    form.extend(b"--limit--\r\n");
    form
}

/// A document as it is right after it was added.
pub(crate) fn just_added(document: &Value, filename: &str, title: &str, size: usize) {
    let fields: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "content_type",
        "created_at",
        "filename",
        "id",
        "language",
        "notes_status",
        "pages",
        "size",
        "status",
        "title",
        "updated_at",
        "url",
        "words",
    ];
    assert_eq!(fields.len(), expected.len(), "{document}");
    assert!(expected.iter().all(|field| fields.contains(field)), "{document}");
    assert_eq!((&document["filename"], &document["title"]), (&json!(filename), &json!(title)));
    assert_eq!((&document["status"], &document["notes_status"]), (&json!("uploaded"), &json!("processing")));
    assert_eq!(document["size"], size);
    for unknown in ["pages", "words", "language"] {
        assert_eq!(document[unknown], Value::Null, "{unknown}");
    }
}
