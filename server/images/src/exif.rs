use crate::orientation::Orientation;
use ::exif::{Exif as Fields, In, Rational, Reader, Tag, Value};
use serde::{Deserialize, Serialize};

/// More is never needed for the fields that are read here.
const LONGEST: usize = 1 << 20;
const LONGEST_TEXT: usize = 200;

/// What a camera wrote about a picture; all of it may be missing, and none of it is to be trusted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exif {
    /// The camera's manufacturer.
    pub camera_make: Option<String>,
    /// The camera's model.
    pub camera_model: Option<String>,
    /// The lens.
    pub lens: Option<String>,
    /// Seconds as photographers write them: `1/250`, `0.5`, `2`.
    pub exposure_time: Option<String>,
    /// The aperture.
    pub f_number: Option<f64>,
    /// The sensitivity.
    pub iso: Option<u32>,
    /// Millimetres.
    pub focal_length: Option<f64>,
    /// The camera's local time like RFC 3339, without zone: `2024-05-01T12:34:56`.
    pub taken_at: Option<String>,
    /// The zone of `taken_at`, where the camera knew it: `+02:00`.
    pub taken_at_offset: Option<String>,
    /// Degrees, the south negative.
    pub latitude: Option<f64>,
    /// Degrees, the west negative.
    pub longitude: Option<f64>,
    /// Metres, below the sea negative.
    pub altitude: Option<f64>,
    /// The program that wrote the file.
    pub software: Option<String>,
}

/// The orientation and the fields of a TIFF structure. Damaged ones yield what can be read of them.
pub(crate) fn read(tiff: Option<&[u8]>) -> (Orientation, Exif) {
    let Some(tiff) = tiff else { return (Orientation::UPRIGHT, Exif::default()) };
    let tiff = &tiff[..tiff.len().min(LONGEST)];
    let read = Reader::new().continue_on_error(true).read_raw(tiff.to_vec());
    let Ok(fields) = read.or_else(|error| error.distill_partial_result(|_| ())) else {
        return (Orientation::UPRIGHT, Exif::default());
    };
    let orientation = number(&fields, Tag::Orientation).map_or(Orientation::UPRIGHT, Orientation::from_number);
    (orientation, read_fields(&fields))
}

/// A TIFF structure with nothing but the orientation.
pub(crate) fn only_orientation(orientation: Orientation) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation.number();
    tiff
}

fn read_fields(fields: &Fields) -> Exif {
    Exif {
        camera_make: text(fields, Tag::Make),
        camera_model: text(fields, Tag::Model),
        lens: text(fields, Tag::LensModel),
        exposure_time: positive(fields, Tag::ExposureTime).map(exposure),
        f_number: positive(fields, Tag::FNumber),
        iso: number(fields, Tag::PhotographicSensitivity).filter(|iso| *iso > 0),
        focal_length: positive(fields, Tag::FocalLength),
        taken_at: text(fields, Tag::DateTimeOriginal).and_then(|text| local_time(&text)),
        taken_at_offset: text(fields, Tag::OffsetTimeOriginal).filter(|text| is_offset(text)),
        latitude: degrees(fields, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S", 90.0),
        longitude: degrees(fields, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W", 180.0),
        altitude: altitude(fields),
        software: text(fields, Tag::Software),
    }
}

fn value(fields: &Fields, tag: Tag) -> Option<&Value> {
    fields.get_field(tag, In::PRIMARY).map(|field| &field.value)
}

fn text(fields: &Fields, tag: Tag) -> Option<String> {
    let Value::Ascii(parts) = value(fields, tag)? else { return None };
    let text = String::from_utf8_lossy(parts.first()?);
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(LONGEST_TEXT).collect();
    (!text.is_empty()).then_some(text)
}

fn number(fields: &Fields, tag: Tag) -> Option<u32> {
    value(fields, tag)?.get_uint(0)
}

fn rationals(fields: &Fields, tag: Tag) -> Option<&[Rational]> {
    match value(fields, tag)? {
        Value::Rational(numbers) => Some(numbers),
        _ => None,
    }
}

fn quotient(rational: &Rational) -> Option<f64> {
    (rational.denom != 0).then(|| f64::from(rational.num) / f64::from(rational.denom))
}

fn positive(fields: &Fields, tag: Tag) -> Option<f64> {
    quotient(rationals(fields, tag)?.first()?).filter(|number| *number > 0.0)
}

fn exposure(seconds: f64) -> String {
    if seconds < 0.250_01 {
        return format!("1/{}", (1.0 / seconds).round());
    }
    let text = format!("{seconds:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// `2024:05:01 12:34:56`, as EXIF has it, in the way of RFC 3339.
fn local_time(text: &str) -> Option<String> {
    let shape = text.len() == 19
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b':' || byte == b'-',
            10 => byte == b' ' || byte == b'T',
            13 | 16 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    let part = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(u32::MAX);
    let (year, month, day) = (part(0, 4), part(5, 7), part(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let exists = year > 0 && (1..=days).contains(&day) && part(11, 13) < 24 && part(14, 16) < 60 && part(17, 19) < 60;
    exists.then(|| format!("{}-{}-{}T{}", &text[..4], &text[5..7], &text[8..10], &text[11..]))
}

fn is_offset(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 6
        && matches!(bytes[0], b'+' | b'-')
        && bytes[3] == b':'
        && [1, 2, 4, 5].iter().all(|at| bytes[*at].is_ascii_digit())
        && &bytes[1..3] <= b"14"
        && &bytes[4..6] <= b"59"
}

fn degrees(fields: &Fields, tag: Tag, side: Tag, negative: &str, most: f64) -> Option<f64> {
    let [degrees, minutes, seconds, ..] = rationals(fields, tag)? else { return None };
    let (minutes, seconds) = (quotient(minutes).unwrap_or_default(), quotient(seconds).unwrap_or_default());
    let degrees = quotient(degrees)? + minutes / 60.0 + seconds / 3600.0;
    let side = text(fields, side)?;
    (degrees <= most).then_some(if side.eq_ignore_ascii_case(negative) { -degrees } else { degrees })
}

fn altitude(fields: &Fields) -> Option<f64> {
    let metres = quotient(rationals(fields, Tag::GPSAltitude)?.first()?)?;
    let below = number(fields, Tag::GPSAltitudeRef) == Some(1);
    Some(if below { -metres } else { metres })
}
