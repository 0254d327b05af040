//! Archives of photos and of everything of one's own.

use crate::{
    gallery::{id, png},
    on_both_engines,
    world::{Answer, World},
};
use db::{EngineKind, on, sqlx};
use http::StatusCode;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    fs::{self, File},
    io::Write as _,
    path::PathBuf,
    process::Command,
};
use uuid::Uuid;

/// What Python's zipfile finds in an archive: names, sizes, texts of JSON files, and CRCs that it has checked.
const READER: &str = "import json, sys, zipfile\n\
    with zipfile.ZipFile(sys.argv[1]) as archive:\n\
    \x20   assert archive.testzip() is None\n\
    \x20   json.dump([[entry.filename, entry.file_size, entry.compress_type, oct(entry.external_attr >> 16),\n\
    \x20       archive.read(entry).decode() if entry.filename.endswith('.json') else '', entry.CRC] for entry in archive.infolist()],\n\
    \x20       sys.stdout)";

/// A file that is gone at the end of the test.
struct Kept(PathBuf);

impl Drop for Kept {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

impl Kept {
    fn new() -> (Self, File) {
        let path = std::env::temp_dir().join(format!("lyceum-archive-{}.zip", Uuid::new_v4()));
        let file = File::create(&path).unwrap();
        (Self(path), file)
    }

    fn entries(&self) -> Vec<Value> {
        let output = Command::new("python3").arg("-c").arg(READER).arg(&self.0).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn entries(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/zip");
    let (archive, mut file) = Kept::new();
    file.write_all(&answer.body).unwrap();
    archive.entries()
}

fn names(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry[0].as_str().unwrap()).collect()
}

on_both_engines!(an_album_comes_as_a_zip_with_every_original, world => {
    let ada = world.member("Ada").await;
    let album = world.album(&ada, "Żółw / 2026").await;
    let path = format!("/api/albums/{album}/download");
    let empty = world.get(&path).bearer(&ada.token).send().await;
    assert_eq!(entries(&empty), Vec::<Value>::new());
    assert_eq!(
        empty.header("content-disposition"),
        "attachment; filename=\"___w _ 2026.zip\"; filename*=UTF-8''%C5%BB%C3%B3%C5%82w%20_%202026.zip"
    );
    let mut ids = Vec::new();
    for (seed, filename) in [(1, "żaba.png"), (2, "a.png"), (3, "A.png"), (4, "a.png")] {
        ids.push(id(&world.photo(&ada, &album, seed, json!({ "filename": filename })).await).to_owned());
    }
    let all = entries(&world.get(&path).bearer(&ada.token).send().await);
    assert_eq!(names(&all), ["żaba.png", "a.png", "A (2).png", "a (3).png"]);
    assert_eq!(all[0].as_array().unwrap()[1..4], [json!(png(1).len()), json!(0), json!("0o100644")], "stored, readable");
    let some = json!({ "ids": [ids[3], ids[0]] });
    let posted = world.post("/api/photos/download").bearer(&ada.token).json(&some).send().await;
    assert_eq!(names(&entries(&posted)), ["żaba.png", "a.png"]);
    let form = format!("ids={}&ids={}", ids[0], ids[1]);
    let form = world.post("/api/photos/download").bearer(&ada.token)
        .body("application/x-www-form-urlencoded", form.as_bytes()).send().await;
    assert_eq!(names(&entries(&form)), ["żaba.png", "a.png"]);
    let linked = world.get(&format!("/api/photos/download?ids={}", ids[1])).bearer(&ada.token).send().await;
    assert_eq!(names(&entries(&linked)), ["a.png"]);
    let call = |body: &[u8]| world.post("/api/photos/download").bearer(&ada.token)
        .body("application/x-www-form-urlencoded", body).send();
    call(b"").await.broke(&["body", "ids"], "missing");
    call(b"ids=x").await.broke(&["body", "ids"], "uuid");
    world.get("/api/photos/download?ids=x").bearer(&ada.token).send().await.broke(&["query", "ids"], "uuid");
    world.get("/api/photos/download").bearer(&ada.token).send().await.broke(&["query", "ids"], "missing");
    call(format!("ids={},{}", ids[0], Uuid::new_v4()).as_bytes()).await.refused(404, "not_found");
    world.post("/api/photos/download").bearer(&ada.token).body("text/plain", b"x").send().await
        .refused(415, "unsupported_media_type");
});

on_both_engines!(everything_of_mine_is_in_one_archive, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (adas, bobs) = (world.album(&ada, "Frogs").await, world.album(&bob, "Toads").await);
    world.share(&bob, &bobs, &ada, "editor").await;
    world.photo(&ada, &adas, 1, json!({ "title": "Green", "tags": ["wet"] })).await;
    world.photo(&ada, &bobs, 2, json!({})).await;
    world.photo(&bob, &bobs, 3, json!({})).await;
    let talk = world.conversation(&ada, &[&bob], None).await;
    world.send(&ada, talk, "Hello \"Bob\"").await;
    world.send(&bob, talk, "Hello Ada").await;
    world.send(&ada, talk, "Bye").await;
    world.get("/api/me/export").send().await.refused(401, "unauthorized");
    let all = entries(&world.get("/api/me/export").bearer(&ada.token).send().await);
    let mut found = names(&all);
    found.sort_unstable();
    let conversation = format!("conversations/Bob Example {talk}.json");
    assert_eq!(found, [
        "albums/Frogs/1.png",
        "albums/Frogs/1.png.json",
        "albums/Frogs/album.json",
        conversation.as_str(),
        "photos in albums of others/Toads/2.png",
        "photos in albums of others/Toads/2.png.json",
        "profile.json",
        "quizzes/answers.json",
        "quizzes/review.json",
        "quizzes/submissions.json",
    ]);
    let json_of = |name: &str| -> Value {
        let entry = all.iter().find(|entry| entry[0] == name).unwrap();
        serde_json::from_str(entry[4].as_str().unwrap()).unwrap()
    };
    assert_eq!(json_of("profile.json")["sub"], ada.sub);
    assert_eq!(json_of("albums/Frogs/1.png.json")["tags"], json!(["wet"]));
    let written = json_of(&conversation);
    let texts: Vec<&Value> = written["messages"].as_array().unwrap().iter().map(|message| &message["content"]).collect();
    assert_eq!(texts, [&json!("Hello \"Bob\""), &json!("Bye")], "mine only");
    assert_eq!(written["others"], json!(["Bob Example"]));
});

const COPY_FILE: &str = "insert into objects (id, account_id, purpose, bucket, object_key, filename, content_type, \
     size, width, height, thumbhash, attached_at, created_at) \
     select $1, account_id, purpose, bucket, $2, filename, content_type, size, width, height, thumbhash, attached_at, \
     created_at from objects where id = $3";
const COPY: &str = "insert into photos (id, album_id, object_id, sha256, added_by, title, description, search_text, \
     sort_title, created_at, updated_at, taken_at) \
     select $1, $2, $3, $4, owner_id, '', '', '', '', 0, 0, 0 from albums where id = $2";

/// Bytes that this process has in memory.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024
}

