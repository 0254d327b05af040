use crate::{
    exiftool::{fields, private, with_fields},
    samples::{self, JpegOptions, jpeg_with, png_chunk, riff_chunk, stored, tiff},
};
use image::{AnimationDecoder, codecs::gif::GifDecoder, codecs::webp::WebPDecoder};
use images::{ImageError, Limits, inspect, render, without_metadata};
use moxcms::ColorProfile;
use std::{io::Cursor, sync::LazyLock};

const SECRETS: &[&str] = &[
    "-GPSLatitude=47.5",
    "-GPSLatitudeRef=N",
    "-GPSLongitude=8.5",
    "-GPSLongitudeRef=E",
    "-Make=secret",
    "-Artist=secret",
    "-XMP:Title=secret",
    "-XMP:GPSLatitude=47.5",
];

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

/// It holds the time at which it was made, so it is made once.
fn profile() -> &'static [u8] {
    static PROFILE: LazyLock<Vec<u8>> = LazyLock::new(|| ColorProfile::new_display_p3().encode().unwrap());
    &PROFILE
}

fn turned_jpeg() -> Vec<u8> {
    let (profile, tiff) = (profile(), tiff(6));
    let options = JpegOptions { tiff: Some(&tiff), profile: Some(profile), progressive: true };
    with_fields(&jpeg_with(&stored(6), &options), &[SECRETS, &["-IPTC:City=secret", "-Comment=secret"]].concat())
}

/// The coded pixels: everything from the first table on.
fn coded(jpeg: &[u8]) -> &[u8] {
    let start = jpeg.windows(2).position(|part| part == b"\xff\xdb").unwrap();
    &jpeg[start..]
}

#[test]
fn a_jpeg_keeps_pixels_orientation_and_profile_alone() {
    let bytes = turned_jpeg();
    assert!(private(&bytes).iter().any(|field| field.starts_with("GPS:GPSLatitude")), "{:?}", private(&bytes));
    let clean = without_metadata(&bytes).unwrap();
    assert_eq!(private(&clean), [""; 0]);
    assert!(!contains(&clean, b"secret"));
    assert_eq!(fields(&clean)["IFD0:Orientation"], "Rotate 90 CW");
    assert_eq!(coded(&clean), coded(&bytes));
    assert!(contains(&clean, profile()));
    assert_eq!(without_metadata(&clean).unwrap(), clean);
}

#[test]
fn every_orientation_stays_in_every_kind_of_file() {
    for orientation in 1..=8 {
        for plain in [samples::jpeg(orientation), samples::png(orientation), samples::webp(orientation)] {
            let bytes = with_fields(&plain, SECRETS);
            let clean = without_metadata(&bytes).unwrap();
            assert_eq!(private(&clean), [""; 0]);
            let inspected = inspect(&clean, &Limits::default()).unwrap();
            assert_eq!((inspected.orientation, inspected.exif), (orientation, images::Exif::default()));
            let both = [&bytes, &clean].map(|bytes| render(bytes, &[60], &Limits::default()).unwrap());
            assert_eq!(both[0], both[1]);
        }
    }
}

#[test]
fn an_upright_jpeg_needs_no_exif() {
    let clean = without_metadata(&samples::jpeg(1)).unwrap();
    assert!(!contains(&clean, b"Exif"));
}

#[test]
fn embedded_thumbnails_of_a_jpeg_go() {
    let thumbnail = [&b"JFXX\0\x10"[..], &samples::jpeg(1)].concat();
    let mut bytes = samples::jpeg(1);
    let length = (thumbnail.len() as u16 + 2).to_be_bytes();
    bytes.splice(2..2, [&[0xff, 0xe0], &length[..], &thumbnail].concat());
    let clean = without_metadata(&bytes).unwrap();
    assert!(!contains(&clean, b"JFXX"));
    assert!(clean.len() < bytes.len() - thumbnail.len());
}

#[test]
fn what_follows_the_picture_goes() {
    let tails: [&[u8]; 3] =
        [b"<html><script>alert(1)</script></html>", b"PK\x03\x04secret.zip", b"\0\0\0\x18ftypmp42secret"];
    for bytes in samples::all() {
        let clean = without_metadata(&bytes).unwrap();
        for tail in tails {
            let polyglot = [&bytes, tail].concat();
            assert_eq!(without_metadata(&polyglot).unwrap(), clean, "{:?}", images::Format::of(&bytes));
        }
    }
}

#[test]
fn a_second_picture_in_a_jpeg_goes() {
    let mut bytes = with_fields(&samples::jpeg(3), &["-Make=Phone"]);
    let clean = without_metadata(&bytes).unwrap();
    bytes.extend_from_slice(&with_fields(&samples::jpeg(1), SECRETS));
    assert_eq!(without_metadata(&bytes).unwrap(), clean);
}

