//! Albums and photos that tests look at.

use crate::world::{Member, World};
use http::StatusCode;
use serde_json::{Value, json};

/// A small picture, another one for every seed.
pub(crate) fn png(seed: u32) -> Vec<u8> {
    let row = |y: u32| {
        let mut row = vec![0];
        for x in 0..4 {
            row.extend(seed.wrapping_mul(2_654_435_761).wrapping_add(x * 97 + y * 31).to_be_bytes()[..3].iter());
        }
        row
    };
    let pixels: Vec<u8> = (0..3).flat_map(row).collect();
    let length = u16::try_from(pixels.len()).unwrap();
    let mut data = vec![0x78, 0x01, 0x01];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(&pixels);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &pixels {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    data.extend((b << 16 | a).to_be_bytes());
    png_of((4, 3), [8, 2], &data, seed)
}

/// A picture that would take too much memory to be drawn: 100 megapixels of eight bytes.
pub(crate) fn huge_png() -> Vec<u8> {
    png_of((10_000, 10_000), [16, 6], b"nobody gets as far as the pixels", 0)
}

fn png_of((width, height): (u32, u32), depth_and_colour: [u8; 2], data: &[u8], seed: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    png.extend(chunk(b"IHDR", &[&sides[..], &depth_and_colour, &[0, 0, 0]].concat()));
    png.extend(chunk(b"tEXt", format!("Comment\0{seed}").as_bytes()));
    png.extend(chunk(b"IDAT", data));
    png.extend(chunk(b"IEND", &[]));
    png
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut body = kind.to_vec();
    body.extend(data);
    let mut crc = u32::MAX;
    for byte in &body {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(body);
    chunk.extend((!crc).to_be_bytes());
    chunk
}

impl World {
    /// Sends a file of the kind that its name ends with for an album, and gives its upload.
    pub(crate) async fn photo_upload(&self, who: &Member, filename: &str, bytes: &[u8]) -> String {
        let content_type = format!("image/{}", filename.rsplit('.').next().unwrap_or_default());
        let body =
            json!({ "purpose": "photo", "filename": filename, "content_type": content_type, "size": bytes.len() });
        let started = self.post("/api/uploads").bearer(&who.token).json(&body).send().await;
        assert_eq!(started.status, StatusCode::CREATED, "{}", started.text());
        let started = started.json();
        let mut request = reqwest::Client::new().put(started["url"].as_str().unwrap()).body(bytes.to_vec());
        for (name, value) in started["headers"].as_object().unwrap() {
            request = request.header(name, value.as_str().unwrap());
        }
        let sent = request.send().await.unwrap();
        assert!(sent.status().is_success(), "{}", sent.status());
        let id = started["upload_id"].as_str().unwrap().to_owned();
        let completed = self.post(&format!("/api/uploads/{id}/complete")).bearer(&who.token).send().await;
        assert_eq!(completed.status, StatusCode::OK, "{}", completed.text());
        id
    }

    /// Makes an album and gives its id.
    pub(crate) async fn album(&self, who: &Member, title: &str) -> String {
        let answer = self.post("/api/albums").bearer(&who.token).json(&json!({ "title": title })).send().await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// Shares an album with somebody.
    pub(crate) async fn share(&self, owner: &Member, album: &str, with: &Member, role: &str) {
        let body = json!({ "sub": with.sub, "role": role });
        let answer = self.post(&format!("/api/albums/{album}/members")).bearer(&owner.token).json(&body).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    /// Adds a picture of its own to an album and gives it.
    pub(crate) async fn photo(&self, who: &Member, album: &str, seed: u32, mut about: Value) -> Value {
        let filename = about["filename"].as_str().map_or_else(|| format!("{seed}.png"), str::to_owned);
        about["upload_id"] = json!(self.photo_upload(who, &filename, &png(seed)).await);
        about.as_object_mut().unwrap().remove("filename");
        let path = format!("/api/albums/{album}/photos");
        let answer = self.post(&path).bearer(&who.token).json(&about).send().await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    /// What somebody gets at an address that is there for them.
    pub(crate) async fn see(&self, who: &Member, path: &str) -> Value {
        let answer = self.get(path).bearer(&who.token).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    /// The status that somebody gets at an address.
    pub(crate) async fn status(&self, who: &Member, path: &str) -> u16 {
        self.get(path).bearer(&who.token).send().await.status.as_u16()
    }
}

/// One field of each thing of a list.
pub(crate) fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|thing| thing[field].as_str().unwrap()).collect()
}

/// The id of a thing.
pub(crate) fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}

/// Where the next part of a list is.
pub(crate) fn next(link: &str) -> Option<String> {
    Some(link.split_once('<')?.1.split_once(">; rel=\"next\"")?.0.to_owned())
}
