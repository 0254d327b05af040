use crate::samples::{self, png_chunk, riff_chunk};
use images::{ImageError, Limits, inspect, render, verify, without_metadata};
use std::time::{Duration, Instant};

/// Whatever comes is answered; a panic would have become [`ImageError::Broken`] or ended this test.
fn use_all(bytes: &[u8]) {
    let limits = Limits { pixels: 1_000_000, allocation: 16_000_000 };
    let _ = inspect(bytes, &limits);
    let _ = render(bytes, &[32], &limits);
    let _ = verify(bytes, &limits);
    if let Ok(clean) = without_metadata(bytes) {
        assert!(clean.len() <= bytes.len() + 64);
        assert!(without_metadata(&clean).is_ok());
    }
}

/// A generator whose numbers are always the same.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

#[test]
fn cut_off_files_are_answered() {
    for bytes in samples::all() {
        let step = (bytes.len() / 200).max(1);
        for length in (0..bytes.len()).step_by(step).chain(0..bytes.len().min(64)) {
            use_all(&bytes[..length]);
        }
    }
}

#[test]
fn half_a_picture_is_no_picture() {
    let progressive = samples::JpegOptions { tiff: None, profile: None, progressive: true };
    let whole = [
        samples::jpeg(6),
        samples::jpeg_with(&samples::stored(1), &progressive),
        samples::png(1),
        samples::transparent_png(),
        samples::webp(1),
        samples::animated_gif(),
    ];
    for bytes in whole {
        let kind = images::Format::of(&bytes).unwrap();
        assert_eq!(verify(&bytes, &Limits::default()), Ok(()), "{kind:?}");
        // Of an animation the first picture is looked at, which ends before the half.
        let end = match bytes.windows(2).position(|part| part == b"\xff\xda") {
            Some(scan) if kind == images::Format::Jpeg => usize::midpoint(scan, bytes.len()),
            _ if kind == images::Format::Gif => bytes.len() / 8,
            _ => bytes.len() / 2,
        };
        assert_eq!(verify(&bytes[..end], &Limits::default()), Err(ImageError::Broken), "{kind:?}");
    }
}

#[test]
fn what_cannot_be_decoded_here_is_not_taken_for_broken() {
    for bytes in [samples::AVIF, samples::HEIC] {
        assert_eq!(verify(bytes, &Limits::default()), Ok(()));
    }
    let little = Limits { allocation: 10_000, ..Limits::default() };
    assert_eq!(verify(&samples::png(1), &little), Ok(()));
}

#[test]
fn random_bytes_are_answered() {
    let mut numbers = Numbers(0x5eed);
    for sample in samples::all() {
        for _ in 0..100 {
            let mut bytes = sample[..24].to_vec();
            bytes.extend((0..numbers.below(600)).map(|_| numbers.next() as u8));
            use_all(&bytes);
            use_all(&bytes[24..]);
        }
    }
}

#[test]
fn mutated_files_are_answered() {
    let mut numbers = Numbers(0x1234_5678);
    for sample in samples::all() {
        for _ in 0..500 {
            let mut bytes = sample.clone();
            for _ in 0..=numbers.below(6) {
                // Half of them in what says how the rest is to be read.
                let length = bytes.len();
                let reach = if numbers.below(2) == 0 { length.min(400) } else { length };
                let at = numbers.below(reach);
                match numbers.below(5) {
                    0 => bytes[at] = numbers.next() as u8,
                    1 => bytes[at] ^= 1 << numbers.below(8),
                    2 => bytes[at] = [0, 0xff, 0x7f, 0x80][numbers.below(4)],
                    3 => {
                        let end = (at + numbers.below(16)).min(length - 1);
                        bytes.drain(at..end);
                    }
                    _ => {
                        let copied = bytes[at..(at + numbers.below(32)).min(length)].to_vec();
                        bytes.splice(at..at, copied);
                    }
                }
            }
            use_all(&bytes);
        }
    }
}