/// `GIF89a` is a harmless beginning of a script, and the comment the rest of it.
#[test]
fn markup_in_a_gif_goes() {
    let mut bytes = samples::animated_gif();
    let html = b"<script>alert(1)</script>";
    let comment = [&[0x21, 0xfe, html.len() as u8], &html[..], &[0]].concat();
    let end = bytes.len() - 1;
    bytes.splice(end..end, comment);
    assert!(contains(&bytes, b"<script>"));
    assert!(!contains(&without_metadata(&bytes).unwrap(), b"<script>"));
}

#[test]
fn an_animated_gif_keeps_its_frames_and_goes_on_repeating() {
    let bytes = with_fields(&samples::animated_gif(), &["-Comment=secret", "-XMP:Title=secret"]);
    let clean = without_metadata(&bytes).unwrap();
    assert_eq!(private(&clean), [""; 0]);
    assert!(!contains(&clean, b"secret"));
    assert!(contains(&clean, b"NETSCAPE2.0"));
    let frames = |bytes: &[u8]| GifDecoder::new(Cursor::new(bytes)).unwrap().into_frames().collect_frames().unwrap();
    let (before, after) = (frames(&bytes), frames(&clean));
    assert_eq!(after.len(), 3);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((before.buffer(), before.delay()), (after.buffer(), after.delay()));
    }
}

#[test]
fn an_animated_webp_keeps_its_frames() {
    let bytes = samples::animated_webp();
    let clean = without_metadata(&bytes).unwrap();
    assert_eq!(private(&clean), [""; 0]);
    assert!(!contains(&clean, b"secret"));
    let frames = |bytes: &[u8]| WebPDecoder::new(Cursor::new(bytes)).unwrap().into_frames().collect_frames().unwrap();
    let (before, after) = (frames(&bytes), frames(&clean));
    assert_eq!(after.len(), 3);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((before.buffer(), before.delay()), (after.buffer(), after.delay()));
    }
}

#[test]
fn a_png_keeps_its_colours_and_its_animation_alone() {
    let bytes = samples::png(1);
    let kept = [
        png_chunk(b"gAMA", &45_455_u32.to_be_bytes()),
        png_chunk(b"cICP", &[12, 13, 0, 1]),
        png_chunk(b"sRGB", &[0]),
        png_chunk(b"pHYs", &[0; 9]),
    ]
    .concat();
    let gone = [
        png_chunk(b"tEXt", b"Comment\0secret"),
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0secret"),
        png_chunk(b"tIME", &[7, 232, 5, 1, 12, 0, 0]),
        png_chunk(b"prVt", b"secret"),
    ]
    .concat();
    // Behind the signature and the header.
    let with = |chunks: &[u8]| [&bytes[..33], chunks, &bytes[33..]].concat();
    let clean = without_metadata(&with(&[&gone[..], &kept].concat())).unwrap();
    assert_eq!(clean, without_metadata(&with(&kept)).unwrap());
    assert!(contains(&clean, &kept) && !contains(&clean, b"secret"));
    assert_eq!(private(&clean), [""; 0]);
}

#[test]
fn a_webp_keeps_its_profile() {
    let plain = samples::webp(6);
    let mut chunk = Vec::new();
    riff_chunk(&mut chunk, b"ICCP", profile());
    // Behind the header of the file and of the extended format, whose flag says that there is a profile.
    let mut bytes = [&plain[..30], &chunk, &plain[30..]].concat();
    bytes[20] |= 0x20;
    let size = (bytes.len() as u32 - 8).to_le_bytes();
    bytes[4..8].copy_from_slice(&size);
    let clean = without_metadata(&with_fields(&bytes, SECRETS)).unwrap();
    assert!(contains(&clean, profile()));
    assert_eq!(private(&clean), [""; 0]);
}

#[test]
fn avif_and_heic_keep_their_size_and_turn() {
    for bytes in [samples::AVIF, samples::HEIC] {
        assert!(private(bytes).iter().any(|field| field.contains("secret-title")));
        let clean = without_metadata(bytes).unwrap();
        assert_eq!(private(&clean), [""; 0]);
        assert!(!contains(&clean, b"Lyceum") && !contains(&clean, b"secret"));
        let (before, after) =
            (inspect(bytes, &Limits::default()).unwrap(), inspect(&clean, &Limits::default()).unwrap());
        assert_eq!(
            (before.format, before.width, before.height, before.orientation),
            (after.format, after.width, after.height, after.orientation)
        );
        assert_eq!(after.exif, images::Exif::default());
        assert_eq!(clean.len(), bytes.len());
    }
}

#[test]
fn what_has_no_pixels_is_broken() {
    for bytes in [&b"\xff\xd8\xff\xd9"[..], b"\x89PNG\r\n\x1a\n", b"GIF89a\x01\0\x01\0\0\0\0;", b"RIFF\x04\0\0\0WEBP"] {
        assert_eq!(without_metadata(bytes).unwrap_err(), ImageError::Broken);
    }
}
