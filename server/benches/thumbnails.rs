//! Thumbnails as the server makes them, as a program to be timed beside others.
//!
//! `thumbnails make WIDTH HEIGHT FILE` writes a JPEG like one of a camera; `thumbnails render FILE FOLDER BOUND…` writes
//! the thumbnails of one.

#![expect(clippy::expect_used, clippy::panic, reason = "a measurement that cannot go on must fail loudly")]

use images::{Limits, render};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::{env, fs, path::Path};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make", width, height, file] => make(number(width), number(height), file),
        ["render", file, folder, bounds @ ..] => {
            let bounds: Vec<u32> = bounds.iter().copied().map(number).collect();
            let rendered =
                render(&fs::read(file).expect("the picture"), &bounds, &Limits::default()).expect("thumbnails");
            assert_eq!(rendered.thumbnails.len(), bounds.len());
            for thumbnail in rendered.thumbnails {
                let name = format!("ours-{}.jpg", thumbnail.width);
                fs::write(Path::new(folder).join(name), thumbnail.bytes).expect("a file for the thumbnail");
            }
        }
        _ => panic!("usage: thumbnails make WIDTH HEIGHT FILE | thumbnails render FILE FOLDER BOUND…"),
    }
}

fn number(text: &str) -> u32 {
    text.parse().expect("a number")
}

/// A landscape: detail at every size, a dark part below a ridge, and the grain of a sensor.
fn make(width: u32, height: u32, file: &str) {
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let (at_x, at_y) = (x as f32, y as f32);
            let (mut light, mut share, mut scale) = (0.0, 0.5, 1.0 / 900.0);
            for octave in 0..8 {
                light += share * smooth(at_x * scale, at_y * scale, octave);
                share *= 0.5;
                scale *= 2.1;
            }
            let ridge = height as f32 * (0.35 + 0.3 * smooth(at_x / 700.0, 0.0, 77));
            let light = if at_y > ridge { 0.55 * light } else { light };
            let grain = (random(i64::from(x), i64::from(y), 9) - 0.5) * 22.0;
            let tint = smooth(at_x / 1500.0, at_y / 1100.0, 33);
            for part in [1.0 - 0.3 * tint, 0.85, 0.6 + 0.4 * tint] {
                pixels.push((light * 255.0 * part + grain) as u8);
            }
        }
    }
    let mut encoder = Encoder::new_file(file, 90).expect("a file for the picture");
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(&pixels, width as u16, height as u16, ColorType::Rgb).expect("a picture");
}

/// From 0 to 1, without steps.
fn smooth(x: f32, y: f32, seed: u64) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |part: f32| part * part * (3.0 - 2.0 * part);
    let (right_share, bottom_share) = (ease(x - left), ease(y - top));
    let at = |dx: i64, dy: i64| random(left as i64 + dx, top as i64 + dy, seed);
    let row = |dy| at(0, dy) * (1.0 - right_share) + at(1, dy) * right_share;
    row(0) * (1.0 - bottom_share) + row(1) * bottom_share
}

/// From 0 to 1, always the same at the same place.
fn random(x: i64, y: i64, seed: u64) -> f32 {
    let mut hash =
        (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f) ^ seed;
    hash ^= hash >> 29;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^= hash >> 32;
    (hash & 0xffff) as f32 / 65535.0
}
