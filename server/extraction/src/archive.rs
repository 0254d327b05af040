//! The parts of a zip file, held against what they may unpack to.

use crate::{Failure, Limits, encoding};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// What Office's old format and its encrypted documents begin with.
pub(crate) const COMPOUND_FILE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Failure> {
        if bytes.starts_with(&COMPOUND_FILE) {
            return Err(if is_encrypted_office(bytes) { Failure::encrypted() } else { Failure::old_office() });
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Failure::corrupt())?;
        Ok(Self { zip, left: limits.inflated_bytes })
    }

    /// A part's text, or none when there is no such part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        Ok(self.read(name)?.map(|bytes| encoding::decode(&bytes, None).into_owned()))
    }

    /// A part's text, without which the document is none.
    pub(crate) fn required_text(&mut self, name: &str) -> Result<String, Failure> {
        self.text(name)?.ok_or_else(Failure::corrupt)
    }

    pub(crate) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        let mut part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(message)) if message == ZipError::PASSWORD_REQUIRED => {
                return Err(Failure::encrypted());
            }
            Err(_) => return Err(Failure::corrupt()),
        };
        // What it says of its size is only believed when it is too large.
        if part.size() > self.left {
            return Err(Failure::too_much());
        }
        let mut bytes = Vec::new();
        let read = part.by_ref().take(self.left + 1).read_to_end(&mut bytes).map_err(|_| Failure::corrupt())? as u64;
        self.left = self.left.checked_sub(read).ok_or_else(Failure::too_much)?;
        Ok(Some(bytes))
    }
}

/// An encrypted document is a compound file with a stream of this name, written in UTF-16.
fn is_encrypted_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// Where a part that `base` refers to is: references are relative to the folder of what holds them.
pub(crate) fn resolved(base: &str, reference: &str) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let mut path: Vec<&str> = if reference.starts_with('/') {
        Vec::new()
    } else {
        base.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect())
    };
    for step in reference.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(step),
        }
    }
    percent_decoded(&path.join("/"))
}

fn percent_decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
