//! Large files go in parts, and go on where they were cut.

use super::{announced, complete, fetch, get, id, put, start};
use crate::{
    on_both_engines,
    world::{Member, World},
};
use futures_util::future::join_all;
use http::StatusCode;
use serde_json::{Value, json};

const PART: usize = 8 * 1_024 * 1_024;
const SIZE: usize = 2 * PART + 1_000;

/// A film, as far as its first bytes say.
fn film() -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..SIZE).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect();
    bytes[..24].copy_from_slice(b"\0\0\0\x18ftypisom\0\0\0\0isomiso2");
    bytes
}

fn part(bytes: &[u8], number: usize) -> &[u8] {
    bytes.chunks(PART).nth(number - 1).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn put_part(signed: &Value, bytes: &[u8]) -> String {
    let sent = put(signed, bytes).await;
    assert_eq!(sent.status(), StatusCode::OK);
    sent.headers()["etag"].to_str().unwrap().to_owned()
}

fn numbers(list: &Value) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|part| part["part_number"].as_u64().unwrap()).collect()
}

fn checksum(film: &[u8], number: usize) -> Value {
    json!({ "part_number": number, "sha256": sha256(part(film, number)) })
}

/// Announces the checksums of parts and gives the signed requests for them.
async fn announce(world: &World, who: &Member, upload: &Value, parts: &[Value]) -> Value {
    let call = world.post(&format!("/api/uploads/{}/parts", id(upload))).bearer(&who.token);
    let answer = call.json(&json!({ "parts": parts })).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["parts"].clone()
}

async fn begin(world: &World, ada: &Member, film: &[u8], sha256: Option<String>) -> Value {
    let mut new = announced("media", "film.mp4", "video/mp4", film);
    if let Some(sha256) = sha256 {
        new["sha256"] = json!(sha256);
    }
    start(world, ada, &new).await
}

