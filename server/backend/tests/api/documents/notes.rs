//! Notes as their reader gets and changes them.

use super::path;
use crate::{documents::LECTURE, model::answering, on_both_engines};
use domain::{citation::Citation, documents::Notes};
use http::StatusCode;
use serde_json::{Value, json};

on_both_engines!(notes_are_made_edited_and_made_anew_and_every_version_stays, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let (path, notes) = (path(&document), format!("{}/notes", path(&document)));
    assert_eq!(document["notes_status"], "ready");
    let made = world.see(&ada, &notes).await;
    assert_eq!((&made["status"], &made["version"], &made["edited"]), (&json!("ready"), &json!(1), &json!(false)));
    let put = |body: Value| world.put(&notes).bearer(&ada.token).json(&body).send();
    put(json!({})).await.broke(&["body", "markdown"], "missing");
    put(json!({ "markdown": "x", "version": "1" })).await.broke(&["body", "version"], "type");
    put(json!({ "markdown": "x", "version": null })).await.broke(&["body", "version"], "type");
    put(json!({ "markdown": "x", "html": "x" })).await.broke(&["body", "html"], "unknown_field");
    put(json!({ "markdown": "x".repeat(200_001) })).await.broke(&["body", "markdown"], "too_long");
    put(json!({ "markdown": "a\u{7}" })).await.broke(&["body", "markdown"], "control_character");
    put(json!({ "markdown": "a\0" })).await.broke(&["body", "markdown"], "control_character");
    let mine = "# Mine\r\n\r\n<script>alert(1)</script> [x](javascript:alert(1)) | a |";
    let edited = put(json!({ "markdown": mine, "version": 1 })).await;
    assert_eq!(edited.status, StatusCode::OK, "{}", edited.text());
    let edited = edited.json();
    assert_eq!((&edited["version"], &edited["edited"], &edited["points"]), (&json!(2), &json!(true), &json!([])));
    assert_eq!(edited["markdown"], mine.replace("\r\n", "\n"));
    let html = edited["html"].as_str().unwrap();
    assert!(html.starts_with("<h2>Mine</h2>") && !html.contains("<script") && !html.contains("href"), "{html}");
    put(json!({ "markdown": "late", "version": 1 })).await.refused(409, "conflict");
    let last = put(json!({ "markdown": "" })).await;
    assert_eq!((last.status, &last.json()["version"]), (StatusCode::OK, &json!(3)), "without a version the present one");
    assert_eq!(world.see(&ada, &notes).await, last.json());

    let anew = || world.post(&format!("{path}/regenerate-notes")).bearer(&ada.token).send();
    for _ in 0..2 {
        let answer = anew().await;
        assert_eq!((answer.status, &answer.json()["status"]), (StatusCode::ACCEPTED, &json!("processing")));
        assert_eq!(answer.json()["version"], 3, "the version before is shown meanwhile");
    }
    let waiting = world.get(&notes).bearer(&ada.token).send().await;
    assert_eq!(waiting.status, StatusCode::ACCEPTED);
    assert_eq!(world.see(&ada, &path).await["notes_status"], "processing");
    world.backend.run_workers_once().await.unwrap();
    let again = world.see(&ada, &notes).await;
    assert_eq!((&again["version"], &again["edited"]), (&json!(4), &json!(false)));
    assert_eq!((&again["markdown"], &again["points"]), (&made["markdown"], &made["points"]), "the same as at first");
    let versions = world.see(&ada, &format!("{notes}/versions")).await;
    let told: Vec<_> = versions.as_array().unwrap().iter().map(|one| (&one["version"], &one["edited"])).collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(told, [(&json!(4), &no), (&json!(3), &yes), (&json!(2), &yes), (&json!(1), &no)]);
    assert_eq!((&versions[3]["markdown"], &versions[3]["html"]), (&made["markdown"], &made["html"]));
    let newest = world.get(&format!("{notes}/versions?limit=3")).bearer(&ada.token).send().await;
    assert_eq!(newest.json(), json!(versions.as_array().unwrap()[..3]));
    let older = format!("{notes}/versions?limit=3&before=2");
    assert_eq!(newest.header("link"), format!("<{older}>; rel=\"next\""));
    let oldest = world.get(&older).bearer(&ada.token).send().await;
    assert_eq!((oldest.json(), oldest.header("link")), (json!([versions[3]]), ""));
    let keyed = || world.post(&format!("{path}/regenerate-notes")).bearer(&ada.token).header("idempotency-key", "k").send();
    let first = keyed().await;
    world.backend.run_workers_once().await.unwrap();
    assert_eq!((keyed().await.json(), keyed().await.status), (first.json(), StatusCode::ACCEPTED), "not made once more");
    assert_eq!(world.see(&ada, &path).await["notes_status"], "ready");
});

on_both_engines!(the_longest_notes_in_any_writing_are_taken, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let markdown: String = "żółćęśą ".chars().cycle().take(200_000).collect();
    let escaped: String = json!({ "markdown": markdown })
        .to_string()
        .chars()
        .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("\\u{:04x}", letter as u32) })
        .collect();
    let put = world.put(&format!("{}/notes", path(&document))).bearer(&ada.token);
    let answer = put.body("application/json", escaped.as_bytes()).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["markdown"], markdown);
});

