//! Which letters the bytes of a text are.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How many bytes are looked at to guess.
const SAMPLE: usize = 200_000;

/// The text, and whether all of it could be decoded without doubt.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding = wide(bytes).or(declared).unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// Whether these are the bytes of a text rather than of a program, a picture or an archive.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    if bytes.is_empty() || Encoding::for_bom(bytes).is_some() || wide(bytes).is_some() {
        return true;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    controls * 500 <= sample.len()
}

/// UTF-16 without a mark: in texts of most languages every other byte of many is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let pairs = sample.len() / 2;
    let high = sample.iter().step_by(2).filter(|&&byte| byte == 0).count();
    let low = sample.iter().skip(1).step_by(2).filter(|&&byte| byte == 0).count();
    if low * 10 > pairs * 4 && high * 20 < pairs {
        Some(UTF_16LE)
    } else if high * 10 > pairs * 4 && low * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // A text that is UTF-8 but for a few broken places stays UTF-8.
    let broken = String::from_utf8_lossy(sample).chars().filter(|&char| char == char::REPLACEMENT_CHARACTER).count();
    let beyond_ascii = sample.iter().filter(|byte| **byte >= 0xc0).count();
    if broken * 20 < beyond_ascii {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}
