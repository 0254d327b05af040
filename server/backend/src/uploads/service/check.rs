//! The rules of what is sent.

use super::super::kind;
use crate::settings::UploadSettings;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    ApiError, ErrorCode, FieldError,
    uploads::{NewUpload, PartChecksum, checked_filename},
};

/// An upload that breaks no rule.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) filename: String,
    pub(super) content_type: String,
    /// In base64.
    pub(super) sha256: Option<String>,
}

/// Fields first, then the size, then the type.
pub(super) fn new_upload(new: &NewUpload, settings: &UploadSettings) -> Result<Checked, ApiError> {
    let filename = checked_filename(&new.filename);
    let content_type = kind::essence(&new.content_type).ok_or_else(|| {
        let msg = "This is no media type: write it like image/jpeg, or application/octet-stream if you do not know.";
        FieldError::body("content_type", "format", msg)
    });
    let sha256 = new.sha256.as_deref().map(|text| {
        let msg = "A SHA-256 has 64 hexadecimal digits, or 44 characters of base64.";
        sha256(text).ok_or_else(|| FieldError::body("sha256", "format", msg))
    });
    let empty = (new.size == 0).then(|| FieldError::body("size", "range", "The file is empty: choose another."));
    let errors: Vec<FieldError> = [filename.as_ref().err().cloned(), content_type.as_ref().err().cloned(), empty]
        .into_iter()
        .chain([sha256.as_ref().and_then(|outcome| outcome.as_ref().err().cloned())])
        .flatten()
        .collect();
    let (Ok(filename), Ok(content_type), true) = (filename, content_type, errors.is_empty()) else {
        return Err(ApiError::validation(errors));
    };
    let limit = settings.limit(new.purpose);
    if new.size > limit {
        let detail = format!("The file has {}: send at most {}.", readable(new.size), readable(limit));
        // Tells it from a quota, under which the same file may be taken another time.
        let errors = vec![FieldError::body("size", "less_than_equal", &detail)];
        return Err(ApiError { errors, ..ApiError::new(ErrorCode::PayloadTooLarge, detail) });
    }
    if !kind::may_be(new.purpose, &content_type) {
        let detail = format!("A file of this kind is not taken here: send {}.", kind::taken(new.purpose));
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType, detail));
    }
    Ok(Checked { filename, content_type, sha256: sha256.and_then(Result::ok) })
}

/// The parts with their checksums in base64, if there are such parts.
pub(super) fn part_checksums(parts: &[PartChecksum], count: usize) -> Result<Vec<(u32, String)>, ApiError> {
    let wrong = |at: usize, field: &str, rule: &str, msg: String| {
        let loc = ["body", "parts", &at.to_string(), field].map(str::to_owned).to_vec();
        ApiError::validation(vec![FieldError { loc, msg, rule: rule.into() }])
    };
    if parts.is_empty() {
        return Err(ApiError::validation(vec![FieldError::body("parts", "missing", "Name at least one part.")]));
    }
    let check = |(at, part): (usize, &PartChecksum)| {
        if part.part_number == 0 || usize::try_from(part.part_number).is_ok_and(|number| number > count) {
            return Err(wrong(at, "part_number", "range", format!("This upload has the parts 1 to {count}.")));
        }
        let msg = "A SHA-256 has 64 hexadecimal digits, or 44 characters of base64.";
        let sha256 = sha256(&part.sha256).ok_or_else(|| wrong(at, "sha256", "format", msg.to_owned()))?;
        Ok((part.part_number, sha256))
    };
    parts.iter().enumerate().map(check).collect()
}

/// A SHA-256 in base64, from either form.
pub(super) fn sha256(text: &str) -> Option<String> {
    let from_hex = || {
        let digits = text.as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let is_hex = digits.len() == 64 && digits.iter().all(u8::is_ascii_hexdigit);
        is_hex.then(|| digits.chunks_exact(2).map(byte).collect::<Option<Vec<u8>>>()).flatten()
    };
    let bytes = from_hex().or_else(|| STANDARD.decode(text).ok().filter(|bytes| bytes.len() == 32))?;
    Some(STANDARD.encode(bytes))
}

/// A size as people read it, never smaller than it is: `100.1 MB`.
pub(super) fn readable(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{bytes} bytes");
    }
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        tenth => format!("{}.{tenth} MB", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_read_them() {
        for (bytes, said) in [(7, "7 bytes"), (100_000_000, "100 MB"), (100_000_001, "100.1 MB")] {
            assert_eq!(readable(bytes), said);
        }
    }

    #[test]
    fn a_checksum_is_read_in_both_forms() {
        let (hex, base64) = ("00".repeat(31) + "fF", STANDARD.encode([&[0; 31][..], &[255]].concat()));
        assert_eq!(sha256(&hex).as_deref(), Some(base64.as_str()));
        assert_eq!(sha256(&base64).as_deref(), Some(base64.as_str()));
        for bad in ["", "0", &"0".repeat(63), &"+f".repeat(32), "AAAA", &"żż".repeat(16)] {
            assert_eq!(sha256(bad), None, "{bad}");
        }
    }
}