on_both_engines!(every_point_of_the_notes_stands_where_it_says, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let notes: Notes = serde_json::from_value(world.see(&ada, &format!("{}/notes", path(&document))).await).unwrap();
    let pages = world.see(&ada, &format!("{}/text", path(&document))).await;
    for point in &notes.points {
        assert!(!point.citations.is_empty(), "{point:?}");
        for citation in &point.citations {
            let Citation::Document { page, start, end, .. } = citation else { panic!("{citation:?}") };
            assert!(citation.stands_in(pages[*page as usize - 1]["text"].as_str().unwrap()), "{citation:?}");
            let link = format!("/read?page={page}&start={start}&end={end}");
            assert!(notes.markdown.contains(&link), "{}", notes.markdown);
        }
    }
});

on_both_engines!(edited_notes_lead_only_to_passages_that_are_there, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    let notes = format!("{}/notes", path(&document));
    let reader = format!("/library/{}/read", document["id"].as_str().unwrap());
    let (there, lie) = (format!("{reader}?page=1&start=0&end=5"), format!("{reader}?page=1&start=0&end=99999"));
    let beyond = format!("{reader}?page=77&start=0&end=5");
    let markdown = format!("- Mine. [p. 1]({there})\n- Lies. [p. 1]({lie})\n- Beyond. [p. 77]({beyond})\n- [All]({reader})");
    let put = world.put(&notes).bearer(&ada.token).json(&json!({ "markdown": markdown }));
    let edited = put.send().await.json();
    let versions = world.see(&ada, &format!("{notes}/versions")).await;
    for shown in [&edited, &world.see(&ada, &notes).await, &versions[0]] {
        assert_eq!(shown["markdown"], markdown);
        let html = shown["html"].as_str().unwrap();
        let links: Vec<&str> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(links, [there.replace('&', "&amp;"), reader.clone()], "{html}");
        assert!(html.contains("Lies. p. 1"), "{html}");
    }
    let made = versions[1]["html"].as_str().unwrap();
    assert!(made.contains(&format!("href=\"{reader}?page=1")), "{made}");
});

on_both_engines!(notes_that_are_not_there_cannot_be_edited, world => {
    let ada = world.member("Ada").await;
    let document = world.document(&ada, "lecture.md", crate::documents::LECTURE).await;
    let notes = format!("{}/notes", path(&document));
    let put = |body: Value| world.put(&notes).bearer(&ada.token).json(&body).send();
    put(json!({ "markdown": "early" })).await.refused(409, "conflict");
    let waiting = world.post(&format!("{}/regenerate-notes", path(&document))).bearer(&ada.token).send().await;
    assert_eq!(waiting.status, StatusCode::ACCEPTED);
    assert_eq!(world.see(&ada, &format!("{notes}/versions")).await, json!([]));
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from document_notes").await, 1, "asked for twice, made once");
});

on_both_engines!(notes_by_a_model_that_refuses_fail_at_once, answering(StatusCode::FORBIDDEN, "{}").await, world => {
    let ada = world.member("Ada").await;
    let document = world.lecture(&ada).await;
    assert_eq!((&document["status"], &document["notes_status"]), (&json!("ready"), &json!("failed")), "{document}");
    let notes = world.see(&ada, &format!("{}/notes", path(&document))).await;
    let remark = notes["remark"].as_str().unwrap();
    assert!(remark.contains("refuses") && remark.contains("settings"), "{remark}");
    let dead = "select count(*) from jobs where kind = 'document.notes' and dead_at is not null and attempts = 1";
    assert_eq!(world.count(dead).await, 1, "for whoever runs the server to look at");
});

on_both_engines!(notes_by_a_model_that_has_trouble_are_tried_again, answering(StatusCode::BAD_GATEWAY, "").await, world => {
    let ada = world.member("Ada").await;
    let document = world.document(&ada, "lecture.md", LECTURE).await;
    let notes = format!("{}/notes", path(&document));
    for _ in 0..8 {
        let waiting = world.get(&notes).bearer(&ada.token).send().await;
        assert_eq!((waiting.status, &waiting.json()["status"]), (StatusCode::ACCEPTED, &json!("processing")));
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(400);
    }
    let failed = world.see(&ada, &notes).await;
    assert_eq!(failed["status"], "failed", "{failed}");
    assert!(failed["remark"].as_str().unwrap().contains("several times"), "{failed}");
});

on_both_engines!(notes_by_a_model_that_makes_no_sense_are_tried_thrice, answering(StatusCode::OK, "Hello").await, world => {
    let ada = world.member("Ada").await;
    let document = world.document(&ada, "lecture.md", LECTURE).await;
    let notes = format!("{}/notes", path(&document));
    for _ in 0..2 {
        world.backend.run_workers_once().await.unwrap();
        world.clock.advance_seconds(400);
        let waiting = world.get(&notes).bearer(&ada.token).send().await;
        assert_eq!(waiting.status, StatusCode::ACCEPTED);
        assert!(waiting.json()["remark"].as_str().unwrap().contains("trying again"), "{}", waiting.text());
    }
    world.backend.run_workers_once().await.unwrap();
    let failed = world.see(&ada, &notes).await;
    assert_eq!((&failed["status"], &failed["version"]), (&json!("failed"), &json!(0)), "{failed}");
    assert!(failed["remark"].as_str().unwrap().contains("no answer that can be used"), "{failed}");
});
