//! The list of documents, and their titles.

use super::path;
use crate::{gallery::each, on_both_engines};
use http::StatusCode;
use serde_json::json;

/// Where a relation of a `Link` header leads.
fn lead(link: &str, relation: &str) -> Option<String> {
    let part = link.split(", ").find(|part| part.ends_with(&format!("rel=\"{relation}\"")))?;
    Some(part.strip_prefix('<')?.split_once('>')?.0.to_owned())
}

on_both_engines!(a_list_leads_to_older_and_newer_documents, world => {
    let ada = world.member("Ada").await;
    for number in 0..5 {
        world.document(&ada, &format!("Lecture {number}.txt"), "words").await;
        world.clock.advance_seconds(1);
    }
    let get = async |path: &str| {
        let answer = world.get(path).bearer(&ada.token).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let titles: Vec<String> = each(&answer.json(), "title").into_iter().map(str::to_owned).collect();
        (titles, answer.header("link").to_owned())
    };
    let (titles, link) = get("/api/documents?limit=2&query=lecture").await;
    assert_eq!((titles.as_slice(), lead(&link, "prev")), (["Lecture 4".into(), "Lecture 3".into()].as_slice(), None));
    let (titles, link) = get(&lead(&link, "next").unwrap()).await;
    assert_eq!(titles, ["Lecture 2", "Lecture 1"]);
    let newer = lead(&link, "prev").unwrap();
    let (titles, link) = get(&lead(&link, "next").unwrap()).await;
    assert_eq!((titles.as_slice(), lead(&link, "next")), (["Lecture 0".into()].as_slice(), None));
    let (titles, link) = get(&newer).await;
    assert_eq!((titles.as_slice(), lead(&link, "prev")), (["Lecture 4".into(), "Lecture 3".into()].as_slice(), None));
    assert_eq!(get(&lead(&link, "next").unwrap()).await.0, ["Lecture 2", "Lecture 1"]);
    let refused = |query: &str| world.get(&format!("/api/documents?{query}")).bearer(&ada.token).send();
    refused("before=x").await.broke(&["query", "before"], "cursor");
    refused("after=x").await.broke(&["query", "after"], "cursor");
    let cursor = newer.split("after=").nth(1).unwrap();
    refused(&format!("before={cursor}&after={cursor}")).await.broke(&["query", "after"], "ambiguous");
    refused("limit=101").await.broke(&["query", "limit"], "range");
    refused("limit=0").await.broke(&["query", "limit"], "integer");
    refused(&format!("query={}", "x".repeat(201))).await.broke(&["query", "query"], "too_long");
});

on_both_engines!(documents_are_found_by_title_and_file_name, world => {
    let ada = world.member("Ada").await;
    let bob = world.member("Bob").await;
    world.document(&bob, "Łódź.txt", "words").await;
    let lecture = world.lecture(&ada).await;
    world.document(&ada, "50%.txt", "words").await;
    assert_eq!(lecture["title"], "Zażółć gęślą jaźń", "as the document calls itself");
    for (query, titles) in [
        ("gesla", vec!["Zażółć gęślą jaźń"]),
        ("LECTURE%20zaz", vec!["Zażółć gęślą jaźń"]),
        ("50%25", vec!["50%"]),
        ("%20", vec!["50%", "Zażółć gęślą jaźń"]),
        ("lodz", vec![]),
    ] {
        let found = world.see(&ada, &format!("/api/documents?query={query}")).await;
        assert_eq!(each(&found, "title"), titles, "{query}");
    }
});

on_both_engines!(a_document_that_a_program_has_named_keeps_the_name_of_its_file, world => {
    let ada = world.member("Ada").await;
    for (named, title) in [
        ("Cell biology", "Cell biology"),
        ("about:blank", "Week 3"),
        ("Microsoft Word - Cells_final.docx", "Week 3"),
        ("Untitled document", "Week 3"),
    ] {
        let text = format!("---\ntitle: {named}\n---\n\nA cell divides into two daughter cells.\n");
        let added = world.document(&ada, "Week 3.md", &text).await;
        world.backend.run_workers_once().await.unwrap();
        let read = world.see(&ada, &path(&added)).await;
        assert_eq!((&read["title"], &read["status"]), (&json!(title), &json!("ready")), "{named}");
    }
});

on_both_engines!(a_title_is_its_owners_to_choose, world => {
    let ada = world.member("Ada").await;
    let document = world.document(&ada, "lecture.md", crate::documents::LECTURE).await;
    let rename = |body| world.patch(&path(&document)).bearer(&ada.token).json(&body).send();
    rename(json!({})).await.broke(&["body", "title"], "missing");
    rename(json!({ "title": " " })).await.broke(&["body", "title"], "blank");
    rename(json!({ "title": "a\nb" })).await.broke(&["body", "title"], "control_character");
    rename(json!({ "title": "x".repeat(201) })).await.broke(&["body", "title"], "too_long");
    rename(json!({ "title": "x", "status": "ready" })).await.broke(&["body", "status"], "unknown_field");
    let renamed = rename(json!({ "title": " <b>Biology</b> " })).await;
    assert_eq!((renamed.status, &renamed.json()["title"]), (StatusCode::OK, &json!("<b>Biology</b>")));
    world.backend.run_workers_once().await.unwrap();
    let read = world.see(&ada, &path(&document)).await;
    assert_eq!((&read["title"], &read["status"]), (&json!("<b>Biology</b>"), &json!("ready")), "reading leaves it");
});
