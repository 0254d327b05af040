//! Tells whether what a PDF names is in the file, and as it was written.

use crate::Failure;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Array, Dict, MaybeRef, Object, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{Filter, Pdf};
use std::collections::HashSet;
use std::io::{self, ErrorKind, Read};

/// Whether all that the tree of pages names is in the file: without it, pages go unnoticed.
///
/// # Errors
/// When the tree is deeper than is followed.
pub(super) fn has_all_pages(pdf: &Pdf, deepest: u32) -> Result<bool, Failure> {
    let xref = pdf.xref();
    let root = xref.get::<Dict<'_>>(xref.root_id()).and_then(|catalog| catalog.get::<Dict<'_>>(b"Pages"));
    let Some(root) = root.filter(|root| root.contains_key(b"Kids")) else { return Ok(false) };
    let (mut open, mut seen) = (vec![(root, 0)], HashSet::new());
    while let Some((node, depth)) = open.pop() {
        if depth > deepest {
            return Err(Failure::too_deep());
        }
        let Some(kids) = node.get::<Array<'_>>(b"Kids") else { continue };
        for kid in kids.raw_iter() {
            let MaybeRef::Ref(reference) = kid else { continue };
            if !seen.insert(reference) {
                continue;
            }
            match xref.get::<Object<'_>>(reference.into()) {
                Some(Object::Dict(kid)) => open.push((kid, depth + 1)),
                Some(_) => {}
                None => return Ok(false),
            }
        }
    }
    Ok(true)
}

/// The streams that a page is written in.
///
/// # Errors
/// When one that it names is not in the file.
pub(super) fn contents<'a>(sheet: &Page<'a>) -> Result<Vec<Stream<'a>>, Failure> {
    let dict = sheet.raw();
    let parts = match dict.get::<Object<'a>>(b"Contents") {
        None if dict.contains_key(b"Contents") => return Err(Failure::corrupt()),
        None | Some(Object::Null(_)) => return Ok(Vec::new()),
        Some(Object::Stream(stream)) => return Ok(vec![stream]),
        Some(Object::Array(parts)) => parts,
        Some(_) => return Err(Failure::corrupt()),
    };
    let mut streams = Vec::new();
    for part in parts.raw_iter() {
        let part = match part {
            MaybeRef::Ref(reference) => sheet.xref().get::<Object<'a>>(reference.into()),
            MaybeRef::NotRef(object) => Some(object),
        };
        match part {
            Some(Object::Stream(stream)) => streams.push(stream),
            Some(Object::Null(_)) => {}
            _ => return Err(Failure::corrupt()),
        }
    }
    Ok(streams)
}

/// Whether the streams of a page are whole.
///
/// # Errors
/// When one of them cannot be unpacked.
pub(super) fn are_whole(contents: &[Stream<'_>]) -> Result<bool, Failure> {
    let mut are_whole = true;
    for stream in contents {
        match soundness(stream) {
            Soundness::Whole => {}
            Soundness::Doubtful => are_whole = false,
            Soundness::Broken => return Err(Failure::corrupt()),
        }
    }
    Ok(are_whole)
}

enum Soundness {
    Whole,
    /// It ends early or has another checksum. Some programs write that: by itself it is no damage.
    Doubtful,
    Broken,
}

fn soundness(stream: &Stream<'_>) -> Soundness {
    let filters = stream.filters();
    if filters.len() < named_filters(stream.dict()) {
        return Soundness::Broken;
    }
    if filters.as_slice() == [Filter::FlateDecode] {
        return inflated(&stream.raw_data());
    }
    if stream.decoded_data().is_ok() { Soundness::Whole } else { Soundness::Broken }
}

fn named_filters(dict: &Dict<'_>) -> usize {
    match dict.get::<Object<'_>>(b"Filter") {
        Some(Object::Name(_)) => 1,
        Some(Object::Array(names)) => names.raw_iter().count(),
        _ => 0,
    }
}

/// The reader of PDFs takes what it gets of a damaged stream and does not tell.
fn inflated(data: &[u8]) -> Soundness {
    if data.is_empty() || drained(ZlibDecoder::new(data)).is_ok() {
        return Soundness::Whole;
    }
    let (bare, has_header) = match data {
        [method, flags, rest @ ..] if is_zlib_header(*method, *flags) => (rest, true),
        _ => (data, false),
    };
    match drained(DeflateDecoder::new(bare)) {
        Ok(_) if !has_header => Soundness::Whole,
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => Soundness::Broken,
        _ => Soundness::Doubtful,
    }
}

fn drained(mut decoder: impl Read) -> io::Result<u64> {
    io::copy(&mut decoder, &mut io::sink())
}

/// Deflate without a dictionary, and a header that adds up.
fn is_zlib_header(method: u8, flags: u8) -> bool {
    method & 0x0f == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31) && flags & 0x20 == 0
}
