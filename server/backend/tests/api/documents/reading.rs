//! What is read of a document, and what is said of one that cannot be read.

use super::path;
use crate::{on_both_engines, uploads::fetch};
use domain::citation::passage;
use http::StatusCode;
use serde_json::{Value, json};

on_both_engines!(a_document_is_read_page_by_page, world => {
    let ada = world.member("Ada").await;
    let added = world.document(&ada, "lecture.md", crate::documents::LECTURE).await;
    let path = path(&added);
    assert_eq!(world.see(&ada, &format!("{path}/text")).await, json!([]), "nothing before it is read");
    assert_eq!(world.see(&ada, &format!("{path}/text?page=1")).await, json!([]));
    assert_eq!(world.see(&ada, &format!("{path}/contents")).await, json!([]));
    let notes = world.get(&format!("{path}/notes")).bearer(&ada.token).send().await;
    assert_eq!((notes.status, &notes.json()["version"]), (StatusCode::ACCEPTED, &json!(0)));

    world.backend.run_workers_once().await.unwrap();
    let document = world.see(&ada, &path).await;
    assert_eq!((&document["status"], &document["pages"]), (&json!("ready"), &json!(1)), "{document}");
    assert!(document["words"].as_u64().unwrap() > 20 && document.get("progress").is_none(), "{document}");
    let pages = world.see(&ada, &format!("{path}/text")).await;
    assert_eq!(pages, world.see(&ada, &format!("{path}/text?page=1")).await);
    let page = &pages[0];
    let text = page["text"].as_str().unwrap();
    assert!(text.contains("A cell divides into two daughter cells."), "{text}");
    for block in page["blocks"].as_array().unwrap() {
        let [start, end] = ["start", "end"].map(|field| u32::try_from(block[field].as_u64().unwrap()).unwrap());
        assert!(passage(text, start, end).is_some(), "{block}");
    }
    world.get(&format!("{path}/text?page=2")).bearer(&ada.token).send().await.refused(404, "not_found");
    world.get(&format!("{path}/text?page=99999999999")).bearer(&ada.token).send().await.refused(404, "not_found");
    for bad in ["0", "-1", "x", ""] {
        let answer = world.get(&format!("{path}/text?page={bad}")).bearer(&ada.token).send().await;
        answer.broke(&["query", "page"], "integer");
    }
    let contents = world.see(&ada, &format!("{path}/contents")).await;
    let told: Vec<_> = contents.as_array().unwrap().iter().map(|entry| (&entry["title"], &entry["level"])).collect();
    assert_eq!(told, [(&json!("Zażółć gęślą jaźń"), &json!(1)), (&json!("Counting"), &json!(2))]);
});

on_both_engines!(words_are_found_without_case_and_accents_where_they_stand, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let path = path(&document);
    let text = world.see(&ada, &format!("{path}/text")).await[0]["text"].as_str().unwrap().to_owned();
    for (query, quotes) in [
        ("ZAZOLC%20gesla%20%20jazn", vec!["Zażółć gęślą jaźń"]),
        ("Cell", vec!["cell", "cell", "cell"]),
        ("strasse", vec!["Straße"]),
        ("50%25", vec!["50%"]),
        ("more_cells", vec!["more_cells"]),
        ("%25", vec!["%"]),
        ("%5C", vec![]),
        ("mitochondria", vec![]),
    ] {
        let found = world.see(&ada, &format!("{path}/find?query={query}")).await;
        let found = found.as_array().unwrap();
        assert_eq!(found.len(), quotes.len(), "{query}: {found:?}");
        for (place, quote) in found.iter().zip(quotes) {
            let [start, end] = ["start", "end"].map(|field| u32::try_from(place[field].as_u64().unwrap()).unwrap());
            assert_eq!(passage(&text, start, end), Some(quote), "{place}");
            assert_eq!((&place["page"], &place["excerpt"][1]), (&json!(1), &json!(quote)));
        }
    }
    let find = |query: String| world.get(&format!("{path}/find{query}")).bearer(&ada.token).send();
    find(String::new()).await.broke(&["query", "query"], "missing");
    find("?query=%20".into()).await.broke(&["query", "query"], "blank");
    find(format!("?query={}", "x".repeat(201))).await.broke(&["query", "query"], "too_long");
    find("?query=a%00b".into()).await.broke(&["query", "query"], "control_character");
});

on_both_engines!(a_document_that_cannot_be_read_says_why_and_what_to_do, world => {
    let ada = world.member("Ada").await;
    let broken = world.form(&ada, "broken.pdf", "application/pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog").await.json();
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old document".to_vec();
    let stream = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    let protected: Vec<u8> = compound.iter().copied().chain(stream).collect();
    let old = world.form(&ada, "old.docx", "application/octet-stream", &compound).await.json();
    let protected = world.form(&ada, "plan.docx", "application/octet-stream", &protected).await.json();
    world.backend.run_workers_once().await.unwrap();
    for (document, code) in [(broken, "corrupt"), (old, "unsupported"), (protected, "encrypted")] {
        let path = path(&document);
        let document = world.see(&ada, &path).await;
        assert_eq!((&document["status"], &document["notes_status"]), (&json!("failed"), &json!("failed")));
        let failure = &document["failure"];
        assert_eq!(failure["code"], code, "{failure}");
        assert!(failure["message"].as_str().unwrap().contains("upload"), "it says what to do: {failure}");
        assert_eq!((&document["pages"], document.get("progress")), (&Value::Null, None));
        let notes = world.get(&format!("{path}/notes")).bearer(&ada.token).send().await;
        assert_eq!((notes.status, &notes.json()["status"]), (StatusCode::OK, &json!("failed")));
        assert_eq!(notes.json()["remark"], failure["message"]);
        let anew = world.post(&format!("{path}/regenerate-notes")).bearer(&ada.token).send().await;
        anew.refused(409, "conflict");
        assert_eq!(world.see(&ada, &format!("{path}/text")).await, json!([]));
        assert_eq!(world.see(&ada, &format!("{path}/find?query=a")).await, json!([]));
    }
});

on_both_engines!(a_page_of_the_web_is_saved_and_never_shown, world => {
    let ada = world.member("Ada").await;
    let page = b"<!doctype html><html><body><h1>Cells</h1><p>A cell divides.</p><script>alert(1)</script></body></html>";
    let document = world.form(&ada, "page.html", "text/html", page).await.json();
    assert_eq!(document["content_type"], "text/html");
    let original = fetch(&world, &ada, document["url"].as_str().unwrap()).await;
    assert!(original.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(original.headers()["content-type"], "application/octet-stream");
    assert_eq!(original.bytes().await.unwrap(), page.as_slice());
    world.backend.run_workers_once().await.unwrap();
    let text = world.see(&ada, &format!("{}/text", path(&document))).await;
    assert!(text[0]["text"].as_str().unwrap().contains("A cell divides."), "{text}");
    assert!(!text.to_string().contains("alert"), "{text}");
});