fn flood_jpeg(marker: u8) -> Vec<u8> {
    let mut bytes = samples::jpeg(1);
    let frame = bytes.windows(2).position(|part| part == b"\xff\xc0").unwrap();
    bytes[frame + 1] = marker;
    bytes[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    bytes
}

fn flood_png() -> Vec<u8> {
    let header = [&60_000_u32.to_be_bytes()[..], &60_000_u32.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let plain = samples::png(1);
    [&plain[..8], &png_chunk(b"IHDR", &header), &plain[33..]].concat()
}

fn flood_gif(offset: usize) -> Vec<u8> {
    let mut bytes = samples::animated_gif();
    bytes[offset..offset + 4].copy_from_slice(&[0x60, 0xea, 0x60, 0xea]);
    bytes
}

/// Of a size that is allowed, with a frame that is not.
fn flood_gif_frame() -> Vec<u8> {
    let plain = samples::animated_gif();
    let (width, height) = (samples::WIDTH as u8, samples::HEIGHT as u8);
    let frame = [0x2c, 0, 0, 0, 0, width, 0, height, 0];
    flood_gif(plain.windows(9).position(|part| part == frame).unwrap() + 5)
}

fn flood_webp() -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    riff_chunk(&mut body, b"VP8X", &[0, 0, 0, 0, 0x5f, 0xea, 0, 0x5f, 0xea, 0]);
    body.extend_from_slice(&samples::webp(1)[30..]);
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

fn flood_heif(sample: &[u8]) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    let sizes: Vec<_> =
        bytes.windows(4).enumerate().filter(|(_, part)| part == b"ispe").map(|(at, _)| at + 8).collect();
    assert!(!sizes.is_empty());
    for size in sizes {
        bytes[size..size + 8].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    }
    bytes
}

/// Kibibytes that the process held at most.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

#[test]
fn floods_of_pixels_are_refused_before_they_cost_anything() {
    let floods = [
        flood_jpeg(0xc0),
        flood_jpeg(0xc2),
        flood_png(),
        flood_gif(6),
        flood_gif_frame(),
        flood_webp(),
        flood_heif(samples::AVIF),
        flood_heif(samples::HEIC),
    ];
    let (before, started) = (peak(), Instant::now());
    for (number, bytes) in floods.iter().enumerate() {
        let expected = ImageError::TooManyPixels { width: 60_000, height: 60_000 };
        assert_eq!(inspect(bytes, &Limits::default()).unwrap_err(), expected, "flood {number}");
        let error = render(bytes, &[320], &Limits::default()).unwrap_err();
        assert_eq!(error, expected, "flood {number}");
        assert!(error.to_string().contains("60000 × 60000 pixels") && error.to_string().contains("smaller"));
    }
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    assert!(peak() - before < 16_000, "{} KiB more", peak() - before);
}

#[test]
fn what_needs_too_much_memory_is_refused() {
    let limits = Limits { allocation: 10_000, ..Limits::default() };
    for bytes in [samples::jpeg(1), samples::png(1), samples::webp(1), samples::animated_gif()] {
        let expected = ImageError::TooManyPixels { width: samples::WIDTH, height: samples::HEIGHT };
        assert_eq!(render(&bytes, &[32], &limits).unwrap_err(), expected);
    }
}

/// Each scan of a progressive picture is cheap to write and costs a pass over all pixels.
#[test]
fn thousands_of_scans_are_refused() {
    let options = samples::JpegOptions { tiff: None, profile: None, progressive: true };
    let mut bytes = samples::jpeg_with(&samples::stored(1), &options);
    let last = bytes.windows(2).rposition(|part| part == b"\xff\xda").unwrap();
    let scan = bytes[last..bytes.len() - 2].to_vec();
    let end = bytes.len() - 2;
    bytes.splice(end..end, scan.repeat(1000));
    assert_eq!(render(&bytes, &[32], &Limits::default()).unwrap_err(), ImageError::Broken);
}

/// A number of extents for which the list gives no bytes.
#[test]
fn endless_lists_of_extents_are_refused() {
    let mut bytes = samples::HEIC.to_vec();
    let list = bytes.windows(4).position(|part| part == b"iloc").unwrap() + 4;
    bytes[list + 4..list + 6].fill(0);
    bytes[list + 6..].fill(0xff);
    assert_eq!(inspect(&bytes, &Limits::default()).unwrap_err(), ImageError::Broken);
}
