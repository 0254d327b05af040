//! Pictures are looked into, cleaned for others and made smaller.

use super::{announced, complete, fetch, get, put, send, start};
use crate::on_both_engines;
use http::StatusCode;
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::io::Cursor;

const SECRET: &[u8] = b"51.5007 N 0.1246 W<script>";

/// A picture of its own, with something after its end that tells where it was taken.
pub(crate) fn picture(width: u32, height: u32) -> Vec<u8> {
    let pixel = |x: u32, y: u32| Rgb([x, y, x ^ y].map(|value| u8::try_from(value % 256).unwrap()));
    let mut bytes = Vec::new();
    RgbImage::from_fn(width, height, pixel).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes.extend_from_slice(SECRET);
    bytes
}

fn tells(bytes: &[u8]) -> bool {
    bytes.windows(SECRET.len()).any(|window| window == SECRET)
}

on_both_engines!(what_others_see_tells_no_place_and_an_original_stays_whole, world => {
    let (ada, bytes) = (world.member("Ada").await, picture(40, 30));
    for purpose in ["media", "avatar", "photo"] {
        let file = send(&world, &ada, purpose, "p.png", "image/png", &bytes).await["file"].clone();
        assert_eq!((&file["width"], &file["height"]), (&json!(40), &json!(30)));
        let fetched = fetch(&world, &ada, file["url"].as_str().unwrap()).await;
        assert_eq!(fetched.headers()["content-type"], "image/png");
        assert!(fetched.headers()["content-disposition"].to_str().unwrap().starts_with("inline"));
        let kept = fetched.bytes().await.unwrap();
        assert_eq!(file["size"], kept.len());
        assert_eq!(tells(&kept), purpose == "photo");
        assert_eq!(kept == bytes, purpose == "photo");
    }
    world.backend.run_workers_once().await.unwrap();
    let (pictures, thumbnails) = (3, 3);
    assert_eq!(world.store.kept().len(), pictures + thumbnails, "what was sent is gone: {:?}", world.store.kept());
    for name in world.store.kept() {
        let bytes = ["media", "avatar", "photo"].iter().find_map(|purpose| {
            std::fs::read(world.store.folder.join(format!("test-{purpose}")).join(&name)).ok()
        });
        let is_original = std::fs::exists(world.store.folder.join("test-photo").join(&name)).unwrap() && name.len() == 36;
        assert_eq!(tells(&bytes.unwrap()), is_original, "{name}");
    }
});

on_both_engines!(thumbnails_follow_a_picture, world => {
    let (ada, ben) = (world.member("Ada").await, world.member("Ben").await);
    let upload = send(&world, &ada, "photo", "p.png", "image/png", &picture(1_000, 500)).await;
    assert!(upload["file"]["thumbnails"] == json!([]) && upload["file"].get("thumbhash").is_none());
    assert_eq!(world.backend.run_workers_once().await.unwrap(), 1);
    let file = get(&world, &ada, &upload).await["file"].clone();
    assert!(!file["thumbhash"].as_str().unwrap().is_empty());
    let sides: Vec<(u64, u64)> = file["thumbnails"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["width"].as_u64().unwrap(), one["height"].as_u64().unwrap()))
        .collect();
    assert_eq!(sides, [(320, 160), (800, 400), (1_000, 500)]);
    for thumbnail in file["thumbnails"].as_array().unwrap() {
        let url = thumbnail["url"].as_str().unwrap();
        let fetched = fetch(&world, &ada, url).await;
        assert_eq!(fetched.headers()["content-type"], "image/jpeg");
        assert!(!tells(&fetched.bytes().await.unwrap()));
        world.get(url).bearer(&ben.token).send().await.refused(404, "not_found");
        world.get(url).send().await.refused(401, "unauthorized");
    }
});

on_both_engines!(a_broken_picture_and_a_flood_of_pixels_are_refused, world => {
    let (ada, whole) = (world.member("Ada").await, picture(64, 64));
    let mut flood = whole.clone();
    flood[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let (begun, half) = (&whole[..60], &whole[..whole.len() / 2]);
    for (bytes, purpose) in [
        (begun, "media"),
        (begun, "photo"),
        (half, "photo"),
        (&flood, "photo"),
        (&flood, "media"),
        (&flood, "avatar"),
    ] {
        let upload = start(&world, &ada, &announced(purpose, "p.png", "image/png", bytes)).await;
        assert_eq!(put(&upload, bytes).await.status(), StatusCode::OK);
        let refused = complete(&world, &ada, &upload, None).await;
        refused.broke(&["body", "content_type"], "picture");
        let detail = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("picture") && detail.contains(": "), "{detail}");
    }
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    assert_eq!(world.count("select count(*) from objects").await, 0);
    let jobs: Value = json!(world.count("select count(*) from jobs where kind = 'object.thumbnails'").await);
    assert_eq!(jobs, 0);
});

on_both_engines!(a_face_is_small_wherever_it_stands, world => {
    let (ada, ben) = (world.member("Ada").await, world.member("Ben").await);
    let upload = send(&world, &ada, "avatar", "me.png", "image/png", &picture(1_000, 800)).await;
    let body = json!({ "avatar_upload_id": upload["upload_id"] });
    let url = world.patch("/api/me").bearer(&ada.token).json(&body).send().await.json()["avatar_url"].clone();
    let face = || fetch(&world, &ben, url.as_str().unwrap());
    assert_eq!(face().await.headers()["content-type"], "image/png", "as it was sent, until there is a smaller one");
    while world.backend.run_workers_once().await.unwrap() > 0 {}
    assert_eq!(face().await.headers()["content-type"], "image/jpeg");

    let album = world.album(&ada, "Faces").await;
    world.share(&ada, &album, &ben, "editor").await;
    let photo = world.photo(&ada, &album, 1, json!({})).await;
    assert_eq!(photo["added_by"]["avatar_url"], url);
    let seen = world.see(&ben, &format!("/api/albums/{album}")).await;
    assert_eq!((&seen["owner"]["avatar_url"], &seen["members"][0]["avatar_url"]), (&url, &Value::Null));
});
