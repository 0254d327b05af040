use crate::samples::{self, BLUE, GREEN, HEIGHT, JpegOptions, RED, WHITE, WIDTH, jpeg_with, stored};
use images::{ImageError, Limits, Rendered, Thumbnail, render};
use moxcms::ColorProfile;

fn rendered(bytes: &[u8], bounds: &[u32]) -> Rendered {
    render(bytes, bounds, &Limits::default()).unwrap()
}

fn pixels(thumbnail: &Thumbnail) -> image::RgbaImage {
    let pixels = if thumbnail.content_type == "image/jpeg" {
        let mut decoder = zune_jpeg::JpegDecoder::new(zune_core::bytestream::ZCursor::new(&thumbnail.bytes));
        let pixels = decoder.decode().unwrap();
        let picture = image::RgbImage::from_raw(thumbnail.width, thumbnail.height, pixels).unwrap();
        image::DynamicImage::ImageRgb8(picture).into_rgba8()
    } else {
        assert_eq!(thumbnail.content_type, "image/webp");
        image::load_from_memory(&thumbnail.bytes).unwrap().into_rgba8()
    };
    assert_eq!(pixels.dimensions(), (thumbnail.width, thumbnail.height));
    pixels
}

fn assert_near(found: &image::Rgba<u8>, expected: [u8; 3], what: &str) {
    let far = found.0.iter().zip(expected).any(|(a, b)| a.abs_diff(b) > 14);
    assert!(!far, "{what}: {found:?} instead of {expected:?}");
}

/// The corners and the middles of the quarters.
fn assert_upright(thumbnail: &Thumbnail, what: &str) {
    let (pixels, width, height) = (pixels(thumbnail), thumbnail.width, thumbnail.height);
    for (x, y) in [(0, 0), (width / 4, height / 4)] {
        assert_near(pixels.get_pixel(x, y), RED, what);
        assert_near(pixels.get_pixel(width - 1 - x, y), GREEN, what);
        assert_near(pixels.get_pixel(x, height - 1 - y), BLUE, what);
        assert_near(pixels.get_pixel(width - 1 - x, height - 1 - y), WHITE, what);
    }
}

#[test]
fn all_eight_orientations_are_shown_upright() {
    for orientation in 1..=8 {
        for bytes in [samples::jpeg(orientation), samples::png(orientation), samples::webp(orientation)] {
            let what = format!("orientation {orientation} of {:?}", images::Format::of(&bytes).unwrap());
            let rendered = rendered(&bytes, &[60, 30]);
            let sizes: Vec<_> = rendered.thumbnails.iter().map(|one| (one.width, one.height)).collect();
            assert_eq!(sizes, [(30, 20), (60, 40)], "{what}");
            for thumbnail in &rendered.thumbnails {
                assert_upright(thumbnail, &what);
            }
            assert_thumbhash_upright(&rendered.thumbhash, &what);
        }
    }
}

fn assert_thumbhash_upright(hash: &[u8], what: &str) {
    let (width, height, pixels) = thumbhash::thumb_hash_to_rgba(hash).unwrap();
    assert!(width > height, "{what}: the blurred picture is {width} × {height}");
    let at = |x: usize, y: usize| &pixels[4 * (y * width + x)..][..3];
    let (left, right, top, bottom) = (width / 6, width - 1 - width / 6, height / 6, height - 1 - height / 6);
    assert!(at(left, top)[0] > at(left, top)[2], "{what}");
    assert!(at(right, top)[1] > at(right, top)[0], "{what}");
    assert!(at(left, bottom)[2] > at(left, bottom)[0], "{what}");
    assert!(at(right, bottom).iter().all(|part| *part > 120), "{what}");
}

#[test]
fn nothing_is_enlarged_and_bounds_beyond_the_picture_give_one_thumbnail() {
    let rendered = rendered(&samples::jpeg(6), &[40, 800, 1600]);
    let sizes: Vec<_> = rendered.thumbnails.iter().map(|one| (one.width, one.height)).collect();
    assert_eq!(sizes, [(40, 27), (WIDTH, HEIGHT)]);
    assert_upright(&rendered.thumbnails[1], "in full size");
}

#[test]
fn a_line_stays_a_line() {
    let line = image::RgbImage::from_pixel(3000, 1, image::Rgb(RED));
    let bytes = jpeg_with(&line, &JpegOptions { tiff: None, profile: None, progressive: false });
    let thumbnail = rendered(&bytes, &[320]).thumbnails.remove(0);
    assert_eq!((thumbnail.width, thumbnail.height), (320, 1));
}

#[test]
fn progressive_pictures_are_rendered() {
    let bytes = jpeg_with(&stored(1), &JpegOptions { tiff: None, profile: None, progressive: true });
    assert_upright(&rendered(&bytes, &[60]).thumbnails[0], "progressive");
}

#[test]
fn opaque_pictures_become_jpeg_and_others_keep_their_transparency() {
    assert_eq!(rendered(&samples::png(1), &[60]).thumbnails[0].content_type, "image/jpeg");
    let rendered = rendered(&samples::transparent_png(), &[60]);
    let pixels = pixels(&rendered.thumbnails[0]);
    assert_eq!(rendered.thumbnails[0].content_type, "image/webp");
    assert_eq!((pixels.get_pixel(5, 5)[3], pixels.get_pixel(55, 5)[3]), (0, 255));
    assert_near(pixels.get_pixel(31, 5), GREEN, "beside what cannot be seen");
}

#[test]
fn animations_give_their_first_frame() {
    assert_upright(&rendered(&samples::animated_gif(), &[60]).thumbnails[0], "GIF");
    assert_upright(&rendered(&samples::animated_webp(), &[60]).thumbnails[0], "WebP");
}

#[test]
fn another_colour_profile_is_converted_to_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let picture = image::RgbImage::from_pixel(64, 64, image::Rgb([200, 100, 50]));
    let bytes = jpeg_with(&picture, &JpegOptions { tiff: None, profile: Some(&profile), progressive: false });
    let thumbnail = rendered(&bytes, &[32]).thumbnails.remove(0);
    // What Display P3 calls (200, 100, 50) is a stronger orange in sRGB.
    assert_near(pixels(&thumbnail).get_pixel(16, 16), [214, 96, 34], "converted");
    assert!(!thumbnail.bytes.windows(11).any(|part| part == b"ICC_PROFILE"));
}

#[test]
fn thumbnails_carry_no_metadata() {
    let bytes = crate::exiftool::with_fields(
        &samples::jpeg(6),
        &["-GPSLatitude=47.5", "-GPSLatitudeRef=N", "-XMP:Title=secret", "-Comment=secret"],
    );
    for thumbnail in rendered(&bytes, &[60, 30]).thumbnails {
        assert_eq!(crate::exiftool::private(&thumbnail.bytes), [""; 0]);
        assert!(!crate::exiftool::fields(&thumbnail.bytes).contains_key("IFD0:Orientation"));
    }
}

#[test]
fn avif_and_heic_have_no_decoder() {
    for bytes in [samples::AVIF, samples::HEIC] {
        let error = render(bytes, &[320], &Limits::default()).unwrap_err();
        assert_eq!(error, ImageError::NoDecoder);
        assert!(error.to_string().contains("export it as JPEG"));
    }
}
