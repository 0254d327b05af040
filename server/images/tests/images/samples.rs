//! Pictures made here: red, green, blue and white quarters, so that no two ways of turning them look alike.

use image::{
    DynamicImage, ExtendedColorType, Frame, ImageEncoder, RgbImage, RgbaImage,
    codecs::{gif::GifEncoder, gif::Repeat, png::PngEncoder, webp::WebPEncoder},
};
use jpeg_encoder::{ColorType, Encoder};

pub(crate) const WIDTH: u32 = 120;
pub(crate) const HEIGHT: u32 = 80;
pub(crate) const RED: [u8; 3] = [220, 30, 30];
pub(crate) const GREEN: [u8; 3] = [30, 200, 30];
pub(crate) const BLUE: [u8; 3] = [30, 30, 220];
pub(crate) const WHITE: [u8; 3] = [240, 240, 240];

/// The colour that is shown at a place of the upright picture.
pub(crate) fn colour(x: u32, y: u32, width: u32, height: u32) -> [u8; 3] {
    match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    }
}

/// The pixels as a camera stores them that was held so: EXIF says which side of the scene the first row and the first
/// column are.
pub(crate) fn stored(orientation: u8) -> RgbImage {
    let (w, h) = (WIDTH, HEIGHT);
    let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
    RgbImage::from_fn(width, height, |column, row| {
        let (x, y) = match orientation {
            2 => (w - 1 - column, row),
            3 => (w - 1 - column, h - 1 - row),
            4 => (column, h - 1 - row),
            5 => (row, column),
            6 => (w - 1 - row, column),
            7 => (w - 1 - row, h - 1 - column),
            8 => (row, h - 1 - column),
            _ => (column, row),
        };
        image::Rgb(colour(x, y, w, h))
    })
}

pub(crate) fn tiff(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    tiff
}

pub(crate) struct JpegOptions<'a> {
    pub(crate) tiff: Option<&'a [u8]>,
    pub(crate) profile: Option<&'a [u8]>,
    pub(crate) progressive: bool,
}

pub(crate) fn jpeg_with(picture: &RgbImage, options: &JpegOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_progressive(options.progressive);
    if let Some(tiff) = options.tiff {
        encoder.add_app_segment(1, [b"Exif\0\0", tiff].concat()).unwrap();
    }
    if let Some(profile) = options.profile {
        encoder.add_icc_profile(profile).unwrap();
    }
    encoder.encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb).unwrap();
    bytes
}

pub(crate) fn jpeg(orientation: u8) -> Vec<u8> {
    let tiff = tiff(orientation);
    jpeg_with(&stored(orientation), &JpegOptions { tiff: Some(&tiff), profile: None, progressive: false })
}

pub(crate) fn png(orientation: u8) -> Vec<u8> {
    let (picture, mut bytes) = (stored(orientation), Vec::new());
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(tiff(orientation)).unwrap();
    encoder.write_image(&picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

pub(crate) fn webp(orientation: u8) -> Vec<u8> {
    let (picture, mut bytes) = (stored(orientation), Vec::new());
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata(tiff(orientation)).unwrap();
    encoder.write_image(&picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// The left half cannot be seen.
pub(crate) fn transparent() -> RgbaImage {
    RgbaImage::from_fn(WIDTH, HEIGHT, |x, _| image::Rgba([30, 200, 30, if x < WIDTH / 2 { 0 } else { 255 }]))
}

pub(crate) fn transparent_png() -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&transparent(), WIDTH, HEIGHT, ExtendedColorType::Rgba8).unwrap();
    bytes
}

/// Three frames: as they are, and two in one colour.
pub(crate) fn animated_gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for picture in frames() {
        encoder.encode_frame(Frame::new(DynamicImage::ImageRgb8(picture).into_rgba8())).unwrap();
    }
    drop(encoder);
    bytes
}

fn frames() -> [RgbImage; 3] {
    [
        stored(1),
        RgbImage::from_pixel(WIDTH, HEIGHT, image::Rgb(RED)),
        RgbImage::from_pixel(WIDTH, HEIGHT, image::Rgb(BLUE)),
    ]
}

/// No encoder here writes one, so the frames are put together by hand.
pub(crate) fn animated_webp() -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    let u24 = |number: u32| number.to_le_bytes()[..3].to_vec();
    let size = [u24(WIDTH - 1), u24(HEIGHT - 1)].concat();
    riff_chunk(&mut body, b"VP8X", &[&[0x02 | 0x04, 0, 0, 0], &size[..]].concat());
    riff_chunk(&mut body, b"ANIM", &[255, 255, 255, 255, 0, 0]);
    for picture in frames() {
        let mut file = Vec::new();
        WebPEncoder::new_lossless(&mut file).encode(&picture, WIDTH, HEIGHT, ExtendedColorType::Rgb8).unwrap();
        let frame = [&u24(0)[..], &u24(0), &size, &u24(100), &[0], &file[12..]].concat();
        riff_chunk(&mut body, b"ANMF", &frame);
    }
    riff_chunk(&mut body, b"XMP ", b"<x:xmpmeta>secret</x:xmpmeta>");
    let mut file = b"RIFF".to_vec();
    file.extend_from_slice(&(body.len() as u32).to_le_bytes());
    file.append(&mut body);
    file
}

pub(crate) fn riff_chunk(out: &mut Vec<u8>, kind: &[u8], data: &[u8]) {
    out.extend_from_slice(kind);
    out.extend_from_slice(&(data.len() as u32).to_le_bytes());
    out.extend_from_slice(data);
    out.extend_from_slice(if data.len() % 2 == 1 { &[0] } else { &[] });
}

pub(crate) fn png_chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let checked = [kind, data].concat();
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend_from_slice(&checked);
    chunk.extend_from_slice(&crc32fast::hash(&checked).to_be_bytes());
    chunk
}

pub(crate) const AVIF: &[u8] = include_bytes!("../samples/turned.avif");
pub(crate) const HEIC: &[u8] = include_bytes!("../samples/turned.heic");

/// One of every kind.
pub(crate) fn all() -> Vec<Vec<u8>> {
    let progressive = JpegOptions { tiff: None, profile: None, progressive: true };
    vec![
        jpeg(6),
        jpeg_with(&stored(1), &progressive),
        png(6),
        transparent_png(),
        webp(6),
        animated_gif(),
        animated_webp(),
        AVIF.to_vec(),
        HEIC.to_vec(),
    ]
}