/// Gives an album so many photos more, each like the first one but for its last bytes.
async fn multiply(world: &World, album: &str, object: &str, bytes: &[u8], number: u32) {
    let (album, object) = (Uuid::parse_str(album).unwrap(), Uuid::parse_str(object).unwrap());
    let (folder, mut bytes) = (world.store.folder.join("test-photo"), bytes.to_vec());
    let mut transaction = world.database.db.begin().await.unwrap();
    for at in 0..number {
        let (photo, file) = (Uuid::new_v4(), Uuid::new_v4());
        let end = bytes.len() - 4;
        bytes[end..].copy_from_slice(&at.to_be_bytes());
        fs::write(folder.join(file.to_string()), &bytes).unwrap();
        on!(&mut transaction, c => {
            sqlx::query(COPY_FILE).bind(file).bind(file.to_string()).bind(object).execute(&mut *c).await.unwrap();
            sqlx::query(COPY).bind(photo).bind(album).bind(file).bind(at.to_string()).execute(&mut *c).await.unwrap();
        });
    }
    transaction.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_photos_take_no_more_memory_than_one() {
    let world = World::new(EngineKind::Sqlite).await;
    let ada = world.member("Ada").await;
    let album = world.album(&ada, "Anatomy").await;
    let mut large = png(1);
    // What follows the picture's end is kept as it is.
    large.resize(100_000, 7);
    let upload = world.photo_upload(&ada, "large.png", &large).await;
    let body = json!({ "upload_id": upload });
    let photo = world.post(&format!("/api/albums/{album}/photos")).bearer(&ada.token).json(&body).send().await.json();
    multiply(&world, &album, photo["object_id"].as_str().unwrap(), &large, 1_999).await;
    let response = world.get(&format!("/api/albums/{album}/download")).bearer(&ada.token).open().await;
    assert_eq!(response.status(), StatusCode::OK);
    let (mut body, (archive, mut file)) = (response.into_body(), Kept::new());
    let (before, mut most) = (resident(), 0);
    while let Some(frame) = body.frame().await {
        file.write_all(&frame.unwrap().into_data().unwrap()).unwrap();
        most = most.max(resident());
    }
    let grown = most.saturating_sub(before);
    assert!(grown < 48_000_000, "{grown} bytes for 200 MB");
    let all = archive.entries();
    assert_eq!(all.len(), 2_000);
    assert_eq!((&all[0][0], &all[1_999][0]), (&json!("large.png"), &json!("large (2000).png")));
    assert!(all.iter().all(|entry| entry[1] == 100_000));
    let different: HashSet<u64> = all.iter().map(|entry| entry[5].as_u64().unwrap()).collect();
    assert_eq!(different.len(), 2_000, "each with its own bytes");
}
