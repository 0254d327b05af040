use crate::{exiftool, samples};
use images::{Exif, Format, ImageError, Limits, inspect};
use serde_json::Value;

fn shown(bytes: &[u8]) -> (Format, u32, u32, u8) {
    let inspected = inspect(bytes, &Limits::default()).unwrap();
    (inspected.format, inspected.width, inspected.height, inspected.orientation)
}

#[test]
fn the_size_is_that_of_the_upright_picture_in_all_orientations() {
    for orientation in 1..=8 {
        let expected = |format| (format, samples::WIDTH, samples::HEIGHT, orientation);
        assert_eq!(shown(&samples::jpeg(orientation)), expected(Format::Jpeg));
        assert_eq!(shown(&samples::png(orientation)), expected(Format::Png));
        assert_eq!(shown(&samples::webp(orientation)), expected(Format::WebP));
    }
}

#[test]
fn an_orientation_that_does_not_exist_is_none() {
    for orientation in [0, 9, 255] {
        let bytes = samples::jpeg_with(
            &samples::stored(1),
            &samples::JpegOptions { tiff: Some(&samples::tiff(orientation)), profile: None, progressive: false },
        );
        assert_eq!(shown(&bytes), (Format::Jpeg, samples::WIDTH, samples::HEIGHT, 1));
    }
}

#[test]
fn animations_have_the_size_of_their_canvas() {
    assert_eq!(shown(&samples::animated_gif()), (Format::Gif, samples::WIDTH, samples::HEIGHT, 1));
    assert_eq!(shown(&samples::animated_webp()), (Format::WebP, samples::WIDTH, samples::HEIGHT, 1));
}

/// Both samples say in EXIF that they are turned. The container of the one has turned it already, by a quarter against
/// the clock; the container of the other leaves it as it is, and only the container counts.
#[test]
fn avif_and_heic_are_turned_by_their_container_alone() {
    assert_eq!(shown(samples::AVIF), (Format::Avif, 48, 64, 8));
    assert_eq!(shown(samples::HEIC), (Format::Heic, 64, 48, 1));
    for bytes in [samples::AVIF, samples::HEIC] {
        let exif = inspect(bytes, &Limits::default()).unwrap().exif;
        assert_eq!((exif.camera_make.as_deref(), exif.latitude), (Some("Lyceum"), Some(47.5)));
        assert_eq!(exif.taken_at.as_deref(), Some("2024-05-01T12:34:56"));
    }
}

const ASSIGNMENTS: &[&str] = &[
    "-Make=Lyceum",
    "-Model=Camera One",
    "-LensModel=35 mm f/1.8",
    "-ExposureTime=1/250",
    "-FNumber=2.8",
    "-ISO=400",
    "-FocalLength=35",
    "-DateTimeOriginal=2024:02:29 23:59:58",
    "-OffsetTimeOriginal=+02:00",
    "-GPSLatitude=33.8688",
    "-GPSLatitudeRef=S",
    "-GPSLongitude=151.2093",
    "-GPSLongitudeRef=E",
    "-GPSAltitude=12.5",
    "-GPSAltitudeRef#=1",
    "-Software=Lyceum 1",
];

#[test]
fn the_fields_are_those_that_exiftool_reads() {
    for plain in [samples::jpeg(6), samples::png(6), samples::webp(6)] {
        let bytes = exiftool::with_fields(&plain, ASSIGNMENTS);
        let exif = inspect(&bytes, &Limits::default()).unwrap().exif;
        let (words, numbers) = (exiftool::fields(&bytes), exiftool::numbers(&bytes));
        let word = |name: &str| words[name].as_str().map(str::to_owned).or_else(|| Some(words[name].to_string()));
        let close = |ours: Option<f64>, name: &str, sign: f64| {
            let theirs = numbers[name].as_f64().unwrap_or_else(|| panic!("{name}: {}", numbers[name])) * sign;
            assert!((ours.unwrap() - theirs).abs() < 1e-6, "{name}: {ours:?} instead of {theirs}");
        };
        assert_eq!(exif.camera_make, word("IFD0:Make"));
        assert_eq!(exif.camera_model, word("IFD0:Model"));
        assert_eq!(exif.lens, word("ExifIFD:LensModel"));
        assert_eq!(exif.exposure_time, word("ExifIFD:ExposureTime"));
        assert_eq!(exif.software, word("IFD0:Software"));
        assert_eq!(exif.iso.map(u64::from), numbers["ExifIFD:ISO"].as_u64());
        close(exif.f_number, "ExifIFD:FNumber", 1.0);
        close(exif.focal_length, "ExifIFD:FocalLength", 1.0);
        close(exif.latitude, "Composite:GPSLatitude", 1.0);
        close(exif.longitude, "Composite:GPSLongitude", 1.0);
        close(exif.altitude, "Composite:GPSAltitude", 1.0);
        assert_eq!(words["ExifIFD:DateTimeOriginal"], Value::from("2024:02:29 23:59:58"));
        assert_eq!(exif.taken_at.as_deref(), Some("2024-02-29T23:59:58"));
        assert_eq!(exif.taken_at_offset, word("ExifIFD:OffsetTimeOriginal"));
    }
}

#[test]
fn exposures_are_written_as_exiftool_writes_them() {
    for exposure in ["1/8000", "1/250", "1/4", "0.3", "0.5", "1", "2.5", "30"] {
        let bytes = exiftool::with_fields(&samples::jpeg(1), &[&format!("-ExposureTime={exposure}")]);
        let read = inspect(&bytes, &Limits::default()).unwrap().exif.exposure_time.unwrap();
        let theirs = &exiftool::fields(&bytes)["ExifIFD:ExposureTime"];
        assert_eq!(read, theirs.as_str().map_or_else(|| theirs.to_string(), str::to_owned));
    }
}

#[test]
fn times_that_do_not_exist_are_left_out() {
    for time in ["0000:00:00 00:00:00", "2023:02:29 10:00:00", "2024:13:01 10:00:00", "2024:05:01 24:00:00"] {
        let bytes = exiftool::with_fields(&samples::jpeg(1), &[&format!("-DateTimeOriginal#={time}")]);
        assert_eq!(inspect(&bytes, &Limits::default()).unwrap().exif.taken_at, None, "{time}");
    }
}

#[test]
fn fields_are_kept_as_json_and_missing_ones_are_none() {
    let exif = Exif { iso: Some(100), ..Exif::default() };
    assert_eq!(serde_json::from_str::<Exif>(r#"{"iso":100}"#).unwrap(), exif);
    assert_eq!(serde_json::from_str::<Exif>(&serde_json::to_string(&exif).unwrap()).unwrap(), exif);
}

#[test]
fn what_is_no_picture_is_refused_with_the_kinds_that_are() {
    for bytes in
        [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\0\0\0\x18ftypisom\0\0\0\0isommp42"]
    {
        let error = inspect(bytes, &Limits::default()).unwrap_err();
        assert_eq!(error, ImageError::Unsupported);
        assert!(error.to_string().contains("JPEG, PNG, WebP, GIF, AVIF or HEIC"));
    }
}