on_both_engines!(an_upload_in_parts_goes_on_where_it_was_cut, world => {
    let (ada, film) = (world.member("Ada").await, film());
    let upload = begin(&world, &ada, &film, Some(sha256(&film))).await;
    assert_eq!(upload["part_size"], PART);
    let sizes: Vec<_> = upload["parts"].as_array().unwrap().iter().map(|part| part["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes, [PART as u64, PART as u64, 1_000]);
    assert!(upload.get("url").is_none());
    complete(&world, &ada, &upload, None).await.refused(409, "conflict");

    let first = put_part(&upload["parts"][0], part(&film, 1)).await;
    assert_eq!(put(&upload["parts"][1], part(&film, 3)).await.status(), StatusCode::FORBIDDEN, "another size");
    put_part(&upload["parts"][2], part(&film, 3)).await;
    let cut = get(&world, &ada, &upload).await;
    assert_eq!((numbers(&cut["parts"]), numbers(&cut["received"])), (vec![2], vec![1, 3]));
    assert_eq!(cut["received"][0]["etag"], first);
    let missing = complete(&world, &ada, &upload, None).await;
    assert!(missing.json()["detail"].as_str().unwrap().contains("arrived: 2."), "{}", missing.text());
    missing.refused(409, "conflict");

    put_part(&cut["parts"][0], part(&film, 2)).await;
    let wrong = json!({ "parts": [{ "part_number": 2, "etag": "\"0123456789abcdef0123456789abcdef\"" }] });
    complete(&world, &ada, &upload, Some(wrong)).await.refused(409, "conflict");
    let right = json!({ "parts": [{ "part_number": 1, "etag": first.trim_matches('"') }] });
    let path = format!("/api/uploads/{}/complete", id(&upload));
    let second = world.second().await;
    let calls = [world.post(&path), crate::world::call(second, http::Method::POST, &path), world.post(&path)];
    let answers = join_all(calls.map(|call| call.bearer(&ada.token).json(&right).send())).await;
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let file = &answers[0].json()["file"];
    assert_eq!((file["content_type"].as_str(), file["size"].as_u64()), (Some("video/mp4"), Some(SIZE as u64)));
    let fetched = fetch(&world, &ada, file["url"].as_str().unwrap()).await;
    assert_eq!(fetched.headers()["accept-ranges"], "bytes");
    assert!(fetched.bytes().await.unwrap() == film);
    assert_ne!(put(&upload["parts"][0], part(&film, 1)).await.status(), StatusCode::OK, "its requests no longer hold");
    assert_eq!(world.store.kept().len(), 1, "{:?}", world.store.kept());
});

on_both_engines!(parts_are_refused_by_their_checksums, world => {
    let (ada, film) = (world.member("Ada").await, film());
    let upload = begin(&world, &ada, &film, None).await;
    let path = format!("/api/uploads/{}/parts", id(&upload));
    let ask = async |parts: Value| world.post(&path).bearer(&ada.token).json(&json!({ "parts": parts })).send().await;
    ask(json!([])).await.broke(&["body", "parts"], "missing");
    ask(json!([{ "part_number": 4, "sha256": sha256(b"") }])).await.broke(&["body", "parts", "0", "part_number"], "range");
    ask(json!([{ "part_number": 0, "sha256": sha256(b"") }])).await.broke(&["body", "parts", "0", "part_number"], "range");
    ask(json!([{ "part_number": 1, "sha256": "x" }])).await.broke(&["body", "parts", "0", "sha256"], "format");
    let sums: Vec<Value> =
        (1..=3).map(|number| json!({ "part_number": number, "sha256": sha256(part(&film, number)) })).collect();
    for at_once in join_all(sums.iter().map(|sum| ask(json!([sum])))).await {
        assert_eq!(at_once.status, StatusCode::OK, "each part may be asked for by itself: {}", at_once.text());
    }
    let answer = ask(json!(sums)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let signed = answer.json();
    assert!(signed["parts"][0]["headers"]["x-amz-checksum-sha256"].is_string());
    assert_eq!(put(&signed["parts"][1], part(&film, 1)).await.status(), StatusCode::BAD_REQUEST, "other bytes");
    assert_ne!(put(&upload["parts"][0], part(&film, 1)).await.status(), StatusCode::OK, "signed without a checksum");
    for number in 1..=3 {
        put_part(&signed["parts"][number - 1], part(&film, number)).await;
    }
    let done = complete(&world, &ada, &upload, None).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    ask(json!(sums)).await.refused(409, "conflict");
    let small = start(&world, &ada, &announced("media", "a", "", b"x")).await;
    let path = format!("/api/uploads/{}/parts", id(&small));
    let call = world.post(&path).bearer(&ada.token).json(&json!({ "parts": [{ "part_number": 1, "sha256": sha256(b"x") }] }));
    call.send().await.refused(409, "conflict");
});

on_both_engines!(parts_that_are_not_the_whole_that_was_announced_are_refused, world => {
    let (ada, film) = (world.member("Ada").await, film());
    let upload = begin(&world, &ada, &film, Some(sha256(b"something else"))).await;
    for number in 1..=3 {
        put_part(&upload["parts"][number - 1], part(&film, number)).await;
    }
    complete(&world, &ada, &upload, None).await.broke(&["body", "sha256"], "mismatch");
    assert_eq!(get(&world, &ada, &upload).await["status"], "failed");
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
});

on_both_engines!(an_upload_with_checksums_goes_on_with_them, world => {
    let (ada, film) = (world.member("Ada").await, film());
    let upload = begin(&world, &ada, &film, None).await;
    let signed = announce(&world, &ada, &upload, &[checksum(&film, 3), checksum(&film, 1)]).await;
    put_part(&signed[0], part(&film, 3)).await;
    let cut = get(&world, &ada, &upload).await;
    assert_eq!((numbers(&cut["parts"]), numbers(&cut["received"])), (vec![1, 2], vec![3]));
    assert_eq!(cut["parts"][0]["headers"]["x-amz-checksum-sha256"], signed[1]["headers"]["x-amz-checksum-sha256"]);
    assert!(cut["parts"][1].get("url").is_none(), "a part whose checksum nobody knows cannot be signed: {cut}");
    assert_eq!(put(&cut["parts"][0], part(&film, 2)).await.status(), StatusCode::BAD_REQUEST, "other bytes");
    put_part(&cut["parts"][0], part(&film, 1)).await;
    let missing = complete(&world, &ada, &upload, None).await;
    assert!(missing.json()["detail"].as_str().unwrap().contains("arrived: 2."), "{}", missing.text());
    missing.refused(409, "conflict");

    announce(&world, &ada, &upload, &[checksum(&film, 2)]).await;
    let cut = get(&world, &ada, &upload).await;
    assert_eq!((numbers(&cut["parts"]), numbers(&cut["received"])), (vec![2], vec![1, 3]));
    put_part(&cut["parts"][0], part(&film, 2)).await;
    let done = complete(&world, &ada, &upload, None).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let fetched = fetch(&world, &ada, done.json()["file"]["url"].as_str().unwrap()).await;
    assert!(fetched.bytes().await.unwrap() == film);
});

on_both_engines!(a_part_with_another_checksum_than_the_last_that_was_announced_is_missing, world => {
    let (ada, film) = (world.member("Ada").await, film());
    let upload = begin(&world, &ada, &film, None).await;
    let all: Vec<Value> = (1..=3).map(|number| checksum(&film, number)).collect();
    let signed = announce(&world, &ada, &upload, &all).await;
    for number in 1..=3 {
        put_part(&signed[number - 1], part(&film, number)).await;
    }
    let other = json!({ "part_number": 2, "sha256": sha256(part(&film, 1)) });
    announce(&world, &ada, &upload, &[other]).await;
    let changed = complete(&world, &ada, &upload, None).await;
    assert!(changed.json()["detail"].as_str().unwrap().contains("Part 2"), "{}", changed.text());
    changed.refused(409, "conflict");
    let cut = get(&world, &ada, &upload).await;
    assert_eq!((numbers(&cut["parts"]), numbers(&cut["received"])), (vec![2], vec![1, 3]));
    announce(&world, &ada, &upload, &all[1..2]).await;
    let cut = get(&world, &ada, &upload).await;
    assert_eq!((numbers(&cut["parts"]), numbers(&cut["received"])), (vec![], vec![1, 2, 3]), "it was there already");
    let done = complete(&world, &ada, &upload, None).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
});
